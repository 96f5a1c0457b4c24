"""Where the emulator may differ from the concrete contract: because the real service does, or because the
contract cannot express what the service requires.

Each row is one reason. A fuzzer finding without a row fails its test, and so does a row without a finding.
Patterns match whole texts; `fuzzing_campaign` describes those texts. `assumed` in `source` means that the
service's behaviour is unknown, and that the emulator is as lenient as the service is known to be with
comparable fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .fuzzing_campaign import Finding
from .validating_transport import Profile

BOTH: Final[tuple[Profile, ...]] = ("observed", "documented")
OBSERVED: Final[tuple[Profile, ...]] = ("observed",)
DOCUMENTED: Final[tuple[Profile, ...]] = ("documented",)


@dataclass(frozen=True)
class Deviation:
    """A reason why a check may object, and the evidence for it.

    `what` is matched against the check's message, `operation` against method and path. On wires listed as
    `rare` it occurs by chance, so its absence proves nothing.
    """

    check: str
    what: str
    why: str
    source: str
    operation: str = ".*"
    wires: tuple[Profile, ...] = BOTH
    rare: tuple[Profile, ...] = ()

    def accepts(self, finding: Finding, profile: Profile) -> bool:
        """Whether this deviation explains a finding on one wire."""
        return (
            profile in self.wires
            and self.check == finding.check
            and re.fullmatch(self.operation, finding.operation) is not None
            and re.fullmatch(self.what, finding.what, re.DOTALL) is not None
        )


LAX: Final = "negative_data_rejection"
STRICT: Final = "positive_data_acceptance"

_DOCUMENTS: Final = r"(POST|PUT) /\w+(/\{document-id\})?\.json"

_LENIENT: Final = (
    Deviation(
        LAX,
        r"DOCUMENT\.client(\.\w+)?: (type|enum|pattern|minLength|required|Missing required property: name)",
        "A client that is known by id, code or name is taken as it is: what else is sent of it is not read.",
        "vendor docs 2026-07 (clients made along with documents); suestecreative 2026",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"DOCUMENT(\.(date|due_date))?: (type|pattern|format|format pattern|Missing required property: date)",
        "A date that is missing, null or no date is today's.",
        "vendor docs 2026-07 (date); voluzi 2026 (null)",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"(DOCUMENT\.items\.\[\]|item)\.tax(\.\w+)?: "
        r"(type|pattern|minLength|required|Missing required property: name)",
        "A tax is looked up by name and value; what names none that is known means the account's default.",
        "voluzi 2026; suestecreative 2026",
    ),
    Deviation(
        LAX,
        r"DOCUMENT\.(reference|observations|delivery_site|load_site|license_plate): type",
        "Text takes numbers and booleans as their digits.",
        "filipetoscano 2022 (a number for `mobile`); assumed: for others",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"DOCUMENT\.(retention|tax_exemption(_reason)?): (type|pattern|enum)",
        "Null and blank text mean that there is none.",
        'recorded 2019 (null on drafts); suestecreative 2026 ("" in reads); assumed: that they may be sent',
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"client\.(\w+|preferred_contact\.\w+): (type|pattern|enum)",
        "So do the fields of a client, where null and blank text mean that nothing is said.",
        "filipetoscano 2022 (a number for `mobile`); recorded 2019 (nulls in reads); assumed: to send them",
        r"(POST|PUT) /clients(/\{client-id\})?\.json",
    ),
    Deviation(
        LAX,
        r"(item\.(name|description|unit)|tax\.(name|code|default_tax)|account\.\w+): (type|enum)",
        "So do items, taxes, and what an account says of itself; a flag that is neither is not set.",
        "assumed",
        r"(POST|PUT) /(items|taxes|api/accounts)\b.*",
    ),
    Deviation(
        LAX,
        r"(initial_balance|regularization|treasury_movement)\.(observation|serie|payment_method): type",
        "So do the texts of treasury; null is what the documented answers have for those that were not sent.",
        "vendor docs 2026-07 (nulls); assumed: numbers",
        r"(POST|PUT) /api/v3/clients/.*",
        rare=DOCUMENTED,
    ),
    Deviation(
        LAX,
        r"(initial_balance|regularization|treasury_movement)\.(value|amount): type",
        "Amounts of treasury are taken as texts too, as those of payments are.",
        "assumed",
        r"(POST|PUT) /api/v3/clients/.*",
        rare=BOTH,
    ),
    Deviation(
        LAX,
        r"DOCUMENT\.sequence_id: (type|pattern)",
        "What names no row of a series means the default series.",
        "vendor docs 2026-07 (its examples carry ids that no account has)",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"(DOCUMENT\.manual_sequence_number|raw_owner_invoice): (type|minLength)",
        "Both are taken and have no effect that anybody has described.",
        "OCA 2026-08 (raw_owner_invoice); vendor docs 2026-07 (manual_sequence_number); assumed: the rest",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"proprietary_uid: type",
        "Null means that there is none.",
        "voluzi 2026",
        _DOCUMENTS,
    ),
    Deviation(
        LAX,
        r"\(all\): additionalProperties",
        "A key beside the root that nobody knows is not read: clients send `proprietary_uid` on updates too.",
        "OCA 2026-08",
    ),
    Deviation(
        LAX,
        r"filter.*|\(all\): (type|Missing re.*)|Missing required property: filter",
        "A filter that cannot be read is none.",
        'vendor docs 2026-07 (its examples send the word "string"); recorded 2019 (`{}`)',
        r"POST /clients/\{client-id\}/invoices\.json",
        rare=DOCUMENTED,
    ),
    Deviation(
        LAX,
        r"(page|per_page|archived|non_archived|reference|text|fiscal_id"
        r"|(type|status)\[\]|(date|due_date|total_before_taxes|loaded_at)\[\w+\])(\.\[\])?: .*",
        "The same in the query of a list, pages included.",
        'vendor docs 2026-07 (its examples send the word "string" and page 0)',
        r"(GET|POST) /.*\.json",
    ),
    Deviation(
        LAX,
        r"sequence\.(serie: type|default_sequence: (type|enum))",
        'A number names a series, and is repeated as a number; of `default_sequence` only "1" and true '
        "have an effect.",
        "recorded 2019",
        r"POST /sequences\.json",
    ),
)

_WIRES_DISAGREE: Final = (
    Deviation(
        LAX,
        r"item\.unit_price: type",
        "The documentation sends the price of an item as a number; the live service refuses one.",
        "vendor docs 2026-07; diogopms 2026-06",
        r"(POST|PUT) /items(/\{item-id\})?\.json",
        DOCUMENTED,
    ),
    Deviation(
        LAX,
        r"tax(\.region)?: (type|minLength|Missing required property: region)",
        "The documentation does not want the region of a new tax; the live service does.",
        "vendor docs 2026-07; diogopms 2026-06",
        r"POST /taxes\.json",
        DOCUMENTED,
    ),
)

_BEYOND_A_SCHEMA: Final = (
    Deviation(
        STRICT,
        r"Contribuinte não é válido|Fiscal (is invalid|não é válido)|Vat Number is invalid"
        r"|Email must be an email address"
        r"|Preferred contact: email must be an email|Cliente não é válido|Client is invalid"
        r"|Owner Owner is invalid",
        "Tax numbers have a check digit, addresses of e-mail an @; the schema calls both text.",
        "suestecreative 2026 (tax number); vendor docs 2026-07 (e-mail, account owner)",
    ),
    Deviation(
        STRICT,
        r"Name is a required field|Organization name can't be blank|Nome é um campo obrigatório"
        r"|address_(from|to): \w+ can't be blank",
        "Text of blanks alone is no text.",
        "recorded 2019 (an empty name); vendor docs 2026-07",
    ),
    Deviation(
        STRICT,
        r"(Unit price|Quantity|Discount|Rate) .*number.*|Global discount must .*|Total is too large"
        r"|(Validation failed: )?Value is not a number|não é válido|is not a number"
        r"|Send options must be within 1 and 3|Payment days is not a number",
        "A pattern of digits does not say how large a number may be.",
        "weareswat 2020 (stored precision); vendor docs 2026-07 (ranges)",
    ),
    Deviation(
        STRICT,
        r"Loaded at is not valid|Date can't be blank",
        "A pattern of digits does not know the calendar; a wrong date is refused where one is required.",
        "vendor docs 2026-07 (loaded_at, treasury dates)",
        rare=DOCUMENTED,
    ),
    Deviation(
        STRICT,
        r"Razão de isenção deve ter uma opção selecionada",
        "A line without VAT needs a reason, which is a matter of two fields and of the account's taxes.",
        "suestecreative 2026; OCA 2026-08",
        _DOCUMENTS,
    ),
    Deviation(
        STRICT,
        r"Owner document was not found|A série não corresponde ao tipo de documento",
        "An id must be that of a document that can be corrected, or of a series of the right type.",
        "suestecreative 2026",
        _DOCUMENTS,
    ),
    Deviation(
        STRICT,
        r"Date cannot be earlier than the client's initial balance\[.*\]",
        "No document is older than its client's initial balance.",
        "diogopms 2026-06",
        _DOCUMENTS,
        rare=BOTH,
    ),
    Deviation(
        STRICT,
        r"There aren't any documents to export on the selected period\.",
        "A month without documents has no export.",
        "vendor docs 2026-07",
        r"GET /api/export_saft\.json",
    ),
    Deviation(
        STRICT,
        r"Terms and Conditions should be accepted|is invalid|Credentials are wrong\.",
        "What an account says of itself is read more closely than its schema.",
        "vendor docs 2026-07",
        r"(POST|PUT) /api/accounts/.*",
    ),
    Deviation(
        STRICT,
        r"The field at_(subuser|password) .*",
        "Credentials of the tax authority have a form of their own.",
        "vendor docs 2026-07",
        r"POST /api/v3/accounts/at_communication\.json",
    ),
    Deviation(
        STRICT,
        r"Sequence name not allowed\.",
        "The name of a series is part of document numbers, which SAF-T wants without blanks.",
        "vendor docs 2026-07; SAF-T schema 1.04_01, InvoiceNo",
        r"POST /sequences\.json",
    ),
    Deviation(
        STRICT,
        r"The client has no open documents|The regularization amount must be less than .*"
        r"|.*remaining balance.*",
        "Money is taken and written off only against what is owed.",
        "vendor docs 2026-07",
        r"POST /api/v3/clients/.*",
        rare=DOCUMENTED,
    ),
    Deviation(
        STRICT,
        r"Client can't be deleted because it has documents|the default tax of the account cannot be deleted"
        r"|Name can't be changed because it is already associated with invoices",
        "What documents rest on stays.",
        "vendor docs 2026-07 (items); assumed: clients and the default tax",
    ),
)

_STATES: Final = (
    Deviation(
        STRICT,
        r"\w+ has been \w+ so can't be changed anymore|.*cannot be edited.*",
        "Only drafts are changed.",
        "suestecreative 2026; vendor docs 2026-07",
        r"PUT /\w+/\{document-id\}\.json",
        rare=BOTH,
    ),
    Deviation(
        STRICT,
        r"CantHandle: \w+ for \w+|Cannot .*|Message .*|.*in status.*",
        "Whether a document can change its state so depends on the state that it is in.",
        "tim-online 2023-11 (CantHandle); vendor docs 2026-07",
        r"PUT /\w+/\{document-id\}/change-state\.json",
    ),
    Deviation(
        STRICT,
        r"Email is a required field|(Email|Cc|Bcc): is an invalid email",
        "Addresses of e-mail have a form that the schema does not say.",
        "vendor docs 2026-07",
        r"PUT /\w+/\{document-id\}/email-document\.json",
    ),
)

_CRASHES: Final = (
    *(
        Deviation(check, what, why, source, operation, OBSERVED)
        for operation, why, source in (
            (
                r"PUT /api/v3/clients/\{client-id\}/initial_balance\.json",
                "A body without its root crashes.",
                "diogopms 2026-06",
            ),
            (
                r"PUT /(shippings|transports|devolutions)/\{document-id\}\.json",
                "Changing a guide crashes.",
                "diogopms 2026-06",
            ),
            (
                r"POST /taxes\.json",
                "A rate that is a JSON number crashes.",
                "diogopms 2026-06",
            ),
            (
                r"DELETE /clients/\{client-id\}\.json",
                "Deleting a client crashes once it is gone.",
                "square-bit 2026-04",
            ),
        )
        for check, what in (
            ("not_a_server_error", ".*"),
            ("content_type_conformance", "Received: text/html.*"),
        )
    ),
    Deviation(
        "not_a_server_error",
        ".*",
        "Deleting a movement fails once it is gone.",
        "diogopms 2026-06",
        r"DELETE /api/v3/clients/\{client-id\}/treasury_movements/\{movement-id\}\.json",
        OBSERVED,
    ),
)

_ROUTES: Final = (
    Deviation(
        "unsupported_method",
        r"Unsupported method GET returned 200.*",
        "The path of every type lists that type.",
        "suestecreative 2026 (types of the invoice family); assumed: estimates and guides",
        r"POST /(quotes|proformas|fees_notes|shippings|transports|devolutions)\.json",
    ),
    Deviation(
        "allow_header_conformance",
        r"`Allow: GET, POST` does not match the schema\. Undocumented methods advertised: GET.*",
        "The same in the answer to OPTIONS.",
        "suestecreative 2026 (types of the invoice family); assumed: estimates and guides",
        r"POST /(quotes|proformas|fees_notes|shippings|transports|devolutions)\.json",
    ),
    *(
        Deviation(
            check,
            what,
            "PUT on a row of a series redirects, and the page that it leads to is not emulated.",
            "diogopms 2026-06, history",
            r"GET /sequences/\{sequence-id\}\.json",
            rare=BOTH,
        )
        for check, what in (
            ("unsupported_method", r"Unsupported method \w+ returned 501.*"),
            ("not_a_server_error", ".*"),
        )
    ),
)

ACCEPTED: Final = (*_LENIENT, *_WIRES_DISAGREE, *_BEYOND_A_SCHEMA, *_STATES, *_CRASHES, *_ROUTES)
