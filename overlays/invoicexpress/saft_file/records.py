"""Builds rows from elements: maps each field to its element in each section."""

from __future__ import annotations

from typing import Final

from .nodes import Element, Node, Notes
from .rows import (
    Address,
    Currency,
    Customer,
    CustomsInformation,
    Document,
    Header,
    Line,
    OrderReference,
    PaymentMethod,
    Product,
    Reference,
    Section,
    Settlement,
    ShippingPoint,
    SourceDocument,
    Tax,
    TaxTableEntry,
    WithholdingTax,
)

SECTION_OF: Final[dict[str, Section]] = {
    "Invoice": "SalesInvoices",
    "StockMovement": "MovementOfGoods",
    "WorkDocument": "WorkingDocuments",
    "Payment": "Payments",
}
"""The element of a document, and its section."""

_NUMBER: Final = ("InvoiceNo", "DocumentNumber", "PaymentRefNo")
_TYPE: Final = ("InvoiceType", "MovementType", "WorkType", "PaymentType")
_DATE: Final = ("InvoiceDate", "MovementDate", "WorkDate", "TransactionDate")
_STATUS: Final = ("InvoiceStatus", "MovementStatus", "WorkStatus", "PaymentStatus")
_STATUS_DATE: Final = ("InvoiceStatusDate", "MovementStatusDate", "WorkStatusDate", "PaymentStatusDate")


def header(node: Node) -> Header:
    """The file's own data."""
    return Header(
        audit_file_version=node.text("AuditFileVersion", required=True),
        company_id=node.text("CompanyID", required=True),
        tax_registration_number=node.text("TaxRegistrationNumber", required=True),
        tax_accounting_basis=node.text("TaxAccountingBasis", required=True),
        company_name=node.text("CompanyName", required=True),
        business_name=node.text("BusinessName"),
        company_address=_address(node.child("CompanyAddress")),
        fiscal_year=node.whole("FiscalYear", required=True),
        start_date=node.day("StartDate", required=True),
        end_date=node.day("EndDate", required=True),
        currency_code=node.text("CurrencyCode", required=True),
        date_created=node.day("DateCreated", required=True),
        tax_entity=node.text("TaxEntity"),
        product_company_tax_id=node.text("ProductCompanyTaxID"),
        software_certificate_number=node.text("SoftwareCertificateNumber", required=True),
        product_id=node.text("ProductID", required=True),
        product_version=node.text("ProductVersion"),
        header_comment=node.text("HeaderComment"),
        telephone=node.text("Telephone"),
        fax=node.text("Fax"),
        email=node.text("Email"),
        website=node.text("Website"),
    )


def customer(node: Node) -> Customer:
    """A customer."""
    return Customer(
        customer_id=node.text("CustomerID", required=True),
        account_id=node.text("AccountID"),
        customer_tax_id=node.text("CustomerTaxID", required=True),
        company_name=node.text("CompanyName", required=True),
        contact=node.text("Contact"),
        billing_address=_address(node.child("BillingAddress")),
        ship_to_addresses=tuple(_some_address(each) for each in node.children("ShipToAddress")),
        telephone=node.text("Telephone"),
        fax=node.text("Fax"),
        email=node.text("Email"),
        website=node.text("Website"),
        self_billing_indicator=node.flag("SelfBillingIndicator"),
    )


def product(node: Node) -> Product:
    """A product or service."""
    return Product(
        product_type=node.text("ProductType", required=True),
        product_code=node.text("ProductCode", required=True),
        product_group=node.text("ProductGroup"),
        product_description=node.text("ProductDescription", required=True),
        product_number_code=node.text("ProductNumberCode"),
        cn_codes=_inner_texts(node, "CustomsDetails", "CNCode"),
        un_numbers=_inner_texts(node, "CustomsDetails", "UNNumber"),
    )


def tax_table_entry(node: Node) -> TaxTableEntry:
    """A rate."""
    return TaxTableEntry(
        tax_type=node.text("TaxType", required=True),
        tax_country_region=node.text("TaxCountryRegion"),
        tax_code=node.text("TaxCode", required=True),
        description=node.text("Description"),
        tax_expiration_date=node.day("TaxExpirationDate"),
        tax_percentage=node.amount("TaxPercentage"),
        tax_amount=node.amount("TaxAmount"),
    )


def document(name: str, element: Element) -> Document:
    """A document; `name` is its element, a key of `SECTION_OF`."""
    section = SECTION_OF[name]
    is_receipt = section == "Payments"
    notes = Notes()
    node = Node(element, f"{section}/{name}", notes)
    # First, so that the problems of all other fields name the document.
    notes.number = number = node.text(*_NUMBER, required=True)
    status = node.required("DocumentStatus")
    regimes = node.child("SpecialRegimes")
    totals = node.required("DocumentTotals")
    lines = tuple(map(_line, node.children("Line")))
    if not lines:
        notes.add(f"{node.path}/Line", node.line, "is missing")
    foreign = totals.child("Currency")
    signature = node.text("Hash", required=not is_receipt)
    return Document(
        section=section,
        number=number,
        type=node.text(*_TYPE, required=True),
        date=node.day(*_DATE, required=True),
        system_entry_date=node.moment("SystemEntryDate", required=True),
        status=status.text(*_STATUS, required=True),
        status_date=status.moment(*_STATUS_DATE),
        status_reason=status.text("Reason"),
        status_source_id=status.text("SourceID"),
        source_billing=status.text("SourceBilling", "SourcePayment"),
        # Absent before 1.04_01.
        atcud=node.text("ATCUD"),
        # The law forbids line breaks (Despacho 8632/2014, 7.1); indented files have them.
        hash=None if signature is None else "".join(signature.split()),
        hash_control=node.text("HashControl", required=not is_receipt),
        period=node.whole("Period"),
        source_id=node.text("SourceID"),
        eac_code=node.text("EACCode"),
        transaction_id=node.text("TransactionID"),
        customer_id=node.text("CustomerID", required=section != "MovementOfGoods"),
        supplier_id=node.text("SupplierID"),
        self_billing_indicator=_flag(regimes, "SelfBillingIndicator"),
        cash_vat_scheme_indicator=_flag(regimes, "CashVATSchemeIndicator"),
        third_parties_billing_indicator=_flag(regimes, "ThirdPartiesBillingIndicator"),
        ship_to=_shipping_point(node.child("ShipTo")),
        ship_from=_shipping_point(node.child("ShipFrom")),
        movement_start_time=node.moment("MovementStartTime"),
        movement_end_time=node.moment("MovementEndTime"),
        movement_comments=node.text("MovementComments"),
        at_doc_code_id=node.text("ATDocCodeID"),
        system_id=node.text("SystemID"),
        description=node.text("Description"),
        lines=lines,
        tax_payable=totals.amount("TaxPayable", required=True),
        net_total=totals.amount("NetTotal", required=True),
        gross_total=totals.amount("GrossTotal", required=True),
        currency=None if foreign is None else _currency(foreign),
        settlements=tuple(map(_settlement, totals.children("Settlement"))),
        payment_methods=tuple(
            map(_payment_method, [*totals.children("Payment"), *node.children("PaymentMethod")])
        ),
        withholding_taxes=tuple(map(_withholding_tax, node.children("WithholdingTax"))),
        line=node.line,
        problems=tuple(notes.problems),
    )


def _flag(node: Node | None, name: str) -> bool | None:
    return None if node is None else node.flag(name)


def _line(node: Node) -> Line:
    tax, customs = node.child("Tax"), node.child("CustomsInformation")
    debit, credit = node.amount("DebitAmount"), node.amount("CreditAmount")
    # One of the two is required; an unreadable one has been noted already.
    if not node.texts("DebitAmount") and not node.texts("CreditAmount"):
        node.amount("CreditAmount", required=True)
    return Line(
        line_number=node.whole("LineNumber"),
        product_code=node.text("ProductCode"),
        product_description=node.text("ProductDescription"),
        quantity=node.amount("Quantity"),
        unit_of_measure=node.text("UnitOfMeasure"),
        unit_price=node.amount("UnitPrice"),
        tax_base=node.amount("TaxBase"),
        tax_point_date=node.day("TaxPointDate"),
        description=node.text("Description"),
        debit_amount=debit,
        credit_amount=credit,
        tax=None if tax is None else _tax(tax),
        tax_exemption_reason=node.text("TaxExemptionReason"),
        tax_exemption_code=node.text("TaxExemptionCode"),
        settlement_amount=node.amount("SettlementAmount"),
        order_references=tuple(
            OrderReference(originating_on=each.text("OriginatingON"), order_date=each.day("OrderDate"))
            for each in node.children("OrderReferences")
        ),
        references=tuple(
            Reference(reference=each.text("Reference"), reason=each.text("Reason"))
            for each in node.children("References")
        ),
        source_documents=tuple(
            SourceDocument(
                originating_on=each.text("OriginatingON"),
                invoice_date=each.day("InvoiceDate"),
                description=each.text("Description"),
            )
            for each in node.children("SourceDocumentID")
        ),
        serial_numbers=_inner_texts(node, "ProductSerialNumber", "SerialNumber"),
        customs_information=None if customs is None else _customs_information(customs),
        line=node.line,
    )


def _inner_texts(node: Node, name: str, inner: str) -> tuple[str, ...]:
    return tuple(text for each in node.children(name) for text in each.texts(inner))


def _customs_information(node: Node) -> CustomsInformation:
    return CustomsInformation(arc_nos=node.texts("ARCNo"), iec_amount=node.amount("IECAmount"))


def _tax(node: Node) -> Tax:
    return Tax(
        tax_type=node.text("TaxType"),
        tax_country_region=node.text("TaxCountryRegion"),
        tax_code=node.text("TaxCode"),
        tax_percentage=node.amount("TaxPercentage"),
        tax_amount=node.amount("TaxAmount"),
    )


def _currency(node: Node) -> Currency:
    return Currency(
        currency_code=node.text("CurrencyCode", required=True),
        currency_amount=node.amount("CurrencyAmount", required=True),
        exchange_rate=node.amount("ExchangeRate"),
    )


def _settlement(node: Node) -> Settlement:
    return Settlement(
        settlement_discount=node.text("SettlementDiscount"),
        settlement_amount=node.amount("SettlementAmount"),
        settlement_date=node.day("SettlementDate"),
        payment_terms=node.text("PaymentTerms"),
    )


def _payment_method(node: Node) -> PaymentMethod:
    return PaymentMethod(
        payment_mechanism=node.text("PaymentMechanism"),
        payment_amount=node.amount("PaymentAmount", required=True),
        payment_date=node.day("PaymentDate"),
    )


def _withholding_tax(node: Node) -> WithholdingTax:
    return WithholdingTax(
        withholding_tax_type=node.text("WithholdingTaxType"),
        withholding_tax_description=node.text("WithholdingTaxDescription"),
        withholding_tax_amount=node.amount("WithholdingTaxAmount", required=True),
    )


def _shipping_point(node: Node | None) -> ShippingPoint | None:
    if node is None:
        return None
    return ShippingPoint(
        delivery_ids=node.texts("DeliveryID"),
        delivery_date=node.day("DeliveryDate"),
        warehouse_ids=node.texts("WarehouseID"),
        location_ids=node.texts("LocationID"),
        address=_address(node.child("Address")),
    )


def _address(node: Node | None) -> Address | None:
    return None if node is None else _some_address(node)


def _some_address(node: Node) -> Address:
    return Address(
        address_detail=node.text("AddressDetail"),
        building_number=node.text("BuildingNumber"),
        street_name=node.text("StreetName"),
        city=node.text("City"),
        postal_code=node.text("PostalCode"),
        region=node.text("Region"),
        country=node.text("Country"),
    )
