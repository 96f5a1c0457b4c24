"""Rows about settings: the account decides where sources disagree, and how long things take."""

from __future__ import annotations

from typing import Final

from .behaviour import (
    ASSUMED,
    CREATE,
    DOCUMENTED,
    EVERY,
    GET,
    LISTS,
    OBSERVED,
    PAGE,
    STATE,
    UPDATE,
    WRITE,
    Behaviour,
    Evidence,
    Subject,
)

_CLIENT_WRITES: Final = ("createClient", "updateClient", *WRITE)


def _setting(name: str, says: str, evidence: Evidence, source: str, operations: tuple[str, ...]) -> Behaviour:
    return Behaviour(f"setting_{name}", says, evidence, source, operations, "books.accounts.settings")


KNOBS: Final = Subject(
    "Settings, and their defaults",
    (
        _setting(
            "language", "Accounts get messages in Portuguese; English is possible.",
            OBSERVED, "recorded 2019; vendor docs 2026-07 (English)", EVERY,
        ),
        _setting(
            "country", "Accounts are in Portugal; Ireland and the United Kingdom are possible.",
            DOCUMENTED, f"{PAGE} (tax_country)", EVERY,
        ),
        _setting(
            "document_limit", "A plan has no limit of documents unless one is set.",
            ASSUMED, "assumed: limits differ by plan", ("createInvoice", "createEstimate", "createGuide"),
        ),
        _setting(
            "pdf", "A PDF is ready at the second poll.",
            ASSUMED, "assumed: so every caller meets one 202; clients ask five or six times",
            ("generatePdf",),
        ),
        _setting(
            "pdf_seal",
            "PDFs have no electronic seal; they can have one of a throw-away certificate, not qualified.",
            ASSUMED,
            "assumed: no source shows a sealed PDF of the service; from 2027 on the law asks for one "
            "(State Budget 2026, art. 80; Decreto-Lei 28/2019, art. 12)",
            ("generatePdf",),
        ),
        _setting(
            "qr_code", "A QR code is ready at the second poll.", ASSUMED, "assumed: as PDFs", ("getQrCode",),
        ),
        _setting(
            "saft", "An export is ready at the second poll.", ASSUMED, "assumed: as PDFs", ("export_saft",),
        ),
        _setting(
            "at_doc_code", "The tax authority's code of a guide is there at the second read.",
            ASSUMED, "assumed: that it is late was seen (Webdados 2025: a minute), how late was not",
            ("getGuide",),
        ),
        _setting(
            "fiscal_id", "A wrong Portuguese tax number is refused; it can be dropped silently, or accepted.",
            OBSERVED, "suestecreative 2026 (refused); voluzi 2026 (dropped)", _CLIENT_WRITES,
        ),
        _setting(
            "at_registration",
            "Creating a series registers it; it can wait, or be refused for documented reasons.",
            DOCUMENTED, PAGE, ("createSequence", "registerSequence"),
        ),
        _setting(
            "series_registration", "Documents need a registered series; they can do without, as before 2023.",
            DOCUMENTED, "Decreto-Lei 28/2019, art. 35", STATE,
        ),
        _setting(
            "multibanco", "Accounts have Multibanco references; an account can lack the feature.",
            DOCUMENTED, PAGE, CREATE,
        ),
        _setting(
            "unknown_country", "An unknown country is refused; it can be dropped silently.",
            OBSERVED, "vendor docs 2017, error codes; suestecreative 2026 (both)", _CLIENT_WRITES,
        ),
        _setting(
            "unknown_fields", "Unknown fields are ignored; they can be refused.",
            OBSERVED, "clients 2026; Webdados 2025 (refused)", EVERY,
        ),
        _setting(
            "line_decimals",
            "Prices and quantities of lines are read back with 2 decimals; it can be 1, or all (`stored`). "
            "The documented wire shows all of them.",
            OBSERVED, "filipetoscano 2022; suestecreative 2026 (2); recorded 2019 (1, or at least one); "
            "assumed: rounded half up", (*WRITE, *STATE, *GET, *LISTS),
        ),
        _setting(
            "line_tax", "The tax of a line has its name and rate; both can be null.",
            OBSERVED, "suestecreative 2026; jcoelho93 (both)", (*WRITE, *STATE, *GET, *LISTS),
        ),
        _setting(
            "client_names",
            "Names of clients are unique; they can be shared, and the oldest client of a name is found.",
            OBSERVED, "suestecreative 2026 (refused); assumed: that it always is", _CLIENT_WRITES,
        ),
        _setting(
            "serie_blanks",
            "A blank in the name of a series is refused; it can be accepted, and breaks the SAF-T file.",
            ASSUMED, "assumed: SAF-T forbids it (Portaria 302/2016, 4.1.4.1)", ("createSequence",),
        ),
        _setting(
            "post_change_state", "A POST of change-state is answered with 405; it can do what PUT does.",
            ASSUMED, "assumed: PUT since May 2022 (Webdados 2025), and no source shows what POST does since",
            STATE,
        ),
        _setting(
            "dates_alone",
            "An update of a draft with dates alone is refused; it can change them and keep all else.",
            DOCUMENTED, f"{PAGE} (client and items are required)", UPDATE,
        ),
        _setting(
            "key_of_canceled",
            "The `proprietary_uid` of a cancelled document makes a new one; it can return the cancelled one.",
            OBSERVED, "clients 2026 (claimed again)", ("createInvoice",),
        ),
        _setting(
            "retry_after", "A 429 has `Retry-After`; it can be left out.",
            ASSUMED, "assumed: no source shows a real 429", EVERY,
        ),
        _setting(
            "rate_limit_headers", "Answers have no headers about the remaining rate; they can have them.",
            OBSERVED, "recorded 2019", EVERY,
        ),
        _setting(
            "list_lag", "Lists do not lag; they can, by so many seconds.",
            ASSUMED, "assumed: two seconds were seen (square-bit 2026-04), and tests are better off without",
            LISTS,
        ),
        _setting(
            "share_capital", "Papers name no share capital; they can.",
            ASSUMED, "assumed: companies print it, and the API has no field for it", ("generatePdf",),
        ),
        _setting(
            "iban", "Papers name no bank account; they can.",
            ASSUMED, "assumed: sellers print it, and the API has no field for it", ("generatePdf",),
        ),
    ),
)  # read by rows # fmt: skip
