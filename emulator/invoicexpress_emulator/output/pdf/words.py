"""Every word on the page, in Portuguese and in English: one table per language.

The titles of document types come from `document_types`, the Portuguese payment mechanisms from
`payment_mechanisms`; the English mechanisms, and all labels, are ours (assumed: no source shows a page of
the service in English). Some words are the law's, and stay Portuguese on every page (`law`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ...fiscal.document_types import DOCUMENT_TYPES
from ...fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from . import figures

if TYPE_CHECKING:
    from ...http.messages import Language
    from .copies import Copy
    from .figures import Figures


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `{}` is filled in when they are printed."""

    language: Language
    figures: Figures
    titles: Mapping[str, str]
    """By `DocumentType.name`."""
    copies: Mapping[Copy, str]
    units: Mapping[str, str]
    """By the unit's name in the API."""
    mechanisms: Mapping[str, str]
    regions: Mapping[str, str]
    """Portugal's regions by their code; those of other countries are printed as codes."""

    draft: str
    draft_mark: str
    canceled_mark: str
    draft_has_no_value: str
    not_an_invoice: str | None
    """Beside the law's own words, None where they are understood."""
    page: str
    tax_number: str
    share_capital: str
    phone: str
    final_consumer: str

    date: str
    due_date: str
    valid_until: str
    entered: str
    reference: str
    currency: str
    euro: str
    corrects: str
    follows: str
    dated: str
    canceled_at: str
    cancel_reason: str

    customer: str
    supplier: str
    client_code: str

    load_place: str
    unload_place: str
    load_time: str
    license_plate: str
    at_code: str

    item: str
    quantity: str
    unit: str
    price: str
    discount: str
    tax: str
    net: str
    carried_forward: str
    brought_forward: str

    rate: str
    region: str
    base: str
    exemption: str

    sum: str
    line_discounts: str
    global_discount: str
    before_taxes: str
    total: str
    total_paid: str
    withheld: str
    to_pay: str
    foreign_total: str
    exchange: str

    paid_document: str
    paid_date: str
    paid_total: str
    mechanism: str
    received: str

    multibanco: str
    entity: str
    multibanco_reference: str
    multibanco_amount: str
    correction_reason: str
    no_reason: str
    observations: str
    client_observations: str


PORTUGUESE: Final = Words(
    language="pt",
    figures=figures.PORTUGUESE,
    titles={row.name: row.title for row in DOCUMENT_TYPES},
    copies={
        "original": "Original",
        "duplicate": "Duplicado",
        "triplicate": "Triplicado",
        "second_copy": "2.ª via",
    },
    units={
        "hour": "h",
        "day": "dia",
        "month": "mês",
        "unit": "un.",
        "service": "serv.",
        "other": "outro",
    },
    mechanisms=PAYMENT_MECHANISMS,
    regions={"PT": "Continente", "PT-AC": "Açores", "PT-MA": "Madeira"},
    draft="Rascunho",
    draft_mark="RASCUNHO",
    canceled_mark="ANULADO",
    draft_has_no_value="Rascunho: sem valor fiscal",
    not_an_invoice=None,
    page="Página {} de {}",
    tax_number="NIF",
    share_capital="Capital social: {}",
    phone="Tel. {}",
    final_consumer="Consumidor final",
    date="Data de emissão",
    due_date="Data de vencimento",
    valid_until="Válido até",
    entered="Registado em",
    reference="V/ referência",
    currency="Moeda",
    euro="Euro (EUR)",
    corrects="Referente a",
    follows="Documento de origem",
    dated="{} de {}",
    canceled_at="Anulado em {}",
    cancel_reason="Motivo: {}",
    customer="Exmo.(s) Sr.(s)",
    supplier="Fornecedor",
    client_code="Código de cliente: {}",
    load_place="Local de carga",
    unload_place="Local de descarga",
    load_time="Início do transporte",
    license_plate="Matrícula",
    at_code="Código AT",
    item="Código / Descrição",
    quantity="Qtd.",
    unit="Un.",
    price="Preço unit.",
    discount="Desc.",
    tax="IVA",
    net="Total s/ IVA",
    carried_forward="A transportar",
    brought_forward="Transportado",
    rate="Taxa",
    region="Região",
    base="Incidência",
    exemption="Motivo de isenção",
    sum="Total ilíquido",
    line_discounts="Descontos de linha",
    global_discount="Desconto global",
    before_taxes="Total sem IVA",
    total="Total",
    total_paid="Total recebido",
    withheld="Retenção",
    to_pay="A pagar",
    foreign_total="Total {}",
    exchange="Câmbio",
    paid_document="Documento",
    paid_date="Data",
    paid_total="Total do documento",
    mechanism="Meio de pagamento",
    received="Valor recebido",
    multibanco="Pagamento por Multibanco",
    entity="Entidade",
    multibanco_reference="Referência",
    multibanco_amount="Montante",
    correction_reason="Motivo da retificação",
    no_reason="Não indicado",
    observations="Observações",
    client_observations="Informação para o cliente",
)

ENGLISH: Final = Words(
    language="en",
    figures=figures.ENGLISH,
    titles={row.name: row.english_title for row in DOCUMENT_TYPES},
    copies={
        "original": "Original",
        "duplicate": "Duplicate",
        "triplicate": "Triplicate",
        "second_copy": "Second copy",
    },
    units={
        "hour": "h",
        "day": "day",
        "month": "month",
        "unit": "unit",
        "service": "serv.",
        "other": "other",
    },
    mechanisms={
        "CC": "Credit card",
        "CD": "Debit card",
        "CH": "Bank cheque",
        "CI": "International documentary credit",
        "CO": "Gift cheque or card",
        "CS": "Offsetting of current accounts",
        "DE": "Electronic money",
        "LC": "Bill of exchange",
        "MB": "Multibanco reference",
        "NU": "Cash",
        "OU": "Other means",
        "PR": "Exchange of goods",
        "TB": "Bank transfer",
        "TR": "Meal and benefit vouchers",
    },
    regions={"PT": "Mainland", "PT-AC": "Azores", "PT-MA": "Madeira"},
    draft="Draft",
    draft_mark="DRAFT",
    canceled_mark="CANCELLED",
    draft_has_no_value="Draft: of no fiscal value",
    not_an_invoice="this document is not an invoice",
    page="Page {} of {}",
    tax_number="Tax number",
    share_capital="Share capital: {}",
    phone="Phone {}",
    final_consumer="final consumer",
    date="Date of issue",
    due_date="Due date",
    valid_until="Valid until",
    entered="Recorded at",
    reference="Your reference",
    currency="Currency",
    euro="Euro (EUR)",
    corrects="Refers to",
    follows="Source document",
    dated="{} of {}",
    canceled_at="Cancelled on {}",
    cancel_reason="Reason: {}",
    customer="To",
    supplier="Supplier",
    client_code="Customer code: {}",
    load_place="Place of loading",
    unload_place="Place of unloading",
    load_time="Start of transport",
    license_plate="Licence plate",
    at_code="AT code",
    item="Code / Description",
    quantity="Qty",
    unit="Unit",
    price="Unit price",
    discount="Disc.",
    tax="VAT",
    net="Total excl. VAT",
    carried_forward="Carried forward",
    brought_forward="Brought forward",
    rate="Rate",
    region="Region",
    base="Taxable base",
    exemption="Reason of exemption",
    sum="Gross amount",
    line_discounts="Line discounts",
    global_discount="Global discount",
    before_taxes="Total excl. VAT",
    total="Total",
    total_paid="Total received",
    withheld="Withholding tax",
    to_pay="Amount to pay",
    foreign_total="Total {}",
    exchange="Exchange rate",
    paid_document="Document",
    paid_date="Date",
    paid_total="Document total",
    mechanism="Means of payment",
    received="Amount received",
    multibanco="Payment by Multibanco",
    entity="Entity",
    multibanco_reference="Reference",
    multibanco_amount="Amount",
    correction_reason="Reason of the correction",
    no_reason="Not stated",
    observations="Remarks",
    client_observations="Information for the customer",
)
