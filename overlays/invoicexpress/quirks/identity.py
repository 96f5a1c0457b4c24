"""Ids: wherever a method takes something that the service knows, it takes the thing itself or its id."""

from __future__ import annotations

from typing import Protocol, cast


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> int: ...


def id_of(thing: Identified | int) -> int:
    """The id of a thing, or the id that was given in its place.

    What is neither goes on as it is: building the path refuses it, and names the parameter.
    """
    return cast("int", getattr(thing, "id", thing))
