"""The elements that matter, one after the other as the parser meets them, each let go of once it was read.

lxml comes with the extra `saft` and is imported when the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ..errors import ConfigurationError, SaftFileError
from .nodes import local_name
from .records import SECTION_OF

if TYPE_CHECKING:
    from types import ModuleType

    from .characters import Text

CONTROL_TOTALS: Final = (
    "NumberOfEntries",
    "TotalDebit",
    "TotalCredit",
    "NumberOfMovementLines",
    "TotalQuantityIssued",
)
MASTERS: Final = ("Header", "Customer", "Product", "TaxTableEntry")
_DOCUMENTS: Final = tuple(SECTION_OF)
# Read by nobody here, and as long as the rest of an accounting file.
_SKIPPED: Final = ("Supplier", "Account", "Transaction")
_WHOLE: Final = frozenset({*MASTERS, *_DOCUMENTS, *_SKIPPED})
_LONGEST: Final = 64 * 1024 * 1024
_MOST_MARKS: Final = 1_500_000
"""Most that is kept between two elements that are let go of, in bytes, and in signs that begin a tag or hold
an attribute, each of which may cost the parser 100 bytes. A document with 20,000 lines has two thirds of it.
"""


def elements(text: Text, *, replaced: list[int] | None = None) -> Iterator[tuple[str, str, Any]]:
    """Name, name of the parent, and element of each that matters. Asking for the next empties it.

    Last comes the root, with all that is left of it. Raises SaftFileError for what is not well-formed,
    OSError, and ConfigurationError where lxml is not there.
    """
    etree = _etree()
    # A namespace and its prefix may be any: which version a file is of changes nothing in what is read here.
    wanted = tuple(f"{{*}}{name}" for name in (*CONTROL_TOTALS, *MASTERS, *_DOCUMENTS, *_SKIPPED))
    parser = etree.XMLPullParser(
        events=("end",),
        tag=wanted,
        encoding="utf-8",
        # There is no document type by now, so there is nothing to resolve: a name that is used all the same
        # is an error. With False it would be left out in silence.
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    size = marks = 0
    try:
        for chunk in text.chunks(replaced):
            parser.feed(chunk)
            size += len(chunk)
            marks += chunk.count(b"<") + chunk.count(b'"') + chunk.count(b"'")
            for _, element in parser.read_events():
                if _is_whole(element):
                    yield local_name(element), local_name(element.getparent()), element
                    _release(element)
                    size = marks = 0
            if size > _LONGEST or marks > _MOST_MARKS:
                raise SaftFileError("an element is larger than any document of a SAF-T file")
        root = parser.close()
    except etree.LxmlError as error:
        raise SaftFileError(_not_well_formed(error, parser)) from None
    yield "AuditFile", "", root


def _is_whole(element: Any) -> bool:
    """Whether an element is a document or a record, and no part of one.

    How an invoice was paid is called `Payment` as well, and programs add elements of their own.
    """
    ancestors = [local_name(each) for each in element.iterancestors()]
    if local_name(element) == "Payment" and "Payments" not in ancestors:
        return False
    return bool(ancestors) and _WHOLE.isdisjoint(ancestors)


def _release(element: Any) -> None:
    """Empties an element, and drops all that stands before it: whoever walked past it has no use for it."""
    element.clear()
    while (parent := element.getparent()) is not None:
        while element.getprevious() is not None:
            del parent[0]
        element = parent


def _etree() -> ModuleType:
    try:
        from lxml import etree  # noqa: PLC0415 - an extra, and 20 ms that importing the package should not cost
    except ImportError:
        raise ConfigurationError(
            'reading SAF-T files takes lxml: pip install "invoicexpress[saft]"'
        ) from None
    return etree


def _not_well_formed(error: Exception, parser: Any) -> str:
    # The log has where it went wrong first; the exception may have only that there is no root.
    log = [entry for entry in parser.feed_error_log if entry.level_name == "FATAL"]
    if log:
        return f"the file is not well-formed XML, or is cut short: line {log[0].line}: {log[0].message[:200]}"
    return f"the file is not well-formed XML, or is cut short: {str(error)[:200]}"
