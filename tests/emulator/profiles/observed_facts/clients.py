"""Clients, and how documents look them up."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import ABSENT, ANY, TEXT, Count, Exactly, Kept, Like, Step

from .rows import SAME, Fact, Unplayed, config, create, document, line, refused, said

IN_DOCUMENTS: Final = {
    "name": "Rui",
    "email": "r@example.com",
    "address": "Rua A, 1",
    "city": "Faro",
    "postal_code": "8000-001",
    "country": "Portugal",
    "code": "R",
    "fiscal_id": "508025338",
    "website": "www.example.com",
    "phone": "1",
    "fax": "2",
    "observations": "Nota",
}
WHOLE: Final = {**IN_DOCUMENTS, "language": "pt", "send_options": 2, "preferred_contact": {"name": "Ana"}}

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "clients",
        "creating echoes everything, reading adds the account's page, days and code",
        "recorded 2019",
        (
            Step(
                "POST /clients.json",
                {
                    "client": {
                        "name": "Rui",
                        "code": "R",
                        "send_options": 1,
                        "preferred_contact": {"name": ""},
                    }
                },
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
        "clients",
        "the client inside a document has every field with a value, and no other",
        "recorded 2019; square-bit 2026-04",
        (
            Step("POST /clients.json", {"client": WHOLE}, 201, keep={"client": "client.id"}),
            create(
                document(client={"name": "Rui", "code": "R"}),
                {"client": Exactly({"id": Kept("client"), **IN_DOCUMENTS})},
            ),
            *(
                Step(path, answer={"invoices": [{"client": Exactly({"id": ANY, **IN_DOCUMENTS})}]})
                for path in ("GET /invoices.json", "POST /clients/{client}/invoices.json")
            ),
            Step("PUT /clients/{client}.json", {"client": {"name": "Rui", "city": "", "phone": "3"}}),
            Step(
                "GET /invoices/{it}.json",
                answer={"invoice": {"client": {"city": ABSENT, "phone": "3", "website": "www.example.com"}}},
            ),
        ),
    ),
    Fact(
        "clients",
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
        "clients",
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
        "clients",
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
        "clients",
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
        "clients",
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
        "clients",
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
        "clients",
        "no number is the final consumer's",
        "suestecreative 2026",
        (create(document(client={"name": "Balcão", "code": "B", "fiscal_id": ""})),),
        SAME,
    ),
    Fact(
        "clients",
        "a wrong number is refused, or silently none",
        "suestecreative 2026; voluzi 2026",
        (
            config(fiscal_id="final_consumer"),
            create(document(client={"name": "X", "code": "X", "fiscal_id": "123456780"})),
            Step("GET /clients/find-by-code.json?client_code=X", answer={"client": {"fiscal_id": None}}),
        ),
    ),
    Fact(
        "clients",
        "countries go by the names of the service's own list",
        "OCA 2026-08; recorded 2019",
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
        "clients",
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
        "clients",
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
        "clients",
        "clients are listed by name",
        "recorded 2019",
        (
            *(Step("POST /clients.json", {"client": {"name": name}}, 201) for name in ("Zé", "Ana", "Rui")),
            Step("GET /clients.json", answer={"clients": [{"name": "Ana"}, {"name": "Rui"}, {"name": "Zé"}]}),
        ),
        SAME,
    ),
)
