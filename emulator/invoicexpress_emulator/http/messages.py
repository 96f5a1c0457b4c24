"""The texts of the service's refusals: one row per message, with the words in each language and their source.

`pt` is the text for an account in Portuguese, which is English where the live service answered in English
even so; `en` is the text for an account in English. On the documented wire the words of the vendor's page
come first, whatever the language: `page` where the page has words of its own, else whichever of the two is
the page's. `field` is the attribute that field-keyed error bodies name, and in errors about series the code.

Each row records whether its words are on the page, come from a live account, or are ours (`CATALOGUE`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Language = Literal["pt", "en"]
"""Languages of the known messages; none in Spanish is known."""

Evidence = Literal["documented", "observed", "assumed"]


class Words(NamedTuple):
    """Words in one language, with their evidence and source."""

    text: str
    evidence: Evidence
    source: str


class Text(NamedTuple):
    """A message of the catalogue; `{placeholders}` are filled in by `about`."""

    pt: Words
    en: Words
    field: str = "base"
    page: Words | None = None

    def about(self, **values: object) -> Complaint:
        """Return the message with its placeholders filled in."""
        return Complaint(self, values)

    def on_the_page(self, language: Language) -> Words:
        """Return the words of the documented wire."""
        if self.page is not None:
            return self.page
        return next(
            (words for words in (self.en, self.pt) if words.evidence == "documented"), self.in_(language)
        )

    def in_(self, language: Language) -> Words:
        """Return the words of the live service for an account of this language."""
        return self.en if language == "en" else self.pt


class Complaint(NamedTuple):
    """One reason for a refusal."""

    text: Text
    values: dict[str, object]

    def said(self, language: Language, *, by_the_page: bool) -> str:
        """Return the words for an account of this language, on the documented wire or the live one."""
        words = self.text.on_the_page(language) if by_the_page else self.text.in_(language)
        return words.text.format(**self.values)

    def __str__(self) -> str:
        return self.said("en", by_the_page=False)


def _page(text: str, source: str = "vendor docs 2026-07") -> Words:
    return Words(text, "documented", source)


def _old_page(text: str) -> Words:
    return _page(text, "vendor docs 2017, error codes")


def _live(text: str, source: str) -> Words:
    return Words(text, "observed", source)


def _ours(text: str) -> Words:
    return Words(text, "assumed", "assumed")


def _both(words: Words, field: str = "base") -> Text:
    """Return a message with words in one language only, which every account gets."""
    return Text(words, words, field)


# Transport
INVALID_API_KEY: Final = _both(_page("Invalid API key", "vendor docs 2026-07; recorded 2019"))
TOO_MANY_REQUESTS: Final = _both(_page("Too Many Requests"))
MALFORMED_JSON: Final = _both(_ours("The request body is not valid JSON: {reason}"))
NOT_JSON: Final = _both(_old_page("No content type or wrongly specified"))
BODY_TOO_LARGE: Final = _both(_ours("The request body is larger than {limit} bytes"))
ROOT_MISSING: Final = Text(_page("Elemento {root} não fornecido"), _ours("Element {root} was not supplied"))
WRONG_TYPE: Final = _both(_ours("{field} should be of type {expected}"))
UNKNOWN_FIELD: Final = _both(_ours("unknown attribute '{field}'"))
METHOD_NOT_ALLOWED: Final = _both(_ours("{method} is not allowed here"))

# Plans
DOCUMENT_LIMIT: Final = _both(
    _live("Document creation limit reached for the period from {first} to {last}.", "tim-online 2023-11")
)

# Clients
CLIENT_NAME_REQUIRED: Final = Text(
    _live("Nome é um campo obrigatório", "recorded 2019"), _page("Name can't be blank"), "name"
)
CLIENT_NAME_TAKEN: Final = Text(
    _live("Nome não está disponível", "suestecreative 2026"), _old_page("Name has already been taken"), "name"
)
CLIENT_CODE_TAKEN: Final = Text(
    _ours("Código não está disponível"),
    _ours("Code has already been taken"),
    "code",
    page=_ours("Code has already been taken"),
)
NAME_TOO_LONG: Final = Text(
    _live("Nome é demasiado longo", "suestecreative 2026"),
    _ours("Name is too long"),
    "name",
    page=_ours("Name is too long"),
)
COUNTRY_NOT_FOUND: Final = _both(
    _page("Country {country} was not found", "vendor docs 2017, error codes; suestecreative 2026"), "country"
)
FISCAL_ID_INVALID: Final = Text(
    _live("Contribuinte não é válido", "suestecreative 2026"),
    _live("Fiscal is invalid", "tim-online 2023-11"),
    "fiscal_id",
    page=_live("Fiscal is invalid", "tim-online 2023-11"),
)
FISCAL_ID_OF_DOCUMENT_INVALID: Final = Text(
    _live("Fiscal não é válido", "ventrata 2026"),
    _live("Fiscal is invalid", "tim-online 2023-11"),
    "fiscal_id",
    page=_live("Fiscal is invalid", "tim-online 2023-11"),
)
CLIENT_INVALID: Final = Text(
    _live("Cliente não é válido", "ventrata 2026; suestecreative 2026"),
    _old_page("Client is invalid"),
    "client",
)
EMAIL_INVALID: Final = _both(_old_page("Email must be an email address"), "email")
CONTACT_EMAIL_INVALID: Final = _both(
    _old_page("Preferred contact: email must be an email"), "preferred_contact"
)
SEND_OPTIONS_NOT_NUMBER: Final = _both(_old_page("Send options is not a number"), "send_options")
SEND_OPTIONS_RANGE: Final = _both(_old_page("Send options must be within 1 and 3"), "send_options")
LANGUAGE_INVALID: Final = _both(_ours("Language should be one of: pt, en, es"), "language")
PAYMENT_DAYS_INVALID: Final = _both(_ours("Payment days is not a number"), "payment_days")

# Items
ITEM_NAME_REQUIRED: Final = _both(_page("Name is a required field"), "name")
ITEM_NAME_TAKEN: Final = _both(_page("Name is not available."), "name")
ITEM_NAME_FROZEN: Final = _both(
    _page("Name can't be changed because it is already associated with invoices"), "name"
)
ITEM_PRICE_REQUIRED: Final = _both(_page("Price is a required field"), "unit_price")
ITEM_PRICE_INVALID: Final = Text(
    _live("unit price is not valid", "diogopms 2026-06"),
    _live("unit price is not valid", "diogopms 2026-06"),
    "unit_price",
    page=_page("Price is not valid. Check the decimal mark and if you are inserting only numbers."),
)
UNIT_NOT_ACCEPTED: Final = _both(
    _old_page("Unit {unit} is not included in the list of accepted units"), "unit"
)

# Taxes: pairs of field and message (recorded 2019)
TAX_NAME_REQUIRED: Final = Text(_ours("é um campo obrigatório"), _old_page("can't be blank"), "name")
TAX_NAME_TAKEN: Final = Text(
    _live("não está disponível.", "recorded 2019"), _page("is not available."), "name"
)
TAX_VALUE_REQUIRED: Final = Text(_ours("é um campo obrigatório"), _old_page("can't be blank"), "value")
TAX_VALUE_INVALID: Final = Text(_ours("não é válido"), _old_page("is not a number"), "value")
TAX_REGION_EMPTY: Final = Text(
    _live("region is empty", "diogopms 2026-06"),
    _live("region is empty", "diogopms 2026-06"),
    page=_page("Tax region is empty"),
)
TAX_REGION_INVALID: Final = _both(_ours("Tax region is not valid"))
TAX_CODE_INVALID: Final = _both(_ours("should be one of: NOR, INT, RED, OUT, ISE"), "code")
TAX_DEFAULT_KEPT: Final = _both(_ours("the default tax of the account cannot be deleted"))

# Documents: content
CLIENT_MISSING: Final = Text(
    _page("Elemento client não fornecido"), _ours("Element client was not supplied"), "client"
)
ITEMS_NOT_ARRAY: Final = _both(
    _page("Items element should be of type array", "vendor docs 2017, error codes; digitaldev 2026-07"),
    "items",
)
ITEMS_NOT_OBJECTS: Final = _both(_ours("Items element should be an array of objects"), "items")
ITEMS_MISSING: Final = _both(_live("Document should have at least one item", "tim-online 2023-11"), "items")
DATE_NOT_TEXT: Final = Text(
    _live("Date is not valid", "tim-online 2023-11"),
    _live("Date is not valid", "tim-online 2023-11"),
    "date",
    page=_page("undefined method `match' for {value}:{type}"),
)
RETENTION_RANGE: Final = _both(_old_page("Retention must be a number between 0 and 99.99"), "retention")
LINE_NAME_REQUIRED: Final = _both(_ours("Name is a required field"), "items")
UNIT_PRICE_NOT_NUMBER: Final = _both(_old_page("Unit price must be a number"), "items")
UNIT_PRICE_NEGATIVE: Final = Text(
    _live("Item price must be positive", "suestecreative 2026"),
    _live("Item price must be positive", "suestecreative 2026"),
    "items",
    page=_old_page("Unit price must be a number"),
)
QUANTITY_INVALID: Final = _both(_old_page("Quantity must be a number greater than 0"), "items")
DISCOUNT_NOT_NUMBER: Final = _both(_old_page("Discount is not a number"), "items")
DISCOUNT_RANGE: Final = _both(_ours("Discount must be a number between 0 and 100"), "items")
GLOBAL_DISCOUNT_INVALID: Final = _both(
    _ours("Global discount must have value_type percentage or absolute and a value"), "global_discount"
)
GLOBAL_DISCOUNT_TOO_HIGH: Final = _both(_ours("Global discount must not exceed the total"), "global_discount")
CURRENCY_UNKNOWN: Final = _both(_ours("Currency code {code} was not found"), "currency_code")
RATE_INVALID: Final = _both(_ours("Rate must be a number greater than 0"), "rate")
AMOUNT_TOO_LARGE: Final = _both(_ours("Total is too large"), "total")
EXEMPTION_MISSING: Final = Text(
    _live("Razão de isenção deve ter uma opção selecionada", "digitaldev 2026-07; suestecreative 2026"),
    _ours("Exemption reason must have an option selected"),
    "tax_exemption",
)
EXEMPTION_UNKNOWN: Final = _both(
    _live("Tax exemption should be one of: {codes}", "tim-online 2023-11"), "tax_exemption"
)
UID_INVALID: Final = _both(
    _ours("proprietary_uid must be a text of at most 255 characters"), "proprietary_uid"
)
UID_IN_PROGRESS: Final = _both(
    _page("There's an ongoing document creation with the provided UID {uid}"), "proprietary_uid"
)
SERIES_OF_OTHER_TYPE: Final = Text(
    _live("A série não corresponde ao tipo de documento", "suestecreative 2026; digitaldev 2026-07"),
    _ours("The sequence does not match the type of document"),
    "sequence_id",
)
OWNER_NOT_FOUND: Final = _both(_ours("Owner document was not found"), "owner_invoice_id")
OWNER_IN_DRAFT: Final = _both(
    _live("Owner document must not be in draft", "suestecreative 2026"), "owner_invoice_id"
)
OWNER_CANCELED: Final = _both(_ours("Owner document must not be canceled"), "owner_invoice_id")
OWNER_WRONG_TYPE: Final = _both(_ours("Owner document must be an invoice"), "owner_invoice_id")
MULTIBANCO_OFF: Final = _both(
    _old_page("Option to generate MB reference is set but no payment provider is configurated"),
    "mb_reference",
)
PORTUGAL_ONLY: Final = _both(_ours("Simplified invoices are only available in Portugal"))

# Documents: goods on their way
LOADED_AT_MISSING: Final = _both(_ours("Loaded at can't be blank"), "loaded_at")
LOADED_AT_INVALID: Final = _both(_ours("Loaded at is not valid"), "loaded_at")
LOADED_AT_PAST: Final = _both(_ours("Loaded at must be later than now"), "loaded_at")
ADDRESS_INCOMPLETE: Final = _both(_ours("{address}: {part} can't be blank"), "address")

# Documents: life
ALREADY_FINAL: Final = Text(
    _live("Documento já foi finalizado, não pode ser alterado", "suestecreative 2026, in part"),
    _old_page("Invoice has been {status} so can't be changed anymore"),
)
STATE_INVALID: Final = _both(_old_page("Invalid state"))
CANT_HANDLE: Final = _both(_page("CantHandle: {verb} for {type}", "vendor docs 2026-07; tim-online 2023-11"))
CANCEL_MESSAGE_REQUIRED: Final = _both(_old_page("Cancel message can't be blank"))
DATE_BEHIND_SERIES: Final = _both(
    _live("Date cannot be earlier than the last {type} of this sequence[{date}]", "suestecreative 2026"),
    "date",
)
DUE_DATE_BEFORE_DATE: Final = Text(
    _live("Vencimento deve ser igual ou posterior à data do documento", "suestecreative 2026"),
    _old_page("Due date must be later than date"),
    "due_date",
)
SERIES_NOT_REGISTERED: Final = Text(
    _ours("A série não está registada na Autoridade Tributária"),
    _ours("The sequence is not registered in the Tax Authority"),
    "sequence_id",
)
TOO_MANY_REGIONS: Final = Text(
    _ours("O documento não pode ter impostos de mais de {most} regiões"),
    _ours("The document cannot have taxes of more than {most} regions"),
    "items",
)
CREDIT_ABOVE_OWNER: Final = Text(
    _live("O total não pode ser superior ao total dos documentos relacionados", "suestecreative 2026"),
    _ours("The total cannot be higher than the total of the related documents"),
    "total",
)
HAS_PAYMENTS: Final = Text(
    _live("O documento já contém pagamentos: anule primeiro os recibos", "suestecreative 2026, in part"),
    _ours("The document already has payments: cancel the receipts first"),
)
HAS_CREDIT_NOTES: Final = Text(
    _ours("O documento tem notas de crédito ou de débito: anule-as primeiro"),
    _ours("The document has credit or debit notes: cancel them first"),
)

# Payments, e-mail
AMOUNT_REQUIRED: Final = _both(_ours("Amount must be a number greater than or equal to 0"), "amount")
AMOUNT_ABOVE_OPEN: Final = Text(
    _live("O valor deve ser menor ou igual a {open}", "diogopms 2026-06, in part"),
    _ours("The amount must be less than or equal to {open}"),
    "amount",
)
MECHANISM_INVALID: Final = _both(_page("is invalid"), "payment_mechanism")
NOT_PAYABLE: Final = _both(_ours("Payments are not available for {type} in status '{status}'"))
EMAIL_REQUIRED: Final = _both(_page("Email is a required field"), "email")
MESSAGE_EMAIL_INVALID: Final = _both(_old_page("{label}: is an invalid email"), "email")

# Accounts
TRIAL: Final = Text(
    _live("Esta funcionalidade não está disponível durante o período gratuito.", "diogopms 2026-06, in part"),
    _ours("This feature is not available during the free period."),
)
PARTNERS_ONLY: Final = _both(_ours("Only partners can create accounts"))
ORGANIZATION_REQUIRED: Final = _both(_ours("Organization name can't be blank"), "organization_name")
ORGANIZATION_TOO_LONG: Final = _both(_ours("Organization name is too long"), "organization_name")
OWNER_INVALID: Final = _both(_page("Owner Owner is invalid"), "owner")
TERMS_NOT_ACCEPTED: Final = _both(_page("Terms and Conditions should be accepted"), "terms")
VAT_NUMBER_TAKEN: Final = _both(_old_page("Vat Number is already used in another account"), "fiscal_id")
VAT_NUMBER_INVALID: Final = _both(_ours("Vat Number is invalid"), "fiscal_id")
TAX_COUNTRY_INVALID: Final = _both(_ours("Tax country should be one of: 1, 2, 3"), "tax_country")
IS_INVALID: Final = {
    field: _both(_page("is invalid"), field)
    for field in ("organization_name", "fiscal_id", "email", "postal_code", "terms")
}
CREDENTIALS_WRONG: Final = _both(_live("Credentials are wrong.", "clients 2026"), "credentials")
AT_FIELD_SIZE: Final = _both(_page("The field {field} has an incorrect size"))
AT_FIELD_INVALID: Final = _both(_ours("The field {field} is invalid"))
AT_PORTUGAL_ONLY: Final = _both(_ours("Only Portuguese accounts communicate with the Tax Authority"))

# Treasury
DATE_BEFORE_BALANCE: Final = _both(
    _ours("Date cannot be earlier than the client's initial balance[{date}]"), "date"
)
TREASURY_DATE_BLANK: Final = _both(_page("Date can't be blank"), "date")
TREASURY_VALUE_INVALID: Final = _both(_ours("Value is not a number"), "value")
REGULARIZATION_TOO_HIGH: Final = _both(
    _page("The regularization amount must be less than or equal to the remaining balance"), "value"
)
MOVEMENT_VALUE_INVALID: Final = _both(_page("Validation failed: Value is not a number"), "value")
MOVEMENT_TYPE_INVALID: Final = _both(
    _ours("Validation failed: Movement type is not included in the list"), "movement_type"
)
MOVEMENT_METHOD_INVALID: Final = _both(
    _ours("Validation failed: Payment method is not included in the list"), "payment_method"
)
NOTHING_OPEN: Final = _both(_ours("The client has no open documents"), "value")
MOVEMENT_TOO_HIGH: Final = Text(
    _ours("O valor deve ser menor ou igual a {open}"),
    _ours("The amount must be less than or equal to {open}"),
    "value",
)
CLIENT_HAS_DOCUMENTS: Final = _both(_ours("Client can't be deleted because it has documents"))

# Renderings
QR_NOT_FOUND: Final = _both(_page("No document with ID {id} was found in this account"))
QR_OF_DRAFT: Final = _both(
    _page(
        "Document with ID {id} is still in draft. "
        "QR Codes are only available for final, canceled or settled documents."
    )
)
QR_PORTUGAL_ONLY: Final = _both(_ours("QR Codes are only available for Portuguese accounts."))

# SAF-T (vendor docs 2026-07: export)
SAFT_STARTED: Final = _both(
    _page("The SAF-T file generation was started. Please keep requesting until you get back the url.")
)
SAFT_NOTHING: Final = _both(_page("There aren't any documents to export on the selected period."))
SAFT_PORTUGAL_ONLY: Final = _both(_ours("The SAF-T file is only available for Portuguese accounts."))

# Sequences: the code is in the answer as well, and differs by endpoint (vendor docs 2026-07)
SEQUENCE_NAME_NOT_ALLOWED: Final = _both(_page("Sequence name not allowed."), "001")
SEQUENCE_EXISTS: Final = Text(
    _live("Já existe uma série com este nome.", "clients 2026"),
    _page("Sequence already exists."),
    "002",
)
SEQUENCE_INVALID: Final = _both(_page("Invalid sequence."), "003")
SEQUENCE_BAD_CREDENTIALS: Final = Text(
    _live("As credenciais associadas à conta não são válidas.", "clients 2026"),
    _page("Invalid AT credentials."),
    "004",
)
SEQUENCE_NO_ACTIVITY: Final = _both(
    _page("Account fiscal ID doesn’t have open activity in Tax Authority."), "005"
)
SEQUENCE_BEING_REGISTERED: Final = _both(_page("The sequence is already being registered."), "006")
SEQUENCE_UNKNOWN_ERROR: Final = _both(_page("Unknown error."), "000")
REGISTER_NAME_NOT_ALLOWED: Final = _both(_page("Sequence name not allowed."), "001")
REGISTER_BAD_CREDENTIALS: Final = Text(
    _live("As credenciais associadas à conta não são válidas.", "clients 2026"),
    _page("Invalid AT credentials."),
    "002",
)
REGISTER_NO_ACTIVITY: Final = _both(
    _page("Account fiscal ID doesn’t have open activity in Tax Authority."), "003"
)
REGISTER_NOT_PORTUGUESE: Final = _both(_page("Account is not portuguese."), "004")
REGISTER_KNOWN_ALREADY: Final = _both(_page("All Sequences are registered in AT."), "007")
REGISTER_BEING_REGISTERED: Final = _both(_page("The sequence is already being registered."), "008")
REGISTER_UNKNOWN_ERROR: Final = _both(_page("Unknown error."), "000")
ALL_SEQUENCES_REGISTERED: Final = _both(_page("All sequences are registered."), "005")
SEQUENCE_UNKNOWN: Final = _both(_page("The sequence doesn't exist."), "006")

CATALOGUE: Final[Mapping[str, Text]] = {
    **{name: value for name, value in list(globals().items()) if isinstance(value, Text)},
    **{f"IS_INVALID.{field}": text for field, text in IS_INVALID.items()},
}
"""Every message by its name in this module."""
