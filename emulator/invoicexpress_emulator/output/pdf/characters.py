"""Text in the characters that the PDF's fonts have."""

from __future__ import annotations

import unicodedata
from typing import Final

ENCODING: Final = "cp1252"
"""The core fonts of PDF have these characters: all of Portuguese and the euro sign."""


def printable(text: str) -> str:
    """Return text with everything that the fonts lack replaced: by its plain letter if it has one,
    else by `?`.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\t", " "):
        if character == "\n":
            kept.append(character)
        elif character.isprintable():
            kept.append(_in_font(character))
    return "".join(kept)


def _in_font(character: str) -> str:
    for candidate in (character, unicodedata.normalize("NFKD", character)[:1]):
        try:
            candidate.encode(ENCODING)
        except UnicodeEncodeError:
            continue
        return candidate
    return "" if unicodedata.combining(character) else "?"
