"""Ids: methods take a thing of the service or its id."""

from __future__ import annotations

import re
from typing import Protocol, cast

from ..errors import InputError


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> int: ...


def id_of(thing: Identified | int, *kinds: type) -> int:
    """The id of a thing of one of these kinds, or the id itself.

    Ids of clients, documents and taxes may be equal, so a thing of another kind is refused (InputError). A
    value that is no thing passes unchanged: building the path refuses it and names the parameter.
    """
    number = getattr(thing, "id", None)
    if kinds and number is not None and not isinstance(thing, kinds):
        name = kinds[0].__name__ if len(kinds) == 1 else "Document"
        raise InputError(
            re.sub(r"(?<=.)(?=[A-Z])", "_", name).lower(),
            f"expected {name} or its id, got {type(thing).__name__} {number}",
        )
    return cast("int", thing if number is None else number)
