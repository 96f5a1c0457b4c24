"""Keys, hosts, headers, bodies, and the known facts about the rate limit."""

from __future__ import annotations

from typing import Final

from tests.emulator.support.replay import ABSENT, Count, Like, Some, Step

from .rows import (
    DOCUMENT,
    JSON_TYPE,
    SAME,
    Fact,
    Unplayed,
    config,
    create,
    document,
    refused,
    said,
    with_line,
)

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact("transport", "the key is in the query", "clients 2026", (Step("GET /invoices.json"),), SAME),
    Fact(
        "transport",
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
        "transport",
        "a host without `app` has no site behind it",
        "suestecreative 2026",
        (
            Step(
                "GET /invoices.json",
                status=530,
                with_headers={"Host": "{account}.invoicexpress.com"},
                headers={"content-type": Like("^text/html")},
            ),
            Step("GET /invoices.json", with_headers={"Host": "{account}.app.invoicexpress.com"}),
        ),
        SAME,
    ),
    Fact(
        "transport",
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
        "transport",
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
    Fact(
        "transport",
        "every answer sets the cookie of a session for all of the vendor's hosts",
        "recorded 2019",
        (
            Step(
                "GET /taxes.json",
                with_headers={"Host": "{account}.app.invoicexpress.com"},
                headers={
                    "set-cookie": Like(r"^_\w+=[0-9a-f]{32}; domain=\.invoicexpress\.com; path=/; HttpOnly$")
                },
            ),
            Step("GET /taxes/0.json", status=404, headers={"set-cookie": Like("^_.*; path=/; HttpOnly$")}),
        ),
    ),
    Unplayed(
        "transport",
        "nginx for a server",
        "recorded 2019",
        "the emulator never claims to be the service",
    ),
    Fact(
        "transport",
        "a wrong key is a 401; a host whose account does not exist has no site behind it",
        "recorded 2019; suestecreative 2026",
        (
            Step(
                "GET /invoices.json?api_key=x",
                status=401,
                answer={"errors": said("Invalid API key")},
                with_key=False,
            ),
            Step(
                "GET /invoices.json",
                status=530,
                with_headers={"Host": "ninguem.app.invoicexpress.com"},
                headers={"content-type": Like("^text/html")},
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
        "transport",
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
        "transport",
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
        "transport",
        "JSON inside a JSON text fails",
        "indigitpt",
        (Step("POST /invoices.json", '{"invoice": {}}', 500),),
        (Step("POST /invoices.json", '{"invoice": {}}', 422),),
    ),
    Fact(
        "transport",
        "a plugin takes its own keys out of items, since they would be refused",
        "Webdados 2025",
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
        "transport",
        "brackets in queries arrive percent-encoded",
        "clients 2026",
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
        "transport",
        "502 is an outage",
        "Webdados 2025",
        (Step("GET /invoices.json", status=502, with_headers={"X-Emulator-Fault": '{{"status": 502}}'}),),
        SAME,
    ),
    Fact(
        "transport",
        "an update may answer with nothing",
        "Webdados 2025",
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
        "rate limit",
        "780 a minute or 100, by account or by address",
        "digitaldev 2026-07; OCA 2026-08",
        "the limit is an option of the server, not of an account",
    ),
    Fact(
        "rate limit",
        "what a real 429 says is not known: with or without Retry-After",
        "assumed",
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
        "rate limit",
        "repeat any verb after 429, reads alone after 5xx",
        "digitaldev 2026-07",
        "a rule for clients",
    ),
)
