"""The columns of a file: what each field means, and the headers by which it is known.

    found = resolve(("Chave", "Preço unitário"))
    found.places["unit_price"]     # 1

Case, accents, blanks and signs of a header make no difference: `Preço unitário (€)` is `preco unitario`.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from .faults import InputFault, Understood

Scope: TypeAlias = Literal["document", "line"]
Kind: TypeAlias = Literal["text", "identifier", "amount", "percent", "date", "other"]
"""How its cells are read. An identifier is a text that a spreadsheet may have shortened; `other` has a rule
of its own: type, unit, country, tax, exemption, e-mail address, mechanism.
"""

IGNORED: Final = "ignore"
"""The field of a column that a caller leaves out on purpose."""


class Column(NamedTuple):
    """A field of a document or of its lines."""

    field: str
    scope: Scope
    kind: Kind
    meaning: str
    names: tuple[str, ...]
    """Headers by which it is known, besides `field`."""
    is_required: bool = False
    """Whether a file cannot do without it."""


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "key",
        "document",
        "identifier",
        "your own name for the document; rows with the same key are its lines",
        (
            "chave",
            "referência interna",
            "ref interna",
            "id",
            "documento",
            "encomenda",
            "order",
            "document key",
        ),
        is_required=True,
    ),
    Column(
        "type",
        "document",
        "other",
        "invoice, invoice_receipt, simplified_invoice or vat_moss_invoice",
        ("tipo", "tipo de documento", "tipo documento", "tipo doc", "document type", "doc type"),
    ),
    Column(
        "date",
        "document",
        "date",
        "date of the document",
        ("data", "data do documento", "data documento", "data de emissão", "data emissão", "document date"),
        is_required=True,
    ),
    Column(
        "due_date",
        "document",
        "date",
        "day by which it is to be paid",
        ("vencimento", "data de vencimento", "data vencimento", "prazo", "data limite", "due"),
    ),
    Column("serie", "document", "text", "name of the série", ("série", "series", "sequence")),
    Column(
        "client_name",
        "document",
        "text",
        "name of the client",
        ("cliente", "nome", "nome do cliente", "nome cliente", "client", "customer", "customer name", "name"),
    ),
    Column(
        "client_code",
        "document",
        "identifier",
        "code of the client, which finds it first",
        ("código de cliente", "código do cliente", "código cliente", "cód cliente", "n.º de cliente"),
    ),
    Column(
        "client_fiscal_id",
        "document",
        "identifier",
        "tax number of the client",
        (
            *("NIF", "contribuinte", "n.º contribuinte", "n.º de contribuinte", "número de contribuinte"),
            *("NIF do cliente", "NIF cliente", "NIPC", "fiscal id", "vat number", "tax number"),
        ),
    ),
    Column(
        "client_email",
        "document",
        "other",
        "e-mail address of the client",
        ("e-mail", "email do cliente", "email cliente", "correio eletrónico"),
    ),
    Column(
        "client_address",
        "document",
        "text",
        "street and number of the client",
        ("morada", "endereço", "morada do cliente", "address"),
    ),
    Column("client_city", "document", "text", "city of the client", ("localidade", "cidade", "city")),
    Column(
        "client_postal_code",
        "document",
        "text",
        "postal code of the client",
        ("código postal", "cód postal", "CP", "postal code", "zip"),
    ),
    Column("client_country", "document", "other", "country of the client", ("país", "country")),
    Column(
        "reference",
        "document",
        "identifier",
        "your reference, printed on the document",
        ("referência", "ref", "v/ referência", "vossa referência", "sua referência"),
    ),
    Column(
        "observations",
        "document",
        "text",
        "remarks, printed on the document",
        ("observações", "obs", "notas", "remarks", "notes"),
    ),
    Column(
        "retention",
        "document",
        "percent",
        "withholding tax in percent",
        ("retenção", "retenção na fonte", "taxa de retenção", "IRS", "withholding"),
    ),
    Column(
        "item",
        "line",
        "text",
        "name of the item",
        ("artigo", "produto", "serviço", "produto/serviço", "nome do artigo", "item name", "product"),
        is_required=True,
    ),
    Column(
        "description",
        "line",
        "text",
        "text of the line",
        ("descrição", "designação", "descritivo", "descrição do artigo", "item description"),
    ),
    Column(
        "quantity", "line", "amount", "how many, 2 decimals", ("quantidade", "qtd", "qtde", "quant", "qty")
    ),
    Column("unit", "line", "other", "hour, day, month, unit, service or other", ("unidade", "un", "uni")),
    Column(
        "unit_price",
        "line",
        "amount",
        "price of one, in EUR before VAT, 4 decimals",
        (
            *("preço", "preço unitário", "preço unit", "preço un", "valor unitário", "price", "net price"),
            *("preço sem IVA", "preço s/ IVA", "preço unitário sem IVA", "preço unitário s/ IVA"),
        ),
        is_required=True,
    ),
    Column(
        "discount",
        "line",
        "percent",
        "discount in percent",
        ("desconto", "desc", "desconto percentual", "desconto em percentagem", "discount percent"),
    ),
    Column(
        "tax",
        "line",
        "other",
        "name of the tax, or its rate in percent",
        ("IVA", "imposto", "taxa", "taxa IVA", "taxa de IVA", "VAT", "VAT rate", "tax rate"),
    ),
    Column(
        "tax_exemption",
        "line",
        "other",
        "code of the reason for 0 %: M07",
        (
            *("isenção", "motivo", "motivo de isenção", "motivo da isenção", "motivo isenção"),
            *("código de isenção", "razão de isenção", "exemption", "exemption code"),
        ),
    ),
    Column(
        "total",
        "document",
        "amount",
        "the document's total with VAT, to compare",
        ("total com IVA", "total c/ IVA", "total do documento", "total documento", "total esperado"),
    ),
    Column(
        "paid",
        "document",
        "amount",
        "amount that is paid already, in EUR",
        ("pago", "valor pago", "montante pago", "recebido", "valor recebido", "amount paid"),
    ),
    Column(
        "paid_by",
        "document",
        "other",
        "means of payment: MB, NU, TB",
        (
            *("meio de pagamento", "forma de pagamento", "modo de pagamento", "método de pagamento"),
            *("pago por", "pagamento", "payment mechanism", "payment method"),
        ),
    ),
    Column(
        "paid_on",
        "document",
        "date",
        "day of the payment",
        ("data de pagamento", "data pagamento", "data do pagamento", "pago em", "payment date"),
    ),
    Column(
        "email_to",
        "document",
        "other",
        "address to which the document is sent, by default the client's",
        ("enviar para", "email de envio", "email para envio", "enviar a", "send to"),
    ),
)
"""Every field that a file may have. The Portuguese headers are assumed: no files were surveyed."""

FIELDS: Final[Mapping[str, Column]] = MappingProxyType({column.field: column for column in COLUMNS})

_REFUSED: Final[Mapping[tuple[str, ...], str]] = {
    ("PVP", "preço com IVA", "preço c/ IVA", "preço unitário com IVA", "gross price", "price with VAT"): (
        "prices are taken without VAT; put the net price into a column unit_price "
        "(`invoicexpress.net_prices` computes it)"
    ),
    ("moeda", "currency", "câmbio", "exchange rate"): (
        "a run bills in the account's currency; clear the column, or ignore it"
    ),
    ("desconto global", "global discount", "desconto €", "desconto valor", "valor desconto"): (
        "a run takes discounts in percent, line by line; put them into a column discount"
    ),
    ("ATCUD", "número", "n.º", "number"): (
        "the service numbers documents as they are issued; call the column key if it is your own number"
    ),
    ("subtotal", "total sem IVA", "total s/ IVA", "valor IVA", "total da linha", "total linha"): (
        "a run computes it from price, quantity, discount and tax; ignore the column, or give the document's "
        "total with VAT as total"
    ),
}
"""Headers that look like a field and are none, with the reason."""


def folded(text: str) -> str:
    """A text without case, accents, blanks and signs, as headers and words of a file are compared."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _spelt(header: str) -> str:
    """A header as it is looked up. A euro sign tells an amount from a percentage."""
    euro = header.replace("€", "eur") if "desc" in folded(header) else header
    return folded(euro)


_BY_NAME: Final[Mapping[str, str]] = MappingProxyType(
    {folded(name): column.field for column in COLUMNS for name in (column.field, *column.names)}
)
_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {_spelt(name): reason for names, reason in _REFUSED.items() for name in names}
)


class Resolution(NamedTuple):
    """The fields of a file's columns."""

    places: Mapping[str, int]
    """Place of each field among the headers."""
    headers: Mapping[str, str]
    """Header of each field, as the file has it."""
    faults: tuple[InputFault, ...]
    understood: tuple[Understood, ...]
    """The field of each header that is not a field's own name."""

    def header(self, field: str) -> str:
        """The header of a field; its own name if the file does not have it."""
        return self.headers.get(field, field)


def resolve(headers: Sequence[str], columns: Mapping[str, str] | None = None) -> Resolution:
    """The field of each header. `columns` maps headers of the file to fields, before the known names apply.

    The field `ignore` leaves a column out. Faults are unknown headers, with the nearest known one, two
    columns of one field, required fields without a column, and a mapping of an unknown header or field.
    """
    given = {folded(header): (header, field) for header, field in (columns or {}).items()}
    places: dict[str, int] = {}
    faults = list(_mapping_faults(headers, columns or {}))
    understood: list[Understood] = []
    for place, header in enumerate(headers):
        mapped = given.get(folded(header))
        field = mapped[1] if mapped else _BY_NAME.get(_spelt(header))
        if field == IGNORED:
            understood.append(Understood("column", header, "ignored"))
        elif field is None:
            faults.append(InputFault(None, header, _unknown(header)))
        elif field in places:
            other = headers[places[field]]
            faults.append(
                InputFault(None, header, f"column {other} is {field} as well; keep one, and ignore the other")
            )
        elif field in FIELDS:
            places[field] = place
            if header != field:
                understood.append(Understood("column", header, f"{field}, {FIELDS[field].meaning}"))
    faults += (
        InputFault(None, column.field, f"there is no such column; add it: {column.meaning}")
        for column in COLUMNS
        if column.is_required and column.field not in places
    )
    found = {field: headers[place] for field, place in places.items()}
    return Resolution(places, found, tuple(faults), tuple(understood))


def _mapping_faults(headers: Sequence[str], columns: Mapping[str, str]) -> Iterator[InputFault]:
    known = {folded(header) for header in headers}
    for header, field in columns.items():
        if folded(header) not in known:
            yield InputFault(None, header, f"the file has no such column{_nearest(header, headers)}")
        if field != IGNORED and field not in FIELDS:
            yield InputFault(
                None,
                header,
                f"there is no field {field!r}{_nearest(field, tuple(FIELDS))}; choose one of "
                f"{', '.join(FIELDS)}, or {IGNORED}",
            )


def _unknown(header: str) -> str:
    reason = _REASONS.get(_spelt(header))
    if reason:
        return reason
    names = {folded(name): name for column in COLUMNS for name in (column.field, *column.names)}
    near = difflib.get_close_matches(folded(header), list(names), n=1)
    hint = f" (did you mean {names[near[0]]}?)" if near else ""
    return f"unknown column{hint}; rename it, map it to a field, or ignore it"


def _nearest(given: str, known: Sequence[str]) -> str:
    found = difflib.get_close_matches(given, known, n=1)
    return f" (did you mean {found[0]}?)" if found else ""


# Words of cells

BilledType: TypeAlias = Literal["invoice", "invoice_receipt", "simplified_invoice", "vat_moss_invoice"]
"""Types of a run: their documents take a key, so that a repeat gives the same document."""

_TYPE_NAMES: Final[tuple[tuple[BilledType, tuple[str, ...]], ...]] = (
    ("invoice", ("invoice", "invoices", "fatura", "factura", "FT")),
    ("invoice_receipt", ("invoice_receipt", "fatura-recibo", "factura-recibo", "FR")),
    ("simplified_invoice", ("simplified_invoice", "fatura simplificada", "factura simplificada", "FS")),
    ("vat_moss_invoice", ("vat_moss_invoice", "fatura VAT MOSS", "fatura MOSS")),
)

TYPES: Final[Mapping[str, BilledType]] = MappingProxyType(
    {folded(name): kind for kind, names in _TYPE_NAMES for name in names}
)
"""Types, by the words of a file."""

_NO_KEY: Final = "its documents take no key, so a repeat would make a second one"
_CORRECTS: Final = "a note corrects one issued document; make it with `ix.credit_notes` or `ix.debit_notes`"

UNBILLED_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        folded(name): reason
        for names, reason in (
            (("credit_note", "nota de crédito", "NC"), _CORRECTS),
            (("debit_note", "nota de débito", "ND"), _CORRECTS),
            (("vat_moss_credit_note",), _CORRECTS),
            (("receipt", "recibo", "RC", "RG"), "payments issue receipts; use the column paid"),
            (("quote", "orçamento", "OR"), _NO_KEY),
            (("proforma", "fatura proforma", "PF", "PP"), _NO_KEY),
            (("fees_note", "nota de honorários"), _NO_KEY),
            (("shipping", "guia de remessa", "GR"), _NO_KEY),
            (("transport", "guia de transporte", "GT"), _NO_KEY),
            (("devolution", "guia de devolução", "GD"), _NO_KEY),
            (("purchase_order", "nota de encomenda", "encomenda"), _NO_KEY),
        )
        for name in names
    }
)
"""Why a run does not make documents of a type, by the words of a file."""

UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        folded(name): unit
        for unit, names in {
            "hour": ("hour", "hours", "hora", "horas", "h"),
            "day": ("day", "days", "dia", "dias"),
            "month": ("month", "months", "mês", "meses"),
            "unit": ("unit", "units", "unidade", "unidades", "un", "uni", "und", "unid"),
            "service": ("service", "services", "serviço", "serviços", "serv"),
            "other": ("other", "outro", "outra", "outros"),
        }.items()
        for name in names
    }
)
"""Units of the service, by the words of a file."""

MECHANISMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        folded(name): code
        for code, names in {
            "CC": ("cartão de crédito", "credit card"),
            "CD": ("cartão de débito", "debit card"),
            "CH": ("cheque", "cheque bancário", "bank check"),
            "MB": ("multibanco", "referência multibanco", "ref multibanco"),
            "NU": ("numerário", "dinheiro", "cash"),
            "OU": ("outro", "outros", "other"),
            "TB": (
                *("transferência", "transferência bancária", "transf", "transf bancária"),
                *("débito direto", "bank transfer", "direct debit"),
            ),
        }.items()
        for name in names
    }
)
"""Codes of payment mechanisms, by the words of a file, besides the codes themselves."""

COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        folded(name): code
        for name, code in {
            "Alemanha": "DE",
            "Angola": "AO",
            "Áustria": "AT",
            "Bélgica": "BE",
            "Brasil": "BR",
            "Cabo Verde": "CV",
            "Canadá": "CA",
            "Dinamarca": "DK",
            "Espanha": "ES",
            "Estados Unidos": "US",
            "Estados Unidos da América": "US",
            "Finlândia": "FI",
            "França": "FR",
            "Grécia": "GR",
            "Holanda": "NL",
            "Irlanda": "IE",
            "Itália": "IT",
            "Luxemburgo": "LU",
            "Moçambique": "MZ",
            "Noruega": "NO",
            "Países Baixos": "NL",
            "Polónia": "PL",
            "Reino Unido": "GB",
            "República Checa": "CZ",
            "Roménia": "RO",
            "Suécia": "SE",
            "Suíça": "CH",
        }.items()
    }
)
"""ISO 3166-1 codes of countries, by their Portuguese names, besides the service's own names."""
