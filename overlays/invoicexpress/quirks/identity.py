"""Ids: methods take a thing of the service or its id."""

from __future__ import annotations

from typing import Protocol, cast


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> int: ...


def id_of(thing: Identified | int) -> int:
    """The id of a thing, or the id itself.

    Any other value passes unchanged: building the path refuses it and names the parameter.
    """
    return cast("int", getattr(thing, "id", thing))
