"""Rows about PDF, QR code, SAF-T and e-mail."""

from __future__ import annotations

from typing import Final

from .behaviour import ASSUMED, DOCUMENTED, EMAIL, OBSERVED, PAGE, STATE, Behaviour, Subject

_SAFT: Final = ("export_saft",)

FILES: Final = Subject(
    "Files and e-mail",
    (
        Behaviour(
            "pdf_wait",
            "A PDF is answered with 202 until it is ready, then with an address that needs no key.",
            OBSERVED, f"{PAGE}; diogopms 2026-06", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "second_copy", "`second_copy` returns a PDF marked as a second copy.",
            DOCUMENTED, f"{PAGE}; Despacho 8632/2014, 2.2.15", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "second_copy_content",
            "A second copy has the text of the original, even if the client has changed.",
            DOCUMENTED, "Despacho 8632/2014, 2.2.15", ("generatePdf",), "books.clients.client",
        ),
        Behaviour(
            "second_copy_status", "A purchase order in the state `second_copy` is printed as a second copy.",
            ASSUMED, "assumed: no source says what the state is for", ("generatePdf",), "output.pdf.copies",
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
            "Guides follow `send_options` too, although paper that travels with goods is made in triplicate.",
            ASSUMED, "assumed: Decreto-Lei 147/2003, art. 6; guides that were communicated need no paper",
            ("generatePdf",), "output.pdf.copies",
        ),
        Behaviour(
            "pdf_draft_is_no_copy", "A draft is printed once, marked across the page, and as no copy.",
            ASSUMED, "assumed: Despacho 8632/2014, 1.10 lets no draft be printed at all", ("generatePdf",),
            "output.pdf.copies",
        ),
        Behaviour(
            "pdf_language",
            "A PDF is in its client's language; without one in its account's, or in English abroad; in "
            "English for Spanish.",
            ASSUMED, "assumed: clients have a language, and no source shows its effect", ("generatePdf",),
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
            "pdf_words", "The English words on the page, and its format of amounts and dates, are made up.",
            ASSUMED, "assumed: no source shows a page of the service in English", ("generatePdf",),
            "output.pdf.words",
        ),
        Behaviour(
            "pdf_corrects", "A note names the document that it corrects, and its observations as the reason.",
            DOCUMENTED, "Despacho 8632/2014, 1.4; Portaria 302/2016, fields Reference and Reason",
            ("generatePdf",), "output.pdf.related_documents",
        ),
        Behaviour(
            "pdf_no_reason", "A note without observations is printed with `Não indicado` as its reason.",
            ASSUMED, "assumed: a reader looks for the reason, and none is required of a request",
            ("generatePdf",), "output.pdf.notes",
        ),
        Behaviour(
            "pdf_means_of_payment",
            "An invoice-receipt names its means of payment: its Multibanco reference if it has one, else a "
            "transfer, as a payment without a mechanism.",
            ASSUMED, "assumed: requests have no field for it", ("generatePdf",), "output.pdf.parties",
        ),
        Behaviour(
            "pdf_multibanco",
            "A PDF shows how to pay with Multibanco until its document is settled or cancelled, so never on "
            "an invoice-receipt. So does a second copy: the law does not count this among the content.",
            ASSUMED, "assumed: a paper that is paid asks for no payment", ("generatePdf",),
            "output.pdf.notes",
        ),
        Behaviour(
            "pdf_line_amounts",
            "The printed amounts of lines add up to the total before VAT, and those of a rate to its base, "
            "with the same cents as in SAF-T.",
            ASSUMED, "assumed: as the leftover cent of the totals", ("generatePdf",), "output.pdf.lines",
        ),
        Behaviour(
            "pdf_atcud_once",
            "The ATCUD is printed once on each page: above the QR code, on other pages in the footer.",
            DOCUMENTED, "Portaria 195/2020, art. 4", ("generatePdf",), "output.pdf.notes",
        ),
        Behaviour(
            "pdf_issuer",
            "A document keeps its issuer as it was when issued: name, address, contacts, country, language, "
            "share capital, IBAN. Renaming the account changes no older paper, and drafts at once.",
            DOCUMENTED, "Despacho 8632/2014, 2.2.15", ("generatePdf", "getQrCode"), "books.documents.issuer",
        ),
        Behaviour(
            "pdf_issuer_content",
            "The PDF names the issuer's address and contacts, from its account, and its share capital and "
            "IBAN, which are settings here; each where it is set.",
            DOCUMENTED, "Decreto-Lei 262/86, art. 171 (share capital); assumed: the rest",
            ("generatePdf",), "output.pdf",
        ),
        Behaviour(
            "pdf_carried", "A table that continues on another page shows the amount carried over.",
            ASSUMED, "assumed: as accountants expect; no rule for programs asks for it", ("generatePdf",),
            "output.pdf.table",
        ),
        Behaviour(
            "pdf_of_drafts", "A draft has a PDF.",
            ASSUMED, "assumed: no source says that it is refused", ("generatePdf",), "output.downloads",
        ),
        Behaviour(
            "pdf_starts_over", "Changing a document restarts its renderings.",
            ASSUMED, "assumed: no source shows it", ("generatePdf", "getQrCode"), "output.downloads",
        ),
        Behaviour(
            "pdf_content",
            "The PDF has the contents that the law requires: hash, certificate, ATCUD, QR code, exemption.",
            DOCUMENTED, "Despacho 8632/2014, 1.2, 2.2.2 and 2.2.3; Portaria 195/2020, art. 4",
            ("generatePdf",),
            "output.pdf",
        ),
        Behaviour(
            "pdf_goods", "The PDF of a guide has places of loading and unloading, the time and the vehicle.",
            DOCUMENTED, "Decreto-Lei 147/2003, art. 4", ("generatePdf",), "output.pdf.goods",
        ),
        Behaviour(
            "pdf_qr_size", "The QR code is printed at 30 mm, with a quiet zone.",
            DOCUMENTED, "AT, Código QR v1.0", ("generatePdf",), "output.pdf.notes",
        ),
        Behaviour(
            "not_an_invoice", "A document that is not an invoice states that it does not serve as one.",
            DOCUMENTED, "Despacho 8632/2014, 1.2", ("generatePdf",), "output.pdf",
        ),
        Behaviour(
            "files_fail", "A file that is set to fail is answered with 202 first, then with 500.",
            ASSUMED, "assumed: no source shows one that failed",
            ("generatePdf", "getQrCode", "export_saft"), "output.downloads",
        ),
        Behaviour(
            "qr_wait", "A QR code is answered with 202 and `In progress`, then with the address of a PNG.",
            OBSERVED, f"{PAGE}; digitaldev 2026-07; diogopms 2026-06", ("getQrCode",), "output.downloads",
        ),
        Behaviour(
            "qr_of_drafts", "A draft has no QR code: 422.", DOCUMENTED, PAGE, ("getQrCode",),
            "output.downloads",
        ),
        Behaviour(
            "qr_text", "The QR code's text follows the tax authority's specification.",
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
            "qr_buyer_nif", "A Portuguese customer's number has neither `PT` nor blanks in the code.",
            ASSUMED, "assumed: as the issuer's (AT, Código QR v1.0, field A) and in SAF-T", ("getQrCode",),
            "fiscal.fiscal_ids",
        ),
        Behaviour(
            "qr_no_rate",
            "Receipts and guides without prices have no VAT region in the QR code; what a receipt pays is L.",
            ASSUMED, "assumed: AT, Código QR v1.0, 5.4 shows the guide; for receipts so the sums hold",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_other_rates",
            "A rate that its region does not have counts as reduced, intermediate or normal by its height.",
            ASSUMED, "assumed: there is no place for others; in AT's examples French 20 % are normal",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_status", "The QR code has `A` for cancelled documents, and `N` for all others.",
            ASSUMED, "assumed: `F` comes after the code was printed (Despacho 8632/2014, 2.2.15)",
            ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "qr_encoding", "The QR code is in UTF-8, without a mark of the encoding.",
            ASSUMED, "assumed: the tax authority names no encoding", ("getQrCode",), "output.qr_code",
        ),
        Behaviour(
            "unreported_regions",
            "A tax of `Desconhecido` or of the Netherlands Antilles counts as Portugal's in QR code and "
            "SAF-T.",
            ASSUMED, "assumed: the official schema has neither", ("getQrCode", *_SAFT), "fiscal.tax_regions",
        ),
        Behaviour(
            "three_regions", "A document with taxes of more than three regions cannot be issued: 422.",
            ASSUMED, "assumed: its QR code has no room (AT, Código QR v1.0)", STATE,
            "books.documents.issuing",
        ),
        Behaviour(
            "tax_without_code",
            "A tax without a code gets the code of its rate, in its region on the document's date; else "
            "`OUT`.",
            DOCUMENTED, "CIVA, art. 18; DLR 15-A/2021/A; DLR 6/2024/M; Portaria 302/2016, 2.5.1.3",
            ("getQrCode", *_SAFT), "fiscal.vat_rates",
        ),
        Behaviour(
            "country_without_code", "A country that has no code is `Desconhecido` in QR code and SAF-T.",
            DOCUMENTED, "Portaria 302/2016", ("getQrCode", *_SAFT), "fiscal.countries",
        ),
        Behaviour(
            "saft_wait", "An export is answered with 202 until it is ready, then with an address.",
            OBSERVED, f"{PAGE}; diogopms 2026-06", _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_years", "`years` counts as `year`.", OBSERVED, "diogopms 2026-06", _SAFT,
            "output.saft.export",
        ),
        Behaviour(
            "saft_nothing", "A month without documents, or an invalid month, is refused with 422.",
            DOCUMENTED, PAGE, _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_months", "An export is of a month; only the control plane exports a year.",
            ASSUMED, "assumed: no page and no client asks for a year", _SAFT, "output.saft.export",
        ),
        Behaviour(
            "saft_sent_while_made",
            "A file is sent while it is made; if its documents change meanwhile, the download breaks off.",
            ASSUMED, "assumed: no source shows what happens to a link whose month changes", _SAFT,
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
            "saft_tax_numbers",
            "In SAF-T a customer's number has no prefix of its own country, and a Portuguese one no blanks.",
            DOCUMENTED, "Portaria 302/2016, 2.2.3; Diretiva 2006/112/CE, art. 215", _SAFT,
            "fiscal.fiscal_ids",
        ),
        Behaviour(
            "saft_units", "A unit of measure has one spelling; a line without a unit counts pieces (`UN`).",
            ASSUMED, "assumed: the AT demonstration file has `UN` and `HORA`, and no source shows the others",
            _SAFT, "output.saft.lines",
        ),
        Behaviour(
            "saft_unit_price",
            "A unit price has as many decimals as give back the amount of its line.",
            DOCUMENTED, "Portaria 302/2016, 4.1.4.19.7; SAF-T schema 1.04_01", _SAFT, "output.saft.lines",
        ),
        Behaviour(
            "saft_sums", "Cancelled documents count in a section, and are in none of its sums.",
            DOCUMENTED, "Portaria 302/2016, 4.1.1 to 4.1.3 and 4.2.1 to 4.2.2", _SAFT,
            "output.saft.control_totals",
        ),
        Behaviour(
            "saft_tax_point", "The goods of an invoice count as sent on the date of the guide that it bills.",
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
            "saft_no_address",
            "A company without an address has `Desconhecido` for street, town and postal code in the header.",
            ASSUMED, "assumed: the schema requires them; Portaria 302/2016 has the word for customers",
            _SAFT, "output.saft.header",
        ),
        Behaviour(
            "saft_issuer", "The header of a file names the account as it is on the day of the export.",
            ASSUMED, "assumed: a file has one header, and is made on that day", _SAFT, "output.saft.header",
        ),
        Behaviour(
            "email", "Sending a document answers an empty 200; the message stays in the outbox.",
            OBSERVED, f"{PAGE}; diogopms 2026-06; suestecreative 2026", EMAIL, "books.documents.email",
        ),
        Behaviour(
            "email_of_deleted", "A deleted draft cannot be sent: 404.",
            ASSUMED, "assumed: no source shows it", EMAIL, "books.documents.email",
        ),
        Behaviour(
            "email_copy_false", '`"cc": false`, or `"bcc": false`, counts as no copy.',
            ASSUMED, "assumed: a client sends it where it has no copy, and expects the message to be sent",
            EMAIL, "books.documents.email",
        ),
        Behaviour(
            "email_save", "`save` keeps the address with the client.", DOCUMENTED, PAGE, EMAIL,
            "books.clients.rows",
        ),
    ),
)  # read by rows # fmt: skip
