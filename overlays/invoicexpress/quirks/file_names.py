"""File names from documents: `FT A-28.pdf`.

The name of a série and the type of a document are untrusted texts. So names are sanitized: they stay in
their folder, and mean the same file under Linux, macOS and Windows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Protocol

from invoicexpress_generated.types import Unset

from .document_types import DOCUMENT_TYPES

LONGEST: Final = 120
"""Bytes of UTF-8 in a name. File systems take 255, some encrypted ones about 140."""

_DRAFT: Final = "draft"
_UNNAMED: Final = "document"
CODES: Final = {row.type: row.code for row in DOCUMENT_TYPES if row.code}
_EXTENSION: Final = re.compile(r"\.[0-9a-z]{1,16}\Z", re.IGNORECASE | re.ASCII)
# Separators, and characters forbidden by Windows.
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|]+')
_BLANK: Final = re.compile(r"\s")
_BLANKS: Final = re.compile(r" +")
# Control characters, invisible ones (a right-to-left override makes "fdp.exe" read "exe.pdf"), halves of
# surrogate pairs, and unassigned characters. Letters, marks and emoji pass.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


class Numbered(Protocol):
    """The fields of a document for its name."""

    @property
    def id(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def sequence_number(self) -> str | Unset | None: ...
    @property
    def inverted_sequence_number(self) -> str | Unset | None: ...


def title_of(document: Numbered) -> str:
    """Title of a document: code and number as printed (`FT A/28`), or `FT draft 7` by its id.

    Types without a code of the tax authority use their name in the API.
    """
    code = CODES.get(document.type, document.type)
    for number in (document.inverted_sequence_number, document.sequence_number):
        # A draft has "rascunho" or "draft" instead of a number.
        if isinstance(number, str) and any(map(str.isdecimal, number)):
            return f"{code} {number}"
    return f"{code} {_DRAFT} {document.id}"


def name_for(document: Numbered | int, extension: str = "pdf") -> str:
    """File name for a document, or for its id alone: `document 7.pdf`."""
    title = f"{_UNNAMED} {document}" if isinstance(document, int) else title_of(document)
    return file_name(f"{title}.{extension}")


def file_name(text: str) -> str:
    """Turns a text into a file name that cannot lead out of its folder.

    It has no separators, control or invisible characters, is not a Windows device, begins with neither dot
    nor hyphen, is in Unicode's composed form (NFC), is never empty, and has at most LONGEST bytes. Longer
    names are cut before the extension.
    """
    sanitized = _sanitized(text)
    ending = found[0] if (found := _EXTENSION.search(sanitized)) else ""
    # A leading dot hides a file, a leading hyphen is an option to a command.
    stem = sanitized.removesuffix(ending).strip(" .").lstrip(" .-")
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    stem = stem.encode()[: LONGEST - len(ending)].decode(errors="ignore").rstrip(" .")
    return f"{stem or _UNNAMED}{ending}"


def _sanitized(text: str) -> str:
    """The text without characters that mislead a file system, a terminal or a reader."""
    # Blanks first, since a line break is both a blank and a control character. Removing a character can join
    # its neighbours: two blanks, or a letter and its accent.
    spaced = _BLANK.sub(" ", text)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    plain = _FORBIDDEN.sub("-", _BLANKS.sub(" ", visible))
    # Windows drops dots and blanks at the end, which would make another name.
    return unicodedata.normalize("NFC", plain).rstrip(" .")
