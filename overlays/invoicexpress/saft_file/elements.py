"""Yields the relevant elements as the parser reaches them, and releases each after its use.

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
MASTERS: Final = ("Header", "Customer", "Supplier", "Product", "TaxTableEntry")
PURCHASES: Final = "PurchaseInvoices"
"""A section with elements named as those of sales, in the schemas of Angola and of other countries."""
_DOCUMENTS: Final = tuple(SECTION_OF)
# Not read here, and as long as the rest of an accounting file.
_SKIPPED: Final = ("Account", "Transaction")
_WHOLE: Final = frozenset({*MASTERS, *_DOCUMENTS, *_SKIPPED})
_LONGEST: Final = 64 * 1024 * 1024
_MOST_MARKS: Final = 1_500_000
"""Limits of the text between two released elements: bytes, and marks of tags and attributes, each of which
may cost the parser 100 bytes. A document with 20,000 lines has two thirds of them.
"""


def elements(text: Text, *, replaced: list[int] | None = None) -> Iterator[tuple[str, str, Any]]:
    """Yields name, parent's name, and element for each relevant element. The next step empties it.

    The root comes last, with its remaining content. Raises SaftFileError for malformed XML, OSError, and
    ConfigurationError without lxml.
    """
    etree = _etree()
    # Any namespace and prefix: the version of a file makes no difference here.
    tags = tuple(f"{{*}}{name}" for name in (*CONTROL_TOTALS, *MASTERS, *_DOCUMENTS, *_SKIPPED))
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tags,
        encoding="utf-8",
        # Document types are refused before, so no entity can be resolved: a reference to one is an error.
        # False would drop it silently.
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
    """Whether an element is a whole document or record, rather than a part of one.

    The payment of an invoice is a `Payment` as well, and programs add their own elements.
    """
    ancestors = [local_name(each) for each in element.iterancestors()]
    if local_name(element) == "Payment" and "Payments" not in ancestors:
        return False
    return bool(ancestors) and _WHOLE.isdisjoint(ancestors)


def _release(element: Any) -> None:
    """Empties an element and drops its predecessors, which the walk has passed."""
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
    # The log has the first error; the exception may only report a missing root.
    log = [entry for entry in parser.feed_error_log if entry.level_name == "FATAL"]
    if log:
        return f"the file is not well-formed XML, or is cut short: line {log[0].line}: {log[0].message[:200]}"
    return f"the file is not well-formed XML, or is cut short: {str(error)[:200]}"
