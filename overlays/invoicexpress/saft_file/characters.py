"""Decodes a file, whatever encoding it declares, and removes characters that XML forbids.

The law's encoding is windows-1252, and the tax authority's own files use it. Programs write UTF-8 under that
declaration, windows-1252 under UTF-8, and `utf-16` into files of single bytes. So the bytes decide: text in
windows-1252 beyond ASCII is hardly ever valid UTF-8 by chance.

The parser gets only UTF-8 made here, without a declaration. So no encoding, declared or real, can hide a
document type from the check below.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..errors import SaftFileError

if TYPE_CHECKING:
    from .sources import Bytes

_HEAD: Final = 1024
_LONGEST_PROLOG: Final = 64 * 1024
_FALLBACK: Final = "invoicexpress.saft_file"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# ISO 8859-1 is read as windows-1252, as on the web: the control characters are never intended.
_SINGLE_BYTES: Final = {
    "cp1252": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-15": "iso8859-15",
    "cp850": "cp850",
}
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")

# Forbidden characters (production 2 of XML 1.0), and references to them.
_NO_CHARACTER: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:([0-9]{1,9})|x([0-9A-Fa-f]{1,8}));")
_LONGEST_REFERENCE: Final = 14
_REPLACED: Final = "\ufffd"

_PROLOG: Final = re.compile(
    # Each part matches in one way only, so that no input causes backtracking.
    r"\ufeff?(?:\s++|(?><!--.*?-->)|(?><\?.*?\?>))*+(?=<[^!?])",
    re.DOTALL,
)
_ROOT: Final = re.compile(r"<(?:[^\s/>:<]*:)?([^\s/>:<]+)")
_BREAKS: Final = re.compile(r"[^\n]+")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Reads undecodable bytes as windows-1252; its five unused bytes become U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_windows_1252)


@dataclass(slots=True)
class Text:
    """A file's text, with its detected encoding and problems about it."""

    content: Bytes
    encoding: str
    problems: list[str] = field(default_factory=list[str])

    def chunks(self, replaced: list[int] | None = None) -> Iterator[bytes]:
        """The file from its root element on, as UTF-8 in pieces, each line where it was.

        `replaced` collects the numbers of forbidden characters. Raises SaftFileError for a document type, and
        for a file that does not begin as a SAF-T file.
        """
        texts = _without_prolog(_decoded(self.content, self.encoding))
        for text in _whole_references(texts):
            clean, count = _cleaned(text)
            if count and replaced is not None:
                replaced.append(count)
            if clean:
                yield clean.encode()


def text_of(content: Bytes) -> Text:
    """Detects the encoding of a file, which reads all of it once. Raises SaftFileError, OSError."""
    head = b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = is_ascii = True
    for chunk in content.chunks():
        head = head if len(head) >= _HEAD else (head + chunk)[:_HEAD]
        is_ascii = is_ascii and chunk.isascii()
        if is_utf8 and not is_ascii:
            is_utf8 = _continues(decoder, chunk)
        if not is_ascii and not is_utf8 and len(head) >= _HEAD:
            break
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            text = Text(content, encoding)
            if encoding == "utf-8-sig" and not is_utf8:
                text.problems.append("is not all UTF-8; the rest was read as windows-1252")
            return text
    if head[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return Text(content, "utf-16-le" if head[0] == ord("<") else "utf-16-be")
    return _of_bytes(content, _declared(head), is_utf8, is_ascii)


def _of_bytes(content: Bytes, declared: str | None, is_utf8: bool, is_ascii: bool) -> Text:
    if is_ascii:
        return Text(content, "utf-8")
    if is_utf8:
        text = Text(content, "utf-8")
        if declared not in (None, "utf-8"):
            text.problems.append(f"says that it is {declared}, and is UTF-8")
        return text
    if declared in _SINGLE_BYTES:
        return Text(content, _SINGLE_BYTES[declared])
    # Valid UTF-8 stays UTF-8, for files merged from two sources.
    wrong = f"says that it is {declared or 'nothing else than UTF-8'}, and is not"
    return Text(content, "utf-8", [f"{wrong}; what is not UTF-8 was read as windows-1252"])


def _declared(head: bytes) -> str | None:
    match = _DECLARED.match(head)
    if match is None:
        return None
    name = match[1].decode()
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name


def _continues(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: Bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(_FALLBACK)
    for chunk in content.chunks():
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _without_prolog(texts: Iterable[str]) -> Iterator[str]:
    """The text from the root element on, with the line breaks before it, so that lines keep their numbers.

    Raises SaftFileError for a document type, which XML allows only before the root's first tag.
    """
    rest = iter(texts)
    prolog = ""
    for text in rest:
        prolog += text
        match = _PROLOG.match(prolog)
        # The root's name may go on in the next piece.
        if match is not None and len(prolog) > match.end() + _HEAD:
            break
        if len(prolog) > _LONGEST_PROLOG:
            break
    match = _PROLOG.match(prolog)
    if match is None:
        raise SaftFileError(_no_root(prolog))
    root = _ROOT.match(prolog, match.end())
    if root is None or root[1] != "AuditFile":
        raise SaftFileError(f"not a SAF-T (PT) file: its root is {root[1][:60] if root else 'nothing'!r}")
    yield _BREAKS.sub("", prolog[: match.end()]) + prolog[match.end() :]
    yield from rest


def _no_root(prolog: str) -> str:
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", prolog, re.IGNORECASE):
        return (
            "the file declares a document type (DOCTYPE), which no SAF-T file has, and which may be an attack"
        )
    shown = prolog.strip()[:20]
    return f"not a SAF-T (PT) file: it begins with {shown!r}" if shown else "the file is empty"


def _whole_references(texts: Iterable[str]) -> Iterator[str]:
    """The same text, with no cut within a character reference."""
    kept = ""
    for text in texts:
        whole = kept + text
        cut = whole.rfind("&", max(0, len(whole) - _LONGEST_REFERENCE))
        if cut != -1 and ";" not in whole[cut:]:
            whole, kept = whole[:cut], whole[cut:]
        else:
            kept = ""
        yield whole
    yield kept


def _cleaned(text: str) -> tuple[str, int]:
    text, characters = _NO_CHARACTER.subn(_REPLACED, text)
    if "&#" not in text:
        return text, characters
    references = 0

    def checked(match: re.Match[str]) -> str:
        nonlocal references
        code = int(match[1]) if match[1] else int(match[2], 16)
        if code <= 0x10FFFF and not _NO_CHARACTER.match(chr(code)):
            return match[0]
        references += 1
        return _REPLACED

    text = _REFERENCE.sub(checked, text)
    return text, characters + references
