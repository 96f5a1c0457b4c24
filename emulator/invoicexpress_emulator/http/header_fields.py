"""Header fields: of a request, to be looked up, and of an answer, to be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

_T = TypeVar("_T")

RawFields = list[tuple[bytes, bytes]]
"""Fields as ASGI has them: names in lower case, in their order."""


class HeaderFields(Mapping[str, str]):
    """The header fields of a request by name, in any case; of several with one name the first."""

    __slots__ = ("_values",)

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()][0]

    @overload
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, /, default: str | _T) -> str | _T: ...
    def get(self, name: str, /, default: str | _T | None = None) -> str | _T | None:
        """Return the first field of a name, else `default`; quicker than with an exception on the way."""
        values = self._values.get(name.lower())
        return values[0] if values else default

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def every(self, name: str) -> Sequence[str]:
        """Return the values of all fields of a name, in their order."""
        return self._values.get(name.lower(), ())


def put(fields: RawFields, name: bytes, value: bytes) -> None:
    """Set a field of an answer: it replaces those of its name in the place of the first, or comes last."""
    for place, (known, _) in enumerate(fields):
        if known == name:
            fields[place:] = [(name, value), *(field for field in fields[place:] if field[0] != name)]
            return
    fields.append((name, value))
