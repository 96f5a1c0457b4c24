"""The table of document types: every difference between types is a column.

A new type is a new row, and a new family too if it has its own list and its own state machine. Routes,
series, lists, PDF, SAF-T, ledger and demo company take their types from this table.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from .states import (
    CORRECTION,
    ESTIMATE,
    GUIDE,
    INVOICE,
    INVOICE_RECEIPT,
    PURCHASE_ORDER,
    RECEIPT,
    StateMachine,
)

Goods = Literal["transported", "ordered"]
SaftSection = Literal["SalesInvoices", "MovementOfGoods", "WorkingDocuments", "Payments"]


class Family(NamedTuple):
    """Types that share a list and, in the vendor's documentation, one root key.

    `noun` is its name in operation ids; `root` the fixed key that documented requests use for every
    type of the family; `list_root` the key of the family's list; `list_path` where that list is (for
    invoices the type's own list and the family's are one).
    """

    name: str
    noun: str
    root: str
    list_root: str
    list_path: str
    idempotent_create: bool
    """Whether creates honour `proprietary_uid` (documented for the invoice family only)."""


INVOICES: Final = Family(
    "invoice", "Invoice", "invoice", "invoices", "/invoices.json", idempotent_create=True
)
ESTIMATES: Final = Family(
    "estimate", "Estimate", "quote", "estimates", "/estimates.json", idempotent_create=False
)
GUIDES: Final = Family("guide", "Guide", "shipping", "guides", "/guides.json", idempotent_create=False)
PURCHASE_ORDERS: Final = Family(
    "purchase_order",
    "PurchaseOrder",
    "purchase_order",
    "purchase_orders",
    "/purchase_orders.json",
    idempotent_create=False,
)


class DocumentType(NamedTuple):
    """One row: how a type is addressed, numbered, signed, settled and printed.

    `segment` is the path segment and the root key of its list, `root` the key of one document, `name`
    the value of `type`. `prefix` starts the printed number (it must be the type's own: Portaria
    302/2016, field 4.1.4.1); `saft_type` is the type code of SAF-T (PT) and of the QR code.
    """

    segment: str
    root: str
    name: str
    family: Family
    states: StateMachine
    title: str
    english_title: str
    """On pages in English; our wording (assumed: no English page of the service is known)."""
    prefix: str
    series_offset: int
    """The id of its row in a series is the series' id plus this; the rows have the ids n to n+16 (recorded
    2019).
    """
    saft_type: str
    saft_section: SaftSection | None
    """The section of SAF-T (PT); None for documents that concern neither sale nor transport, and that no
    customer sees.
    """
    needs_registration: bool = True
    """Whether the type is relevant for ATCUD (vendor docs 2026-07: `N/A` for fees notes and VAT MOSS)."""
    creatable: bool = True
    """Whether requests can make and change it; receipts come from payments, and are only cancelled."""
    signed: bool = True
    """Receipts are not signed (Despacho 8632/2014, 1.1)."""
    payable: bool = False
    """Takes partial payments; settling makes a receipt (vendor docs 2026-07; vendor change log,
    2013-09-29).
    """
    receipt_name: str = "Receipt"
    """The type of that receipt. VAT MOSS receipts have their own rows in a series, so they pay VAT MOSS
    invoices (assumed).
    """
    credit_note_name: str = "CreditNote"
    """The type of note that credits it; VAT MOSS invoices have their own (assumed, as `receipt_name`)."""
    creditable: bool = False
    """May own a credit or debit note; the total of its credit notes may not exceed its own."""
    corrects: bool = False
    """Needs its owner final: `owner_invoice_id` is honoured (vendor docs 2026-07: notes only)."""
    bills_guides: bool = False
    """May name a guide as its owner (vendor docs 2026-07: `owner_invoice_id`, when invoicing a guide)."""
    reduces_owner: bool = False
    """A credit: reduces the open amount of its owner."""
    multibanco: bool = False
    """May carry a Multibanco reference (vendor docs 2026-07: mb_reference)."""
    client_optional: bool = False
    """Without a client it is for the final consumer (vendor docs 2026-07: simplified invoices only)."""
    portuguese_only: bool = False
    """Accounts elsewhere do not have it (vendor docs 2026-07: simplified invoices)."""
    client_keys: tuple[str, ...] = ("client",)
    """The keys of the client in a request; the first version's purchase orders had `supplier`."""
    goods: Goods | None = None
    """Has a delivery: loading and destination (vendor docs 2026-07: guides; vendor docs 2017: orders)."""
    fiscal: bool = True
    """An invoice in the sense of the law; others print "Este documento não serve de fatura" (Despacho
    8632/2014, 1.2).
    """

    @property
    def is_receipt(self) -> bool:
        """Whether payments make it; it has no lines, and the documentation answers it as `receipt`."""
        return not self.creatable

    @property
    def paid_on_issue(self) -> bool:
        """Whether issuing it settles it, as an invoice-receipt."""
        return self.states.get(("draft", "finalized")) == "settled"

    @property
    def may_have_owner(self) -> bool:
        """Whether it honours `owner_invoice_id`."""
        return self.corrects or self.bills_guides or self.family is GUIDES

    def may_follow(self, owner: DocumentType) -> bool:
        """Whether `owner_invoice_id` of this type may name a document of type `owner`: a note the invoice
        that it corrects, an invoice the guide that it bills, a guide the invoice whose goods it moves
        (Webdados 2025).
        """
        if self.bills_guides:
            return owner.family is GUIDES
        return self.may_have_owner and owner.creditable

    @property
    def list_operation(self) -> str | None:
        """The operation id of the type's own list; None where the family's list takes its path."""
        if f"/{self.segment}.json" == self.family.list_path:
            return None
        return "list" + "".join(word.capitalize() for word in self.segment.split("_"))

    @property
    def dashed_name(self) -> str:
        """The type in the spelling of the service's messages: `invoice-receipt` (suestecreative 2026)."""
        return self.root.replace("_", "-")


DOCUMENT_TYPES: Final[tuple[DocumentType, ...]] = (
    DocumentType(
        segment="invoices",
        root="invoice",
        name="Invoice",
        family=INVOICES,
        states=INVOICE,
        title="Fatura",
        english_title="Invoice",
        prefix="FT",
        series_offset=0,
        saft_type="FT",
        saft_section="SalesInvoices",
        payable=True,
        creditable=True,
        multibanco=True,
        bills_guides=True,
    ),
    DocumentType(
        segment="simplified_invoices",
        root="simplified_invoice",
        name="SimplifiedInvoice",
        family=INVOICES,
        states=INVOICE,
        title="Fatura simplificada",
        english_title="Simplified invoice",
        prefix="FS",
        series_offset=1,
        saft_type="FS",
        saft_section="SalesInvoices",
        payable=True,
        creditable=True,
        multibanco=True,
        client_optional=True,
        portuguese_only=True,
        bills_guides=True,
    ),
    DocumentType(
        segment="invoice_receipts",
        root="invoice_receipt",
        name="InvoiceReceipt",
        family=INVOICES,
        states=INVOICE_RECEIPT,
        title="Fatura-recibo",
        english_title="Invoice-receipt",
        prefix="FR",
        series_offset=2,
        saft_type="FR",
        saft_section="SalesInvoices",
        creditable=True,
        multibanco=True,
        bills_guides=True,
    ),
    DocumentType(
        segment="vat_moss_invoices",
        root="vat_moss_invoice",
        name="VatMossInvoice",
        family=INVOICES,
        states=INVOICE,
        title="Fatura VAT MOSS",
        english_title="VAT MOSS invoice",
        prefix="FVM",
        series_offset=7,
        needs_registration=False,
        saft_type="FT",
        saft_section="SalesInvoices",
        payable=True,
        creditable=True,
        receipt_name="VatMossReceipt",
        credit_note_name="VatMossCreditNote",
    ),
    DocumentType(
        segment="credit_notes",
        root="credit_note",
        name="CreditNote",
        family=INVOICES,
        states=CORRECTION,
        title="Nota de crédito",
        english_title="Credit note",
        prefix="NC",
        series_offset=5,
        saft_type="NC",
        saft_section="SalesInvoices",
        corrects=True,
        reduces_owner=True,
    ),
    DocumentType(
        segment="debit_notes",
        root="debit_note",
        name="DebitNote",
        family=INVOICES,
        states=CORRECTION,
        title="Nota de débito",
        english_title="Debit note",
        prefix="ND",
        series_offset=4,
        saft_type="ND",
        saft_section="SalesInvoices",
        creditable=True,
        corrects=True,
    ),
    DocumentType(
        segment="vat_moss_credit_notes",
        root="vat_moss_credit_note",
        name="VatMossCreditNote",
        family=INVOICES,
        states=INVOICE,
        title="Nota de crédito VAT MOSS",
        english_title="VAT MOSS credit note",
        prefix="NCVM",
        series_offset=8,
        needs_registration=False,
        saft_type="NC",
        saft_section="SalesInvoices",
        corrects=True,
        reduces_owner=True,
    ),
    DocumentType(
        segment="receipts",
        root="receipt",
        name="Receipt",
        family=INVOICES,
        states=RECEIPT,
        title="Recibo",
        english_title="Receipt",
        prefix="RG",
        series_offset=3,
        saft_type="RG",
        saft_section="Payments",
        creatable=False,
        signed=False,
    ),
    DocumentType(
        segment="vat_moss_receipts",
        root="vat_moss_receipt",
        name="VatMossReceipt",
        family=INVOICES,
        states=RECEIPT,
        title="Recibo VAT MOSS",
        english_title="VAT MOSS receipt",
        prefix="RGVM",
        series_offset=9,
        needs_registration=False,
        saft_type="RG",
        saft_section="Payments",
        creatable=False,
        signed=False,
    ),
    DocumentType(
        segment="quotes",
        root="quote",
        name="Quote",
        family=ESTIMATES,
        states=ESTIMATE,
        title="Orçamento",
        english_title="Quote",
        prefix="OR",
        series_offset=11,
        saft_type="OR",
        saft_section="WorkingDocuments",
        fiscal=False,
    ),
    DocumentType(
        segment="proformas",
        root="proforma",
        name="Proforma",
        family=ESTIMATES,
        states=ESTIMATE,
        title="Fatura pró-forma",
        english_title="Pro forma invoice",
        prefix="PF",
        series_offset=12,
        saft_type="PF",
        saft_section="WorkingDocuments",
        fiscal=False,
    ),
    DocumentType(
        segment="fees_notes",
        root="fees_note",
        name="FeesNote",
        family=ESTIMATES,
        states=ESTIMATE,
        title="Nota de honorários",
        english_title="Fees note",
        prefix="NH",
        series_offset=13,
        needs_registration=False,
        saft_type="OU",
        saft_section="WorkingDocuments",
        fiscal=False,
    ),
    DocumentType(
        segment="shippings",
        root="shipping",
        name="Shipping",
        family=GUIDES,
        states=GUIDE,
        title="Guia de remessa",
        english_title="Delivery note",
        prefix="GR",
        series_offset=14,
        saft_type="GR",
        saft_section="MovementOfGoods",
        goods="transported",
        fiscal=False,
    ),
    DocumentType(
        segment="transports",
        root="transport",
        name="Transport",
        family=GUIDES,
        states=GUIDE,
        title="Guia de transporte",
        english_title="Transport note",
        prefix="GT",
        series_offset=16,
        saft_type="GT",
        saft_section="MovementOfGoods",
        goods="transported",
        fiscal=False,
    ),
    DocumentType(
        segment="devolutions",
        root="devolution",
        name="Devolution",
        family=GUIDES,
        states=GUIDE,
        title="Guia de devolução",
        english_title="Return note",
        prefix="GD",
        series_offset=15,
        saft_type="GD",
        saft_section="MovementOfGoods",
        goods="transported",
        fiscal=False,
    ),
    DocumentType(
        segment="purchase_orders",
        root="purchase_order",
        name="PurchaseOrder",
        family=PURCHASE_ORDERS,
        states=PURCHASE_ORDER,
        title="Nota de encomenda",
        english_title="Purchase order",
        prefix="NE",
        series_offset=10,
        needs_registration=False,
        saft_type="NE",
        # No customer sees an order: it is neither signed nor reported (Despacho 8632/2014, 1.1).
        saft_section=None,
        signed=False,
        client_keys=("client", "supplier"),
        goods="ordered",
        fiscal=False,
    ),
)

BY_NAME: Final[dict[str, DocumentType]] = {row.name: row for row in DOCUMENT_TYPES}
FAMILIES: Final[tuple[Family, ...]] = (INVOICES, ESTIMATES, GUIDES, PURCHASE_ORDERS)
RECEIPT_TYPE: Final[DocumentType] = BY_NAME["Receipt"]


class SeriesRow(NamedTuple):
    """The place of one document type in a series: its id is the series' id plus `offset`."""

    root: str
    offset: int
    needs_registration: bool = True


_CASH_INVOICES: Final = SeriesRow("cash_invoice", 6)
"""A type without a path; n+6 exists but is not in the answer (recorded 2019)."""

SERIES_ROWS: Final[tuple[SeriesRow, ...]] = tuple(
    sorted(
        (
            _CASH_INVOICES,
            *(SeriesRow(row.root, row.series_offset, row.needs_registration) for row in DOCUMENT_TYPES),
        ),
        key=lambda row: row.offset,
    )
)
"""In the order of ids (recorded 2019)."""
