"""SAF-T (PT) 1.04_01: what an account issued in a month, as the tax authority wants it (Portaria 302/2016).

A pure function of documents. Element order is that of the official schema. Three choices:

* The net amounts of a document's lines are whole cents that add up to its net total, apportioned within
  each VAT rate as the QR code's bases are, so that all sums of the file hold exactly.
* `UnitPrice` is net of every discount (4.1.4.19.6), with as many decimals as give back that amount.
* A receipt settles whole amounts, VAT included, and so has no tax of its own, as its QR code says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .atcud import atcud_to_print
from .countries import COUNTRY_CODES, UNKNOWN_COUNTRY
from .delivery import Address
from .document import UNKNOWN_REGION, ClientSnapshot, Document, Line
from .document_types import SaftSection
from .exemption_codes import DEFAULT_EXEMPTION, printed_reason
from .fiscal_ids import FINAL_CONSUMER
from .issuer import ISSUER_ADDRESS
from .signature import CERTIFICATE_NUMBER
from .tax_regions import TAX_REGIONS
from .totals import EXACT, ZERO, LineAmounts, apportion, euros, kept_share, rounded
from .vat_rates import tax_code
from .version import VERSION
from .wire_values import iso_seconds

NAMESPACE: Final = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
ENCODING: Final = "windows-1252"
"""The encoding of the tax authority's own files; other characters travel as references."""

SOFTWARE: Final = "Emulador InvoiceXpress/Sem fabricante"
TRAINING_MARK: Final = "Ficheiro de formação, emitido por um emulador: sem valor fiscal"

_UNKNOWN: Final = "Desconhecido"
_UNSIGNED: Final = "0"
_NO_ATCUD: Final = "0"
_KEY_VERSION: Final = "1"
_USER: Final = "api"
_PRICE_DECIMALS: Final = 6
_LONGEST_CODE: Final = 60
_LONGEST_REASON: Final = 60

_NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WITHDRAWN_CODES: Final = frozenset({"AN"})
"""ISO codes that the API still lists and the schema does not."""
_SERVICES: Final = frozenset({"hour", "day", "month", "service"})
"""Units of services; whatever else is sold is taken for a product (assumed: the API does not say)."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a receipt settles: number and date of the document, cents, payment mechanism."""

    number: str
    date: dt.date
    amount: int
    mechanism: str


@dataclass(frozen=True, slots=True)
class Period:
    """What is exported: for whom, from which day to which, made on which day."""

    organization_name: str
    fiscal_id: str
    first: dt.date
    last: dt.date
    created: dt.date


@dataclass(frozen=True, slots=True)
class Books:
    """Everything issued in the period, and what it refers to.

    `owners` are the documents that others correct or invoice, by id; `settled` what each receipt pays;
    `invoiced` the ids of guides that have a live invoice.
    """

    documents: Sequence[Document]
    owners: Mapping[int, Document]
    settled: Mapping[int, Sequence[Settled]]
    invoiced: frozenset[int]

    def of(self, section: SaftSection) -> list[Document]:
        """Return the documents of one section, by number within type."""
        return [each for each in self.documents if each.type.saft_section == section]


def audit_file(period: Period, books: Books) -> bytes:
    """Return the XML file."""
    root = ET.Element("AuditFile", {"xmlns": NAMESPACE})
    _header(root, period)
    _master_files(root, books)
    sources = ET.SubElement(root, "SourceDocuments")
    if sales := books.of("SalesInvoices"):
        _sales_invoices(sources, sales, books)
    if movements := books.of("MovementOfGoods"):
        _movement_of_goods(sources, movements, books)
    if working := books.of("WorkingDocuments"):
        _working_documents(sources, working)
    if payments := books.of("Payments"):
        _payments(sources, payments, books)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding=ENCODING, xml_declaration=True)
    return content


# Values ----------------------------------------------------------------------------------------------


def _add(parent: ET.Element, name: str, value: str | int) -> None:
    ET.SubElement(parent, name).text = str(value)


def clean(value: object, longest: int) -> str:
    """Return text that XML and the schema can hold: no control characters, not too long, never blank."""
    text = " ".join(_NOT_IN_XML.sub(" ", str(value or "")).split())
    return text[:longest].strip() or _UNKNOWN


def _money(cents: int) -> str:
    return f"{euros(cents):.2f}"


def _decimal(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def _country(name: object) -> str:
    """Return a country's code, `Desconhecido` if it has none; without a name it is Portugal."""
    code = COUNTRY_CODES.get(str(name), UNKNOWN_COUNTRY) if name else "PT"
    return UNKNOWN_COUNTRY if code in _WITHDRAWN_CODES else code


def product_code(name: str) -> str:
    """Return the code of an item, which is its name; a digest tells apart names that are too long."""
    whole = clean(name, len(name) + len(_UNKNOWN))
    if len(whole) <= _LONGEST_CODE:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _LONGEST_CODE - len(digest) - 1]}~{digest}"


def _product_description(name: str) -> str:
    text = clean(name, 200)
    return text if len(text) > 1 else f"Artigo {text}"


@dataclass(frozen=True, slots=True)
class _Tax:
    """VAT of a line as the file has it: `NS` is what is not subject to VAT at all."""

    type: str
    region: str
    code: str
    rate: Decimal
    exemption: str | None


def _tax(document: Document, line: Line) -> _Tax:
    region = line.tax_region or UNKNOWN_REGION
    if region not in TAX_REGIONS - {_UNKNOWN} - _WITHDRAWN_CODES:
        region = UNKNOWN_REGION
    if not line.is_exempt:
        code = tax_code(line.tax_code, region, line.tax_value, document.date)
        return _Tax("IVA", region, code, line.tax_value, None)
    exemption = line.tax_exemption or document.tax_exemption or DEFAULT_EXEMPTION
    if exemption == DEFAULT_EXEMPTION:
        return _Tax("NS", region, "NS", ZERO, exemption)
    return _Tax("IVA", region, "ISE", ZERO, exemption)


# Header and master files -----------------------------------------------------------------------------


def _header(root: ET.Element, period: Period) -> None:
    header = ET.SubElement(root, "Header")
    _add(header, "AuditFileVersion", "1.04_01")
    _add(header, "CompanyID", period.fiscal_id)
    _add(header, "TaxRegistrationNumber", period.fiscal_id)
    _add(header, "TaxAccountingBasis", "F")
    _add(header, "CompanyName", clean(period.organization_name, 100))
    _address(header, "CompanyAddress", ISSUER_ADDRESS)
    _add(header, "FiscalYear", period.first.year)
    _add(header, "StartDate", period.first.isoformat())
    _add(header, "EndDate", period.last.isoformat())
    _add(header, "CurrencyCode", "EUR")
    _add(header, "DateCreated", period.created.isoformat())
    _add(header, "TaxEntity", "Global")
    _add(header, "ProductCompanyTaxID", FINAL_CONSUMER)
    _add(header, "SoftwareCertificateNumber", CERTIFICATE_NUMBER)
    _add(header, "ProductID", SOFTWARE)
    _add(header, "ProductVersion", VERSION)
    _add(header, "HeaderComment", TRAINING_MARK)


def _address(parent: ET.Element, name: str, address: Address) -> None:
    element = ET.SubElement(parent, name)
    _add(element, "AddressDetail", clean(address.detail, 210))
    _add(element, "City", clean(address.city, 50))
    _add(element, "PostalCode", clean(address.postal_code, 20))
    _add(element, "Country", _country(address.country))


def _master_files(root: ET.Element, books: Books) -> None:
    """Write customers, products and taxes: those that the documents name, each once."""
    master = ET.SubElement(root, "MasterFiles")
    by_age = sorted(books.documents, key=lambda document: document.id)
    customers = {document.client_id: document.client for document in by_age}
    for client_id, client in sorted(customers.items()):
        _customer(master, client_id, client)
    lines = [(document, line) for document in books.documents for line in document.lines]
    products = {product_code(line.name): line for _, line in lines}
    for code, line in sorted(products.items()):
        _product(master, code, line)
    taxes = {_tax(document, line): line.tax_name for document, line in lines}
    rows = {(tax.type, tax.region, tax.code, tax.rate): name for tax, name in taxes.items()}
    if rows:
        table = ET.SubElement(master, "TaxTable")
        for (kind, region, code, rate), name in sorted(rows.items()):
            entry = ET.SubElement(table, "TaxTableEntry")
            _add(entry, "TaxType", kind)
            _add(entry, "TaxCountryRegion", region)
            _add(entry, "TaxCode", code)
            _add(entry, "Description", clean(name, 255))
            _add(entry, "TaxPercentage", _decimal(rate))


def _customer(master: ET.Element, client_id: int, client: ClientSnapshot) -> None:
    customer = ET.SubElement(master, "Customer")
    _add(customer, "CustomerID", client_id)
    _add(customer, "AccountID", _UNKNOWN)
    _add(customer, "CustomerTaxID", clean(client.get("fiscal_id") or FINAL_CONSUMER, 30))
    _add(customer, "CompanyName", clean(client["name"], 100))
    address = ET.SubElement(customer, "BillingAddress")
    _add(address, "AddressDetail", clean(client.get("address"), 210))
    _add(address, "City", clean(client.get("city"), 50))
    _add(address, "PostalCode", clean(client.get("postal_code"), 20))
    _add(address, "Country", _country(client.get("country")))
    if client.get("email"):
        _add(customer, "Email", clean(client["email"], 254))
    _add(customer, "SelfBillingIndicator", 0)


def _product(master: ET.Element, code: str, line: Line) -> None:
    product = ET.SubElement(master, "Product")
    _add(product, "ProductType", "S" if line.unit in _SERVICES else "P")
    _add(product, "ProductCode", code)
    _add(product, "ProductDescription", _product_description(line.name))
    _add(product, "ProductNumberCode", code)


# Lines and totals ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Net:
    """A line after all discounts: whole cents, the price that gives them, and what was taken off."""

    line: Line
    cents: int
    unit_price: Decimal
    discount: Decimal


def _net_lines(document: Document) -> list[_Net]:
    amounts: list[LineAmounts] = [line.amounts for line in document.lines]
    kept = kept_share(amounts, document.global_discount)
    nets = [kept.taken_from(each.subtotal) for each in amounts]
    keys = [document.tax_key(line) for line in document.lines]
    cents = [0] * len(nets)
    for part in document.tax_parts:
        places = [place for place, key in enumerate(keys) if key == part.key]
        shares = apportion(part.base, [nets[place] for place in places])
        for place, share in zip(places, shares, strict=True):
            cents[place] = share
    return [
        _Net(line, share, _unit_price(line, net), rounded(EXACT.subtract(amount.gross, net), _PRICE_DECIMALS))
        for line, share, net, amount in zip(document.lines, cents, nets, amounts, strict=True)
    ]


def _unit_price(line: Line, net: Decimal) -> Decimal:
    price = EXACT.divide(net, line.quantity) if line.quantity else line.unit_price
    return rounded(price, _PRICE_DECIMALS)


def _line_opening(parent: ET.Element, number: int, owner: Document | None) -> ET.Element:
    element = ET.SubElement(parent, "Line")
    _add(element, "LineNumber", number)
    if owner is not None:
        reference = ET.SubElement(element, "OrderReferences")
        _add(reference, "OriginatingON", owner.printed_number or "")
        _add(reference, "OrderDate", owner.date.isoformat())
    return element


def _goods(element: ET.Element, net: _Net) -> None:
    _add(element, "ProductCode", product_code(net.line.name))
    _add(element, "ProductDescription", _product_description(net.line.name))
    _add(element, "Quantity", _decimal(net.line.quantity))
    _add(element, "UnitOfMeasure", clean(net.line.unit or "UN", 20))
    _add(element, "UnitPrice", _decimal(net.unit_price))


def _value(element: ET.Element, document: Document, net: _Net) -> None:
    """Write description, amount, VAT, exemption and discount of a line; credit notes debit."""
    _add(element, "Description", clean(net.line.description or net.line.name, 200))
    _add(element, "DebitAmount" if document.type.reduces_owner else "CreditAmount", _money(net.cents))
    tax = _tax(document, net.line)
    wrapped = ET.SubElement(element, "Tax")
    _add(wrapped, "TaxType", tax.type)
    _add(wrapped, "TaxCountryRegion", tax.region)
    _add(wrapped, "TaxCode", tax.code)
    _add(wrapped, "TaxPercentage", _decimal(tax.rate))
    if tax.exemption is not None:
        _add(element, "TaxExemptionReason", clean(printed_reason(tax.exemption), _LONGEST_REASON))
        _add(element, "TaxExemptionCode", tax.exemption)
    if net.discount:
        _add(element, "SettlementAmount", _decimal(net.discount))


def _totals(parent: ET.Element, document: Document) -> None:
    """Write the totals; the rate is EUR per unit of the foreign currency, the inverse of the API's."""
    element = ET.SubElement(parent, "DocumentTotals")
    _add(element, "TaxPayable", _money(document.totals.taxes))
    _add(element, "NetTotal", _money(document.totals.before_taxes))
    _add(element, "GrossTotal", _money(document.totals.total))
    if document.currency_code is not None and document.rate is not None:
        currency = ET.SubElement(element, "Currency")
        _add(currency, "CurrencyCode", document.currency_code)
        foreign = EXACT.multiply(euros(document.totals.total), document.rate)
        _add(currency, "CurrencyAmount", _decimal(rounded(foreign, 2)))
        _add(currency, "ExchangeRate", _decimal(rounded(EXACT.divide(Decimal(1), document.rate), 10)))


def _withholding(parent: ET.Element, document: Document) -> None:
    if document.withheld:
        element = ET.SubElement(parent, "WithholdingTax")
        _add(element, "WithholdingTaxAmount", _money(document.withheld))


# Documents -------------------------------------------------------------------------------------------


def _is_canceled(document: Document) -> bool:
    return document.status == "canceled"


def _entered(document: Document) -> str:
    assert document.system_entry is not None  # noqa: S101 - issued documents are the only ones exported
    return iso_seconds(document.system_entry)


def _status(parent: ET.Element, kind: str, document: Document, status: str, source: str) -> None:
    element = ET.SubElement(parent, "DocumentStatus")
    _add(element, f"{kind}Status", status)
    canceled_at = document.canceled_at if _is_canceled(document) else None
    _add(element, f"{kind}StatusDate", iso_seconds(canceled_at) if canceled_at else _entered(document))
    if _is_canceled(document) and document.cancel_message:
        _add(element, "Reason", clean(document.cancel_message, 50))
    _add(element, "SourceID", _USER)
    _add(element, source, "P")


def _opening(element: ET.Element, kind: str, number: str, document: Document, status: str) -> None:
    """Write what sales, movements and working documents begin with."""
    _add(element, number, document.printed_number or "")
    _add(element, "ATCUD", atcud_to_print(document.atcud) or _NO_ATCUD)
    _status(element, kind, document, status, "SourceBilling")
    _add(element, "Hash", document.signature or _UNSIGNED)
    _add(element, "HashControl", _KEY_VERSION if document.signature else _UNSIGNED)
    _add(element, "Period", document.date.month)
    _add(element, f"{kind}Date", document.date.isoformat())
    _add(element, f"{kind}Type", document.type.saft_type)


def _control_totals(element: ET.Element, documents: Iterable[Document]) -> None:
    """Write number and sums of a section: cancelled documents count, and are left out of the sums."""
    found = list(documents)
    live = [each for each in found if not _is_canceled(each)]
    debits = sum(each.totals.before_taxes for each in live if each.type.reduces_owner)
    credits = sum(each.totals.before_taxes for each in live if not each.type.reduces_owner)
    _add(element, "NumberOfEntries", len(found))
    _add(element, "TotalDebit", _money(debits))
    _add(element, "TotalCredit", _money(credits))


def _sales_invoices(sources: ET.Element, documents: list[Document], books: Books) -> None:
    section = ET.SubElement(sources, "SalesInvoices")
    _control_totals(section, documents)
    for document in documents:
        owner = books.owners.get(document.owner_id) if document.owner_id is not None else None
        element = ET.SubElement(section, "Invoice")
        _opening(element, "Invoice", "InvoiceNo", document, "A" if _is_canceled(document) else "N")
        regimes = ET.SubElement(element, "SpecialRegimes")
        for name in ("SelfBillingIndicator", "CashVATSchemeIndicator", "ThirdPartiesBillingIndicator"):
            _add(regimes, name, 0)
        _add(element, "SourceID", _USER)
        _add(element, "SystemEntryDate", _entered(document))
        _add(element, "CustomerID", document.client_id)
        for number, net in enumerate(_net_lines(document), 1):
            line = _line_opening(element, number, None if document.type.corrects else owner)
            _goods(line, net)
            _add(line, "TaxPointDate", document.date.isoformat())
            if document.type.corrects and owner is not None:
                references = ET.SubElement(line, "References")
                _add(references, "Reference", owner.printed_number or "")
                if document.observations:
                    _add(references, "Reason", clean(document.observations, 50))
            _value(line, document, net)
        _totals(element, document)
        _withholding(element, document)


def _movement_of_goods(sources: ET.Element, documents: list[Document], books: Books) -> None:
    """Write the guides; their count of lines has all, their sum of quantities leaves out cancelled ones."""
    section = ET.SubElement(sources, "MovementOfGoods")
    live = [line for each in documents if not _is_canceled(each) for line in each.lines]
    _add(section, "NumberOfMovementLines", sum(len(each.lines) for each in documents))
    _add(section, "TotalQuantityIssued", _decimal(sum((line.quantity for line in live), ZERO)))
    for document in documents:
        status = "A" if _is_canceled(document) else "F" if document.id in books.invoiced else "N"
        element = ET.SubElement(section, "StockMovement")
        _opening(element, "Movement", "DocumentNumber", document, status)
        _add(element, "SystemEntryDate", _entered(document))
        _add(element, "CustomerID", document.client_id)
        _add(element, "SourceID", _USER)
        _transport(element, document)
        for number, net in enumerate(_net_lines(document), 1):
            line = _line_opening(element, number, None)
            _goods(line, net)
            _value(line, document, net)
        _totals(element, document)


def _transport(element: ET.Element, document: Document) -> None:
    goods = document.delivery
    assert goods is not None  # noqa: S101 - a guide cannot be made without
    assert goods.loaded_at is not None  # noqa: S101 - as above
    for name, site, address in (
        ("ShipTo", goods.delivery_site, goods.address_to),
        ("ShipFrom", goods.load_site, goods.address_from),
    ):
        point = ET.SubElement(element, name)
        if site:
            _add(point, "DeliveryID", clean(site, 255))
        if address is not None:
            _address(point, "Address", address)
    _add(element, "MovementStartTime", iso_seconds(goods.loaded_at))
    if goods.at_doc_code is not None:
        _add(element, "ATDocCodeID", goods.at_doc_code)


def _working_documents(sources: ET.Element, documents: list[Document]) -> None:
    section = ET.SubElement(sources, "WorkingDocuments")
    _control_totals(section, documents)
    for document in documents:
        element = ET.SubElement(section, "WorkDocument")
        _opening(element, "Work", "DocumentNumber", document, "A" if _is_canceled(document) else "N")
        _add(element, "SourceID", _USER)
        _add(element, "SystemEntryDate", _entered(document))
        _add(element, "CustomerID", document.client_id)
        for number, net in enumerate(_net_lines(document), 1):
            line = _line_opening(element, number, None)
            _goods(line, net)
            _add(line, "TaxPointDate", document.date.isoformat())
            _value(line, document, net)
        _totals(element, document)


def _payments(sources: ET.Element, documents: list[Document], books: Books) -> None:
    section = ET.SubElement(sources, "Payments")
    _control_totals(section, documents)
    for document in documents:
        settled = books.settled.get(document.id, ())
        element = ET.SubElement(section, "Payment")
        _add(element, "PaymentRefNo", document.printed_number or "")
        _add(element, "ATCUD", atcud_to_print(document.atcud) or _NO_ATCUD)
        _add(element, "Period", document.date.month)
        _add(element, "TransactionDate", document.date.isoformat())
        _add(element, "PaymentType", document.type.saft_type)
        _status(element, "Payment", document, "A" if _is_canceled(document) else "N", "SourcePayment")
        for payment in settled:
            method = ET.SubElement(element, "PaymentMethod")
            _add(method, "PaymentMechanism", payment.mechanism)
            _add(method, "PaymentAmount", _money(payment.amount))
            _add(method, "PaymentDate", document.date.isoformat())
        _add(element, "SourceID", _USER)
        _add(element, "SystemEntryDate", _entered(document))
        _add(element, "CustomerID", document.client_id)
        for number, payment in enumerate(settled, 1):
            line = ET.SubElement(element, "Line")
            _add(line, "LineNumber", number)
            source = ET.SubElement(line, "SourceDocumentID")
            _add(source, "OriginatingON", payment.number)
            _add(source, "InvoiceDate", payment.date.isoformat())
            _add(line, "CreditAmount", _money(payment.amount))
        _totals(element, document)
