"""The service's texts: their meaning in English, and the usual remedy.

The language of a text follows the account; some texts are English even so (recorded 2019). A text without a
row is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from invoicexpress_loading import lazy_pattern

_TRIAL: Final = r"per[ií]odo gratuito|trial period|free period"
TRIAL: Final = lazy_pattern(_TRIAL, re.IGNORECASE)
"""The text of a 401 for an operation that trial accounts do not have (diogopms 2026-06)."""


class ServiceText(NamedTuple):
    """A text of the service. The pattern is searched, whatever the case."""

    pattern: str
    meaning: str
    """In English; empty for a text that is English already."""
    remedy: str
    source: str


TEXTS: Final = (
    ServiceText(
        "Invalid API key", "",
        "check the account's name and the key, which the account's settings show under Account > API",
        "recorded 2019",
    ),
    ServiceText(
        "Nome é um campo obrigatório", "the name is required", "pass name=", "recorded 2019",
    ),
    ServiceText(
        "^(name )?não está disponível", "the name is taken",
        "choose another name, or use the existing tax of `ix.taxes.list()`", "recorded 2019",
    ),
    ServiceText(
        "Nome não está disponível", "the name is taken",
        "choose another name, or find the client with `ix.clients.find_by_name`", "suestecreative 2026",
    ),
    ServiceText(
        "Código não está disponível", "the code is taken",
        "choose another code, or use `ix.clients.get_or_create`", "assumed: as the text about names",
    ),
    ServiceText(
        "Nome é demasiado longo", "the name is too long", "send at most 100 characters",
        "suestecreative 2026",
    ),
    ServiceText(
        r"Currency code .* was not found", "", "`reference_data.currencies()` lists the codes",
        "assumed: wording of the emulator",
    ),
    ServiceText(
        r"Country .* was not found", "",
        "send the service's English name of the country: `reference_data.country_name(\"PT\")`",
        "suestecreative 2026",
    ),
    ServiceText(
        "Contribuinte não é válido|Fiscal não é válido", "the tax number is invalid",
        "check its digits, and that the client's country is the country of the number",
        "suestecreative 2026; ventrata 2026",
    ),
    ServiceText(
        "Fiscal is invalid", "",
        "check the tax number, and the client's country, since an unknown country causes this text too",
        "tim-online 2023-11; suestecreative 2026",
    ),
    ServiceText(
        "Cliente não é válido", "the client is invalid",
        "correct the client: see the other texts, or read it with `ix.clients.find_by_code`",
        "ventrata 2026; suestecreative 2026",
    ),
    ServiceText(
        "Client is invalid", "",
        "correct the client: see the other texts, or read it with `ix.clients.find_by_code`",
        "vendor docs 2017",
    ),
    ServiceText(
        "Razão de isenção deve ter uma opção selecionada",
        "a line without VAT needs a reason of exemption",
        "set tax_exemption to a code such as \"M07\"; `reference_data.exemptions()` lists them",
        "digitaldev 2026-07; suestecreative 2026",
    ),
    ServiceText(
        "Tax exemption should be one of", "", "`reference_data.exemptions()` lists the codes",
        "tim-online 2023-11",
    ),
    ServiceText(
        "A série não corresponde ao tipo de documento", "the série's row is of another document type",
        "pass sequence= with the série or its name instead of sequence_id=, which is the id of a row",
        "suestecreative 2026; digitaldev 2026-07",
    ),
    ServiceText(
        "A série não está registada", "the série is not registered with the tax authority",
        "register it with `ix.sequences.register`", "assumed: wording of the emulator",
    ),
    ServiceText(
        "Já existe uma série com este nome", "a série of this name exists",
        "use it: `ix.sequences.find`", "clients 2026",
    ),
    ServiceText(
        "As credenciais associadas à conta não são válidas",
        "the account's credentials for the tax authority are invalid",
        "correct them with `ix.accounts.set_at_communication`, or in the account's settings", "clients 2026",
    ),
    ServiceText(
        "Date cannot be earlier than the last", "",
        "date the document on the day in the text or later, or use another série", "suestecreative 2026",
    ),
    ServiceText(
        "Vencimento deve ser igual ou posterior à data do documento", "the due date is before the date",
        "set due_date to the document's date or later", "suestecreative 2026",
    ),
    ServiceText(
        "já contém pagamentos", "the document has payments",
        "cancel its receipts first: `ix.documents.related` lists them", "suestecreative 2026",
    ),
    ServiceText(
        "não pode ser alterado", "the document is final and cannot be changed",
        "cancel it, or correct it with `ix.credit_notes.credit`", "suestecreative 2026",
    ),
    ServiceText(
        "O total não pode ser superior ao total dos documentos relacionados",
        "the total is higher than the total left to credit",
        "`ix.credit_notes.left_to_credit` returns the amount left", "suestecreative 2026",
    ),
    ServiceText(
        "notas de crédito ou de débito: anule", "the document has credit or debit notes",
        "cancel the notes first: `ix.documents.related` lists them", "assumed: wording of the emulator",
    ),
    ServiceText(
        "Owner document must not be in draft", "", "finalize the invoice before its note",
        "suestecreative 2026",
    ),
    ServiceText(
        "menor ou igual a", "the amount is higher than the open amount",
        "pay at most the amount in the text", "diogopms 2026-06",
    ),
    ServiceText(
        _TRIAL, "trial accounts do not have this operation",
        "subscribe to a plan, or test it against the emulator; the key is right", "diogopms 2026-06",
    ),
    ServiceText(
        "O documento não pode ter impostos de mais de", "the document has taxes of too many regions",
        "split its lines into several documents", "assumed: wording of the emulator",
    ),
    ServiceText(
        r"Elemento (\S+) não fornecido", "an element of the request is missing",
        "pass the element that the text names", "vendor docs 2026-07",
    ),
    ServiceText(
        "Document creation limit reached", "", "wait for the next period, or choose a larger plan",
        "tim-online 2023-11",
    ),
    ServiceText(
        "é um campo obrigatório", "this field is required", "pass the field that the text names",
        "recorded 2019",
    ),
    ServiceText(
        "não é válido", "the value is invalid", "correct the field that the text names",
        "suestecreative 2026",
    ),
    ServiceText(
        "Sequence name not allowed", "",
        "use 1 to 35 letters, digits, dots, hyphens and underscores, without blanks and `/`",
        "vendor docs 2026-07",
    ),
    ServiceText(
        "Tax region is (not valid|empty)|^region is empty", "",
        'write "PT", or another code; `reference_data.tax_regions()` lists them', "diogopms 2026-06",
    ),
    ServiceText(
        "Payments are not available for .* 'draft'", "", "finalize it first",
        "assumed: wording of the emulator",
    ),
    ServiceText(
        "Payments are not available for", "",
        "only issued invoices take payments, until they are settled or cancelled",
        "assumed: wording of the emulator",
    ),
    ServiceText(
        "CantHandle: deleted", "", "only a draft can be deleted; cancel an issued document",
        "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle: canceled", "",
        "it is cancelled already, or is a draft, which `delete` removes; read it again",
        "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle: finalized", "", "only a draft can be finalized; read it again", "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle: settled", "",
        "it is settled already, is a draft to finalize first, or is cancelled; read it again",
        "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle: (accepted|refused|accept|refuse|completed)", "",
        "finalize it first, or read it again: it may be cancelled", "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle: unsettled", "", "only a settled note can be reopened; read it again",
        "vendor docs 2026-07",
    ),
    ServiceText(
        "CantHandle", "", "read the document again: its status does not allow this change",
        "tim-online 2023-11",
    ),
    ServiceText(
        "All sequences are registered", "",
        "nothing is left to register; `ix.sequences.get` shows the validation codes", "vendor docs 2026-07",
    ),
    ServiceText(
        "ongoing document creation", "", "wait a moment, and repeat the create with the same proprietary_uid",
        "vendor docs 2026-07",
    ),
)  # read by rows # fmt: skip
"""Rows in order of precedence: the first match counts."""

_PATTERNS: Final = tuple((lazy_pattern(row.pattern, re.IGNORECASE), row) for row in TEXTS)


def hints_for(messages: Iterable[str]) -> list[str]:
    """Meaning and remedy of each known text, in order, each once."""
    rows = (next((row for pattern, row in _PATTERNS if pattern.search(text)), None) for text in messages)
    return list(dict.fromkeys(_hint(row) for row in rows if row is not None))


def _hint(row: ServiceText) -> str:
    return f"{row.meaning}; {row.remedy}" if row.meaning else row.remedy
