"""What each option of a setting does, and how that is known. `knobs` has the settings and their defaults."""

from __future__ import annotations

from typing import Final, NamedTuple

from .behaviour import PAGE


class Option(NamedTuple):
    """One option of a setting, as the control plane spells it: a value, or the name of its number."""

    setting: str
    option: str
    says: str
    source: str


_OURS: Final = "assumed: for tests of clients"


def _readiness(setting: str, thing: str) -> tuple[Option, ...]:
    return (
        Option(setting, "immediate", f"{thing} is there at the first request for it.", _OURS),
        Option(setting, "failing", f"{thing} never comes.", _OURS),
        Option(setting, "polls", f"{thing} is there at the n-th request for it.", _OURS),
        Option(
            setting,
            "seconds",
            f"{thing} is there so many seconds after the first request, by the account's clock.",
            _OURS,
        ),
    )


OPTIONS: Final[tuple[Option, ...]] = (
    Option("language", "pt", "Messages of the service are in Portuguese.", "recorded 2019"),
    Option("language", "en", "Messages are in English, where it is known.", PAGE),
    Option("country", "Portugal", "Series are registered, documents signed, and SAF-T is exported.", PAGE),
    Option("country", "Ireland", "Nothing is registered or signed; there is no QR code and no SAF-T.", PAGE),
    Option("country", "UK", "Nothing is registered or signed; there is no QR code and no SAF-T.", PAGE),
    Option("document_limit", "none", "The plan has no limit.", "assumed: limits differ by plan"),
    Option(
        "document_limit",
        "documents",
        "A create is refused after so many documents in a month.",
        "assumed: limits differ by plan",
    ),
    Option(
        "document_limit",
        "from_day",
        "The day of the month on which a new period begins.",
        "assumed: limits differ by plan",
    ),
    *_readiness("pdf", "A PDF"),
    Option(
        "pdf_seal",
        "true",
        "PDFs have a seal of a throw-away certificate; takes the extra `sign`.",
        "State Budget 2026, art. 80; Decreto-Lei 28/2019, art. 12",
    ),
    Option("pdf_seal", "false", "PDFs have no seal.", "assumed: no source shows a sealed PDF of the service"),
    *_readiness("qr_code", "A QR code"),
    *_readiness("saft", "An export"),
    *_readiness("at_doc_code", "The tax authority's code of a guide"),
    Option(
        "fiscal_id",
        "refuse",
        "A Portuguese tax number with a wrong check digit is refused.",
        "suestecreative 2026",
    ),
    Option(
        "fiscal_id",
        "final_consumer",
        "A wrong tax number is dropped silently: the client is a final consumer.",
        "voluzi 2026",
    ),
    Option("fiscal_id", "accept", "A wrong tax number is stored as it is.", _OURS),
    Option("at_registration", "automatic", "Creating a series registers it with the tax authority.", PAGE),
    Option("at_registration", "manual", "A series is registered by the register operation alone.", PAGE),
    Option(
        "at_registration",
        "no_credentials",
        "Registration is refused, and so is creating a series: the account lacks credentials.",
        PAGE,
    ),
    Option(
        "at_registration",
        "no_activity",
        "Registration is refused: the tax number has no open activity.",
        PAGE,
    ),
    Option("at_registration", "invalid_series", "Registration is refused: the name is not allowed.", PAGE),
    Option(
        "at_registration",
        "registered_elsewhere",
        "Registration is refused: another program registered the series.",
        PAGE,
    ),
    Option("at_registration", "in_progress", "Registration is refused: it is in progress.", PAGE),
    Option(
        "at_registration",
        "unknown_error",
        "Registration is refused with the code for an unknown error.",
        PAGE,
    ),
    Option(
        "series_registration",
        "required",
        "Documents are issued in registered series alone.",
        "Decreto-Lei 28/2019, art. 35",
    ),
    Option(
        "series_registration",
        "optional",
        "Documents of other series are issued too, without an ATCUD.",
        "Decreto-Lei 28/2019, art. 35",
    ),
    Option("multibanco", "true", "Documents may have Multibanco references.", PAGE),
    Option(
        "multibanco", "false", "The account lacks Multibanco references; asking for one is refused.", PAGE
    ),
    Option(
        "unknown_country",
        "refuse",
        "A client with a country that is not on the list is refused.",
        "vendor docs 2017, error codes; suestecreative 2026",
    ),
    Option("unknown_country", "drop", "An unknown country is dropped silently.", "suestecreative 2026"),
    Option(
        "unknown_fields",
        "ignore",
        "Unknown fields are ignored, and named in the request log.",
        "clients 2026",
    ),
    Option("unknown_fields", "refuse", "A request with an unknown field is refused.", "Webdados 2025"),
    Option(
        "line_decimals",
        "2",
        "Prices and quantities are read back with two decimals.",
        "filipetoscano 2022; suestecreative 2026",
    ),
    Option("line_decimals", "1", "Prices and quantities are read back with one decimal.", "recorded 2019"),
    Option(
        "line_decimals",
        "stored",
        "Prices and quantities are read back as stored, with one decimal at least.",
        "recorded 2019",
    ),
    Option(
        "line_tax",
        "whole",
        "A line shows the name and the rate of its tax.",
        "suestecreative 2026; jcoelho93",
    ),
    Option(
        "line_tax",
        "id_only",
        "A line shows null for name and rate, and right amounts.",
        "suestecreative 2026",
    ),
    Option("client_names", "unique", "A second client of one name is refused.", "suestecreative 2026"),
    Option("client_names", "shared", "Clients may share a name, and the oldest of them is found.", _OURS),
    Option("serie_blanks", "refuse", "The name of a series has no blank.", "Portaria 302/2016, 4.1.4.1"),
    Option(
        "serie_blanks",
        "accept",
        "The name of a series may have a blank; its SAF-T files are invalid.",
        "Portaria 302/2016, 4.1.4.1",
    ),
    Option(
        "post_change_state",
        "refuse",
        "POST of change-state is answered with 405.",
        "assumed: PUT since May 2022 (Webdados 2025)",
    ),
    Option("post_change_state", "accept", "POST does what PUT does, for older clients.", "Webdados 2025"),
    Option("dates_alone", "refuse", "An update of a draft with dates alone lacks a client and items.", PAGE),
    Option("dates_alone", "accept", "An update with dates alone changes them, and keeps all else.", _OURS),
    Option("key_of_canceled", "new", "The key of a cancelled document makes a new one.", "clients 2026"),
    Option("key_of_canceled", "old", "The key of a cancelled document returns that one.", _OURS),
    Option("retry_after", "true", "A 429 says when to try again.", "assumed: no source shows a real 429"),
    Option("retry_after", "false", "A 429 has no `Retry-After`.", "assumed: no source shows a real 429"),
    Option("rate_limit_headers", "true", "Answers have headers about the remaining rate.", _OURS),
    Option(
        "rate_limit_headers", "false", "Answers have no headers about the remaining rate.", "recorded 2019"
    ),
    Option(
        "list_lag",
        "seconds",
        "A written row is missing from lists for so long; 0 for not at all.",
        "square-bit 2026-04",
    ),
    Option("share_capital", "none", "Papers name no share capital.", "assumed: the API has no field for it"),
    Option(
        "share_capital", "text", "EUR, such as 5000.00, printed on papers.", "assumed: companies print it"
    ),
    Option("iban", "none", "Papers name no bank account.", "assumed: the API has no field for it"),
    Option("iban", "text", "The bank account, printed on papers.", "assumed: sellers print it"),
)
