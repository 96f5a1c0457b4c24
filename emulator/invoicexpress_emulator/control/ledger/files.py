"""Rows about PDF, QR code, SAF-T and e-mail."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, DOCUMENTED, EMAIL, OBSERVED, STATE, Behaviour, Subject
from .behaviour import PAGE as _PAGE

_SAFT: Final = ("export_saft",)

FILES: Final = Subject(
    "Files and e-mail",
    (
        Behaviour(
            "pdf_wait",
            "A PDF is answered with 202 until it is ready, then with an address that needs no key.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "second_copy", "`second_copy` asks for a PDF that says that it is one.",
            DOCUMENTED, f"{_PAGE}; Despacho 8632/2014, 2.2.15", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "second_copy_content",
            "A second copy says what the original said, though its client has changed.",
            DOCUMENTED, "Despacho 8632/2014, 2.2.15", ("generatePdf",), "books.clients.client",
        ),
        Behaviour(
            "second_copy_status", "A purchase order in the state `second_copy` is printed as one.",
            ASSUMED, "assumed: nothing says what the state is for", ("generatePdf",), "output.pdf.copies",
        ),
        Behaviour(
            "pdf_copies",
            "A PDF has as many copies as the client's `send_options` when the document was issued: the "
            "original, the duplicate, the triplicate, each with pages of its own count.",
            ASSUMED, "assumed: the vendor's page names the copies; that one file holds them is not shown",
            ("generatePdf",), "output.pdf.copies",
        ),
        Behaviour(
            "pdf_copies_of_guides",
            "Guides keep to `send_options` too, though paper that goes with goods is made in triplicate.",
            ASSUMED, "assumed: Decreto-Lei 147/2003, art. 6; guides that were communicated need no paper",
            ("generatePdf",), "output.pdf.copies",
        ),
        Behaviour(
            "pdf_draft_is_no_copy", "A draft is printed once, marked across the page, and as no copy.",
            ASSUMED, "assumed: Despacho 8632/2014, 1.10 wants no draft printed at all", ("generatePdf",),
            "output.pdf.copies",
        ),
        Behaviour(
            "pdf_language",
            "A PDF is in its client's language; without one in its account's, or in English abroad; in "
            "English for Spanish.",
            ASSUMED, "assumed: clients have a language, and nobody has shown what it does", ("generatePdf",),
            "output.pdf.language",
        ),
        Behaviour(
            "pdf_law_in_portuguese",
            "Certificate, training mark, reasons of exemption and `não serve de fatura` are Portuguese on "
            "pages of every language.",
            DOCUMENTED, "Despacho 8632/2014, 1.2, 1.5, 2.2.2 and 2.2.3", ("generatePdf",),
            "output.pdf.law",
        ),
        Behaviour(
            "pdf_words", "What the page says in English, and how it writes amounts and dates there, is ours.",
            ASSUMED, "assumed: nobody has shown a page of the service in English", ("generatePdf",),
            "output.pdf.words",
        ),
        Behaviour(
            "pdf_corrects", "A note names the document that it corrects, and its observations as the reason.",
            DOCUMENTED, "Despacho 8632/2014, 1.4; Portaria 302/2016, fields Reference and Reason",
            ("generatePdf",), "output.pdf.related_documents",
        ),
        Behaviour(
            "pdf_carried", "A table that goes over to another page says what was carried.",
            ASSUMED, "assumed: as accountants expect; no rule for programs asks for it", ("generatePdf",),
            "output.pdf.table",
        ),
        Behaviour(
            "pdf_of_drafts", "A draft has a PDF.",
            ASSUMED, "assumed: nothing says that it is refused", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "pdf_starts_over", "Changing a document makes its renderings start over.",
            ASSUMED, "assumed: nobody has shown it", ("generatePdf", "getQrCode"), "output.downloads",
        ),
        Behaviour(
            "pdf_content", "The PDF prints what the law asks: hash, certificate, ATCUD, QR code, exemption.",
            DOCUMENTED, "Despacho 8632/2014, 1.2, 2.2.2 and 2.2.3; Portaria 195/2020, art. 4",
            ("generatePdf",),
            "output.pdf",
        ),
        Behaviour(
            "not_an_invoice", "What is no invoice prints that it does not serve as one.",
            DOCUMENTED, "Despacho 8632/2014, 1.2", ("generatePdf",), "output.pdf",
        ),
        Behaviour(
            "files_fail", "What is set to fail is begun with a 202, and then answered with 500.",
            ASSUMED, "assumed: nobody has shown one that failed",
            ("generatePdf", "getQrCode", "export_saft"), "output.downloads",
        ),
        Behaviour(
            "qr_wait", "A QR code is answered with 202 and `In progress`, then with the address of a PNG.",
            OBSERVED, f"{_PAGE}; digitaldev 2026-07; diogopms 2026-06", ("getQrCode",), "output.downloads",
        ),
        Behaviour(
            "qr_of_drafts", "A draft has no QR code: 422.", DOCUMENTED, _PAGE, ("getQrCode",),
            "output.downloads",
        ),
        Behaviour(
            "qr_text", "The QR code's text is the tax authority's.",
            DOCUMENTED, "AT, Código QR v1.0", ("getQrCode",), "fiscal.qr_fields",
        ),
        Behaviour(
            "qr_not_taxable", "Lines of M99 stand in field L of the QR code, and in no other.",
            ASSUMED, "assumed: so the sums hold; the tax authority left it open in 2020", ("getQrCode",),
            "output.qr_code",
        ),
        Behaviour(
            "qr_buyer",
            "A customer's number has 30 characters in the code, and spaces for `*` and control characters.",
            DOCUMENTED, "AT, Código QR v1.0", ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_no_rate",
            "Receipts and guides without prices have no VAT region in the QR code; what a receipt pays is L.",
            ASSUMED, "assumed: AT, Código QR v1.0, 5.4 shows the guide; for receipts so the sums hold",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_other_rates",
            "A rate that is none of its region's stands with reduced, intermediate or normal by its height.",
            ASSUMED, "assumed: there is no place for others; in AT's examples French 20 % are normal",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_status", "The QR code says `A` of what was cancelled, and `N` of all else.",
            ASSUMED, "assumed: `F` comes after the code was printed (Despacho 8632/2014, 2.2.15)",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_encoding", "The QR code is in UTF-8, without saying so.",
            ASSUMED, "assumed: the tax authority names no encoding", ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "unreported_regions",
            "A tax of `Desconhecido` or of the Netherlands Antilles is Portugal's in QR code and SAF-T.",
            ASSUMED, "assumed: the official schema has neither", ("getQrCode", *_SAFT), "fiscal.tax_regions",
        ),
        Behaviour(
            "three_regions", "A document with taxes of more than three regions is not issued: 422.",
            ASSUMED, "assumed: its QR code has no room (AT, Código QR v1.0)", STATE,
            "books.documents.issuing",
        ),
        Behaviour(
            "tax_without_code",
            "A tax without a code is called by its rate, in its region on the document's date; else `OUT`.",
            DOCUMENTED, "CIVA, art. 18; DLR 15-A/2021/A; DLR 6/2024/M; Portaria 302/2016, 2.5.1.3",
            ("getQrCode", *_SAFT), "fiscal.vat_rates",
        ),
        Behaviour(
            "country_without_code", "A country that has no code is `Desconhecido` in QR code and SAF-T.",
            DOCUMENTED, "Portaria 302/2016", ("getQrCode", *_SAFT), "fiscal.countries",
        ),
        Behaviour(
            "saft_wait", "An export is answered with 202 until it is ready, then with an address.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06", _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_years", "`years` is taken for `year`.", OBSERVED, "diogopms 2026-06", _SAFT,
            "output.saft.export",
        ),
        Behaviour(
            "saft_nothing", "A month without documents, or that is none, is refused with 422.",
            DOCUMENTED, _PAGE, _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_months", "An export is of a month; a year is to be had from the control plane alone.",
            ASSUMED, "assumed: no page and no client asks for a year", _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_sent_while_made",
            "A file is sent while it is made; if what it lists changes meanwhile, the download breaks off.",
            ASSUMED, "assumed: nobody has shown what happens to a link whose month changes", _SAFT,
            "output.saft.stored_books",
        ),
        Behaviour(
            "saft_format", "The file is SAF-T (PT) 1.04_01 in the order of the official schema.",
            DOCUMENTED, "Portaria 302/2016", _SAFT, "output.saft",
        ),
        Behaviour(
            "saft_services", "Hours, days, months and services are services, all else products.",
            ASSUMED, "assumed: the API does not say", _SAFT, "output.saft.master_files",
        ),
        Behaviour(
            "saft_sums", "Cancelled documents count in a section, and are in none of its sums.",
            DOCUMENTED, "Portaria 302/2016, 4.1.1 to 4.1.3 and 4.2.1 to 4.2.2", _SAFT,
            "output.saft.control_totals",
        ),
        Behaviour(
            "saft_tax_point", "The goods of an invoice were sent on the date of the guide that it bills.",
            DOCUMENTED, "Portaria 302/2016, 4.1.4.19.9; AT demonstration file", _SAFT,
            "output.saft.sales_invoices",
        ),
        Behaviour(
            "saft_invoiced_guides", "A guide has status F as long as it has a live invoice.",
            DOCUMENTED, "Portaria 302/2016, 4.2.3.3.1", _SAFT, "output.saft.movement_of_goods",
        ),
        Behaviour(
            "saft_currency",
            "The rate in SAF-T is the inverse of the API's: EUR for one of the foreign currency.",
            ASSUMED,
            "assumed: filipetoscano 2022 multiplies by the API's; Portaria 302/2016 has the other way",
            _SAFT, "output.saft",
        ),
        Behaviour(
            "email", "Sending a document answers an empty 200; the message stays in the outbox.",
            OBSERVED, f"{_PAGE}; diogopms 2026-06; suestecreative 2026", EMAIL, "books.documents.email",
        ),
        Behaviour(
            "email_of_deleted", "A deleted draft is not there to be sent: 404.",
            ASSUMED, "assumed: nobody has shown it", EMAIL, "books.documents.email",
        ),
        Behaviour(
            "email_save", "`save` keeps the address with the client.", DOCUMENTED, _PAGE, EMAIL,
            "books.clients.rows",
        ),
    ),
)  # read by rows # fmt: skip
