"""The shapes of error bodies."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import TEXT, Like, Step

from .rows import (
    DOCUMENT,
    JSON_TYPE,
    SAME,
    Fact,
    Unplayed,
    change,
    config,
    create,
    document,
    freeze,
    not_changed,
    refused,
    said,
)

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "error bodies",
        "a list of objects is the usual shape, one object each",
        "recorded 2019; digitaldev 2026-07",
        (refused({"items": []}, [{"error": TEXT}, {"error": TEXT}]),),
        (refused({"items": []}, {"error": TEXT}),),
    ),
    Fact(
        "error bodies",
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
        "error bodies",
        "the plan's limit is one object in place of a list",
        "tim-online 2023-11",
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
        "error bodies",
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
        "error bodies",
        "a state that cannot be is a list in an object",
        "tim-online 2023-11",
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
        "error bodies",
        "errors under the name of the field",
        "digitaldev 2026-07",
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
        "error bodies",
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
        "error bodies",
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
        "error bodies",
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
        "error bodies",
        "and so are they when they are asked for with the wrong verb",
        "recorded 2019",
        (Step("GET /clients/0/invoices.json", status=404, headers={"content-type": Like("^text/html")}),),
        (Step("GET /clients/0/invoices.json", status=405),),
    ),
    Fact(
        "error bodies",
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
        "error bodies",
        "a document in a state that has no PDF is 406",
        "vendor docs 2017",
        (create(), change("deleted"), Step("GET /api/pdf/{it}.json", status=406)),
        (create(), change("deleted"), Step("GET /api/pdf/{it}.json", status=422)),
    ),
    Unplayed(
        "error bodies",
        "302 for changing a series, 403 for registering one",
        "diogopms 2026-06",
        "the redirect's target and the 403's body are not known; here they are 405 and a 422 with a code",
    ),
    Unplayed(
        "error bodies",
        "400 with codes DOC001 and the like",
        "suestecreative 2026",
        "an integrator's own proxy said it, not the service",
    ),
)
