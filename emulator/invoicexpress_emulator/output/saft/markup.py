"""Text of XML, element by element, indented as one tree would be."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import Final

NAMESPACE: Final = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
ENCODING: Final = "windows-1252"
"""The encoding of the tax authority's own files; other characters travel as references."""

DECLARATION: Final = f"<?xml version='1.0' encoding='{ENCODING}'?>"
PAUSE: Final = ""
"""Stands between texts where the reader may do other work first."""

_ENOUGH: Final = 64 * 1024
"""Characters of one piece, about: a page of the master files may be long."""


def add(parent: ET.Element, name: str, value: str | int) -> None:
    """Add an element that holds a value."""
    ET.SubElement(parent, name).text = str(value)


def written(element: ET.Element, depth: int) -> str:
    """Return an element on a line of its own."""
    ET.indent(element, level=depth)
    return f"{_line(depth)}{ET.tostring(element, encoding='unicode')}"


def leaf(name: str, value: str | int, depth: int) -> str:
    """Return an element that holds a value, on a line of its own."""
    element = ET.Element(name)
    element.text = str(value)
    return written(element, depth)


def opened(name: str, depth: int) -> str:
    """Return the beginning of an element whose content follows."""
    return f"{_line(depth)}<{name}>"


def closed(name: str, depth: int) -> str:
    """Return the end of one."""
    return f"{_line(depth)}</{name}>"


def _line(depth: int) -> str:
    return "\n" + "  " * depth


def encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as bytes, in pieces that end with a pause or where they are long enough; there may be
    nothing between two pauses.
    """
    waiting: list[str] = []
    length = 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if text is PAUSE or length >= _ENOUGH:
            yield "".join(waiting).encode(ENCODING, "xmlcharrefreplace")
            waiting, length = [], 0
    yield "".join(waiting).encode(ENCODING, "xmlcharrefreplace")
