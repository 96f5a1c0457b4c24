"""The wording of error messages, and the field that each is about."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import TEXT, Kept, Like, Step

from .rows import (
    DOCUMENT,
    EXEMPT,
    ISSUED,
    LINE,
    Fact,
    Unplayed,
    change,
    create,
    document,
    not_changed,
    refused,
    said,
    with_line,
)

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "messages",
        "a client without a name",
        "recorded 2019",
        (Step("POST /clients.json", {"client": {}}, 422, {"errors": said("Nome é um campo obrigatório")}),),
        (Step("POST /clients.json", {"client": {}}, 422, {"errors": ["Name can't be blank"]}),),
    ),
    Fact(
        "messages",
        "a client's name that is taken",
        "suestecreative 2026",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201),
            Step(
                "POST /clients.json",
                {"client": {"name": "Rui"}},
                422,
                {"errors": said("Nome não está disponível")},
            ),
        ),
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201),
            Step(
                "POST /clients.json",
                {"client": {"name": "Rui"}},
                422,
                {"errors": ["Name has already been taken"]},
            ),
        ),
    ),
    Fact(
        "messages",
        "a client's name of more than 100 letters",
        "suestecreative 2026",
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "x" * 101}},
                422,
                {"errors": said("Nome é demasiado longo")},
            ),
            Step("POST /clients.json", {"client": {"name": "x" * 100}}, 201),
        ),
        (Step("POST /clients.json", {"client": {"name": "x" * 101}}, 422, {"errors": [TEXT]}),),
    ),
    Fact(
        "messages",
        "a country by its code, which makes the client and its number wrong too",
        "suestecreative 2026",
        (
            refused(
                document(client={"name": "X", "country": "PT", "fiscal_id": "DE1"}),
                said("Cliente não é válido", "Country PT was not found", "Fiscal não é válido"),
            ),
            Step("GET /clients.json", answer={"clients": []}),
        ),
        (
            refused(
                document(client={"name": "X", "country": "PT"}),
                {"error": "Client is invalid, Country PT was not found"},
            ),
        ),
    ),
    Fact(
        "messages",
        "a tax number that fails its check digit, if the country is Portugal",
        "suestecreative 2026; ventrata 2026",
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "X", "fiscal_id": "123456780"}},
                422,
                {"errors": said("Contribuinte não é válido")},
            ),
            refused(
                document(client={"name": "X", "fiscal_id": "123456780", "country": "Portugal"}),
                said("Cliente não é válido", "Fiscal não é válido"),
            ),
            create(document(client={"name": "X", "fiscal_id": "123456780", "country": "Germany"})),
        ),
    ),
    Fact(
        "messages",
        "a line of 0 % without a reason",
        "digitaldev 2026-07; OCA 2026-08",
        (refused(EXEMPT, said("Razão de isenção deve ter uma opção selecionada")),),
        (refused(EXEMPT, {"error": TEXT}),),
    ),
    Fact(
        "messages",
        "a reason that there is not",
        "tim-online 2023-11",
        (
            refused(
                {**EXEMPT, "tax_exemption": "M03"}, [{"error": Like("^Tax exemption should be one of: M01,")}]
            ),
        ),
    ),
    Fact(
        "messages",
        "a series' row of another type",
        "suestecreative 2026; digitaldev 2026-07",
        (
            Step("GET /sequences.json", keep={"row": "sequences.0.id"}),
            refused(
                document(sequence_id=Kept("row")),
                said("A série não corresponde ao tipo de documento"),
                "invoice_receipts",
            ),
        ),
    ),
    Fact(
        "messages",
        "a date before the last one of the series",
        "suestecreative 2026",
        (
            create(document(date="02/08/2026", due_date="02/08/2026"), segment="invoice_receipts"),
            change("finalized", segment="invoice_receipts"),
            create(document(date="01/08/2026", due_date="02/08/2026"), segment="invoice_receipts"),
            not_changed(
                "finalized",
                said("Date cannot be earlier than the last invoice-receipt of this sequence[02 Aug 26]"),
                segment="invoice_receipts",
            ),
        ),
    ),
    Fact(
        "messages",
        "a due date before the date",
        "suestecreative 2026",
        (
            create(document(date="02/08/2026", due_date="01/08/2026")),
            not_changed("finalized", said("Vencimento deve ser igual ou posterior à data do documento")),
        ),
        (
            create(document(date="02/08/2026", due_date="01/08/2026")),
            not_changed("finalized", {"error": "Due date must be later than date"}),
        ),
    ),
    Fact(
        "messages",
        "writing to what was issued",
        "suestecreative 2026",
        (
            *ISSUED,
            Step("PUT /invoices/{it}.json", {"invoice": DOCUMENT}, 422, has="n\\u00e3o pode ser alterado"),
        ),
        (
            *ISSUED,
            Step(
                "PUT /invoices/{it}.json",
                {"invoice": DOCUMENT},
                422,
                {"errors": {"error": "Invoice has been final so can't be changed anymore"}},
            ),
        ),
    ),
    Fact(
        "messages",
        "what has payments is not cancelled",
        "suestecreative 2026",
        (
            *ISSUED,
            Step("POST /documents/{it}/partial_payments.json", {"partial_payment": {"amount": 1}}),
            Step(
                "PUT /invoices/{it}/change-state.json",
                {"invoice": {"state": "canceled", "message": "x"}},
                422,
                {"errors": [{"error": Like("já contém pagamentos")}]},
            ),
        ),
    ),
    Fact(
        "messages",
        "a credit note of more than is left",
        "suestecreative 2026",
        (
            *ISSUED,
            create(
                {**with_line(unit_price="10.01"), "owner_invoice_id": Kept("it")},
                name="note",
                segment="credit_notes",
            ),
            Step(
                "PUT /credit_notes/{note}/change-state.json",
                {"credit_note": {"state": "finalized"}},
                422,
                {"errors": said("O total não pode ser superior ao total dos documentos relacionados")},
            ),
        ),
    ),
    Fact(
        "messages",
        "a credit note for a draft",
        "suestecreative 2026",
        (
            create(),
            refused(
                {**DOCUMENT, "owner_invoice_id": Kept("it")},
                said("Owner document must not be in draft"),
                "credit_notes",
            ),
        ),
    ),
    Fact(
        "messages",
        "a payment above what is open",
        "diogopms 2026-06",
        (
            *ISSUED,
            Step(
                "POST /documents/{it}/partial_payments.json",
                {"partial_payment": {"amount": 12.31}},
                422,
                {"errors": [{"error": Like("menor ou igual a 12.3$")}]},
            ),
        ),
    ),
    Fact(
        "messages",
        "the price of an item as a number",
        "diogopms 2026-06",
        (
            Step(
                "POST /items.json",
                {"item": {"name": "P", "unit_price": 9.99}},
                422,
                {"errors": said("unit price is not valid")},
            ),
            Step("POST /items.json", {"item": {"name": "P", "unit_price": "9.99"}}, 201),
        ),
        (Step("POST /items.json", {"item": {"name": "P", "unit_price": 9.99}}, 201),),
    ),
    Fact(
        "messages",
        "a tax without a region",
        "diogopms 2026-06",
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": "1"}}, 422, [["base", "region is empty"]]),),
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": "1"}}, 201),),
    ),
    Fact(
        "messages",
        "no items, items that are no list, a date that is no text",
        "tim-online 2023-11; digitaldev 2026-07",
        (
            refused(document(items=[]), said("Document should have at least one item")),
            refused(document(items={"item": [LINE]}), said("Items element should be of type array")),
            refused(document(date=1), said("Date is not valid")),
        ),
        (
            refused(document(items={"item": [LINE]}), {"error": "Items element should be of type array"}),
            refused(document(date=1), {"error": "undefined method `match' for 1:Integer"}),
        ),
    ),
)
