"""Types of values in requests and answers, and the decimal places stored."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import ABSENT, INTEGER, NUMBER, Count, Exactly, Some, Step

from .rows import JOHN, SAME, Fact, Unplayed, config, create, document, freeze, line, refused, said, with_line

ROW_OF_CLIENT: Final = [
    "id",
    "name",
    "code",
    "language",
    "email",
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

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "values",
        "ids are integers",
        "recorded 2019",
        (create(answer={"id": INTEGER, "client": {"id": INTEGER}, "items": [{"tax": {"id": INTEGER}}]}),),
        (create(answer={"id": INTEGER}),),
    ),
    Fact(
        "values",
        "in documents price and quantity are texts, the other amounts numbers",
        "recorded 2019",
        (
            config(line_decimals=1),
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
        "values",
        "the rate of a tax is a text among taxes and a number in documents",
        "diogopms 2026-06; recorded 2019",
        (
            Step("GET /taxes.json", answer={"taxes": Some({"name": "IVA23", "value": "23.0"})}),
            create(answer={"items": [{"tax": {"value": 23.0}}]}),
        ),
        (Step("GET /taxes.json", answer={"taxes": Some({"name": "IVA23", "value": 23.0})}),),
    ),
    Unplayed(
        "values",
        "the rate in a document was null or a text as well",
        "jcoelho93",
        "nobody says when",
    ),
    Fact(
        "values",
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
        "values",
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
        "values",
        "the retention of a draft that has none is null, else a text",
        "recorded 2019; filipetoscano 2022",
        (create(answer={"retention": None}), create(document(retention=25), {"retention": "25.0"})),
        (create(answer={"retention": "0"}), create(document(retention=25), {"retention": "25.0"})),
    ),
    Fact("values", "the currency is a name", "recorded 2019", (create(answer={"currency": "Euro"}),), SAME),
    Fact(
        "values",
        "dates are dd/mm/yyyy",
        "recorded 2019",
        (create(JOHN, {"date": "13/11/2026", "due_date": "14/11/2026"}),),
        SAME,
    ),
    Fact(
        "values",
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
        "values",
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
        "input",
        "documents take prices as numbers and as texts",
        "recorded 2019",
        (
            create(with_line(unit_price=10.5, quantity=2), {"total": 25.83}),
            create(with_line(unit_price="10.5", quantity="2"), {"total": 25.83}),
        ),
        SAME,
    ),
    Fact(
        "input",
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
        "input",
        "a tax whose rate is a number fails",
        "diogopms 2026-06",
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": 23, "region": "PT"}}, 500),),
        (Step("POST /taxes.json", {"tax": {"name": "T", "value": 23, "region": "PT"}}, 422),),
    ),
    Fact(
        "input",
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
        "input",
        "a null date is taken for none",
        "voluzi 2026",
        (freeze("2026-11-21T12:00:00"), create(document(date=None, due_date=None), {"date": "21/11/2026"})),
        SAME,
    ),
    Fact(
        "precision",
        "quantities keep two decimals, prices four, discounts four",
        "weareswat 2020",
        (
            config(line_decimals="stored"),
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
        "precision",
        "lines are shown unrounded, totals rounded once",
        "suestecreative 2026",
        (
            create(
                with_line(unit_price="2.0244"),
                {
                    "items": [
                        {
                            "unit_price": "2.02",
                            "quantity": "1.00",
                            "subtotal": 2.0244,
                            "tax_amount": 0.465612,
                            "total": 2.49,
                        }
                    ],
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
        "precision",
        "totals have nine digits before the point",
        "weareswat 2020",
        (refused(with_line(unit_price="999999999", quantity="9"), said("Total is too large")),),
    ),
    Fact(
        "precision",
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
        "precision",
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
