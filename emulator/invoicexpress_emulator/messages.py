"""What the service says when it refuses: one row per message, with the words of each profile.

The first text is what live accounts were seen to answer (Portuguese and English mixed, as the service
does); the second what the vendor's documentation lists. Where only one of them is known, both columns
have it; where neither is, the words are ours. `field` is the attribute that field-keyed error bodies
name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Text:
    """A message of the catalogue; `{placeholders}` are filled in by `about`."""

    observed: str
    documented: str
    field: str = "base"

    def about(self, **values: object) -> Complaint:
        """Return the message with its placeholders filled in."""
        return Complaint(self, values)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One reason for a refusal."""

    text: Text
    values: dict[str, object]

    def observed(self) -> str:
        """Return the words of the live service."""
        return self.text.observed.format(**self.values)

    def documented(self) -> str:
        """Return the words of the documentation."""
        return self.text.documented.format(**self.values)


def same(text: str, field: str = "base") -> Text:
    """Return a message that reads the same in both profiles."""
    return Text(text, text, field)


# Transport
INVALID_API_KEY: Final = same("Invalid API key")
TOO_MANY_REQUESTS: Final = same("Too Many Requests")
MALFORMED_JSON: Final = same("The request body is not valid JSON: {reason}")
NOT_JSON: Final = same("No content type or wrongly specified")
BODY_TOO_LARGE: Final = same("The request body is larger than {limit} bytes")
ROOT_MISSING: Final = same("Elemento {root} não fornecido")
WRONG_TYPE: Final = same("{field} should be of type {expected}")
METHOD_NOT_ALLOWED: Final = same("{method} is not allowed here")

# Clients
CLIENT_NAME_REQUIRED: Final = Text("Nome é um campo obrigatório", "Name can't be blank", "name")
CLIENT_NAME_TAKEN: Final = Text("Nome não está disponível", "Name has already been taken", "name")
CLIENT_CODE_TAKEN: Final = Text("Código não está disponível", "Code has already been taken", "code")
NAME_TOO_LONG: Final = Text("Nome é demasiado longo", "Name is too long", "name")
COUNTRY_NOT_FOUND: Final = same("Country {country} was not found", "country")
FISCAL_ID_INVALID: Final = Text("Contribuinte não é válido", "Fiscal is invalid", "fiscal_id")
CLIENT_INVALID: Final = Text("Cliente não é válido", "Client is invalid", "client")
EMAIL_INVALID: Final = same("Email must be an email address", "email")
CONTACT_EMAIL_INVALID: Final = same("Preferred contact: email must be an email", "preferred_contact")
SEND_OPTIONS_RANGE: Final = same("Send options must be within 1 and 3", "send_options")
LANGUAGE_INVALID: Final = same("Language should be one of: pt, en, es", "language")
PAYMENT_DAYS_INVALID: Final = same("Payment days is not a number", "payment_days")

# Items
ITEM_NAME_REQUIRED: Final = same("Name is a required field", "name")
ITEM_NAME_TAKEN: Final = same("Name is not available.", "name")
ITEM_NAME_FROZEN: Final = same("Name can't be changed because it is already associated with invoices", "name")
ITEM_PRICE_REQUIRED: Final = same("Price is a required field", "unit_price")
ITEM_PRICE_INVALID: Final = Text(
    "unit price is not valid",
    "Price is not valid. Check the decimal mark and if you are inserting only numbers.",
    "unit_price",
)
UNIT_NOT_ACCEPTED: Final = same("Unit {unit} is not included in the list of accepted units", "unit")

# Taxes: pairs of field and message (observed: error bodies)
TAX_NAME_REQUIRED: Final = Text("é um campo obrigatório", "can't be blank", "name")
TAX_NAME_TAKEN: Final = Text("não está disponível.", "is not available.", "name")
TAX_VALUE_REQUIRED: Final = Text("é um campo obrigatório", "can't be blank", "value")
TAX_VALUE_INVALID: Final = Text("não é válido", "is not a number", "value")
TAX_REGION_EMPTY: Final = Text("region is empty", "Tax region is empty", "base")
TAX_REGION_INVALID: Final = same("Tax region is not valid", "base")
TAX_CODE_INVALID: Final = same("should be one of: NOR, INT, RED, OUT, ISE", "code")
TAX_DEFAULT_KEPT: Final = same("the default tax of the account cannot be deleted", "base")

# Documents: content
CLIENT_MISSING: Final = same("Elemento client não fornecido", "client")
ITEMS_NOT_ARRAY: Final = same("Items element should be of type array", "items")
ITEMS_NOT_OBJECTS: Final = same("Items element should be an array of objects", "items")
ITEMS_MISSING: Final = same("Document should have at least one item", "items")
DATE_NOT_TEXT: Final = Text("Date is not valid", "undefined method `match' for {value}:{type}", "date")
RETENTION_RANGE: Final = same("Retention must be a number between 0 and 99.99", "retention")
LINE_NAME_REQUIRED: Final = same("Name is a required field", "items")
UNIT_PRICE_NOT_NUMBER: Final = same("Unit price must be a number", "items")
UNIT_PRICE_NEGATIVE: Final = Text("Item price must be positive", "Unit price must be a number", "items")
QUANTITY_INVALID: Final = same("Quantity must be a number greater than 0", "items")
DISCOUNT_NOT_NUMBER: Final = same("Discount is not a number", "items")
DISCOUNT_RANGE: Final = same("Discount must be a number between 0 and 100", "items")
GLOBAL_DISCOUNT_INVALID: Final = same(
    "Global discount must have value_type percentage or absolute and a value", "global_discount"
)
GLOBAL_DISCOUNT_TOO_HIGH: Final = same("Global discount must not exceed the total", "global_discount")
CURRENCY_UNKNOWN: Final = same("Currency code {code} was not found", "currency_code")
RATE_INVALID: Final = same("Rate must be a number greater than 0", "rate")
AMOUNT_TOO_LARGE: Final = same("Total is too large", "total")
EXEMPTION_MISSING: Final = same("Razão de isenção deve ter uma opção selecionada", "tax_exemption")
EXEMPTION_UNKNOWN: Final = same("Tax exemption should be one of: {codes}", "tax_exemption")
UID_INVALID: Final = same("proprietary_uid must be a text of at most 255 characters", "proprietary_uid")
UID_IN_PROGRESS: Final = same(
    "There's an ongoing document creation with the provided UID {uid}", "proprietary_uid"
)
SERIES_OF_OTHER_TYPE: Final = same("A série não corresponde ao tipo de documento", "sequence_id")
OWNER_NOT_FOUND: Final = same("Owner document was not found", "owner_invoice_id")
OWNER_IN_DRAFT: Final = same("Owner document must not be in draft", "owner_invoice_id")
OWNER_CANCELED: Final = same("Owner document must not be canceled", "owner_invoice_id")
OWNER_WRONG_TYPE: Final = same("Owner document must be an invoice", "owner_invoice_id")

# Documents: goods on their way
LOADED_AT_MISSING: Final = same("Loaded at can't be blank", "loaded_at")
LOADED_AT_INVALID: Final = same("Loaded at is not valid", "loaded_at")
LOADED_AT_PAST: Final = same("Loaded at must be later than now", "loaded_at")
ADDRESS_INCOMPLETE: Final = same("{address}: {part} can't be blank", "address")

# Documents: life
ALREADY_FINAL: Final = Text(
    "Documento já foi finalizado, não pode ser alterado",
    "Invoice has been {status} so can't be changed anymore",
)
STATE_INVALID: Final = same("Invalid state")
CANT_HANDLE: Final = same("CantHandle: {verb} for {type}")
CANCEL_MESSAGE_REQUIRED: Final = same("Cancel message can't be blank")
DATE_BEHIND_SERIES: Final = same(
    "Date cannot be earlier than the last {type} of this sequence[{date}]", "date"
)
DUE_DATE_BEFORE_DATE: Final = Text(
    "Vencimento deve ser igual ou posterior à data do documento",
    "Due date must be later than date",
    "due_date",
)
SERIES_NOT_REGISTERED: Final = same("A série não está registada na Autoridade Tributária", "sequence_id")
CREDIT_ABOVE_OWNER: Final = same(
    "O total não pode ser superior ao total dos documentos relacionados", "total"
)
HAS_PAYMENTS: Final = same("O documento já contém pagamentos: anule primeiro os recibos")
HAS_CREDIT_NOTES: Final = same("O documento tem notas de crédito ou de débito: anule-as primeiro")

# Payments, e-mail
AMOUNT_REQUIRED: Final = same("Amount must be a number greater than or equal to 0", "amount")
AMOUNT_ABOVE_OPEN: Final = same("O valor deve ser menor ou igual a {open}", "amount")
MECHANISM_INVALID: Final = same("is invalid", "payment_mechanism")
NOT_PAYABLE: Final = same("Payments are not available for {type} in status '{status}'")
EMAIL_REQUIRED: Final = same("Email is a required field", "email")
MESSAGE_EMAIL_INVALID: Final = same("{label}: is an invalid email", "email")

# Accounts
TRIAL: Final = same("Esta funcionalidade não está disponível durante o período gratuito.")
PARTNERS_ONLY: Final = same("Only partners can create accounts")
ORGANIZATION_REQUIRED: Final = same("Organization name can't be blank", "organization_name")
ORGANIZATION_TOO_LONG: Final = same("Organization name is too long", "organization_name")
OWNER_INVALID: Final = same("Owner Owner is invalid", "owner")
TERMS_NOT_ACCEPTED: Final = same("Terms and Conditions should be accepted", "terms")
VAT_NUMBER_TAKEN: Final = same("Vat Number is already used in another account", "fiscal_id")
VAT_NUMBER_INVALID: Final = same("Vat Number is invalid", "fiscal_id")
TAX_COUNTRY_INVALID: Final = same("Tax country should be one of: 1, 2, 3", "tax_country")
IS_INVALID: Final = {
    field: same("is invalid", field)
    for field in ("organization_name", "fiscal_id", "email", "postal_code", "terms")
}
CREDENTIALS_WRONG: Final = same("Credentials are wrong.", "credentials")
AT_FIELD_SIZE: Final = same("The field {field} has an incorrect size")
AT_FIELD_INVALID: Final = same("The field {field} is invalid")

# Treasury
DATE_BEFORE_BALANCE: Final = same("Date cannot be earlier than the client's initial balance[{date}]", "date")
TREASURY_DATE_BLANK: Final = same("Date can't be blank", "date")
TREASURY_VALUE_INVALID: Final = same("Value is not a number", "value")
REGULARIZATION_TOO_HIGH: Final = same(
    "The regularization amount must be less than or equal to the remaining balance", "value"
)
MOVEMENT_VALUE_INVALID: Final = same("Validation failed: Value is not a number", "value")
MOVEMENT_TYPE_INVALID: Final = same(
    "Validation failed: Movement type is not included in the list", "movement_type"
)
MOVEMENT_METHOD_INVALID: Final = same(
    "Validation failed: Payment method is not included in the list", "payment_method"
)
NOTHING_OPEN: Final = same("The client has no open documents", "value")
MOVEMENT_TOO_HIGH: Final = same("O valor deve ser menor ou igual a {open}", "value")
CLIENT_HAS_DOCUMENTS: Final = same("Client can't be deleted because it has documents", "base")

# Renderings
QR_NOT_FOUND: Final = same("No document with ID {id} was found in this account")
QR_OF_DRAFT: Final = same(
    "Document with ID {id} is still in draft. "
    "QR Codes are only available for final, canceled or settled documents."
)

# SAF-T (docs: export)
SAFT_STARTED: Final = same(
    "The SAF-T file generation was started. Please keep requesting until you get back the url."
)
SAFT_NOTHING: Final = same("There aren't any documents to export on the selected period.")

# Sequences: the code is in the answer as well (docs: sequences)
SEQUENCE_NAME_NOT_ALLOWED: Final = same("Sequence name not allowed.", "001")
SEQUENCE_EXISTS: Final = Text("Já existe uma série com este nome.", "Sequence already exists.", "002")
SEQUENCE_BAD_CREDENTIALS: Final = Text(
    "As credenciais associadas à conta não são válidas.", "Invalid AT credentials.", "004"
)
REGISTER_BAD_CREDENTIALS: Final = Text(
    "As credenciais associadas à conta não são válidas.", "Invalid AT credentials.", "002"
)
ALL_SEQUENCES_REGISTERED: Final = same("All sequences are registered.", "005")
SEQUENCE_UNKNOWN: Final = same("The sequence doesn't exist.", "006")
