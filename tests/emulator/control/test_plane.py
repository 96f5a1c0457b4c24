"""The outbox of e-mails, and `/_emulator/`: accounts, reset, clock, settings, log."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp, build_app

MESSAGE = {
    "client": {"email": "someone@example.com", "save": "0"},
    "subject": "Fatura",
    "body": "Segue em anexo.",
    "cc": "cc@company.com",
    "bcc": "bcc@company.com",
    "logo": "1",
}


def mailed(api: Any, document: Any, message: Any) -> Any:
    return api.put(f"/invoices/{document['id']}/email-document.json", {"message": message})


class TestEmail:
    def test_it_is_an_empty_200_and_stays_in_the_outbox(self, any_api: Any) -> None:
        invoice = any_api.issue()
        answer = mailed(any_api, invoice, MESSAGE)
        assert (answer.status_code, answer.content) == (200, b"")
        outbox = any_api.get("/_emulator/outbox", account=any_api.name).json()
        (message,) = outbox["messages"]
        assert message["document_id"] == invoice["id"]
        assert (message["to"], message["cc"], message["bcc"]) == (
            "someone@example.com",
            "cc@company.com",
            "bcc@company.com",
        )
        assert (message["subject"], message["body"], message["logo"]) == ("Fatura", "Segue em anexo.", True)

    def test_the_address_can_be_kept(self, api: Any) -> None:
        invoice = api.issue()
        path = f"/clients/{invoice['client']['id']}.json"
        mailed(api, invoice, MESSAGE)
        assert api.get(path).json()["client"]["email"] is None
        mailed(api, invoice, {"client": {"email": "novo@example.com", "save": "1"}})
        assert api.get(path).json()["client"]["email"] == "novo@example.com"

    @pytest.mark.parametrize(
        ("message", "complaint"),
        [
            ({}, "Email is a required field"),
            ({"client": {"save": "1"}}, "Email is a required field"),
            ({"client": {"email": "x"}}, "Email: is an invalid email"),
            ({"client": {"email": "a@b.pt"}, "cc": "x"}, "Cc: is an invalid email"),
            ({"client": {"email": "a@b.pt"}, "bcc": "x y@z.pt"}, "Bcc: is an invalid email"),
        ],
    )
    def test_bad_addresses(self, any_api: Any, message: Any, complaint: str) -> None:
        answer = mailed(any_api, any_api.issue(), message)
        assert (answer.status_code, any_api.texts(answer)) == (422, [complaint])
        assert any_api.get("/_emulator/outbox", account=any_api.name).json() == {"messages": []}

    def test_estimates_are_sent_too_and_nothing_else_is(self, api: Any) -> None:
        quote = api.issue("quotes")
        assert api.put(f"/quotes/{quote['id']}/email-document.json", {"message": MESSAGE}).status_code == 200
        assert api.put("/quotes/0/email-document.json", {"message": MESSAGE}).status_code == 404
        assert mailed(api, quote, MESSAGE).status_code == 404


class TestAccounts:
    def test_a_new_account_is_ready_to_issue(self, api: Any) -> None:
        base = api.http.base_url
        answer = httpx.post(
            f"{base}/_emulator/accounts", json={"name": f"{api.name}-x", "api_key": f"k-{api.name}"}
        )
        made = answer.json()
        assert answer.status_code == 201
        assert (made["name"], made["api_key"]) == (f"{api.name}-x", f"k-{api.name}")
        listed = httpx.get(f"{base}/_emulator/accounts").json()["accounts"]
        assert {
            "id": made["id"], "name": made["name"], "state": "active", "trial": False, "partner": True
        } in listed  # read by rows # fmt: skip
        assert httpx.get(f"{base}/invoices.json", params={"api_key": f"k-{api.name}"}).status_code == 200

    @pytest.mark.parametrize(
        "body", [{}, {"name": 1}, {"name": ""}, {"name": "Maiúscula"}, {"name": "-a"}, {"name": "a.b"},
                 {"name": "demo"}, {"name": "nova", "api_key": "demo-key"}, {"name": "nova", "api_key": " "},
                 {"name": "nova", "trial": 1}, {"name": "nova", "partner": "false"}]
    )  # read by rows # fmt: skip
    def test_names_and_keys_that_cannot_be(self, api: Any, body: Any) -> None:
        answer = httpx.post(f"{api.http.base_url}/_emulator/accounts", json=body)
        assert answer.status_code == 422
        assert answer.json()["error"]


class TestReset:
    def test_one_account_is_emptied_and_its_neighbour_is_not(self, api: Any, other: Any) -> None:
        for each in (api, other):
            each.changed(each.issue("credit_notes", owner_invoice_id=each.issue()["id"]), "settled")
            each.pay(each.issue(), 1)
            each.freeze("2020-01-01")
            each.control("config", pdf="immediate")
            mailed(
                each,
                each.issue(
                    date="01/02/2020",
                    due_date="01/02/2020",
                    sequence_id=each.post("/sequences.json", {"sequence": {"serie": "X"}}).json()["sequence"][
                        "id"
                    ],
                ),
                MESSAGE,
            )
        before = other.get("/invoices.json").json()
        assert api.control("reset") == {"reset": [api.name]}
        assert api.get("/invoices.json").json()["pagination"]["total_entries"] == 0
        assert api.get("/clients.json").json()["pagination"]["total_entries"] == 0
        assert api.get("/items.json").json() == {"items": []}
        assert len(api.get("/sequences.json").json()["sequences"]) == 1
        assert api.get("/_emulator/outbox", account=api.name).json() == {"messages": []}
        assert api.get("/_emulator/config", account=api.name).json()["pdf"] == {"polls": 2}
        assert api.get("/_emulator/clock", account=api.name).json()["frozen"] is False
        assert api.issue()["sequence_number"].startswith("1/")
        assert other.get("/invoices.json").json() == before

    def test_resetting_everything_repeats_the_same_ids(self) -> None:
        async def created(client: httpx.AsyncClient) -> Any:
            body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": 1}]}}
            return (await client.post("/invoices.json?api_key=demo-key", json=body)).json()

        async def run(app: EmulatorApp) -> None:
            async with local(app) as client:
                first = await created(client)
                reset = await client.post("/_emulator/reset", json={"account": "*"})
                assert reset.json() == {"reset": ["demo"]}
                assert await created(client) == first

        with_app(run)


class TestClock:
    def test_set_advance_freeze(self, api: Any) -> None:
        shown = api.control("clock", set="2026-03-01T12:00:00", freeze=True)
        assert shown == {"now": "2026-03-01T12:00:00+00:00", "frozen": True}
        assert api.create()["date"] == "01/03/2026"
        assert api.control("clock", advance=86400 * 31)["now"] == "2026-04-01T13:00:00+01:00"
        assert api.create()["date"] == "01/04/2026"
        assert api.control("clock", advance=-3600 * 24)["now"].startswith("2026-03-31")
        thawed = datetime.fromisoformat(api.control("clock", freeze=False)["now"])
        assert (
            timedelta()
            <= thawed - datetime.fromisoformat("2026-03-31T13:00:00+01:00")
            < timedelta(seconds=30)
        )

    def test_it_runs_on_when_it_is_only_set(self, api: Any) -> None:
        first = datetime.fromisoformat(api.control("clock", set="2030-01-01T00:00:00Z")["now"])
        later = datetime.fromisoformat(api.get("/_emulator/clock", account=api.name).json()["now"])
        assert timedelta() <= later - first < timedelta(seconds=30)
        assert first.utcoffset() == timedelta()

    def test_neighbours_keep_their_time(self, api: Any, other: Any) -> None:
        api.freeze("2001-01-01")
        now = datetime.fromisoformat(other.get("/_emulator/clock", account=other.name).json()["now"])
        assert abs(now - datetime.now(UTC)) < timedelta(seconds=30)

    @pytest.mark.parametrize(
        "body", [{}, {"set": "amanhã"}, {"set": 1}, {"advance": "1"}, {"advance": 1e300}, {"freeze": 1},
                 {"advance": True}, {"advance": 10**15}]
    )  # read by rows # fmt: skip
    def test_what_is_no_time(self, api: Any, body: Any) -> None:
        answer = httpx.post(f"{api.http.base_url}/_emulator/clock", json={"account": api.name, **body})
        assert answer.status_code == 422

    def test_a_clock_of_the_callers(self) -> None:
        async def run(app: EmulatorApp) -> None:
            async with local(app) as client:
                shown = (await client.get("/_emulator/clock")).json()
                assert shown == {"now": "2026-06-30T12:00:00+01:00", "frozen": False}
                body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": 1}]}}
                made = await client.post("/invoices.json?api_key=demo-key", json=body)
                assert made.json()["invoice"]["date"] == "30/06/2026"

        with_app(run, clock=lambda: datetime(2026, 6, 30, 11, tzinfo=UTC))


class TestSettings:
    def test_they_are_shown_as_they_are_sent(self, api: Any) -> None:
        sent = {
            "language": "en",
            "country": "Ireland",
            "document_limit": {"documents": 10, "from_day": 15},
            "pdf": {"polls": 3},
            "pdf_seal": True,
            "qr_code": {"seconds": 1.5},
            "saft": {"polls": 2},
            "at_doc_code": "immediate",
            "fiscal_id": "accept",
            "at_registration": "manual",
            "series_registration": "optional",
            "multibanco": False,
            "unknown_country": "drop",
            "unknown_fields": "refuse",
            "line_decimals": 1,
            "line_tax": "id_only",
            "client_names": "shared",
            "serie_blanks": "accept",
            "post_change_state": "accept",
            "dates_alone": "accept",
            "key_of_canceled": "old",
            "retry_after": False,
            "rate_limit_headers": True,
            "list_lag": {"seconds": 2.5},
            "share_capital": "5000.00",
            "iban": "PT50000201231234567890154",
        }
        assert api.control("config", **sent) == sent
        assert api.get("/_emulator/config", account=api.name).json() == sent
        assert api.control("config", pdf="immediate")["pdf"] == "immediate"

    @pytest.mark.parametrize(
        "body", [{"pdf": "logo"}, {"pdf": {"polls": 0}}, {"pdf": {"polls": 1.5}}, {"pdf": {"seconds": "1"}},
                 {"qr_code": {}}, {"saft": 1}, {"at_doc_code": {"polls": True}},
                 {"fiscal_id": "talvez"}, {"fiscal_id": []}, {"nada": 1}, {"list_lag": 2},
                 {"list_lag": {"seconds": -1}}, {"list_lag": {"seconds": "2"}},
                 {"language": "es"}, {"country": "PT"}, {"document_limit": 3}, {"document_limit": {}},
                 {"document_limit": {"documents": -1}}, {"document_limit": {"documents": True}},
                 {"document_limit": {"documents": 1, "from_day": 29}},
                 {"document_limit": {"documents": 1, "to_day": 2}},
                 {"series_registration": True}, {"unknown_fields": None}, {"retry_after": "yes"},
                 {"rate_limit_headers": 1}, {"share_capital": 5000}, {"share_capital": "5.000,00"},
                 {"share_capital": "-1"}, {"iban": "PT50000201231234567890155"}, {"iban": 1},
                 {"pdf_seal": "yes"},
                 {"line_decimals": 3}, {"line_decimals": "2"},
                 {"line_decimals": True}, {"line_decimals": 1.5}, {"line_tax": "none"},
                 {"client_names": True},
                 {"serie_blanks": "drop"}, {"post_change_state": False}, {"dates_alone": None},
                 {"key_of_canceled": ""}]
    )  # read by rows # fmt: skip
    def test_what_they_cannot_be(self, api: Any, body: Any) -> None:
        answer = httpx.post(f"{api.http.base_url}/_emulator/config", json={"account": api.name, **body})
        assert answer.status_code == 422

    def test_all_accounts_at_once(self) -> None:
        async def run(app: EmulatorApp) -> None:
            async with local(app) as client:
                await client.post("/_emulator/accounts", json={"name": "acme"})
                answer = await client.post("/_emulator/config", json={"account": "*", "pdf": "immediate"})
                assert {name: each["pdf"] for name, each in answer.json().items()} == {
                    "demo": "immediate",
                    "acme": "immediate",
                }
                missing = await client.post("/_emulator/config", json={"account": "ninguem"})
                assert missing.status_code == 404

        with_app(run)


class TestRequests:
    def test_they_are_kept_without_the_key(self, api: Any) -> None:
        api.get("/invoices.json", page=2)
        api.post("/clients.json", {"client": {"name": "Zé"}})
        log = api.get("/_emulator/requests", account=api.name)
        assert api.key not in log.text
        listed, created = log.json()["requests"]
        assert (listed["operation"], listed["method"], listed["path"], listed["query"]) == (
            "listInvoices",
            "GET",
            "/invoices.json",
            "page=2",
        )
        assert (created["status"], created["body"]) == (201, '{"client":{"name":"Zé"}}')

    def test_each_account_sees_its_own(self, api: Any, other: Any) -> None:
        api.get("/invoices.json")
        assert other.get("/_emulator/requests", account=other.name).json() == {"requests": []}
        everything = other.get("/_emulator/requests", account="*").json()["requests"]
        assert api.name in {entry["account"] for entry in everything}


class TestWhoMayAsk:
    def test_only_loopback_names(self, api: Any) -> None:
        for host, status in (
            ("localhost", 200),
            ("acme.localhost:1", 200),
            ("127.0.0.1:8080", 200),
            ("[::1]:8080", 200),
            ("evil.example", 403),
            ("localhost.evil.example", 403),
            ("192.168.1.10", 403),
        ):
            answer = api.http.get("/_emulator/health", headers={"Host": host})
            assert answer.status_code == status, host

    def test_only_json_and_no_other_origin(self, api: Any) -> None:
        for content_type in ("text/plain", "application/x-www-form-urlencoded", None):
            headers = {"Content-Type": content_type} if content_type else {}
            answer = api.http.post("/_emulator/reset", content=b"{}", headers=headers)
            assert answer.status_code == 415
        preflight = api.http.options(
            "/_emulator/reset",
            headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"},
        )
        assert preflight.status_code == 405
        assert not [name for name in preflight.headers if name.startswith("access-control")]
        for body, status in ((b"{", 400), (b"[]", 422), (b"x" * (3 * 2**20), 413)):
            typed = {"Content-Type": "application/json"}
            assert api.http.post("/_emulator/config", content=body, headers=typed).status_code == status

    def test_it_can_be_left_out(self) -> None:
        async def run(app: EmulatorApp) -> None:
            async with local(app) as client:
                assert (await client.get("/_emulator/health")).status_code == 501

        with_app(run, control_plane=False)

    def test_a_token_stands_in_for_the_host(self) -> None:
        app = build_app(
            data=None, profile="observed", rate_limit=None, seed=0, control_plane=True, clock=None,
            control_token="segredo",
        )  # read by rows # fmt: skip

        async def run() -> None:
            async with local(app) as client:
                for token, status in ((None, 401), ("errado", 401), ("segredo", 200), ("ségredo", 401)):
                    headers = [(b"x-emulator-token", token.encode())] if token else []
                    answer = await client.get("/_emulator/health", headers=[(b"host", b"emulator"), *headers])
                    assert answer.status_code == status

        asyncio.run(run())
        app.close()


def local(app: EmulatorApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def with_app(run: Any, **options: Any) -> None:
    """Run a coroutine function on a fresh application, and close it."""
    app = create_app(**options)
    try:
        asyncio.run(run(app))
    finally:
        app.close()
