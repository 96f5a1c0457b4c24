"""SAF-T files for the reader's tests, written as XML by code that shares nothing with it."""

from __future__ import annotations

import base64
import datetime as dt
import random
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, cast

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from invoicexpress.saft_file import Document, Section

NAMESPACE: Final = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"

ELEMENT: Final[Mapping[Section, str]] = {
    "SalesInvoices": "Invoice",
    "MovementOfGoods": "StockMovement",
    "WorkingDocuments": "WorkDocument",
    "Payments": "Payment",
}
# Names that differ by section: number, type, date, and the prefix of the status names.
_NAMES: Final[Mapping[Section, tuple[str, str, str, str]]] = {
    "SalesInvoices": ("InvoiceNo", "InvoiceType", "InvoiceDate", "Invoice"),
    "MovementOfGoods": ("DocumentNumber", "MovementType", "MovementDate", "Movement"),
    "WorkingDocuments": ("DocumentNumber", "WorkType", "WorkDate", "Work"),
    "Payments": ("PaymentRefNo", "PaymentType", "TransactionDate", "Payment"),
}

Tree = list[tuple[str, Any]]
"""Name and value of each child; a value is a tree, or a value to print."""


def printed(value: object) -> str:
    """A value in the schema's format."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def built(name: str, value: Any) -> ET.Element:
    """Builds an element, leaving out children that are None."""
    element = ET.Element(name)
    if isinstance(value, list):
        children = cast("Tree", value)
        element.extend(built(*child) for child in children if child[1] is not None)
    else:
        element.text = printed(value)
    return element


def shuffled(element: ET.Element, choice: random.Random) -> ET.Element:
    """The same element with shuffled children; those of one name keep their order."""
    groups: dict[str, list[ET.Element]] = {}
    for child in list(element):
        groups.setdefault(child.tag, []).append(shuffled(child, choice))
        element.remove(child)
    names = list(groups)
    choice.shuffle(names)
    for name in names:
        element.extend(groups[name])
    return element


def fields(row: Any, *names: str, **renamed: str) -> Tree:
    """Fields of a row: `tax_percentage` as `TaxPercentage`, others as given in `renamed`."""
    if row is None:
        return []
    found = [(camel(name), getattr(row, name)) for name in names]
    return found + [(element, getattr(row, name)) for name, element in renamed.items()]


_ACRONYMS: Final = {"id": "ID", "eac": "EAC", "at": "AT", "vat": "VAT", "atcud": "ATCUD", "on": "ON"}


def camel(name: str) -> str:
    """`customer_tax_id` as `CustomerTaxID`."""
    return "".join(_ACRONYMS.get(part, part.capitalize()) for part in name.split("_"))


def _tree(row: Any, *names: str) -> Tree | None:
    return None if row is None else fields(row, *names)


_ADDRESS: Final = (
    "address_detail",
    "building_number",
    "street_name",
    "city",
    "postal_code",
    "region",
    "country",
)
_TAX: Final = ("tax_type", "tax_country_region", "tax_code", "tax_percentage", "tax_amount")


def address(row: Any) -> Tree | None:
    """An address."""
    return _tree(row, *_ADDRESS)


def _point(row: Any) -> Tree | None:
    if row is None:
        return None
    return [
        *(("DeliveryID", each) for each in row.delivery_ids),
        ("DeliveryDate", row.delivery_date),
        *(("WarehouseID", each) for each in row.warehouse_ids),
        *(("LocationID", each) for each in row.location_ids),
        ("Address", address(row.address)),
    ]


def _line(row: Any) -> Tree:
    return [
        ("LineNumber", row.line_number),
        *(("OrderReferences", _tree(each, "originating_on", "order_date")) for each in row.order_references),
        *(
            ("SourceDocumentID", _tree(each, "originating_on", "invoice_date", "description"))
            for each in row.source_documents
        ),
        *fields(row, "product_code", "product_description", "quantity", "unit_of_measure", "unit_price"),
        *fields(row, "tax_base", "tax_point_date"),
        *(("References", _tree(each, "reference", "reason")) for each in row.references),
        ("Description", row.description),
        *(("ProductSerialNumber", [("SerialNumber", each)]) for each in row.serial_numbers),
        *fields(row, "debit_amount", "credit_amount"),
        ("Tax", _tree(row.tax, *_TAX)),
        *fields(row, "tax_exemption_reason", "tax_exemption_code", "settlement_amount"),
        ("CustomsInformation", _customs(row.customs_information)),
    ]


def _customs(row: Any) -> Tree | None:
    if row is None:
        return None
    return [*(("ARCNo", each) for each in row.arc_nos), ("IECAmount", row.iec_amount)]


def document_tree(row: Document) -> Tree:
    """A document of any section, with all its fields."""
    number, kind, date, state = _NAMES[row.section]
    is_receipt = row.section == "Payments"
    methods = [
        _tree(each, "payment_mechanism", "payment_amount", "payment_date") for each in row.payment_methods
    ]
    return [
        (number, row.number),
        ("ATCUD", row.atcud),
        (
            "DocumentStatus",
            [
                (f"{state}Status", row.status),
                (f"{state}StatusDate", row.status_date),
                ("Reason", row.status_reason),
                ("SourceID", row.status_source_id),
                ("SourcePayment" if is_receipt else "SourceBilling", row.source_billing),
            ],
        ),
        *fields(row, "hash", "hash_control", "period"),
        (date, row.date),
        (kind, row.type),
        (
            "SpecialRegimes",
            [
                ("SelfBillingIndicator", row.self_billing_indicator),
                ("CashVATSchemeIndicator", row.cash_vat_scheme_indicator),
                ("ThirdPartiesBillingIndicator", row.third_parties_billing_indicator),
            ],
        ),
        *fields(row, "source_id", "eac_code", "system_entry_date", "transaction_id", "customer_id"),
        *fields(row, "supplier_id", "movement_comments", "description", "system_id"),
        ("ShipTo", _point(row.ship_to)),
        ("ShipFrom", _point(row.ship_from)),
        *fields(row, "movement_start_time", "movement_end_time", at_doc_code_id="ATDocCodeID"),
        *(("PaymentMethod", each) for each in methods if is_receipt),
        *(("Line", _line(each)) for each in row.lines),
        (
            "DocumentTotals",
            [
                *fields(row, "tax_payable", "net_total", "gross_total"),
                ("Currency", _tree(row.currency, "currency_code", "currency_amount", "exchange_rate")),
                *(
                    (
                        "Settlement",
                        _tree(
                            each,
                            "settlement_discount",
                            "settlement_amount",
                            "settlement_date",
                            "payment_terms",
                        ),
                    )
                    for each in row.settlements
                ),
                *(("Payment", each) for each in methods if not is_receipt),
            ],
        ),
        *(
            (
                "WithholdingTax",
                _tree(each, "withholding_tax_type", "withholding_tax_description", "withholding_tax_amount"),
            )
            for each in row.withholding_taxes
        ),
    ]


_HEADER: Final = (
    "audit_file_version",
    "company_id",
    "tax_registration_number",
    "tax_accounting_basis",
    "company_name",
    "business_name",
    "fiscal_year",
    "start_date",
    "end_date",
    "currency_code",
    "date_created",
    "tax_entity",
    "software_certificate_number",
    "product_id",
    "product_version",
    "header_comment",
    "telephone",
    "fax",
    "email",
    "website",
)


def header_tree(row: Any) -> Tree:
    """The header."""
    return [
        *fields(row, *_HEADER, product_company_tax_id="ProductCompanyTaxID"),
        ("CompanyAddress", address(row.company_address)),
    ]


def customer_tree(row: Any) -> Tree:
    """A customer."""
    return [
        *fields(row, "customer_id", "account_id", "customer_tax_id", "company_name", "contact"),
        ("BillingAddress", address(row.billing_address)),
        *(("ShipToAddress", address(each)) for each in row.ship_to_addresses),
        *fields(row, "telephone", "fax", "email", "website", "self_billing_indicator"),
    ]


def product_tree(row: Any) -> Tree:
    """A product."""
    details: Tree = [
        *(("CNCode", each) for each in row.cn_codes),
        *(("UNNumber", each) for each in row.un_numbers),
    ]
    names = ("product_type", "product_code", "product_group", "product_description", "product_number_code")
    return [*fields(row, *names), ("CustomsDetails", details)]


def tax_tree(row: Any) -> Tree:
    """A row of the tax table."""
    return fields(row, *_TAX, "description", "tax_expiration_date")


# Small files, assembled by hand -----------------------------------------------------------------------

HEADER: Final[Tree] = [
    ("AuditFileVersion", "1.04_01"),
    ("CompanyID", "Conservatória de Évora 1"),
    ("TaxRegistrationNumber", "599999993"),
    ("TaxAccountingBasis", "F"),
    ("CompanyName", "Padaria São João"),
    ("FiscalYear", 2026),
    ("StartDate", "2026-11-01"),
    ("EndDate", "2026-11-30"),
    ("CurrencyCode", "EUR"),
    ("DateCreated", "2026-12-01"),
    ("SoftwareCertificateNumber", "9999"),
    ("ProductID", "Pão/Padeiro"),
    ("ProductVersion", "1"),
]
MASTERS: Final[Tree] = [
    ("Customer", [("CustomerID", "C1"), ("CustomerTaxID", "999999990"), ("CompanyName", "Consumidor final")]),
    ("Product", [("ProductType", "P"), ("ProductCode", "PAO"), ("ProductDescription", "Pão")]),
    (
        "TaxTable",
        [("TaxTableEntry", [("TaxType", "IVA"), ("TaxCode", "NOR"), ("TaxPercentage", Decimal(23))])],
    ),
]


OWN_TYPE: Final[Mapping[Section, str]] = {
    "SalesInvoices": "FT",
    "MovementOfGoods": "GT",
    "WorkingDocuments": "OR",
    "Payments": "RG",
}
"""A type of each section."""


def line(amount: str = "10.00", *, side: str = "CreditAmount", product: str = "PAO") -> Tree:
    """A line of one piece. Its document numbers it."""
    return [
        ("LineNumber", None),
        ("ProductCode", product),
        ("Quantity", 1),
        ("UnitPrice", amount),
        (side, amount),
        ("Tax", [("TaxType", "IVA"), ("TaxCode", "NOR"), ("TaxPercentage", 23)]),
    ]


def numbered(row: Tree, number: int) -> Tree:
    """A line with a number, unless it has one."""
    return [(name, number if (name, value) == ("LineNumber", None) else value) for name, value in row]


def document(
    place: int | str = 1,
    *,
    section: Section = "SalesInvoices",
    series: str | None = None,
    day: int = 21,
    status: str = "N",
    net: str = "10.00",
    tax: str = "2.30",
    gross: str = "12.30",
    lines: Iterable[Tree] | None = None,
    customer: str = "C1",
    signature: str = "0",
    **more: Any,
) -> tuple[str, Tree]:
    """A document with its element's name; `more` are additional children."""
    number, kind, date, state = _NAMES[section]
    series = f"{OWN_TYPE[section]} 2026" if series is None else series
    rows = [line(net)] if lines is None else list(lines)
    tree: Tree = [
        (number, f"{series}/{place}"),
        ("DocumentStatus", [(f"{state}Status", status)]),
        ("Hash", signature),
        ("HashControl", "1"),
        (date, f"2026-11-{day:02}"),
        (kind, series.partition(" ")[0]),
        ("SystemEntryDate", f"2026-11-{day:02}T10:00:00"),
        ("CustomerID", customer),
        *(("Line", numbered(each, place)) for place, each in enumerate(rows, start=1)),
        ("DocumentTotals", [("TaxPayable", tax), ("NetTotal", net), ("GrossTotal", gross)]),
        *more.items(),
    ]
    return ELEMENT[section], tree


def sales(*documents: tuple[str, Any], entries: int | None = None, credit: str | None = None) -> Tree:
    """A section of invoices, with control totals if given."""
    totals: Tree = [("NumberOfEntries", entries), ("TotalDebit", None), ("TotalCredit", credit)]
    return [("SalesInvoices", [*totals, *documents])]


def file(
    sources: Tree | None = None,
    *,
    header: Tree | None = HEADER,
    masters: Tree | None = MASTERS,
    namespace: str | None = NAMESPACE,
    encoding: str = "utf-8",
    choice: random.Random | None = None,
) -> bytes:
    """A file with these sections."""
    root = built("AuditFile", [("Header", header), ("MasterFiles", masters), ("SourceDocuments", sources)])
    if choice is not None:
        shuffled(root, choice)
    if namespace is not None:
        root.set("xmlns", namespace)
    content: bytes = ET.tostring(root, encoding=encoding, xml_declaration=True)
    return content


# Keys of tests ----------------------------------------------------------------------------------------

KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 the law's size
PUBLIC_KEY: Final = (
    KEY.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


def signed(text: str) -> str:
    """The signature of a text."""
    return base64.b64encode(KEY.sign(text.encode(), padding.PKCS1v15(), hashes.SHA1())).decode()  # noqa: S303 the law
