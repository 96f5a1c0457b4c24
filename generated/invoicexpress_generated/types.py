# Generated from openapi.yaml by `make generate`. Do not edit.

"""Types and helpers shared by the generated models and endpoints. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final, Literal, TypeGuard, TypeVar
from urllib.parse import quote

from attr import field, frozen
from invoicexpress_wire import WireError, did_you_mean, is_array, is_object, loads, not_a_list

from .errors import UnreadableBody

T = TypeVar("T")
M = TypeVar("M")


class Unset:
    """The type of UNSET, its one instance: the JSON lacks the field, which differs from null."""

    _instance: ClassVar[Unset]

    def __new__(cls) -> Unset:
        if "_instance" not in vars(Unset):
            Unset._instance = super().__new__(cls)
        return Unset._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Unset:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final[Unset] = Unset()
"""The value of a field that is not sent, or that an answer lacks. It is false."""

new_model: Final = object.__new__
"""Makes a model without fields, for a reader that sets each."""


@frozen
class Request:
    """A request ready to send, without address, key or HTTP library."""

    operation: str
    """Id of the operation in the contract."""
    method: str
    path: str
    """The path, its values filled in and quoted."""
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    """The JSON body. Decimals in it are sent as exact numbers."""


@frozen
class Response:
    """An answer, unread."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    """Names in lower case."""
    content: bytes = field(default=b"", repr=False)
    """The body. It may hold links, which are secrets."""

    def read(self, parse: Callable[[Any], T]) -> T:
        """The body, read by `parse`. Raises UnreadableBody if it is blank, not JSON, or of another shape."""
        try:
            return parse(loads(self.content))
        except WireError as error:
            raise UnreadableBody(self, str(error)) from error

    def read_or_none(self, parse: Callable[[Any], T]) -> T | None:
        """The body, read by `parse`; None when it is blank."""
        return None if self.is_blank else self.read(parse)

    def read_nothing(self) -> None:
        """Accepts a blank body, and JSON without errors. Raises UnreadableBody otherwise.

        A proxy's page with status 200 proves nothing, and the service was seen to answer 200 with an error
        in the body (digitaldev 2026-07).
        """
        if self.is_blank:
            return
        found = self.read(lambda body: body)
        if is_object(found) and (found.get("errors") or found.get("error")):
            raise UnreadableBody(self, "expected nothing, got errors")

    @property
    def is_blank(self) -> bool:
        """Whether the body is empty or white space: some operations answer with one space."""
        return not self.content.strip()


def segment(name: str, value: object, format_value: Callable[[Any], object]) -> str:
    """A path value, written by `format_value` and quoted. Raises WireError for a value unfit for a path."""
    try:
        formatted = format_value(value)
    except WireError as error:
        raise error.inside(name) from None
    text = str(formatted)
    if not text.strip(". ") or (isinstance(formatted, int) and formatted < 1):
        raise WireError(f"not usable in a path: {value!r}", (name,))
    return quote(text, safe="")


def query(
    *parameters: tuple[str, object, Callable[[Any], object]], required: frozenset[str] = frozenset()
) -> tuple[tuple[str, str], ...]:
    """Query parameters as text, each given as name, value and formatting function.

    Leaves out UNSET and None, unless the parameter is required, and repeats the name for each entry of a list.
    Raises WireError with the name of the parameter.
    """
    return tuple(
        pair
        for name, value, format_value in parameters
        for pair in _pairs(name, value, format_value, name in required)
    )


def _pairs(
    name: str, value: object, format_value: Callable[[Any], object], required: bool
) -> Iterable[tuple[str, str]]:
    if not required and (value is None or isinstance(value, Unset)):
        return []
    try:
        formatted = format_value(value)
        entries = formatted if is_array(formatted) else [formatted]
        return [(name, _text(entry)) for entry in entries]
    except WireError as error:
        raise error.inside(name) from None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | str):
        return str(value)
    raise WireError(f"not usable in a query: {type(value).__name__}")


def known_fields(
    model: str, values: Mapping[str, Any], required: frozenset[str], known: frozenset[str]
) -> dict[str, Any]:
    """The fields for a new model, without None values.

    Raises WireError for a missing or an unknown field.
    """
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if name not in known:
            names = ", ".join(sorted(known))
            raise WireError(
                f"unknown field of {model}{did_you_mean(name, known, f'known are {names}')}", (name,)
            )
    for name in sorted(required - given.keys()):
        raise WireError(f"{model} needs this field", (name,))
    return given


def as_subclass(kind: type[M], model: M) -> M:
    """A model as an instance of a caller's subclass, made by its constructor."""
    given: Any = model
    made = kind(**{each.name: getattr(given, each.name) for each in given.__attrs_attrs__ if each.init})
    filled: Any = made
    filled.additional_properties = given.additional_properties
    return made


def as_model(make: Callable[..., M], value: M | Mapping[str, Any], key: str | int) -> M:
    """The model itself, or one made from a mapping."""
    if not isinstance(value, Mapping):
        return value
    try:
        return make(**value)
    except WireError as error:
        raise error.inside(key) from None


def _is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def as_models(make: Callable[..., M], values: object, key: str) -> list[M]:
    """The models of a list whose entries may be mappings."""
    entries: list[Any] | None = list(values) if _is_iterable(values) else None
    if entries is None:
        raise not_a_list(values).inside(key)
    try:
        return [as_model(make, entry, place) for place, entry in enumerate(entries)]
    except WireError as error:
        raise error.inside(key) from None


__all__ = [
    "UNSET",
    "Request",
    "Response",
    "Unset",
    "as_model",
    "as_models",
    "as_subclass",
    "known_fields",
    "new_model",
    "query",
    "segment",
]
