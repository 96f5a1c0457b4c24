"""The content of a SAF-T file as frozen rows.

Names are the schema's own (Portaria 302/2016), in snake_case. If sections name the same thing differently,
one name serves all of them; a name in quotes below a field is its element. Amounts and quantities are
`Decimal`, amounts in EUR unless noted; rates are percent. A field is None if the file lacks it, or if its
value is unreadable: then `problems` has an entry. A missing value is never zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Section: TypeAlias = Literal["SalesInvoices", "MovementOfGoods", "WorkingDocuments", "Payments"]
"""The four kinds of document: invoices and notes, guides, quotes and other working documents, receipts."""

SECTIONS: Final[tuple[Section, ...]] = ("SalesInvoices", "MovementOfGoods", "WorkingDocuments", "Payments")
"""The four, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An unreadable value, or a missing one that is required."""

    path: str
    """Where: `SalesInvoices/Invoice/DocumentTotals/GrossTotal`."""
    line: int | None
    """Line of the file, from 1; None for a problem of the whole file."""
    number: str | None
    """Number of its document."""
    what: str
    """What is wrong with the value."""

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}: "
        number = "" if self.number is None else f" of {self.number}"
        return f"{line}{self.path}{number}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address."""

    address_detail: str | None
    """`AddressDetail`: street, number and floor in one."""
    building_number: str | None
    """`BuildingNumber`."""
    street_name: str | None
    """`StreetName`."""
    city: str | None
    """`City`."""
    postal_code: str | None
    """`PostalCode`: `1000-001` in Portugal."""
    region: str | None
    """`Region`: the district."""
    country: str | None
    """ISO 3166-1 alpha-2, or `Desconhecido` (unknown)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Whose file it is, of which period, and which program made it."""

    audit_file_version: str | None
    """`AuditFileVersion`: `1.04_01`."""
    company_id: str | None
    """Registry and number, or the tax number again."""
    tax_registration_number: str | None
    """The issuer's tax number (NIF), nine digits."""
    tax_accounting_basis: str | None
    """`F` invoicing, `C` accounting, `I` both, `P` part of the invoicing, `R` receipts, `S` self-billing,
    `E` for third parties, `T` transport.
    """
    company_name: str | None
    """`CompanyName`: the issuer's name."""
    business_name: str | None
    """`BusinessName`: the name on the shop."""
    company_address: Address | None
    """`CompanyAddress`: the issuer's address."""
    fiscal_year: int | None
    """`FiscalYear`."""
    start_date: dt.date | None
    """`StartDate`: the first day of the file."""
    end_date: dt.date | None
    """`EndDate`: the last day of the file."""
    currency_code: str | None
    """`CurrencyCode`: `EUR`, of all amounts in the file."""
    date_created: dt.date | None
    """`DateCreated`: the day on which the file was made."""
    tax_entity: str | None
    """`TaxEntity`: the establishment, or `Global`."""
    product_company_tax_id: str | None
    """The tax number of the maker of the program."""
    software_certificate_number: str | None
    """As the tax authority gave it to the program; `0` for none."""
    product_id: str | None
    """`ProductID`: the program and its maker."""
    product_version: str | None
    """`ProductVersion`: the program's version."""
    header_comment: str | None
    """`HeaderComment`."""
    telephone: str | None
    """`Telephone`, of the issuer."""
    fax: str | None
    """`Fax`, of the issuer."""
    email: str | None
    """`Email`, of the issuer."""
    website: str | None
    """`Website`, of the issuer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer of the master files."""

    customer_id: str | None
    """`CustomerID`: the program's key, which documents name."""
    account_id: str | None
    """`AccountID`: the account in the ledger, or `Desconhecido`."""
    customer_tax_id: str | None
    """`999999990` is the final consumer (consumidor final)."""
    company_name: str | None
    """`CompanyName`: the customer's name."""
    contact: str | None
    """`Contact`: a person."""
    billing_address: Address | None
    """`BillingAddress`."""
    ship_to_addresses: tuple[Address, ...]
    """`ShipToAddress`, each."""
    telephone: str | None
    """`Telephone`."""
    fax: str | None
    """`Fax`."""
    email: str | None
    """`Email`."""
    website: str | None
    """`Website`."""
    self_billing_indicator: bool | None
    """`SelfBillingIndicator`: whether the customer writes the invoices itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product or a service of the master files."""

    product_type: str | None
    """`P` product, `S` service, `O` other, `E` excise duty, `I` other taxes and charges."""
    product_code: str | None
    """`ProductCode`: the program's key, which lines name."""
    product_group: str | None
    """`ProductGroup`."""
    product_description: str | None
    """`ProductDescription`: its name."""
    product_number_code: str | None
    """EAN, or the code again."""
    cn_codes: tuple[str, ...]
    """`CustomsDetails/CNCode`: Combined Nomenclature of the European Union."""
    un_numbers: tuple[str, ...]
    """`CustomsDetails/UNNumber`: of dangerous goods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTableEntry:
    """A rate of the table of taxes."""

    tax_type: str | None
    """`IVA` for VAT, `IS` for stamp duty, `NS` for neither."""
    tax_country_region: str | None
    """`PT`, `PT-AC` the Azores, `PT-MA` Madeira, or a country."""
    tax_code: str | None
    """`TaxCode`: `RED`, `INT`, `NOR`, `ISE` (exempt), `OUT` (other), or a code of stamp duty."""
    description: str | None
    """`Description`."""
    tax_expiration_date: dt.date | None
    """`TaxExpirationDate`: its last day."""
    tax_percentage: Decimal | None
    """`TaxPercentage`; None for an amount."""
    tax_amount: Decimal | None
    """`TaxAmount` in EUR, of stamp duty; None for a rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotals:
    """The stated totals of a section. Guides count lines and quantities, others documents and amounts."""

    number_of_entries: int | None = None
    """`NumberOfEntries`: documents."""
    total_debit: Decimal | None = None
    """`TotalDebit` in EUR: the sum of debit amounts."""
    total_credit: Decimal | None = None
    """`TotalCredit` in EUR: the sum of credit amounts."""
    number_of_movement_lines: int | None = None
    """`NumberOfMovementLines`: lines of guides."""
    total_quantity_issued: Decimal | None = None
    """`TotalQuantityIssued`: quantities of guides."""
    line: int | None = field(default=None, compare=False)
    """Line in the file of the first of them, from 1. Equality ignores it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """The tax of a line: a rate, or an amount (stamp duty)."""

    tax_type: str | None
    """`IVA` for VAT, `IS` for stamp duty, `NS` for neither."""
    tax_country_region: str | None
    """`PT`, `PT-AC` the Azores, `PT-MA` Madeira, or a country."""
    tax_code: str | None
    """`RED`, `INT`, `NOR`, `ISE` (exempt), `OUT` (other), `NS`, `NA`."""
    tax_percentage: Decimal | None
    """`TaxPercentage`; None for an amount."""
    tax_amount: Decimal | None
    """`TaxAmount` in EUR, of stamp duty; None for a rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReference:
    """The order or guide that a line comes from."""

    originating_on: str | None
    """`OriginatingON`: its number."""
    order_date: dt.date | None
    """`OrderDate`: its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The document that a line of a credit or debit note corrects, and why."""

    reference: str | None
    """`Reference`: its number."""
    reason: str | None
    """`Reason`: why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """The document that a line of a receipt settles."""

    originating_on: str | None
    """`OriginatingON`: its number."""
    invoice_date: dt.date | None
    """`InvoiceDate`: its date."""
    description: str | None
    """`Description`, of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsInformation:
    """Excise duty of a line."""

    arc_nos: tuple[str, ...]
    """`ARCNo`: administrative reference codes."""
    iec_amount: Decimal | None
    """Excise duty (imposto especial de consumo)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a document. Receipts list settled documents instead of products."""

    line_number: int | None
    """`LineNumber`: from 1."""
    product_code: str | None
    """`ProductCode`, of the master files."""
    product_description: str | None
    """`ProductDescription`: the name of the product or service."""
    quantity: Decimal | None
    """`Quantity`, in units of `unit_of_measure`."""
    unit_of_measure: str | None
    """`UnitOfMeasure`."""
    unit_price: Decimal | None
    """Net of discounts."""
    tax_base: Decimal | None
    """For a line with tax only."""
    tax_point_date: dt.date | None
    """`TaxPointDate`: the day of delivery or service."""
    description: str | None
    """`Description`: the line's text."""
    debit_amount: Decimal | None
    """For credit notes and returned goods: lowers the turnover."""
    credit_amount: Decimal | None
    """`CreditAmount` in EUR, after discounts: raises the turnover."""
    tax: Tax | None
    """`Tax`."""
    tax_exemption_reason: str | None
    """`TaxExemptionReason`: the law, in words."""
    tax_exemption_code: str | None
    """`M01` and so on, of the tax authority's table."""
    settlement_amount: Decimal | None
    """The discount, already deducted."""
    order_references: tuple[OrderReference, ...]
    """`OrderReferences`: the orders or guides behind it."""
    references: tuple[Reference, ...]
    """`References`, of credit and debit notes."""
    source_documents: tuple[SourceDocument, ...]
    """`SourceDocumentID`, of receipts."""
    serial_numbers: tuple[str, ...]
    """`ProductSerialNumber/SerialNumber`."""
    customs_information: CustomsInformation | None
    """`CustomsInformation`."""
    line: int | None = field(default=None, compare=False)
    """Its first line in the file, from 1. Equality ignores it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """Currency of a document, other than the euro."""

    currency_code: str | None
    """`CurrencyCode`: ISO 4217."""
    currency_amount: Decimal | None
    """The gross total in that currency."""
    exchange_rate: Decimal | None
    """`ExchangeRate`: EUR for one unit of that currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Terms of payment, or the sum of a receipt's discounts."""

    settlement_discount: str | None
    """`SettlementDiscount`: terms of a discount, in words."""
    settlement_amount: Decimal | None
    """`SettlementAmount` in EUR."""
    settlement_date: dt.date | None
    """`SettlementDate`: the agreed day."""
    payment_terms: str | None
    """`PaymentTerms`: in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethod:
    """A means of payment: `Payment` of an invoice's totals, `PaymentMethod` of a receipt."""

    payment_mechanism: str | None
    """`NU` cash, `TB` bank transfer, `MB` Multibanco reference, `CC` credit card, and others."""
    payment_amount: Decimal | None
    """`PaymentAmount` in EUR."""
    payment_date: dt.date | None
    """`PaymentDate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingTax:
    """Tax withheld by the customer (retenção na fonte); it does not reduce the gross total."""

    withholding_tax_type: str | None
    """`IRS`, `IRC`, `IS`."""
    withholding_tax_description: str | None
    """`WithholdingTaxDescription`: the law, in words."""
    withholding_tax_amount: Decimal | None
    """`WithholdingTaxAmount` in EUR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingPoint:
    """Place of loading or unloading."""

    delivery_ids: tuple[str, ...]
    """`DeliveryID`, each."""
    delivery_date: dt.date | None
    """`DeliveryDate`."""
    warehouse_ids: tuple[str, ...]
    """`WarehouseID`, each."""
    location_ids: tuple[str, ...]
    """`LocationID`, each: where in the warehouse."""
    address: Address | None
    """`Address`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of any section."""

    section: Section
    """Where in the file it stands."""
    number: str | None
    """`InvoiceNo`, `DocumentNumber`, `PaymentRefNo`: `FT 2026/7`."""
    type: str | None
    """`InvoiceType`, `MovementType`, `WorkType`, `PaymentType`: `FT`, `GT`, `OR`, `RG`."""
    date: dt.date | None
    """`InvoiceDate`, `MovementDate`, `WorkDate`, `TransactionDate`."""
    system_entry_date: dt.datetime | None
    """Time of recording, as in the file; without a time zone it is the issuer's time."""
    status: str | None
    """`InvoiceStatus` and so on: `N` normal, `A` cancelled, `F` invoiced, `R` summary, `S` self-billing,
    `T` for a third party.
    """
    status_date: dt.datetime | None
    """`InvoiceStatusDate` and so on."""
    status_reason: str | None
    """`DocumentStatus/Reason`, such as the reason for a cancellation."""
    status_source_id: str | None
    """`DocumentStatus/SourceID`: user of the last change of state."""
    source_billing: str | None
    """`SourceBilling`, `SourcePayment`: `P` made by the program, `I` brought in, `M` recovered or by hand."""
    atcud: str | None
    """`0` for none."""
    hash: str | None
    """The signature in base64, without blanks; `0` for an unsigned document. Receipts have none."""
    hash_control: str | None
    """The key's version, with the original of a document by hand (`1-FTM V/23`) or recovered (`1-FTD FT
    1/7`).
    """
    period: int | None
    """Month of the fiscal year."""
    source_id: str | None
    """User who created it."""
    eac_code: str | None
    """`EACCode`: code of the issuer's activity (CAE)."""
    transaction_id: str | None
    """`TransactionID`: its entry in the ledger."""
    customer_id: str | None
    """`CustomerID`, of the master files."""
    supplier_id: str | None
    """`SupplierID`, of the master files: goods that go to a supplier."""
    self_billing_indicator: bool | None
    """`SelfBillingIndicator`: whether the customer wrote it."""
    cash_vat_scheme_indicator: bool | None
    """`CashVATSchemeIndicator`: whether VAT is due at the payment (IVA de caixa)."""
    third_parties_billing_indicator: bool | None
    """`ThirdPartiesBillingIndicator`: whether a third party wrote it."""
    ship_to: ShippingPoint | None
    """`ShipTo`: place of unloading."""
    ship_from: ShippingPoint | None
    """`ShipFrom`: place of loading."""
    movement_start_time: dt.datetime | None
    """`MovementStartTime`: begin of the transport."""
    movement_end_time: dt.datetime | None
    """`MovementEndTime`: end of the transport."""
    movement_comments: str | None
    """`MovementComments`."""
    at_doc_code_id: str | None
    """The tax authority's code of a guide."""
    system_id: str | None
    """`SystemID`: the program's own number of a receipt."""
    description: str | None
    """Of a receipt."""
    lines: tuple[Line, ...]
    """`Line`, each."""
    tax_payable: Decimal | None
    """`TaxPayable` in EUR: VAT and stamp duty."""
    net_total: Decimal | None
    """`NetTotal` in EUR, without VAT."""
    gross_total: Decimal | None
    """`GrossTotal` in EUR, with VAT; withheld tax is not deducted."""
    currency: Currency | None
    """`Currency`, if the document is in another one."""
    settlements: tuple[Settlement, ...]
    """`Settlement`, each."""
    payment_methods: tuple[PaymentMethod, ...]
    """`Payment` or `PaymentMethod`, each."""
    withholding_taxes: tuple[WithholdingTax, ...]
    """`WithholdingTax`, each."""
    line: int | None
    """Its first line in the file, from 1."""
    problems: tuple[Problem, ...]
    """Its unreadable or missing values."""
