"""A SAF-T file: read once for everything except the documents, and once per walk over these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final, cast

from invoicexpress_wire import shown

from ..errors import InputError
from . import records, values
from .characters import Text, text_of
from .elements import CONTROL_TOTALS, PURCHASES, elements
from .nodes import Element, Node, Notes
from .records import SECTION_OF
from .rows import (
    SECTIONS,
    ControlTotals,
    Customer,
    Document,
    Header,
    Problem,
    Product,
    Section,
    TaxTableEntry,
)
from .sources import LIMIT, Source, bytes_of

_NAMESPACE: Final = re.compile(r"urn:OECD:StandardAuditFile-Tax:PT_[0-9._]+")


@dataclass(frozen=True, slots=True, eq=False)
class AuditFile:
    """A SAF-T (PT) file. Each walk reads its documents anew, so it holds none of them.

    The source must not change meanwhile. Two walks at once need a path, bytes or a download: an open file has
    only one position.
    """

    header: Header
    """Whose file it is, of which period."""
    customers: tuple[Customer, ...] = field(repr=False)
    """`MasterFiles/Customer`."""
    supplier_ids: frozenset[str] = field(repr=False)
    """`SupplierID` of each supplier of the master files; nothing else of them is kept."""
    products: tuple[Product, ...] = field(repr=False)
    """`MasterFiles/Product`."""
    tax_table: tuple[TaxTableEntry, ...] = field(repr=False)
    """`MasterFiles/TaxTable`."""
    control_totals: Mapping[Section, ControlTotals]
    """Control totals of each section in the file."""
    namespace: str | None
    """`urn:OECD:StandardAuditFile-Tax:PT_1.04_01`, or another namespace of the file."""
    encoding: str
    """The detected encoding, by its name in Python."""
    problems: tuple[Problem, ...]
    """Problems outside of documents. Each document has its own `problems`; `check` lists all."""
    _text: Text = field(repr=False)

    def documents(self, *sections: Section) -> Iterator[Document]:
        """The documents in the order of the file, of all sections or of some, one at a time.

        Memory stays flat, however many there are. Purchase invoices (`PurchaseInvoices`, which the schemas of
        Angola and other countries have) are not the company's own, and are left out.

        Raises InputError for an unknown section, and SaftFileError and OSError if the source has changed
        since it was opened.
        """
        unknown = [section for section in sections if section not in SECTIONS]
        if unknown:
            raise InputError("sections", f"expected one of {', '.join(SECTIONS)}, got {unknown[0]!r}")
        return self._documents(frozenset(sections or SECTIONS))

    def _documents(self, sections: frozenset[Section]) -> Iterator[Document]:
        for name, parent, element in elements(self._text):
            section = SECTION_OF.get(name)
            if section in sections and parent != PURCHASES:
                yield records.document(name, element)


def one_of(field: str, file: object) -> AuditFile:
    """Return a file. Raises InputError for anything but the result of `read`, such as a path."""
    if isinstance(file, AuditFile):
        return file
    is_path = isinstance(file, str) or hasattr(file, "__fspath__")
    name = shown(str(file) if is_path else file)
    remedy = f"saft_file.read({name})" if is_path else "one"
    raise InputError(field, f"expected a file opened by saft_file.read, got {name}; pass {remedy}")


def each_of(field: str, files: object) -> Iterator[AuditFile]:
    """The files of an argument that takes one or several. Raises InputError, as `one_of` does."""
    if isinstance(files, AuditFile | str | bytes) or not isinstance(files, Iterable):
        yield one_of(field, files)
        return
    for place, file in enumerate(cast("Iterable[object]", files)):
        yield one_of(f"{field}[{place}]", file)


def read(source: Source, *, limit: int = LIMIT) -> AuditFile:
    """Opens a SAF-T (PT) file: a path, its bytes, a file that is open for reading bytes, or a `Download`.

    Also opens a ZIP archive of one XML file. It tolerates untidy exports: their encodings, namespaces, order
    of elements and forms of values. `limit` is the largest file to read, in bytes and unpacked.

    Raises SaftFileError for a file that is not SAF-T, is not well-formed, cut short or too large, or declares
    a document type; InputError for an invalid source; OSError; ConfigurationError without the extra `saft`.
    """
    text = text_of(bytes_of(source, limit))
    found = _Found()
    replaced: list[int] = []
    namespace = None
    for name, parent, element in elements(text, replaced=replaced):
        found.take(name, parent, element)
        namespace = str(element.tag).rpartition("}")[0].removeprefix("{") or None
    whole = Notes()
    for problem in text.problems:
        whole.add("AuditFile", None, problem)
    if replaced:
        count = sum(replaced)
        whole.add("AuditFile", None, f"has {count} characters that XML cannot hold; they are \ufffd now")
    if namespace is not None and not _NAMESPACE.fullmatch(namespace):
        whole.add("AuditFile", None, f"has the namespace {namespace[:80]!r}, which is not SAF-T (PT)")
    if found.header is None:
        whole.add("Header", None, "is missing")
        found.header = records.header(Node(None, "Header", Notes()))
    return AuditFile(
        header=found.header,
        customers=tuple(found.customers),
        supplier_ids=frozenset(found.supplier_ids),
        products=tuple(found.products),
        tax_table=tuple(found.tax_table),
        control_totals=MappingProxyType(found.control_totals()),
        namespace=namespace,
        encoding=text.encoding,
        problems=(*whole.problems, *found.notes.problems),
        _text=text,
    )


class _Found:
    """The records found so far in a walk over the file, except the documents."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.header: Header | None = None
        self.customers: list[Customer] = []
        self.supplier_ids: set[str] = set()
        self.products: list[Product] = []
        self.tax_table: list[TaxTableEntry] = []
        self._totals: dict[Section, dict[str, int | Decimal | None]] = {}
        self._total_lines: dict[Section, int | None] = {}

    def take(self, name: str, parent: str, element: Element) -> None:
        """Keeps an element of the header, the master files or the control totals."""
        if name == "Header" and self.header is None:
            self.header = records.header(Node(element, "Header", self.notes))
        elif name == "Customer":
            self.customers.append(records.customer(Node(element, "MasterFiles/Customer", self.notes)))
        elif name == "Supplier":
            supplier_id = Node(element, "MasterFiles/Supplier", self.notes).text("SupplierID")
            if supplier_id is not None:
                self.supplier_ids.add(supplier_id)
        elif name == "Product":
            self.products.append(records.product(Node(element, "MasterFiles/Product", self.notes)))
        elif name == "TaxTableEntry":
            node = Node(element, "MasterFiles/TaxTable/TaxTableEntry", self.notes)
            self.tax_table.append(records.tax_table_entry(node))
        elif name in CONTROL_TOTALS:
            for section in SECTIONS:
                if section == parent:
                    self._take_total(section, name, element)

    def control_totals(self) -> dict[Section, ControlTotals]:
        """The control totals of the sections."""
        return {
            section: ControlTotals(
                number_of_entries=_whole(said.get("NumberOfEntries")),
                total_debit=_amount(said.get("TotalDebit")),
                total_credit=_amount(said.get("TotalCredit")),
                number_of_movement_lines=_whole(said.get("NumberOfMovementLines")),
                total_quantity_issued=_amount(said.get("TotalQuantityIssued")),
                line=self._total_lines[section],
            )
            for section, said in self._totals.items()
        }

    def _take_total(self, section: Section, name: str, element: Element) -> None:
        text = (element.text or "").strip()
        parse = values.whole if name.startswith("Number") else values.amount
        said = self._totals.setdefault(section, {})
        self._total_lines.setdefault(section, element.sourceline)
        try:
            said[name] = parse(text)
        except values.Unreadable as unreadable:
            said[name] = None
            self.notes.add(f"{section}/{name}", element.sourceline, str(unreadable))


def _whole(value: int | Decimal | None) -> int | None:
    return None if value is None else int(value)


def _amount(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
