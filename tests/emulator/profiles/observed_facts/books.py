"""SAF-T, accounts and treasury."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import TEXT, Like, Step

from .rows import ISSUED, SAME, Fact, Unplayed, change, create, document

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "SAF-T, accounts, treasury",
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
        "SAF-T, accounts, treasury",
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
        "SAF-T, accounts, treasury",
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
        "SAF-T, accounts, treasury",
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
        "SAF-T, accounts, treasury",
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
