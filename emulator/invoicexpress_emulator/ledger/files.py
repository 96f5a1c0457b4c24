"""Rows about PDF, QR code, SAF-T and e-mail."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, DOCUMENTED, EMAIL, OBSERVED, Behaviour, Subject

_PAGE: Final = "vendor docs 2026-07"
_SAFT: Final = ("export_saft",)

FILES: Final = Subject(
    "Files and e-mail",
    (
        Behaviour(
            "pdf_wait",
            "A PDF is answered with 202 until it is ready, then with an address that needs no key.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06", ("generatePdf",), "renderings",
        ),
        Behaviour(
            "second_copy", "`second_copy` asks for a PDF that says that it is one.",
            DOCUMENTED, f"{_PAGE}; Despacho 8632/2014, 2.2.15", ("generatePdf",), "renderings",
        ),
        Behaviour(
            "pdf_of_drafts", "A draft has a PDF.",
            ASSUMED, "assumed: nothing says that it is refused", ("generatePdf",), "renderings",
        ),
        Behaviour(
            "pdf_starts_over", "Changing a document makes its renderings start over.",
            ASSUMED, "assumed: nobody has shown it", ("generatePdf", "getQrCode"), "renderings",
        ),
        Behaviour(
            "pdf_content", "The PDF prints what the law asks: hash, certificate, ATCUD, QR code, exemption.",
            DOCUMENTED, "Despacho 8632/2014, 1.2, 2.2.2 and 2.2.3; Portaria 195/2020, art. 4",
            ("generatePdf",),
            "pdf",
        ),
        Behaviour(
            "not_an_invoice", "What is no invoice prints that it does not serve as one.",
            DOCUMENTED, "Despacho 8632/2014, 1.2", ("generatePdf",), "pdf",
        ),
        Behaviour(
            "files_fail", "What is set to fail is begun with a 202, and then answered with 500.",
            ASSUMED, "assumed: nobody has shown one that failed",
            ("generatePdf", "getQrCode", "export_saft"), "renderings",
        ),
        Behaviour(
            "qr_wait", "A QR code is answered with 202 and `In progress`, then with the address of a PNG.",
            OBSERVED, f"{_PAGE}; digitaldev 2026-07; diogopms 2026-06", ("getQrCode",), "renderings",
        ),
        Behaviour(
            "qr_of_drafts", "A draft has no QR code: 422.", DOCUMENTED, _PAGE, ("getQrCode",), "renderings",
        ),
        Behaviour(
            "qr_text", "The QR code's text is the tax authority's.",
            DOCUMENTED, "AT, Código QR v1.0", ("getQrCode",), "qr_code",
        ),
        Behaviour(
            "qr_not_taxable", "Lines of M99 stand in field L of the QR code, and in no other.",
            ASSUMED, "assumed: so the sums hold; the tax authority left it open in 2020", ("getQrCode",),
            "qr_code",
        ),
        Behaviour(
            "tax_without_code",
            "A tax without a code is called by its rate, in its region on the document's date; else `OUT`.",
            DOCUMENTED, "CIVA, art. 18; DLR 15-A/2021/A; DLR 6/2024/M; Portaria 302/2016, 2.5.1.3",
            ("getQrCode", *_SAFT), "vat_rates",
        ),
        Behaviour(
            "country_without_code", "A country that has no code is `Desconhecido` in QR code and SAF-T.",
            DOCUMENTED, "Portaria 302/2016", ("getQrCode", *_SAFT), "countries",
        ),
        Behaviour(
            "saft_wait", "An export is answered with 202 until it is ready, then with an address.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06", _SAFT, "saft_export",
        ),
        Behaviour(
            "saft_years", "`years` is taken for `year`.", OBSERVED, "diogopms 2026-06", _SAFT, "saft_export",
        ),
        Behaviour(
            "saft_nothing", "A month without documents, or that is none, is refused with 422.",
            DOCUMENTED, _PAGE, _SAFT, "saft_export",
        ),
        Behaviour(
            "saft_format", "The file is SAF-T (PT) 1.04_01 in the order of the official schema.",
            DOCUMENTED, "Portaria 302/2016", _SAFT, "saft",
        ),
        Behaviour(
            "saft_services", "Hours, days, months and services are services, all else products.",
            ASSUMED, "assumed: the API does not say", _SAFT, "saft",
        ),
        Behaviour(
            "saft_currency",
            "The rate in SAF-T is the inverse of the API's: EUR for one of the foreign currency.",
            ASSUMED,
            "assumed: filipetoscano 2022 multiplies by the API's; Portaria 302/2016 has the other way",
            _SAFT, "saft",
        ),
        Behaviour(
            "email", "Sending a document answers an empty 200; the message stays in the outbox.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06; suestecreative 2026", EMAIL, "outbox",
        ),
        Behaviour(
            "email_of_deleted", "A deleted draft is not there to be sent: 404.",
            ASSUMED, "assumed: nobody has shown it", EMAIL, "outbox",
        ),
        Behaviour(
            "email_save", "`save` keeps the address with the client.", DOCUMENTED, _PAGE, EMAIL, "clients",
        ),
    ),
)  # read by rows # fmt: skip
