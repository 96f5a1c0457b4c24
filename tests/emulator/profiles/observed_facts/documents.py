"""Documents from draft to receipt."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import ABSENT, ANY, INTEGER, TEXT, Count, Exactly, Kept, Like, No, Step

from .rows import (
    DOCUMENT,
    EXEMPT,
    GUIDE,
    ISSUED,
    JOHN,
    PAID,
    SAME,
    Fact,
    Unplayed,
    change,
    config,
    create,
    document,
    not_changed,
    refused,
    said,
    with_line,
)

DRAFT_KEYS: Final = [
    "id",
    "status",
    "archived",
    "type",
    "sequence_number",
    "date",
    "due_date",
    "reference",
    "observations",
    "retention",
    "permalink",
    "sum",
    "discount",
    "before_taxes",
    "taxes",
    "total",
    "currency",
    "client",
    "items",
]
MISSING_IN_DRAFTS: Final = ("inverted_sequence_number", "sequence_id", "saft_hash", "atcud")


def rooted(segment: str, root: str, answers: str) -> Step:
    """A create under one root, answered under another."""
    body = GUIDE if segment in {"transports", "devolutions", "shippings"} else DOCUMENT
    return Step(f"POST /{segment}.json", {root: body}, 201, Exactly({answers: {"status": "draft"}}))


FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "create",
        "the root `invoice` does for the whole family, and the type answers",
        "recorded 2019",
        (
            rooted("invoices", "invoice", "invoice"),
            rooted("invoice_receipts", "invoice", "invoice_receipt"),
            rooted("simplified_invoices", "invoice", "simplified_invoice"),
        ),
        (rooted("invoice_receipts", "invoice", "invoice"),),
    ),
    Fact(
        "create",
        "the type's own root does too, whatever the family",
        "diogopms 2026-06; square-bit 2026-04",
        (
            rooted("invoice_receipts", "invoice_receipt", "invoice_receipt"),
            rooted("quotes", "quote", "quote"),
            rooted("proformas", "proforma", "proforma"),
            rooted("proformas", "quote", "proforma"),
            rooted("transports", "transport", "transport"),
            rooted("transports", "shipping", "transport"),
        ),
        (
            rooted("invoice_receipts", "invoice_receipt", "invoice"),
            rooted("proformas", "proforma", "quote"),
            rooted("transports", "transport", "shipping"),
        ),
    ),
    Fact(
        "create",
        "a draft's keys, in their order, without those that issuing brings",
        "recorded 2019",
        (
            Step(
                "POST /invoice_receipts.json",
                {"invoice": JOHN},
                201,
                {
                    "invoice_receipt": Exactly(
                        {
                            **dict.fromkeys(DRAFT_KEYS, ANY),
                            "status": "draft",
                            "archived": False,
                            "type": "InvoiceReceipt",
                            "sequence_number": "rascunho",
                            "permalink": Like("^http"),
                        }
                    )
                },
            ),
            create(answer=dict.fromkeys(MISSING_IN_DRAFTS, ABSENT)),
        ),
        (create(answer={"sequence_number": "draft", "atcud": "N/D", "saft_hash": ""}),),
    ),
    Fact(
        "create",
        "a draft of an account in English says `draft` for its number",
        "vendor docs of the XML API",
        (config(language="en"), create(answer={"sequence_number": "draft"})),
        SAME,
    ),
    Fact(
        "create",
        "a line without a tax gets the account's default",
        "recorded 2019",
        (
            create(
                JOHN,
                {
                    "sum": 10.0,
                    "before_taxes": 10.0,
                    "taxes": 2.3,
                    "total": 12.3,
                    "items": [{"tax": Exactly({"id": INTEGER, "name": "IVA23", "value": 23.0})}],
                },
            ),
        ),
        (create(JOHN, {"taxes": 2.3, "items": [{"tax": {"name": "IVA23"}}]}),),
    ),
    Fact(
        "create",
        "the key of idempotency stands beside the root, not in it",
        "weareswat 2020; tim-online 2023-11",
        (
            Step(
                "POST /invoices.json",
                {"invoice": DOCUMENT, "proprietary_uid": "u"},
                201,
                keep={"it": "invoice.id"},
            ),
            Step(
                "POST /invoices.json",
                {"invoice": DOCUMENT, "proprietary_uid": "u"},
                201,
                {"invoice": {"id": Kept("it")}},
            ),
            Step(
                "POST /invoices.json",
                {"invoice": document(proprietary_uid="u")},
                201,
                keep={"other": "invoice.id"},
            ),
            Step("GET /invoices.json", answer={"invoices": [{"id": Kept("it")}, {"id": Kept("other")}]}),
        ),
        SAME,
    ),
    Fact(
        "finalised",
        "number and series, the printed number, the row, four letters of the signature, the ATCUD",
        "recorded 2019; vendor docs 2026-07",
        (
            Step(
                "POST /sequences.json",
                {"sequence": {"serie": "2014", "default_sequence": "1"}},
                201,
                keep={"row": "sequence.id"},
            ),
            create(),
            change(
                "finalized",
                {
                    "status": "final",
                    "sequence_number": "1/2014",
                    "inverted_sequence_number": "2014/1",
                    "sequence_id": Kept("row"),
                    "saft_hash": Like("^.{4}$"),
                    "atcud": Like("^[A-Z0-9]{8}-1$"),
                    "tax_exemption": ABSENT,
                },
            ),
        ),
        (create(), change("finalized", {"status": "final", "sequence_id": TEXT, "atcud": Like("-1$")})),
    ),
    Fact(
        "finalised",
        "the words of an exemption come after the observations, on a line of their own",
        "recorded 2019",
        (
            create({**EXEMPT, "tax_exemption": "M02"}, {"observations": None}),
            change("finalized", {"tax_exemption": "M02", "observations": Like(r"^\nArtigo 6\.")}),
        ),
    ),
    Fact(
        "status names",
        "`finalized` is asked, `final` is read, `sent` finds it",
        "square-bit 2026-04; diogopms 2026-06",
        (
            create(),
            change("finalized", {"status": "final"}),
            Step("GET /invoices.json?status[]=sent", answer={"invoices": [{"status": "final"}]}),
        ),
        SAME,
    ),
    Fact(
        "status names",
        "estimates are accepted and refused",
        "weareswat 2020; filipetoscano 2022",
        (
            create(segment="quotes"),
            change("finalized", {"status": "final"}, segment="quotes"),
            change("accept", {"status": "accepted"}, segment="quotes"),
            change("refuse", {"status": "refused"}, segment="quotes"),
            Step("GET /estimates.json?status[]=refused", answer={"estimates": Count(1)}),
        ),
    ),
    Fact(
        "status names",
        "orders are also completed, and sent a second time",
        "weareswat 2020",
        (
            create(segment="purchase_orders"),
            change("finalized", {"status": "final"}, segment="purchase_orders"),
            change("accepted", {"status": "accepted"}, segment="purchase_orders"),
            change("completed", {"status": "completed"}, segment="purchase_orders"),
        ),
        SAME,
    ),
    Fact(
        "change state",
        "PUT changes a state; whether POST still does is not known, and here it does not",
        "Webdados 2025; assumed: that POST does not",
        (create(), Step("POST /invoices/{it}/change-state.json", {"invoice": {"state": "finalized"}}, 405)),
        SAME,
    ),
    Fact(
        "change state",
        "both roots finalise an invoice-receipt, which is paid then",
        "OCA 2026-08; diogopms 2026-06",
        (
            create(segment="invoice_receipts"),
            change("finalized", {"status": "settled"}, segment="invoice_receipts"),
            create(segment="invoice_receipts"),
            Step(
                "PUT /invoice_receipts/{it}/change-state.json",
                {"invoice": {"state": "finalized"}},
                answer={"invoice_receipt": {"status": "settled"}},
            ),
        ),
    ),
    Fact(
        "change state",
        "drafts are deleted, issued documents cancelled, with a reason",
        "vendor docs 2026-07; Webdados 2025",
        (
            create(),
            change("deleted", {"status": "deleted"}),
            *ISSUED,
            not_changed("canceled", said("Cancel message can't be blank")),
            change("canceled", {"status": "canceled"}, message="engano"),
        ),
        (
            *ISSUED,
            not_changed("canceled", {"error": "Cancel message can't be blank"}),
            change("canceled", {"status": "canceled"}, message="engano"),
        ),
    ),
    Fact(
        "change state",
        "settling makes a receipt, found among the related documents",
        "Webdados 2025",
        (
            *ISSUED,
            change("settled", {"status": "settled"}),
            Step(
                "GET /document/{it}/related_documents.json",
                answer={"documents": [{"type": "Receipt", "status": "final", "total": 12.3}]},
            ),
        ),
        SAME,
    ),
    Unplayed(
        "change state",
        "a receipt is cancelled before its invoice is credited",
        "Webdados 2025",
        "what a plugin does; that the service wants it, nobody has shown",
    ),
    Fact(
        "change state",
        "finalising may answer 409 among many others",
        "weareswat 2020",
        (
            create(),
            Step(
                "PUT /invoices/{it}/change-state.json",
                {"invoice": {"state": "finalized"}},
                409,
                with_headers={"X-Emulator-Fault": '{{"status": 409}}'},
            ),
            Step("GET /invoices/{it}.json", answer={"invoice": {"status": "draft"}}),
        ),
        SAME,
    ),
    Fact(
        "change state",
        "dates are held per series and per type",
        "weareswat 2020",
        (
            create(document(date="02/08/2026", due_date="02/08/2026")),
            change("finalized"),
            create(document(date="01/08/2026", due_date="01/08/2026"), segment="invoice_receipts"),
            change("finalized", segment="invoice_receipts"),
            Step("POST /sequences.json", {"sequence": {"serie": "B"}}, 201, keep={"row": "sequence.id"}),
            create(document(date="01/08/2026", due_date="01/08/2026", sequence_id=Kept("row"))),
            change("finalized", {"sequence_number": "1/B"}),
        ),
    ),
    Fact(
        "change state",
        "a transition that there is not is 422 with a message",
        "suestecreative 2026",
        (create(), not_changed("settled", [{"error": ["CantHandle: settled for Invoice"]}])),
        (create(), not_changed("settled", {"error": "CantHandle: settled for Invoice"})),
    ),
    Fact(
        "update",
        "an update replaces everything",
        "suestecreative 2026",
        (
            create(document(reference="R", observations="O")),
            Step(
                "PUT /invoices/{it}.json",
                {"invoice": with_line(name="Outra")},
                answer={"invoice": {"reference": None, "observations": None, "items": [{"name": "Outra"}]}},
            ),
        ),
        (
            create(document(reference="R")),
            Step("PUT /invoices/{it}.json", {"invoice": DOCUMENT}, answer={"invoice": {"reference": ""}}),
        ),
    ),
    Fact(
        "update",
        "an update without the reason of an exemption stamps M99",
        "suestecreative 2026; weareswat 2020",
        (
            create({**EXEMPT, "tax_exemption": "M07"}, {"tax_exemption": "M07"}),
            Step(
                "PUT /invoices/{it}.json", {"invoice": EXEMPT}, answer={"invoice": {"tax_exemption": "M99"}}
            ),
        ),
        SAME,
    ),
    Fact(
        "update",
        "an absolute discount of a line is ignored, a percentage works",
        "suestecreative 2026",
        (
            create(with_line(unit_price="100", discount_amount="50"), {"total": 123.0, "discount": 0.0}),
            create(with_line(unit_price="100", discount="10"), {"total": 110.7, "discount": 10.0}),
        ),
        SAME,
    ),
    Fact(
        "update",
        "a negative discount, and a negative price, are refused",
        "suestecreative 2026",
        (
            refused(with_line(discount="-5"), [{"error": TEXT}]),
            refused(with_line(unit_price="-5"), said("Item price must be positive")),
        ),
        (refused(with_line(discount="-5"), {"error": TEXT}),),
    ),
    Fact(
        "exemption",
        "the reason stands on the line; inside the tax it is ignored",
        "digitaldev 2026-07",
        (
            create(with_line(tax={"name": "Isento"}, tax_exemption="M07"), {"tax_exemption": "M07"}),
            Step(
                "POST /invoices.json",
                {"invoice": with_line(tax={"name": "Isento", "exemption_code": "M07"})},
                422,
            ),
        ),
        SAME,
    ),
    Fact(
        "exemption",
        "a reason for the whole document works too, under two names",
        "OCA 2026-08; suestecreative 2026",
        (
            create({**EXEMPT, "tax_exemption": "M07"}, {"tax_exemption": "M07"}),
            create({**EXEMPT, "tax_exemption_reason": "M07"}, {"tax_exemption": "M07"}),
        ),
        SAME,
    ),
    Fact(
        "exemption",
        "clients carry a code, M00 for none",
        "recorded 2019",
        (
            Step("POST /clients.json", {"client": {"name": "X"}}, 201, keep={"client": "client.id"}),
            Step("GET /clients/{client}.json", answer={"client": {"tax_exemption_code": "M00"}}),
        ),
        SAME,
    ),
    Unplayed(
        "exemption",
        "one reason for a document in practice",
        "Webdados 2025",
        "what a plugin does; lines with reasons of their own are taken",
    ),
    Fact(
        "tax",
        "an unknown name is the default, without a word",
        "voluzi 2026",
        (create(with_line(tax={"name": "IVA99"}), {"items": [{"tax": {"name": "IVA23"}}], "taxes": 2.3}),),
        SAME,
    ),
    Fact(
        "tax",
        "for a client in another country it is 0 %, without a word",
        "suestecreative 2026",
        (
            create(
                {**with_line(tax={"value": 6}), "client": {"name": "Hans", "country": "Germany"}},
                {"items": [{"tax": {"name": "Isento", "value": 0.0}}], "taxes": 0.0, "tax_exemption": "M99"},
            ),
            create(
                {**with_line(tax={"name": "IVA6"}), "client": {"name": "Hans", "country": "Germany"}},
                {"taxes": 0.6},
            ),
            create({**DOCUMENT, "client": {"name": "Hans"}}, {"taxes": 2.3}),
        ),
        (
            create(
                {**with_line(tax={"name": "IVA99"}), "client": {"name": "Hans", "country": "Germany"}},
                {"taxes": 2.3},
            ),
        ),
    ),
    Fact(
        "tax",
        "an id alone says nothing",
        "suestecreative 2026",
        (
            Step("GET /taxes.json", keep={"other": "taxes.2.id"}),
            create(with_line(tax={"id": Kept("other")}), {"items": [{"tax": {"name": "IVA23"}}]}),
        ),
        SAME,
    ),
    Fact(
        "tax",
        "id, name and rate together are honoured",
        "suestecreative 2026",
        (
            Step("GET /taxes.json", keep={"other": "taxes.2.id"}),
            create(
                with_line(tax={"id": Kept("other"), "name": "IVA6", "value": 6}),
                {"items": [{"tax": {"name": "IVA6"}}]},
            ),
        ),
        SAME,
    ),
    Unplayed(
        "tax",
        "a tax may be read back without name and rate",
        "suestecreative 2026",
        "nobody says after what",
    ),
    Fact(
        "credit notes",
        "a note names what it corrects, or a number from elsewhere beside the root",
        "OCA 2026-08",
        (
            *ISSUED,
            create({**DOCUMENT, "owner_invoice_id": Kept("it")}, name="note", segment="credit_notes"),
            Step("GET /document/{it}/related_documents.json", answer={"documents": [{"type": "CreditNote"}]}),
            Step("POST /credit_notes.json", {"credit_note": DOCUMENT, "raw_owner_invoice": "FT A/1"}, 201),
        ),
    ),
    Fact(
        "dates",
        "drafts may be dated years ahead",
        "diogopms 2026-06",
        (create(document(date="01/01/2030"), {"date": "01/01/2030"}),),
        SAME,
    ),
    Fact(
        "dates",
        "no document is older than its client's initial balance",
        "diogopms 2026-06",
        (
            create(),
            Step("GET /clients/find-by-code.json?client_code=ANA", keep={"client": "client.id"}),
            Step(
                "PUT /api/v3/clients/{client}/initial_balance.json",
                {"initial_balance": {"value": 0, "date": "2026-06-01"}},
            ),
            refused(document(date="31/05/2026"), [{"error": TEXT}]),
            create(document(date="01/06/2026")),
        ),
    ),
    Fact(
        "lists",
        "no filter is needed; ten a page, by id",
        "recorded 2019",
        (
            create(name="first"),
            *(create(name=f"n{n}") for n in range(10)),
            Step(
                "GET /invoices.json",
                answer={
                    "invoices": Count(10),
                    "pagination": {"total_entries": 11, "total_pages": 2, "current_page": 1},
                },
            ),
            Step("GET /invoices.json?per_page=1", answer={"invoices": [{"id": Kept("first")}]}),
            Step("GET /invoices.json?page=2", answer={"invoices": [{"id": Kept("n9")}]}),
            Step(
                "GET /invoices.json?per_page=100",
                answer={"invoices": Count(11), "pagination": {"per_page": 100}},
            ),
        ),
        SAME,
    ),
    Unplayed(
        "lists",
        "type, status and non_archived were required in 2022",
        "filipetoscano 2022",
        "a recording of 2019 and clients of 2026 do without, so none is required",
    ),
    Fact(
        "lists",
        "text finds references and numbers",
        "suestecreative 2026",
        (
            create(document(reference="PO-77"), name="one"),
            *ISSUED,
            Step("GET /invoices.json?text=po-77", answer={"invoices": [{"id": Kept("one")}]}),
            Step("GET /invoices/{it}.json", keep={"number": "invoice.sequence_number"}),
            Step("GET /invoices.json?text={number}", answer={"invoices": [{"id": Kept("it")}]}),
        ),
        SAME,
    ),
    Unplayed(
        "lists",
        "order_by=date_desc is sent",
        "suestecreative 2026",
        "nobody has checked that it orders anything: ignored here, so that no client comes to rely on it",
    ),
    Fact(
        "lists",
        "a type has a list of its own, under its own name",
        "suestecreative 2026; voluzi 2026",
        (
            create(segment="invoice_receipts"),
            create(segment="credit_notes"),
            Step(
                "GET /invoice_receipts.json",
                answer=Exactly({"invoice_receipts": Count(1), "pagination": ANY}),
            ),
            Step("GET /credit_notes.json", answer=Exactly({"credit_notes": Count(1), "pagination": ANY})),
        ),
    ),
    Fact(
        "lists",
        "a list may lag behind what was written",
        "square-bit 2026-04",
        (
            config(list_lag={"seconds": 3600}),
            create(),
            Step("GET /invoices.json", answer={"invoices": []}),
            Step("GET /invoices/{it}.json", answer={"invoice": {"id": Kept("it")}}),
            config(list_lag={"seconds": 0}),
            Step("GET /invoices.json", answer={"invoices": Count(1)}),
        ),
        SAME,
    ),
    Fact(
        "lists",
        "an id under the path of another type is not there",
        "suestecreative 2026",
        (create(), Step("GET /credit_notes/{it}.json", status=404), Step("GET /invoices/{it}.json")),
        SAME,
    ),
    Unplayed(
        "lists",
        "no lookup by number",
        "suestecreative 2026",
        "there is nothing to ask",
    ),
    Fact(
        "related",
        "under `document` in the singular, a list of documents; under the type there is nothing",
        "digitaldev 2026-07; diogopms 2026-06",
        (
            *PAID,
            Step(
                "GET /document/{it}/related_documents.json",
                answer=Exactly({"documents": [{"id": Kept("receipt")}]}),
            ),
            Step("GET /invoices/{it}/related_documents.json", status=404),
            Step("GET /invoices/{it}/related-documents.json", status=404),
        ),
        SAME,
    ),
    Fact(
        "related",
        "a cancelled receipt stays, a deleted draft does not show",
        "square-bit 2026-04; weareswat 2020",
        (
            *PAID,
            Step(
                "PUT /receipts/{receipt}/change-state.json",
                {"receipt": {"state": "canceled", "message": "x"}},
            ),
            create({**DOCUMENT, "owner_invoice_id": Kept("it")}, name="note", segment="debit_notes"),
            change("deleted", of="note", segment="debit_notes"),
            Step(
                "GET /document/{it}/related_documents.json",
                answer={"documents": [{"id": Kept("receipt"), "status": "canceled"}]},
            ),
        ),
    ),
    Fact(
        "payments",
        "a payment answers with its receipt, and settles what it pays in full",
        "square-bit 2026-04",
        (
            *ISSUED,
            Step(
                "POST /documents/{it}/partial_payments.json",
                {"partial_payment": {"amount": 2.3}},
                answer=Exactly({"receipt": {"type": "Receipt", "status": "final", "total": 2.3}}),
            ),
            Step("GET /invoices/{it}.json", answer={"invoice": {"status": "final"}}),
            Step("POST /documents/{it}/partial_payments.json", {"partial_payment": {"amount": 10}}),
            Step("GET /invoices/{it}.json", answer={"invoice": {"status": "settled"}}),
        ),
        SAME,
    ),
    Fact(
        "payments",
        "a receipt is cancelled with a reason",
        "square-bit 2026-04",
        (
            *PAID,
            Step("PUT /receipts/{receipt}/change-state.json", {"receipt": {"state": "canceled"}}, 422),
            Step(
                "PUT /receipts/{receipt}/change-state.json",
                {"receipt": {"state": "canceled", "message": "x"}},
                answer={"receipt": {"status": "canceled"}},
            ),
        ),
        SAME,
    ),
    Fact(
        "PDF",
        "202 until it is there, then an address; waiting may be counted in polls",
        "Webdados 2025; diogopms 2026-06",
        (
            config(pdf={"polls": 3}),
            create(),
            Step("GET /api/pdf/{it}.json", status=202),
            Step("GET /api/pdf/{it}.json", status=202),
            Step("GET /api/pdf/{it}.json", answer={"output": {"pdfUrl": Like("^http")}}),
            Step("GET /invoices/{it}/pdf.json", status=404),
        ),
        SAME,
    ),
    Fact(
        "PDF",
        "a second copy is a PDF of its own",
        "vendor docs 2026-07",
        (
            config(pdf="immediate"),
            *ISSUED,
            Step("GET /api/pdf/{it}.json?second_copy=true", answer={"output": {"pdfUrl": Like("^http")}}),
        ),
        SAME,
    ),
    Fact(
        "QR",
        "202 at first, then an address; 404 and 422 with sentences",
        "digitaldev 2026-07; diogopms 2026-06; square-bit 2026-04",
        (
            create(),
            Step("GET /api/qr_codes/{it}.json", status=422, answer={"error": Like("still in draft")}),
            Step("GET /api/qr_codes/1.json", status=404, answer={"error": Like("No document with ID 1 ")}),
            change("finalized"),
            Step("GET /api/qr_codes/{it}.json", status=202, answer={"qr_code": {"status": "In progress"}}),
            Step("GET /api/qr_codes/{it}.json", answer={"qr_code": {"url": Like("^http")}}),
        ),
        SAME,
    ),
    Fact(
        "e-mail",
        "an empty 200; `save` is a text",
        "diogopms 2026-06; suestecreative 2026",
        (
            *ISSUED,
            Step(
                "PUT /invoices/{it}/email-document.json",
                {"message": {"client": {"email": "a@example.pt", "save": "1"}, "subject": "S"}},
                body="",
            ),
            Step(
                "GET /clients/find-by-code.json?client_code=ANA", answer={"client": {"email": "a@example.pt"}}
            ),
        ),
        SAME,
    ),
    Fact(
        "archived",
        "every document says whether it is filed away, and lists ask for it",
        "recorded 2019; vendor docs 2026-07",
        (
            create(answer={"archived": False}),
            Step("PUT /invoices/{it}/archive.json"),
            Step("GET /invoices.json?non_archived=true", answer={"invoices": []}),
            Step("GET /invoices.json?archived=true", answer={"invoices": [{"archived": True}]}),
        ),
        SAME,
    ),
    Fact(
        "archived",
        "nobody has seen a deleted draft in a list",
        "assumed",
        (
            create(),
            change("deleted"),
            Step("GET /invoices.json", answer={"invoices": No({"id": Kept("it")})}),
        ),
        SAME,
    ),
)
