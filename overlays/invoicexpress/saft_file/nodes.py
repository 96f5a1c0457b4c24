"""Reads an element by the names of its children, in any order and namespace, and notes problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol, TypeVar

from . import values
from .rows import Problem

T = TypeVar("T")


class Element(Protocol):
    """The used part of an lxml element, whose class has no public name."""

    @property
    def tag(self) -> object:
        """The name, `{namespace}Name`."""

    @property
    def text(self) -> str | None:
        """The text before the first child."""

    @property
    def sourceline(self) -> int | None:
        """Its first line in the file."""

    def __iter__(self) -> Iterator[Element]:
        """Its children."""
        ...


def local_name(element: Element) -> str:
    """The name without its namespace, so that files of every version read alike."""
    return str(element.tag).rpartition("}")[2]


class Notes:
    """The problems of one document, or of the file outside of documents."""

    def __init__(self) -> None:
        self.number: str | None = None
        self.problems: list[Problem] = []

    def add(self, path: str, line: int | None, what: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(path, line, self.number, what))


class Node:
    """An element, read once. With None it stands for a missing element, without children.

    Each reader takes the first of `names` with a text. With `required` it notes a problem if none has.
    """

    __slots__ = ("_children", "line", "notes", "path")

    def __init__(self, element: Element | None, path: str, notes: Notes, line: int | None = None) -> None:
        self._children: dict[str, list[Element]] = {}
        self.path = path
        self.notes = notes
        self.line = line if element is None else element.sourceline
        if element is None:
            return
        children = self._children
        for child in element:
            name = local_name(child)
            if name in children:
                children[name].append(child)
            else:
                children[name] = [child]

    def text(self, *names: str, required: bool = False) -> str | None:
        """A text without the blanks around it."""
        return self._value(names, str, required)

    def amount(self, *names: str, required: bool = False) -> Decimal | None:
        """A number."""
        return self._value(names, values.amount, required)

    def whole(self, *names: str, required: bool = False) -> int | None:
        """A whole number."""
        return self._value(names, values.whole, required)

    def day(self, *names: str, required: bool = False) -> dt.date | None:
        """A date."""
        return self._value(names, values.day, required)

    def moment(self, *names: str, required: bool = False) -> dt.datetime | None:
        """A date with a time."""
        return self._value(names, values.moment, required)

    def flag(self, *names: str, required: bool = False) -> bool | None:
        """`0` or `1`."""
        return self._value(names, values.flag, required)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of all children of a name, empty ones left out."""
        if name not in self._children:
            return ()
        found = ((child.text or "").strip() for child in self._children.get(name, ()))
        return tuple(text for text in found if text)

    def child(self, name: str) -> Node | None:
        """The only child of a name. Of several it is the first, and the problem is noted."""
        found = self._children.get(name)
        if not found:
            return None
        if len(found) > 1:
            self._note(name, found[1], f"occurs {len(found)} times; the first is read")
        return Node(found[0], f"{self.path}/{name}", self.notes)

    def required(self, name: str) -> Node:
        """The only child of a name. A missing one is noted once, rather than for each of its children."""
        found = self.child(name)
        if found is not None:
            return found
        self._note(name, None, "is missing")
        return _Missing(None, f"{self.path}/{name}", self.notes, self.line)

    def children(self, *names: str) -> list[Node]:
        """All children of some names."""
        return [
            Node(child, f"{self.path}/{name}", self.notes)
            for name in names
            if name in self._children
            for child in self._children[name]
        ]

    def _value(self, names: tuple[str, ...], parse: Callable[[str], T], required: bool) -> T | None:
        for name in names:
            children = self._children.get(name)
            if children is None:
                continue
            text = (children[0].text or "").strip()
            if len(children) > 1:
                found = self.texts(name)
                if any(other != found[0] for other in found):
                    # It is unclear which value is right, so none is returned.
                    self._note(name, children[1], "occurs more than once, with different values")
                    return None
                text = found[0] if found else ""
            if not text:
                continue
            try:
                return parse(text)
            except values.Unreadable as unreadable:
                self._note(name, children[0], str(unreadable))
                return None
        if required:
            self._is_missing(names)
        return None

    def _is_missing(self, names: tuple[str, ...]) -> None:
        name = next((name for name in names if name in self._children), names[0])
        what = "is empty" if name in self._children else "is missing"
        self._note(name, self._children.get(name, [None])[0], what)

    def _note(self, name: str, element: Element | None, what: str) -> None:
        line = self.line if element is None else element.sourceline
        self.notes.add(f"{self.path}/{name}", line, what)


class _Missing(Node):
    """A missing element, which notes no missing children."""

    def _is_missing(self, names: tuple[str, ...]) -> None:
        pass
