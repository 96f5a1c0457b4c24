"""What was seen of the live service, fact by fact, as rows: in which section of the survey of observed
behaviour it stands, what it says, who saw it, and how the emulator is asked and has to answer.

`live` is played under the observed profile. `page` is what the documented wire does with the same: other
steps, `SAME` where the two agree, None where the fact is of the live service alone. A fact that cannot be
played is a row too, and says why (`Unplayed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .conftest import GOODS
from .replay import ABSENT, ANY, INTEGER, NO_ANSWER, NUMBER, TEXT, Count, Exactly, Kept, Like, No, Some, Step

Steps = tuple[Step, ...]
SAME: Final[Steps] = ()


@dataclass(frozen=True)
class Fact:
    """A row that is played."""

    section: str
    claim: str
    source: str
    live: Steps
    page: Steps | None = None
    account: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What kind of account it is seen in."""

    @property
    def by_the_page(self) -> Steps | None:
        """The steps under the documented profile."""
        return self.live if self.page == SAME else self.page


@dataclass(frozen=True)
class Unplayed:
    """A row that is not played, and why."""

    section: str
    claim: str
    source: str
    why: str


SECTIONS: Final = (
    "A1", "A1 rate limit", "A2", "A2 messages", "A3", "A3 input", "A3 precision", "A4 create", "A4 finalised",
    "A4 status names", "A4 change state", "A4 update", "A4 exemption", "A4 tax", "A4 credit notes",
    "A4 dates", "A4 lists", "A4 related", "A4 payments", "A4 PDF", "A4 QR", "A4 e-mail", "A4 archived",
    "A5", "A6", "A7", "A8", "A9",
)  # fmt: skip
"""Every section has at least one row."""

# What is sent -----------------------------------------------------------------------------------------

LINE: Final = {"name": "Trabalho", "unit_price": "10.0", "quantity": "1.0"}
DOCUMENT: Final = {"client": {"name": "Ana Lda", "code": "ANA"}, "items": [LINE]}
GUIDE: Final = {**DOCUMENT, **GOODS}
JOHN: Final = {
    "date": "13/11/2026",
    "due_date": "14/11/2026",
    "client": {"name": "John", "code": "100"},
    "items": [{"name": "A", "description": "Cleaning", "unit_price": "10.0", "quantity": "1.0"}],
}


def line(**changes: Any) -> dict[str, Any]:
    return {**LINE, **changes}


def document(**changes: Any) -> dict[str, Any]:
    return {**DOCUMENT, **changes}


def with_line(**changes: Any) -> dict[str, Any]:
    return document(items=[line(**changes)])


EXEMPT: Final = with_line(tax={"name": "Isento"})


def create(send: Any = DOCUMENT, answer: Any = ANY, name: str = "it", segment: str = "invoices") -> Step:
    """A create that works; keeps the id."""
    root = segment.removesuffix("s")
    return Step(f"POST /{segment}.json", {root: send}, 201, {root: answer}, {name: f"{root}.id"})


def refused(send: Any, errors: Any, segment: str = "invoices") -> Step:
    """A create that is refused with these errors."""
    return Step(f"POST /{segment}.json", {segment.removesuffix("s"): send}, 422, {"errors": errors})


def change(verb: str, answer: Any = ANY, *, of: str = "it", segment: str = "invoices", **more: Any) -> Step:
    """A change of state that works."""
    root = segment.removesuffix("s")
    path = f"PUT /{segment}/{{{of}}}/change-state.json"
    return Step(path, {root: {"state": verb, **more}}, 200, {root: answer})


def not_changed(verb: str, errors: Any, *, segment: str = "invoices", **more: Any) -> Step:
    """A change of state that is refused."""
    root = segment.removesuffix("s")
    return Step(
        f"PUT /{segment}/{{it}}/change-state.json", {root: {"state": verb, **more}}, 422, {"errors": errors}
    )


def config(**settings: Any) -> Step:
    return Step("POST /_emulator/config", settings)


def freeze(moment: str) -> Step:
    return Step("POST /_emulator/clock", {"freeze": True, "set": moment})


def said(*words: str) -> list[dict[str, str]]:
    """The usual errors."""
    return [{"error": each} for each in words]


ISSUED: Final = (create(), change("finalized"))
PAID: Final = (
    *ISSUED,
    Step(
        "POST /documents/{it}/partial_payments.json",
        {"partial_payment": {"amount": 12.3}},
        200,
        {"receipt": {"total": 12.3}},
        {"receipt": "receipt.id"},
    ),
)
JSON_TYPE: Final = "application/json; charset=utf-8"

# Rows -------------------------------------------------------------------------------------------------

TRANSPORT: Final = (
    Fact("A1", "the key is in the query", "every client", (Step("GET /invoices.json"),), SAME),
    Fact(
        "A1",
        "a header with the key may stand beside it, and alone is nothing",
        "suestecreative 2026",
        (
            Step("GET /invoices.json", with_headers={"X-InvoiceXpress-API-Key": "{key}"}),
            Step(
                "GET /invoices.json",
                status=401,
                with_headers={"X-InvoiceXpress-API-Key": "{key}"},
                with_key=False,
            ),
        ),
        SAME,
    ),
    Fact(
        "A1",
        "a host without `app` has no site behind it; the sandbox's host has",
        "suestecreative 2026",
        (
            Step(
                "GET /invoices.json",
                status=530,
                with_headers={"Host": "{account}.invoicexpress.com"},
                headers={"content-type": Like("^text/html")},
            ),
            Step("GET /invoices.json", with_headers={"Host": "{account}.macewindu.invoicexpress.com"}),
            Step("GET /invoices.json", with_headers={"Host": "{account}.app.invoicexpress.com"}),
        ),
        SAME,
    ),
    Fact(
        "A1",
        "reads carry Status, X-Runtime, Etag and a private Cache-Control; nothing tells of a rate",
        "recorded 2019",
        (
            Step(
                "GET /taxes.json",
                headers={
                    "content-type": JSON_TYPE,
                    "status": "200",
                    "x-runtime": Like(r"^\d+$"),
                    "etag": Like('^"[0-9a-f]{32}"$'),
                    "cache-control": "private, max-age=0, must-revalidate",
                    "x-ratelimit-limit": ABSENT,
                    "x-ratelimit-remaining": ABSENT,
                    "retry-after": ABSENT,
                },
            ),
        ),
        SAME,
    ),
    Fact(
        "A1",
        "writes and errors are not kept, and have no Etag",
        "recorded 2019",
        (
            Step(
                "POST /invoices.json",
                {"invoice": DOCUMENT},
                201,
                headers={
                    "content-type": JSON_TYPE,
                    "cache-control": "no-cache",
                    "status": "201",
                    "etag": ABSENT,
                },
            ),
            Step(
                "POST /invoices.json",
                {"invoice": {}},
                422,
                headers={"content-type": JSON_TYPE, "cache-control": "no-cache", "status": "422"},
            ),
        ),
        SAME,
    ),
    Unplayed(
        "A1",
        "a cookie of a session, and nginx for a server",
        "recorded 2019",
        "the cookie's name was not published; the emulator never claims to be the service",
    ),
    Fact(
        "A1",
        "a wrong key and an unknown account are the same 401",
        "recorded 2019",
        (
            Step(
                "GET /invoices.json?api_key=x",
                status=401,
                answer={"errors": said("Invalid API key")},
                with_key=False,
            ),
            Step(
                "GET /invoices.json",
                status=401,
                answer={"errors": said("Invalid API key")},
                with_headers={"Host": "ninguem.app.invoicexpress.com"},
            ),
        ),
        (
            Step(
                "GET /invoices.json?api_key=x",
                status=401,
                answer={"errors": {"error": "Invalid API key"}},
                with_key=False,
            ),
        ),
    ),
    Fact(
        "A1",
        "accents travel as escapes",
        "recorded 2019",
        (
            Step(
                "POST /invoices.json",
                {"invoice": document(observations="Ação")},
                201,
                has=r"A\u00e7\u00e3o",
            ),
        ),
        SAME,
    ),
    Fact(
        "A1",
        "messages are in the account's language, some in English even so",
        "recorded 2019; suestecreative 2026",
        (
            Step("POST /clients.json", {"client": {}}, 422, {"errors": said("Nome é um campo obrigatório")}),
            refused(document(items=[]), said("Document should have at least one item")),
            config(language="en"),
            Step("POST /clients.json", {"client": {}}, 422, {"errors": said("Name can't be blank")}),
        ),
        (
            Step("POST /clients.json", {"client": {}}, 422, {"errors": ["Name can't be blank"]}),
            config(language="en"),
            Step("POST /clients.json", {"client": {}}, 422, {"errors": ["Name can't be blank"]}),
        ),
    ),
    Fact(
        "A1",
        "JSON inside a JSON text fails",
        "indigitpt",
        (Step("POST /invoices.json", '{"invoice": {}}', 500),),
        (Step("POST /invoices.json", '{"invoice": {}}', 422),),
    ),
    Fact(
        "A1",
        "a plugin takes its own keys out of items, since they would be refused",
        "webdados",
        (
            create(with_line(_sku="1")),
            Step(
                "GET /_emulator/requests?account={account}",
                answer={"requests": Some({"unknown_fields": ["invoice.items[0]._sku"]})},
            ),
            config(unknown_fields="refuse"),
            refused(with_line(_sku="1"), said("unknown attribute 'invoice.items[0]._sku'")),
        ),
    ),
    Fact(
        "A1",
        "brackets in queries arrive percent-encoded",
        "several clients",
        (
            create(),
            Step(
                "GET /invoices.json?type%5B%5D=Invoice&status%5B%5D=draft&date%5Bfrom%5D=01%2F01%2F2020",
                answer={"invoices": Count(1)},
            ),
            Step("GET /invoices.json?type%5B%5D=CreditNote", answer={"invoices": []}),
        ),
        SAME,
    ),
    Fact(
        "A1",
        "502 is an outage",
        "webdados",
        (Step("GET /invoices.json", status=502, with_headers={"X-Emulator-Fault": '{{"status": 502}}'}),),
        SAME,
    ),
    Fact(
        "A1",
        "an update may answer with nothing",
        "webdados",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step("PUT /clients/{client}.json", {"client": {"name": "Rui"}}, body=""),
        ),
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step("PUT /clients/{client}.json", {"client": {"name": "Rui"}}, body=""),
        ),
    ),
    Unplayed(
        "A1 rate limit",
        "780 a minute or 100, by account or by address",
        "digitaldev 2026; OCA 2024",
        "the limit is an option of the server, not of an account",
    ),
    Fact(
        "A1 rate limit",
        "what a real 429 says is not known: with or without Retry-After",
        "nobody",
        (
            Step(
                "GET /invoices.json",
                status=429,
                headers={"retry-after": ABSENT},
                with_headers={"X-Emulator-Fault": '{{"status": 429}}'},
            ),
        ),
        SAME,
    ),
    Unplayed(
        "A1 rate limit",
        "repeat any verb after 429, reads alone after 5xx",
        "digitaldev 2026",
        "a rule for clients",
    ),
)

ERRORS: Final = (
    Fact(
        "A2",
        "a list of objects is the usual shape, one object each",
        "recorded 2019; digitaldev 2026",
        (refused({"items": []}, [{"error": TEXT}, {"error": TEXT}]),),
        (refused({"items": []}, {"error": TEXT}),),
    ),
    Fact(
        "A2",
        "a tax name that is taken is a bare list of pairs",
        "recorded 2019",
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "IVA23", "value": "23", "region": "PT"}},
                422,
                [["name", "não está disponível."]],
            ),
        ),
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "IVA23", "value": "23", "region": "PT"}},
                422,
                {"name": ["is not available."]},
            ),
        ),
    ),
    Fact(
        "A2",
        "the plan's limit is one object in place of a list",
        "tim-online 2023-01",
        (
            freeze("2022-12-20T10:00:00"),
            config(document_limit={"documents": 1, "from_day": 15}),
            create(),
            refused(
                DOCUMENT,
                {"error": "Document creation limit reached for the period from 15/12/2022 to 15/01/2023."},
            ),
        ),
        SAME,
    ),
    Fact(
        "A2",
        "client data may be refused with a list of texts",
        "tim-online 2023-11",
        (
            config(language="en"),
            refused(
                document(client={"name": "X", "fiscal_id": "123456780"}),
                said("Client is invalid", "Fiscal is invalid"),
            ),
        ),
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "X", "fiscal_id": "1"}},
                422,
                {"errors": ["Fiscal is invalid"]},
            ),
        ),
    ),
    Fact(
        "A2",
        "a state that cannot be is a list in an object",
        "tim-online 2019",
        (
            create(segment="credit_notes"),
            not_changed("draft", [{"error": ["CantHandle: draft for CreditNote"]}], segment="credit_notes"),
        ),
        (
            create(),
            not_changed("1", {"error": "CantHandle: 1 for Invoice"}),
        ),
    ),
    Fact(
        "A2",
        "errors under the name of the field",
        "digitaldev 2026",
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "IVA23", "value": "23", "region": "PT"}},
                422,
                [["name", TEXT]],
            ),
        ),
        (Step("POST /taxes.json", {"tax": {"name": "IVA23", "value": "1"}}, 422, {"name": [TEXT]}),),
    ),
    Fact(
        "A2",
        "no client is an empty body that says it is JSON",
        "recorded 2019",
        (
            Step(
                "GET /clients/0.json",
                status=404,
                body="",
                headers={"content-type": JSON_TYPE, "content-length": "0"},
            ),
        ),
        SAME,
    ),
    Fact(
        "A2",
        "no tax is one space, and so is a tax that was deleted",
        "recorded 2019",
        (
            Step("GET /taxes/0.json", status=404, body=" ", headers={"content-type": JSON_TYPE}),
            Step("DELETE /taxes/0.json", status=404, body=" "),
            Step(
                "POST /taxes.json",
                {"tax": {"name": "T", "value": "1", "region": "PT"}},
                201,
                keep={"tax": "tax.id"},
            ),
            Step("DELETE /taxes/{tax}.json", body=" ", headers={"content-type": JSON_TYPE}),
        ),
        (Step("GET /taxes/0.json", status=404, body=""),),
    ),
    Fact(
        "A2",
        "the documents of no client are a page",
        "recorded 2019",
        (
            Step(
                "POST /clients/0/invoices.json",
                {"filter": {}},
                404,
                headers={"content-type": Like("^text/html")},
                has="<html",
            ),
        ),
        (Step("POST /clients/0/invoices.json", {"filter": {}}, 404, body=""),),
    ),
    Fact(
        "A2",
        "a trial account is told 401 for e-mail, which is no wrong key",
        "diogopms 2026-06",
        (
            create(),
            Step(
                "PUT /invoices/{it}/email-document.json",
                {"message": {"client": {"email": "a@example.pt", "save": "0"}}},
                401,
                {"errors": said("Esta funcionalidade não está disponível durante o período gratuito.")},
            ),
        ),
        account={"trial": True},
    ),
    Fact(
        "A2",
        "a document in a state that has no PDF is 406",
        "vendor docs 2017",
        (create(), change("deleted"), Step("GET /api/pdf/{it}.json", status=406)),
        (create(), change("deleted"), Step("GET /api/pdf/{it}.json", status=422)),
    ),
    Unplayed(
        "A2",
        "302 for changing a series, 403 for registering one",
        "diogopms 2026-06",
        "the redirect's target and the 403's body are not known; here they are 405 and a 422 with a code",
    ),
    Unplayed(
        "A2",
        "400 with codes DOC001 and the like",
        "suestecreative 2026",
        "an integrator's own proxy said it, not the service",
    ),
)

MESSAGES: Final = (
    Fact(
        "A2 messages",
        "a client without a name",
        "recorded 2019",
        (Step("POST /clients.json", {"client": {}}, 422, {"errors": said("Nome é um campo obrigatório")}),),
        (Step("POST /clients.json", {"client": {}}, 422, {"errors": ["Name can't be blank"]}),),
    ),
    Fact(
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
        "a line of 0 % without a reason",
        "digitaldev 2026; OCA 2024",
        (refused(EXEMPT, said("Razão de isenção deve ter uma opção selecionada")),),
        (refused(EXEMPT, {"error": TEXT}),),
    ),
    Fact(
        "A2 messages",
        "a reason that there is not",
        "tim-online 2023",
        (
            refused(
                {**EXEMPT, "tax_exemption": "M03"}, [{"error": Like("^Tax exemption should be one of: M01,")}]
            ),
        ),
    ),
    Fact(
        "A2 messages",
        "a series' row of another type",
        "suestecreative 2026-09; digitaldev 2026",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
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
        "A2 messages",
        "a tax without a region",
        "diogopms 2026-06",
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": "1"}}, 422, [["base", "region is empty"]]),),
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": "1"}}, 201),),
    ),
    Fact(
        "A2 messages",
        "no items, items that are no list, a date that is no text",
        "tim-online 2023; digitaldev 2026",
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

ROW_OF_CLIENT: Final = [
    "id",
    "name",
    "code",
    "email",
    "language",
    "address",
    "city",
    "postal_code",
    "fiscal_id",
    "website",
    "phone",
    "fax",
    "preferred_contact",
    "observations",
    "send_options",
]

VALUES: Final = (
    Fact(
        "A3",
        "ids are integers",
        "recorded 2019",
        (create(answer={"id": INTEGER, "client": {"id": INTEGER}, "items": [{"tax": {"id": INTEGER}}]}),),
        (create(answer={"id": INTEGER}),),
    ),
    Fact(
        "A3",
        "in documents price and quantity are texts, the other amounts numbers",
        "recorded 2019",
        (
            create(
                JOHN,
                {
                    "items": [
                        {
                            "unit_price": "10.0",
                            "quantity": "1.0",
                            "discount": 0.0,
                            "subtotal": 10.0,
                            "tax_amount": 2.3,
                            "discount_amount": 0.0,
                            "total": 12.3,
                        }
                    ],
                    "sum": 10.0,
                    "discount": 0.0,
                    "before_taxes": 10.0,
                    "taxes": 2.3,
                    "total": 12.3,
                },
            ),
        ),
        (create(JOHN, {"items": [{"unit_price": NUMBER, "quantity": NUMBER}], "total": 12.3}),),
    ),
    Fact(
        "A3",
        "the rate of a tax is a text among taxes and a number in documents",
        "diogopms 2026-06; recorded 2019",
        (
            Step("GET /taxes.json", answer={"taxes": Some({"name": "IVA23", "value": "23.0"})}),
            create(answer={"items": [{"tax": {"value": 23.0}}]}),
        ),
        (Step("GET /taxes.json", answer={"taxes": Some({"name": "IVA23", "value": 23.0})}),),
    ),
    Unplayed(
        "A3",
        "the rate in a document was null or a text as well",
        "jcoelho93 2023",
        "nobody says when",
    ),
    Fact(
        "A3",
        "what is the default is 1 or 0, and so are the copies to send",
        "recorded 2019",
        (
            Step("GET /taxes.json", answer={"taxes": Some({"default_tax": 1})}),
            Step("GET /sequences.json", answer={"sequences": [{"default_sequence": 1}]}),
            Step(
                "POST /clients.json",
                {"client": {"name": "X", "send_options": "1"}},
                201,
                {"client": {"send_options": 1}},
            ),
        ),
        (Step("GET /taxes.json", answer={"taxes": Some({"default_tax": 1})}),),
    ),
    Fact(
        "A3",
        "pages are counted in integers",
        "recorded 2019",
        (
            Step(
                "GET /invoices.json",
                answer={
                    "pagination": {
                        "total_entries": INTEGER,
                        "total_pages": INTEGER,
                        "current_page": INTEGER,
                        "per_page": INTEGER,
                    }
                },
            ),
        ),
        SAME,
    ),
    Fact(
        "A3",
        "the retention of a draft that has none is null, else a text",
        "recorded 2019; filipetoscano 2022",
        (create(answer={"retention": None}), create(document(retention=25), {"retention": "25.0"})),
        (create(answer={"retention": "0"}), create(document(retention=25), {"retention": "25.0"})),
    ),
    Fact("A3", "the currency is a name", "recorded 2019", (create(answer={"currency": "Euro"}),), SAME),
    Fact(
        "A3",
        "dates are dd/mm/yyyy",
        "recorded 2019",
        (create(JOHN, {"date": "13/11/2026", "due_date": "14/11/2026"}),),
        SAME,
    ),
    Fact(
        "A3",
        "reference, observations, retention and unit are null, keys of the client are left out",
        "recorded 2019",
        (
            create(
                JOHN,
                {
                    "reference": None,
                    "observations": None,
                    "retention": None,
                    "items": [{"unit": None}],
                    "client": Exactly({"id": INTEGER, "name": "John", "code": "100"}),
                },
            ),
        ),
        (create(JOHN, {"reference": "", "observations": "", "client": {"email": ""}}),),
    ),
    Fact(
        "A3",
        "in the list of clients blanks are null, no country is no key, no contact an empty object",
        "recorded 2019",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201),
            Step(
                "GET /clients.json",
                answer={
                    "clients": [
                        Exactly(
                            {
                                **dict.fromkeys(ROW_OF_CLIENT, None),
                                "id": INTEGER,
                                "name": "Rui",
                                "preferred_contact": Exactly({}),
                            }
                        )
                    ]
                },
            ),
        ),
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201),
            Step(
                "GET /clients.json",
                answer={"clients": [{"id": ABSENT, "name": "Rui", "email": "", "country": ""}]},
            ),
        ),
    ),
    Fact(
        "A3 input",
        "documents take prices as numbers and as texts",
        "recorded 2019",
        (
            create(with_line(unit_price=10.5, quantity=2), {"total": 25.83}),
            create(with_line(unit_price="10.5", quantity="2"), {"total": 25.83}),
        ),
        SAME,
    ),
    Fact(
        "A3 input",
        "items want a text for the price",
        "diogopms 2026-06",
        (
            Step(
                "POST /items.json",
                {"item": {"name": "P", "unit_price": "9.99"}},
                201,
                keep={"item": "item.id"},
            ),
            Step("PUT /items/{item}.json", {"item": {"name": "P", "unit_price": 9.99}}, 422),
        ),
    ),
    Fact(
        "A3 input",
        "a tax whose rate is a number fails",
        "diogopms 2026-06",
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": 23, "region": "PT"}}, 500),),
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": 23, "region": "PT"}}, 422),),
    ),
    Fact(
        "A3 input",
        "documents take ISO dates too, treasury wants them",
        "weareswat 2020; diogopms 2026-06",
        (
            create(document(date="2026-11-13", due_date="2026-11-14"), {"date": "13/11/2026"}),
            Step("GET /clients/find-by-code.json?client_code=ANA", keep={"client": "client.id"}),
            Step(
                "PUT /api/v3/clients/{client}/initial_balance.json",
                {"initial_balance": {"value": 1, "date": "13/11/2026"}},
                422,
            ),
            Step(
                "PUT /api/v3/clients/{client}/initial_balance.json",
                {"initial_balance": {"value": 1, "date": "2026-11-13"}},
            ),
        ),
        SAME,
    ),
    Fact(
        "A3 input",
        "a null date is taken for none",
        "voluzi 2026",
        (freeze("2026-11-21T12:00:00"), create(document(date=None, due_date=None), {"date": "21/11/2026"})),
        SAME,
    ),
    Fact(
        "A3 precision",
        "quantities keep two decimals, prices four, discounts four",
        "weareswat 2020",
        (
            create(
                with_line(unit_price="1.23456", quantity="2.345", discount="0.12345"),
                {"items": [{"unit_price": "1.2346", "quantity": "2.35", "discount": 0.1235}]},
            ),
        ),
        (
            create(
                with_line(unit_price="1.23456", quantity="2.345"),
                {"items": [{"unit_price": 1.2346, "quantity": 2.35}]},
            ),
        ),
    ),
    Fact(
        "A3 precision",
        "lines are shown unrounded, totals rounded once",
        "suestecreative 2026-06",
        (
            create(
                with_line(unit_price="2.0244"),
                {
                    "items": [{"subtotal": 2.0244, "tax_amount": 0.465612, "total": 2.49}],
                    "before_taxes": 2.02,
                    "taxes": 0.47,
                    "total": 2.49,
                },
            ),
            create(document(items=[line(unit_price="2.37")] * 3), {"total": 8.75}),
        ),
        (create(document(items=[line(unit_price="2.37")] * 3), {"total": 8.75}),),
    ),
    Fact(
        "A3 precision",
        "totals have nine digits before the point",
        "weareswat 2020",
        (refused(with_line(unit_price="999999999", quantity="9"), said("Total is too large")),),
    ),
    Fact(
        "A3 precision",
        "a mobile number is sent as a number",
        "filipetoscano 2022",
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "X", "preferred_contact": {"name": "Y", "mobile": 912345678}}},
                201,
                {"client": {"preferred_contact": {"mobile": "912345678"}}},
            ),
        ),
    ),
    Fact(
        "A3 precision",
        "a page has ten entries",
        "weareswat 2020; recorded 2019",
        (
            *(Step("POST /clients.json", {"client": {"name": f"C{n:02}"}}, 201) for n in range(11)),
            Step(
                "GET /clients.json",
                answer={"clients": Count(10), "pagination": {"per_page": 10, "total_pages": 2}},
            ),
            Step(
                "GET /clients.json?per_page=100",
                answer={"clients": Count(11), "pagination": {"per_page": 100}},
            ),
        ),
        SAME,
    ),
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
    """A create under a root that is answered under another."""
    body = GUIDE if segment in {"transports", "devolutions", "shippings"} else DOCUMENT
    return Step(f"POST /{segment}.json", {root: body}, 201, Exactly({answers: {"status": "draft"}}))


DOCUMENTS: Final = (
    Fact(
        "A4 create",
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
        "A4 create",
        "the type's own root does too, whatever the family",
        "diogopms 2026-06; square-bit 2025-07",
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
        "A4 create",
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
        "A4 create",
        "a draft of an account in English says `draft` for its number",
        "vendor docs of the first version",
        (config(language="en"), create(answer={"sequence_number": "draft"})),
        SAME,
    ),
    Fact(
        "A4 create",
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
        "A4 create",
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
        "A4 finalised",
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
        "A4 finalised",
        "the words of an exemption come after the observations, on a line of their own",
        "recorded 2019",
        (
            create({**EXEMPT, "tax_exemption": "M02"}, {"observations": None}),
            change("finalized", {"tax_exemption": "M02", "observations": Like(r"^\nArtigo 6\.")}),
        ),
    ),
    Fact(
        "A4 status names",
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
        "A4 status names",
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
        "A4 status names",
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
        "A4 change state",
        "PUT changes a state; whether POST still does is not known, and here it does not",
        "webdados 2022-05; assumed",
        (create(), Step("POST /invoices/{it}/change-state.json", {"invoice": {"state": "finalized"}}, 405)),
        SAME,
    ),
    Fact(
        "A4 change state",
        "both roots finalise an invoice-receipt, which is paid then",
        "OCA 2024; diogopms 2026-06",
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
        "A4 change state",
        "drafts are deleted, issued documents cancelled, with a reason",
        "vendor docs 2026-07; webdados",
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
        "A4 change state",
        "settling makes a receipt, found among the related documents",
        "webdados",
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
        "A4 change state",
        "a receipt is cancelled before its invoice is credited",
        "webdados",
        "what a plugin does; that the service wants it, nobody has shown",
    ),
    Fact(
        "A4 change state",
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
        "A4 change state",
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
        "A4 change state",
        "a transition that there is not is 422 with a message",
        "suestecreative 2026",
        (create(), not_changed("settled", [{"error": ["CantHandle: settled for Invoice"]}])),
        (create(), not_changed("settled", {"error": "CantHandle: settled for Invoice"})),
    ),
    Fact(
        "A4 update",
        "an update replaces everything",
        "suestecreative 2026-08",
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
        "A4 update",
        "an update without the reason of an exemption stamps M99",
        "suestecreative 2026-08; weareswat 2020",
        (
            create({**EXEMPT, "tax_exemption": "M07"}, {"tax_exemption": "M07"}),
            Step(
                "PUT /invoices/{it}.json", {"invoice": EXEMPT}, answer={"invoice": {"tax_exemption": "M99"}}
            ),
        ),
        SAME,
    ),
    Fact(
        "A4 update",
        "an absolute discount of a line is ignored, a percentage works",
        "suestecreative 2026",
        (
            create(with_line(unit_price="100", discount_amount="50"), {"total": 123.0, "discount": 0.0}),
            create(with_line(unit_price="100", discount="10"), {"total": 110.7, "discount": 10.0}),
        ),
        SAME,
    ),
    Fact(
        "A4 update",
        "a negative discount, and a negative price, are refused",
        "suestecreative 2026",
        (
            refused(with_line(discount="-5"), [{"error": TEXT}]),
            refused(with_line(unit_price="-5"), said("Item price must be positive")),
        ),
        (refused(with_line(discount="-5"), {"error": TEXT}),),
    ),
    Fact(
        "A4 exemption",
        "the reason stands on the line; inside the tax it is ignored",
        "digitaldev 2026",
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
        "A4 exemption",
        "a reason for the whole document works too, under two names",
        "OCA 2024; suestecreative 2026",
        (
            create({**EXEMPT, "tax_exemption": "M07"}, {"tax_exemption": "M07"}),
            create({**EXEMPT, "tax_exemption_reason": "M07"}, {"tax_exemption": "M07"}),
        ),
        SAME,
    ),
    Fact(
        "A4 exemption",
        "clients carry a code, M00 for none",
        "recorded 2019",
        (
            Step("POST /clients.json", {"client": {"name": "X"}}, 201, keep={"client": "client.id"}),
            Step("GET /clients/{client}.json", answer={"client": {"tax_exemption_code": "M00"}}),
        ),
        SAME,
    ),
    Unplayed(
        "A4 exemption",
        "one reason for a document in practice",
        "webdados",
        "what a plugin does; lines with reasons of their own are taken",
    ),
    Fact(
        "A4 tax",
        "an unknown name is the default, without a word",
        "voluzi 2026",
        (create(with_line(tax={"name": "IVA99"}), {"items": [{"tax": {"name": "IVA23"}}], "taxes": 2.3}),),
        SAME,
    ),
    Fact(
        "A4 tax",
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
        "A4 tax",
        "an id alone says nothing",
        "suestecreative 2026",
        (
            Step("GET /taxes.json", keep={"other": "taxes.2.id"}),
            create(with_line(tax={"id": Kept("other")}), {"items": [{"tax": {"name": "IVA23"}}]}),
        ),
        SAME,
    ),
    Fact(
        "A4 tax",
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
        "A4 tax",
        "a tax may be read back without name and rate",
        "suestecreative 2026",
        "nobody says after what",
    ),
    Fact(
        "A4 credit notes",
        "a note names what it corrects, or a number from elsewhere beside the root",
        "OCA 2026",
        (
            *ISSUED,
            create({**DOCUMENT, "owner_invoice_id": Kept("it")}, name="note", segment="credit_notes"),
            Step("GET /document/{it}/related_documents.json", answer={"documents": [{"type": "CreditNote"}]}),
            Step("POST /credit_notes.json", {"credit_note": DOCUMENT, "raw_owner_invoice": "FT A/1"}, 201),
        ),
    ),
    Fact(
        "A4 dates",
        "drafts may be dated years ahead",
        "diogopms 2026-06",
        (create(document(date="01/01/2030"), {"date": "01/01/2030"}),),
        SAME,
    ),
    Fact(
        "A4 dates",
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
        "A4 lists",
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
        "A4 lists",
        "type, status and non_archived were required in 2022",
        "filipetoscano 2022",
        "a recording of 2019 and clients of 2026 do without, so none is required",
    ),
    Fact(
        "A4 lists",
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
        "A4 lists",
        "order_by=date_desc is sent",
        "suestecreative 2026",
        "nobody has checked that it orders anything: ignored here, so that no client comes to rely on it",
    ),
    Fact(
        "A4 lists",
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
        "A4 lists",
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
        "A4 lists",
        "an id under the path of another type is not there",
        "suestecreative 2026",
        (create(), Step("GET /credit_notes/{it}.json", status=404), Step("GET /invoices/{it}.json")),
        SAME,
    ),
    Unplayed(
        "A4 lists",
        "no lookup by number",
        "suestecreative 2026",
        "there is nothing to ask",
    ),
    Fact(
        "A4 related",
        "under `document` in the singular, a list of documents; under the type there is nothing",
        "digitaldev 2026; diogopms 2026-06",
        (
            *PAID,
            Step(
                "GET /document/{it}/related_documents.json",
                answer=Exactly({"documents": [{"id": Kept("receipt")}]}),
            ),
            Step("GET /invoices/{it}/related_documents.json", status=501),
        ),
        SAME,
    ),
    Fact(
        "A4 related",
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
        "A4 payments",
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
        "A4 payments",
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
        "A4 PDF",
        "202 until it is there, then an address; waiting may be counted in polls",
        "webdados; diogopms 2026-06",
        (
            config(pdf={"polls": 3}),
            create(),
            Step("GET /api/pdf/{it}.json", status=202),
            Step("GET /api/pdf/{it}.json", status=202),
            Step("GET /api/pdf/{it}.json", answer={"output": {"pdfUrl": Like("^http")}}),
            Step("GET /invoices/{it}/pdf.json", status=501),
        ),
        SAME,
    ),
    Fact(
        "A4 PDF",
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
        "A4 QR",
        "202 at first, then an address; 404 and 422 with sentences",
        "digitaldev 2026; diogopms 2026-06; square-bit 2026-04",
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
        "A4 e-mail",
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
        "A4 archived",
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
        "A4 archived",
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


def with_uid(status: int, answer: Any = ANY, keep: str = "it", uid: str = "u-1", **headers: str) -> Step:
    """A create with a key of idempotency."""
    return Step(
        "POST /invoices.json",
        {"invoice": DOCUMENT, "proprietary_uid": uid},
        status,
        answer,
        {keep: "invoice.id"} if status == 201 else {},
        with_headers=headers,
    )


UIDS: Final = (
    Fact(
        "A5",
        "the same create again is the same document",
        "weareswat 2020",
        (
            with_uid(201),
            with_uid(201, {"invoice": {"id": Kept("it")}}, "again"),
            Step("GET /invoices.json", answer={"invoices": Count(1)}),
        ),
        SAME,
    ),
    Fact(
        "A5",
        "while the first is still running, another is told 409",
        "weareswat 2020; vendor docs 2026-07",
        (
            Step(
                "POST /_emulator/faults",
                {"operation": "createInvoice", "effect": {"commit": "late", "seconds": 3600}, "times": 1},
                201,
            ),
            Step(
                "POST /invoices.json",
                {"invoice": DOCUMENT, "proprietary_uid": "u-1"},
                NO_ANSWER,
            ),
            with_uid(409, {"reason": "There's an ongoing document creation with the provided UID u-1"}),
            Step("POST /_emulator/clock", {"advance": 3601}),
            with_uid(201),
            Step("GET /invoices.json", answer={"invoices": Count(1)}),
        ),
        SAME,
    ),
    Fact(
        "A5",
        "after a cancellation it may be used again",
        "an integrator 2026",
        (
            with_uid(201),
            change("finalized"),
            change("canceled", message="engano"),
            with_uid(201, keep="again"),
            Step("GET /invoices.json", answer={"invoices": [{"id": Kept("it")}, {"id": Kept("again")}]}),
        ),
        SAME,
    ),
    Fact(
        "A5",
        "it is not shown, and means nothing to an update",
        "voluzi 2026",
        (
            with_uid(201, {"invoice": {"proprietary_uid": ABSENT}}),
            Step("PUT /invoices/{it}.json", {"invoice": DOCUMENT, "proprietary_uid": "u-2"}),
            with_uid(201, {"invoice": {"id": Kept("it")}}, "again"),
        ),
        SAME,
    ),
    Unplayed(
        "A5",
        "after a 409 the document is looked up elsewhere",
        "senvia",
        "what a client does with its own database",
    ),
)

CLIENTS: Final = (
    Fact(
        "A6",
        "creating echoes everything, reading adds the account's page, days and code",
        "recorded 2019",
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "Rui", "code": "R", "send_options": 1}},
                201,
                {
                    "client": {
                        "preferred_contact": Exactly(
                            {"name": None, "email": None, "phone": None, "mobile": None}
                        ),
                        "send_options": 1,
                        "open_account_link": ABSENT,
                        "payment_days": ABSENT,
                        "tax_exemption_code": ABSENT,
                    }
                },
                {"client": "client.id"},
            ),
            Step(
                "GET /clients/{client}.json",
                answer={
                    "client": {
                        "open_account_link": Like("^http"),
                        "payment_days": 0,
                        "tax_exemption_code": "M00",
                    }
                },
            ),
            Step("GET /clients/find-by-code.json?client_code=R", answer={"client": {"payment_days": 0}}),
        ),
        (
            Step(
                "POST /clients.json",
                {"client": {"name": "Rui"}},
                201,
                {"client": {"id": TEXT}},
                {"client": "client.id"},
            ),
            Step("GET /clients/{client}.json", answer={"client": {"payment_days": "0", "send_options": "1"}}),
        ),
    ),
    Fact(
        "A6",
        "find-by-name gives one client, or 404",
        "recorded 2019; diogopms 2026-06",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201),
            Step(
                "GET /clients/find-by-name.json?client_name=Rui", answer=Exactly({"client": {"name": "Rui"}})
            ),
            Step("GET /clients/find-by-name.json?client_name=Ru", status=404),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "a change wants the name",
        "diogopms 2026-06",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step("PUT /clients/{client}.json", {"client": {"city": "Faro"}}, 422),
            Step("PUT /clients/{client}.json", {"client": {"name": "Rui", "city": "Faro"}}),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "deleting a client fails, and deletes it",
        "square-bit 2026-04",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step("DELETE /clients/{client}.json", status=500),
            Step("GET /clients/{client}.json", status=404),
        ),
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step("DELETE /clients/{client}.json", status=405),
            Step("GET /clients/{client}.json"),
        ),
    ),
    Fact(
        "A6",
        "a document's client is found by code, then by name, else made",
        "suestecreative 2026",
        (
            create(document(client={"name": "Um", "code": "1"}), name="one"),
            create(document(client={"name": "Dois", "code": "2"}), name="two"),
            Step("GET /invoices/{one}.json", keep={"um": "invoice.client.id"}),
            Step("GET /invoices/{two}.json", keep={"dois": "invoice.client.id"}),
            create(document(client={"name": "Dois", "code": "1"}), {"client": {"id": Kept("um")}}),
            create(document(client={"name": "Dois"}), {"client": {"id": Kept("dois")}}),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "what else is said of a known client is ignored; a known item is overwritten",
        "vendor docs 2026-07",
        (
            create(document(client={"name": "Um", "code": "1", "city": "Faro"})),
            create(
                {"client": {"name": "Um", "code": "1", "city": "Porto"}, "items": [line(unit_price="99")]}
            ),
            Step("GET /clients/find-by-code.json?client_code=1", answer={"client": {"city": "Faro"}}),
            Step("GET /items.json", answer={"items": [{"name": "Trabalho", "unit_price": 99.0}]}),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "a client that was stored with a wrong number spoils its documents until that is put right",
        "suestecreative 2026",
        (
            config(fiscal_id="accept"),
            Step(
                "POST /clients.json",
                {"client": {"name": "X", "code": "X", "fiscal_id": "123456780"}},
                201,
                keep={"client": "client.id"},
            ),
            config(fiscal_id="refuse"),
            refused(
                document(client={"name": "X", "code": "X"}),
                said("Cliente não é válido", "Fiscal não é válido"),
            ),
            Step("PUT /clients/{client}.json", {"client": {"name": "X", "fiscal_id": "508025338"}}),
            create(document(client={"name": "X", "code": "X"})),
        ),
    ),
    Fact(
        "A6",
        "no number is the final consumer's",
        "suestecreative 2026",
        (create(document(client={"name": "Balcão", "code": "B", "fiscal_id": ""})),),
        SAME,
    ),
    Fact(
        "A6",
        "a wrong number is refused, or silently none",
        "suestecreative 2026; voluzi 2026",
        (
            config(fiscal_id="final_consumer"),
            create(document(client={"name": "X", "code": "X", "fiscal_id": "123456780"})),
            Step("GET /clients/find-by-code.json?client_code=X", answer={"client": {"fiscal_id": None}}),
        ),
    ),
    Fact(
        "A6",
        "countries go by the names of the service's own list",
        "OCA 2024; recorded 2019",
        (
            Step("POST /clients.json", {"client": {"name": "A", "country": "Macau"}}, 201),
            Step("POST /clients.json", {"client": {"name": "B", "country": "UK"}}, 201),
            Step("POST /clients.json", {"client": {"name": "C", "country": "Macao"}}, 422),
            config(unknown_country="drop"),
            Step("POST /clients.json", {"client": {"name": "D", "country": "Macao"}}, 201),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "three languages, and a filter by tax number",
        "suestecreative 2026",
        (
            *(
                Step("POST /clients.json", {"client": {"name": each, "language": each}}, 201)
                for each in ("pt", "es", "en")
            ),
            Step("POST /clients.json", {"client": {"name": "X", "fiscal_id": "508025338"}}, 201),
            Step("GET /clients.json?fiscal_id=508025338", answer={"clients": [{"name": "X"}]}),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "a client's documents are asked for with POST",
        "recorded 2019",
        (
            create(),
            Step("GET /clients/find-by-code.json?client_code=ANA", keep={"client": "client.id"}),
            Step(
                "POST /clients/{client}/invoices.json",
                {"filter": {}},
                answer={"invoices": Count(1), "pagination": ANY},
            ),
        ),
        SAME,
    ),
    Fact(
        "A6",
        "clients are listed by name",
        "recorded 2019",
        (
            *(Step("POST /clients.json", {"client": {"name": name}}, 201) for name in ("Zé", "Ana", "Rui")),
            Step("GET /clients.json", answer={"clients": [{"name": "Ana"}, {"name": "Rui"}, {"name": "Zé"}]}),
        ),
        SAME,
    ),
)

SERIES_ROWS: Final = (
    ("invoice", 0), ("simplified_invoice", 1), ("invoice_receipt", 2), ("receipt", 3), ("debit_note", 4),
    ("credit_note", 5), ("vat_moss_invoice", 7), ("vat_moss_credit_note", 8), ("vat_moss_receipt", 9),
    ("purchase_order", 10), ("quote", 11), ("proforma", 12), ("fees_note", 13), ("shipping", 14),
    ("devolution", 15), ("transport", 16),
)  # fmt: skip


def series(status: int = 201, answer: Any = ANY, **sent: Any) -> Step:
    """A create of a series."""
    keep = {"series": "sequence.id"} if status == 201 else {}
    return Step("POST /sequences.json", {"sequence": sent}, status, answer, keep)


THINGS: Final = (
    Fact(
        "A7",
        "items and taxes are listed without pages",
        "filipetoscano 2022; recorded 2019",
        (
            Step("GET /items.json", answer=Exactly({"items": []})),
            Step("GET /taxes.json", answer=Exactly({"taxes": Count(4)})),
        ),
        SAME,
    ),
    Unplayed(
        "A7", "the body of an item that was deleted", "nobody", "not recorded; empty here, as documented"
    ),
    Fact(
        "A7",
        "a tax has a name, a rate, a region, a code, and says whether it is the default",
        "recorded 2019; voluzi 2026",
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "T", "value": "5", "region": "PT"}},
                201,
                {
                    "tax": Exactly(
                        {
                            "id": INTEGER,
                            "name": "T",
                            "value": "5.0",
                            "region": "PT",
                            "code": None,
                            "default_tax": 0,
                        }
                    )
                },
            ),
        ),
        (
            Step(
                "POST /taxes.json",
                {"tax": {"name": "T", "value": "5", "region": "PT"}},
                201,
                {"tax": {"value": 5.0, "code": ""}},
            ),
        ),
    ),
    Fact(
        "A7",
        "a series has a row for each type, whose ids follow the series' own; one is not shown",
        "recorded 2019; weareswat 2020",
        (
            series(
                serie="2026",
                answer={
                    "sequence": {
                        "serie": "2026",
                        **{f"current_{root}_number": 0 for root, _ in SERIES_ROWS},
                        **{f"current_{root}_sequence_id": INTEGER for root, _ in SERIES_ROWS},
                        "current_cash_invoice_number": ABSENT,
                    }
                },
            ),
        ),
    ),
    Fact(
        "A7",
        "an integer 1 makes no default; the text and true do",
        "recorded 2019; weareswat 2020",
        (
            series(serie="A", default_sequence=1, answer={"sequence": {"default_sequence": 0}}),
            series(serie="B", default_sequence="1", answer={"sequence": {"default_sequence": 1}}),
            series(serie="C", default_sequence=True, answer={"sequence": {"default_sequence": 1}}),
        ),
        (
            Step(
                "POST /sequences.json",
                {"sequence": {"serie": "A", "default_sequence": "1"}},
                201,
                {"sequences": {"default_sequence": 1}},
            ),
        ),
    ),
    Fact(
        "A7",
        "the name comes back in the type in which it was sent",
        "recorded 2017",
        (
            series(serie=2017, answer={"sequence": {"serie": 2017}}),
            series(serie="2018", answer={"sequence": {"serie": "2018"}}),
        ),
    ),
    Fact(
        "A7",
        "a new account's series is called as the account, in capitals, without signs",
        "weareswat 2020",
        (Step("GET /sequences.json", answer={"sequences": [{"serie": Like("^FACT[0-9]+$")}]}),),
        SAME,
    ),
    Fact(
        "A7",
        "a type that is not registered has no validation code",
        "square-bit 2026-04",
        (
            config(at_registration="manual"),
            series(serie="A", answer={"sequence": {"current_invoice_validation_code": "N/A"}}),
        ),
        (
            config(at_registration="manual"),
            Step(
                "POST /sequences.json",
                {"sequence": {"serie": "A"}},
                201,
                {
                    "sequences": {
                        "current_invoice_validation_code": "N/D",
                        "current_fees_note_validation_code": "N/A",
                    }
                },
            ),
        ),
    ),
    Fact(
        "A7",
        "without credentials of the tax authority no series is made, and none registered",
        "diogopms 2026-06",
        (
            Step("GET /sequences.json", keep={"series": "sequences.0.id"}),
            config(at_registration="no_credentials"),
            series(
                422,
                {"errors": {"code": "004", "message": "As credenciais associadas à conta não são válidas."}},
                serie="A",
            ),
            Step("PUT /sequences/{series}/register.json", status=422, answer={"errors": {"code": "002"}}),
        ),
        (
            config(at_registration="no_credentials"),
            series(422, {"errors": {"code": "004", "message": "Invalid AT credentials."}}, serie="A"),
        ),
    ),
    Fact(
        "A7",
        "another series may become the default; none is deleted or renamed",
        "diogopms 2026-06",
        (
            series(serie="A"),
            Step("PUT /sequences/{series}/set_current.json", body=""),
            create(),
            change("finalized", {"sequence_number": "1/A"}),
            Step("DELETE /sequences/{series}.json", status=405),
            Step("PUT /sequences/{series}.json", {"sequence": {"serie": "B"}}, 405),
        ),
    ),
)

GUIDES: Final = (
    Fact(
        "A8",
        "a guide says when it leaves and both addresses; a dash does for a postal code",
        "OCA 2024; square-bit 2026-04",
        (
            create(
                {**GUIDE, "address_from": {**GOODS["address_from"], "postal_code": "-"}}, segment="transports"
            ),
            refused({**DOCUMENT, "loaded_at": GOODS["loaded_at"]}, ANY, "transports"),
            refused({**GUIDE, "loaded_at": None}, ANY, "transports"),
        ),
    ),
    Fact(
        "A8",
        "goods that have left are not issued",
        "square-bit 2026-04; OCA 2024",
        (
            freeze("2026-11-21T12:00:00"),
            create({**GUIDE, "loaded_at": "21/11/2026 11:59:59"}, segment="transports"),
            not_changed("finalized", [{"error": TEXT}], segment="transports"),
            create({**GUIDE, "loaded_at": "21/11/2026 12:05:00"}, segment="transports"),
            change("finalized", {"status": "final"}, segment="transports"),
        ),
    ),
    Fact(
        "A8",
        "the tax authority's code comes later; until then there is no such key",
        "webdados",
        (
            create(GUIDE, segment="transports"),
            change("finalized", {"at_doc_code_id": ABSENT}, segment="transports"),
            Step("GET /transports/{it}.json", answer={"transport": {"at_doc_code_id": ABSENT}}),
            Step("GET /transports/{it}.json", answer={"transport": {"at_doc_code_id": TEXT}}),
        ),
    ),
    Fact(
        "A8",
        "changing a guide fails",
        "diogopms 2026-06",
        (create(GUIDE, segment="shippings"), Step("PUT /shippings/{it}.json", {"shipping": GUIDE}, 500)),
        (create(GUIDE, segment="shippings"), Step("PUT /shippings/{it}.json", {"shipping": GUIDE}, 200)),
    ),
    Fact(
        "A8",
        "guides and estimates have lists across their types",
        "diogopms 2026-06",
        (
            create(GUIDE, segment="shippings"),
            create(GUIDE, segment="transports"),
            create(segment="quotes"),
            create(segment="proformas"),
            Step("GET /guides.json", answer={"guides": [{"type": "Shipping"}, {"type": "Transport"}]}),
            Step("GET /estimates.json", answer={"estimates": [{"type": "Quote"}, {"type": "Proforma"}]}),
        ),
    ),
    Fact(
        "A8",
        "a quote's draft can be deleted",
        "diogopms 2026-06",
        (create(segment="quotes"), change("deleted", {"status": "deleted"}, segment="quotes")),
        SAME,
    ),
)

BOOKS: Final = (
    Fact(
        "A9",
        "an export is 202 at first, then an address; the year goes by two names",
        "diogopms 2026-06; vendor docs 2026-07",
        (
            create(document(date="05/10/2026", due_date="05/10/2026")),
            change("finalized"),
            Step("GET /api/export_saft.json?month=10&year=2026", status=202, answer={"message": TEXT}),
            Step("GET /api/export_saft.json?month=10&years=2026", answer={"url": Like("^http")}),
        ),
        (
            create(document(date="05/10/2026", due_date="05/10/2026")),
            change("finalized"),
            Step("GET /api/export_saft.json?month=10&year=2026", status=202, answer={"message": TEXT}),
            Step("GET /api/export_saft.json?month=10&year=2026", answer={"Url": Like("^http")}),
        ),
    ),
    Fact(
        "A9",
        "a trial account gets no export",
        "square-bit 2026-04; filipetoscano 2022",
        (
            create(),
            change("finalized"),
            Step(
                "GET /api/export_saft.json?month=10&year=2026",
                status=422,
                answer={"message": Like("período gratuito")},
            ),
        ),
        SAME,
        account={"trial": True},
    ),
    Fact(
        "A9",
        "accounts are created with a partner's key",
        "diogopms 2026-06",
        (
            Step(
                "POST /api/accounts/create.json",
                {
                    "account": {
                        "organization_name": "A",
                        "email": "a@example.pt",
                        "password": "x",
                        "terms": "1",
                    }
                },
                401,
            ),
            Step("GET /api/accounts/1/get.json", status=404),
            Step("PUT /api/accounts/1/update.json", {"account": {}}, 404),
        ),
        SAME,
        account={"partner": False},
    ),
    Fact(
        "A9",
        "an initial balance without its root fails",
        "diogopms 2026-06",
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step(
                "PUT /api/v3/clients/{client}/initial_balance.json", {"value": 1, "date": "2026-01-01"}, 500
            ),
        ),
        (
            Step("POST /clients.json", {"client": {"name": "Rui"}}, 201, keep={"client": "client.id"}),
            Step(
                "PUT /api/v3/clients/{client}/initial_balance.json", {"value": 1, "date": "2026-01-01"}, 422
            ),
        ),
    ),
    Fact(
        "A9",
        "deleting a movement fails after it has deleted it",
        "diogopms 2026-06",
        (
            *ISSUED,
            Step("GET /clients/find-by-code.json?client_code=ANA", keep={"client": "client.id"}),
            Step(
                "POST /api/v3/clients/{client}/treasury_movements.json",
                {"treasury_movement": {"value": 1, "movement_type": "Payment", "date": "2026-11-21"}},
                201,
                {"treasury_movement": {"date": "2026-11-21"}},
                {"movement": "treasury_movement.id"},
            ),
            Step("DELETE /api/v3/clients/{client}/treasury_movements/{movement}.json", status=500),
            Step("DELETE /api/v3/clients/{client}/treasury_movements/{movement}.json", status=404),
        ),
    ),
)

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    *TRANSPORT, *ERRORS, *MESSAGES, *VALUES, *DOCUMENTS, *UIDS, *CLIENTS, *THINGS, *GUIDES, *BOOKS,
)  # fmt: skip
