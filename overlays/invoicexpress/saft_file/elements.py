"""The elements that matter, one after the other as the parser meets them, each let go of once it was read.

lxml comes with the extra `saft` and is imported when the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ..errors import ConfigurationError, SaftFileError
from .characters import Text
from .nodes import local_name
from .records import SECTION_OF

if TYPE_CHECKING:
    from types import ModuleType

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
_LET_GO: Final = ("Supplier", "Account", "Transaction")
_TOTALS_OF_DOCUMENT: Final = "DocumentTotals"
_LONGEST_ELEMENT: Final = 64 * 1024 * 1024
"""Most bytes between two elements that are let go of. A document with 10,000 lines has 10 MB."""


def elements(text: Text, *, replaced: list[int] | None = None) -> Iterator[tuple[str, str, Any]]:
    """Name, name of the parent, and element of each that matters; it is emptied when the next is asked for.

    Last comes the root, with all that is left of it. Raises SaftFileError for what is not well-formed,
    OSError, and ConfigurationError where lxml is not there.
    """
    etree = _etree()
    # A namespace and its prefix may be any: which version a file is of changes nothing in what is read here.
    wanted = tuple(f"{{*}}{name}" for name in (*CONTROL_TOTALS, *MASTERS, *_DOCUMENTS, *_LET_GO))
    parser = etree.XMLPullParser(
        events=("end",),
        tag=wanted,
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    waiting = 0
    try:
        for chunk in text.chunks(replaced):
            parser.feed(chunk)
            waiting += len(chunk)
            for _, element in parser.read_events():
                waiting = 0
                yield from _met(element)
            if waiting > _LONGEST_ELEMENT:
                raise SaftFileError(f"an element is larger than {_LONGEST_ELEMENT} bytes")
        root = parser.close()
    except etree.LxmlError as error:
        raise SaftFileError(_not_well_formed(error, parser)) from None
    yield "AuditFile", "", root


def _met(element: Any) -> Iterator[tuple[str, str, Any]]:
    name = local_name(element)
    parent = element.getparent()
    within = "" if parent is None else local_name(parent)
    if name == "Payment" and within == _TOTALS_OF_DOCUMENT:
        # How an invoice was paid, which is a part of it and no receipt.
        return
    yield name, within, element
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


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
