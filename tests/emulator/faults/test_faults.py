"""Faults: the requests they hit, the caller's view over a real socket, and which writes were carried out."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from typing import Any

import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import build_app
from invoicexpress_emulator.faults.effects import (
    BadFault,
    Delayed,
    Faults,
    Late,
    Replaced,
    Reset,
    Truncated,
    effect_from,
)
from invoicexpress_emulator.http.connections import NoConnection, h11_protocol, protocol_class
from invoicexpress_emulator.server import listening_socket

CREATE = "createInvoice"
FAULT = "X-Emulator-Fault"


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Poll until a condition holds; fail at the deadline."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def listed(api: Any) -> int:
    """The number of documents in the account's list."""
    total: int = api.get("/invoices.json").json()["pagination"]["total_entries"]
    return total


def creating(api: Any, uid: str | None = None, **headers: str) -> httpx.Response:
    body = {"invoice": api.plain(), **({"proprietary_uid": uid} if uid else {})}
    answer: httpx.Response = api.http.post("/invoices.json", json=body, headers=headers)
    return answer


def fault(api: Any, effect: Any, operation: str = CREATE, **more: Any) -> int:
    fault_id: int = api.control("faults", operation=operation, effect=effect, **more)["id"]
    return fault_id


def faults_of(api: Any) -> Any:
    return api.get("/_emulator/faults", account=api.name).json()["faults"]


class TestAnsweredOtherwise:
    def test_a_status_stands_in_and_nothing_is_done(self, any_api: Any) -> None:
        fault(any_api, {"status": 503, "headers": {"Retry-After": "7"}, "body": "volte mais tarde"})
        answer = creating(any_api)
        assert (answer.status_code, answer.text) == (503, "volte mais tarde")
        assert answer.headers["retry-after"] == "7"
        assert "x-invoicexpress-emulator" in answer.headers
        assert listed(any_api) == 0
        assert creating(any_api).status_code == 201

    def test_a_status_after_the_commit(self, any_api: Any) -> None:
        fault(any_api, {"status": 500, "applied": True})
        answer = creating(any_api)
        assert (answer.status_code, answer.content) == (500, b"")
        assert listed(any_api) == 1

    def test_a_body_of_json(self, api: Any) -> None:
        fault(api, {"status": 422, "body": {"errors": [{"error": "x"}]}})
        answer = creating(api)
        assert (answer.status_code, answer.json()) == (422, {"errors": [{"error": "x"}]})
        assert answer.headers["content-type"].startswith("application/json")

    @pytest.mark.parametrize(
        ("effect", "status"), [({"html": True}, 201), ({"html": True, "status": 502}, 502)]
    )
    def test_a_page_in_place_of_json(self, any_api: Any, effect: Any, status: int) -> None:
        fault(any_api, effect)
        answer = creating(any_api)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.text.startswith("<!DOCTYPE html>")
        assert listed(any_api) == 1

    def test_a_page_with_nothing_behind_it(self, api: Any) -> None:
        fault(api, {"html": True, "status": 502, "applied": False})
        assert creating(api).status_code == 502
        assert listed(api) == 0

    def test_a_refusal_stays_one_behind_a_page(self, api: Any) -> None:
        fault(api, {"html": True})
        answer = api.post("/invoices.json", {"invoice": {}})
        assert (answer.status_code, answer.text[:9]) == (422, "<!DOCTYPE")

    def test_an_own_content_type(self, api: Any) -> None:
        fault(api, {"status": 204, "headers": {"Content-Type": "text/plain"}, "body": "x"}, "listItems")
        answer = api.get("/items.json")
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["content-type"].startswith("text/plain")


class TestBrokenConnections:
    def test_before_nothing_was_done(self, any_api: Any) -> None:
        fault(any_api, {"reset": "before"})
        with pytest.raises(httpx.ReadError):
            creating(any_api)
        assert listed(any_api) == 0

    def test_after_the_document_is_there(self, any_api: Any) -> None:
        fault(any_api, {"reset": "after"})
        with pytest.raises(httpx.ReadError):
            creating(any_api, "u-1")
        assert listed(any_api) == 1
        (made,) = any_api.get("/invoices.json").json()["invoices"]
        replayed = creating(any_api, "u-1")
        assert replayed.status_code == 201
        assert any_api.only(replayed.json())["id"] == made["id"]

    def test_in_the_middle_of_the_answer(self, any_api: Any) -> None:
        fault(any_api, {"truncate": 20})
        with pytest.raises(httpx.RemoteProtocolError, match="received 20 bytes, expected"):
            creating(any_api)
        assert listed(any_api) == 1

    def test_an_answer_that_is_shorter_goes_out_whole(self, api: Any) -> None:
        fault(api, {"truncate": 10_000})
        assert creating(api).status_code == 201

    def test_the_neighbours_connections_live(self, api: Any, other: Any) -> None:
        assert other.get("/items.json").status_code == 200
        fault(api, {"reset": "before"})
        with pytest.raises(httpx.ReadError):
            creating(api)
        assert other.get("/items.json").status_code == 200
        assert faults_of(other) == []

    @pytest.mark.parametrize("loop", ["asyncio", "auto"])
    @pytest.mark.parametrize("protocol", [h11_protocol(), protocol_class()])
    def test_every_protocol_and_loop(self, loop: str, protocol: Any) -> None:
        with (
            served(loop, protocol) as base,
            httpx.Client(base_url=base, params={"api_key": "demo-key"}) as client,
        ):
            body = {"client": {"name": "A", "code": "A"}}
            for effect, error, there in (
                ({"reset": "before"}, httpx.ReadError, 404),
                ({"reset": "after"}, httpx.ReadError, 200),
                ({"truncate": 5}, httpx.RemoteProtocolError, 200),
            ):
                client.post("/_emulator/reset", json={})
                with pytest.raises(error):
                    client.post(
                        "/clients.json", json={"client": body["client"]}, headers={FAULT: json.dumps(effect)}
                    )
                assert (
                    client.get("/clients/find-by-code.json", params={"client_code": "A"}).status_code == there
                )


@contextmanager
def served(loop: str, protocol: Any) -> Generator[str]:
    """A server with a chosen event loop and protocol."""
    listener = listening_socket("127.0.0.1", 0)
    with listener, closing(create_app()) as app:
        config = uvicorn.Config(app, http=protocol, loop=loop, log_config=None, access_log=False, ws="none")  # pyright: ignore[reportArgumentType] # one of its literals
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            eventually(lambda: server.started)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class TestLateCommits:
    def test_it_comes_by_itself(self, any_api: Any) -> None:
        fault(any_api, {"commit": "late", "seconds": 0.05})
        with pytest.raises(httpx.ReadError):
            creating(any_api, "u-1")
        eventually(lambda: listed(any_api) == 1)

    def test_until_then_its_uid_is_in_progress_and_afterwards_known(self, any_api: Any) -> None:
        fault(any_api, {"commit": "late", "seconds": 3000})
        with pytest.raises(httpx.ReadError):
            creating(any_api, "u-1")
        refused = creating(any_api, "u-1")
        assert refused.status_code == 409
        assert refused.json() == {"reason": "There's an ongoing document creation with the provided UID u-1"}
        assert listed(any_api) == 0
        assert creating(any_api, "u-2").status_code == 201
        any_api.control("clock", advance=2999)
        assert creating(any_api, "u-1").status_code == 409
        any_api.control("clock", advance=2)
        (other, made) = any_api.get("/invoices.json").json()["invoices"]
        assert any_api.only(creating(any_api, "u-1").json())["id"] == made["id"] != other["id"]
        assert listed(any_api) == 2

    def test_it_is_dated_when_it_is_carried_out(self, api: Any) -> None:
        api.freeze("2026-03-01T12:00:00")
        fault(api, {"commit": "late", "seconds": 60})
        with pytest.raises(httpx.ReadError):
            creating(api)
        api.control("clock", advance=86_400)
        assert [each["date"] for each in api.get("/invoices.json").json()["invoices"]] == ["02/03/2026"]

    def test_a_frozen_clock_does_not_hold_it(self, api: Any) -> None:
        api.freeze("2026-03-01T12:00:00")
        fault(api, {"commit": "late", "seconds": 0.05})
        with pytest.raises(httpx.ReadError):
            creating(api)
        eventually(lambda: listed(api) == 1)

    def test_what_would_be_refused_leaves_nothing(self, api: Any) -> None:
        fault(api, {"commit": "late", "seconds": 1000})
        with pytest.raises(httpx.ReadError):
            api.post("/invoices.json", {"invoice": {}, "proprietary_uid": "u-1"})
        api.control("clock", advance=1001)
        assert listed(api) == 0
        assert creating(api, "u-1").status_code == 201

    def test_a_state_change_may_be_late_too(self, any_api: Any) -> None:
        draft = any_api.create()
        fault(any_api, {"commit": "late", "seconds": 1000}, "changeInvoiceState")
        with pytest.raises(httpx.ReadError):
            any_api.change(draft, "finalized")
        assert any_api.read(draft)["status"] == "draft"
        any_api.control("clock", advance=1000)
        assert any_api.read(draft)["status"] == "final"

    def test_a_reset_forgets_it(self, api: Any) -> None:
        fault(api, {"commit": "late", "seconds": 1000})
        with pytest.raises(httpx.ReadError):
            creating(api, "u-1")
        api.control("reset")
        api.control("clock", advance=2000)
        assert listed(api) == 0
        assert creating(api, "u-1").status_code == 201

    def test_neighbours_uids_are_their_own(self, api: Any, other: Any) -> None:
        fault(api, {"commit": "late", "seconds": 1000})
        with pytest.raises(httpx.ReadError):
            creating(api, "u-1")
        assert creating(other, "u-1").status_code == 201
        other.control("clock", advance=5000)
        assert listed(api) == 0


class TestDelays:
    def test_meanwhile_its_uid_is_in_progress(self, any_api: Any) -> None:
        fault(any_api, {"delay": 3000})
        answers: list[httpx.Response] = []
        slow = threading.Thread(target=lambda: answers.append(creating(any_api, "u-1")))
        slow.start()
        eventually(lambda: any(each["fired"] for each in faults_of(any_api)))
        assert creating(any_api, "u-1").status_code == 409
        any_api.control("clock", advance=3001)
        slow.join(20)
        assert [answer.status_code for answer in answers] == [201]
        assert any_api.only(creating(any_api, "u-1").json())["id"] == any_api.only(answers[0].json())["id"]

    def test_it_takes_its_time(self, api: Any) -> None:
        fault(api, {"delay": 0.2}, "listItems")
        started = time.monotonic()
        assert api.get("/items.json").status_code == 200
        assert time.monotonic() - started >= 0.2

    def test_a_caller_that_left_does_not_stop_it(self, api: Any) -> None:
        fault(api, {"delay": 1.5})
        with pytest.raises(httpx.ReadTimeout):
            api.http.post("/invoices.json", json={"invoice": api.plain()}, timeout=0.1)
        assert listed(api) == 0
        eventually(lambda: listed(api) == 1)


class TestWhen:
    def test_the_first_by_default_and_once(self, api: Any) -> None:
        fault(api, {"status": 500}, "listItems")
        assert [api.get("/items.json").status_code for _ in range(3)] == [500, 200, 200]
        (shown,) = faults_of(api)
        assert (shown["seen"], shown["fired"]) == (3, 1)
        assert (shown["when"], shown["times"], shown["effect"]) == ({"nth": 1}, 1, {"status": 500})

    def test_from_the_nth_on(self, api: Any) -> None:
        fault(api, {"status": 500}, "listItems", when={"nth": 2}, times=2)
        assert [api.get("/items.json").status_code for _ in range(4)] == [200, 500, 500, 200]

    def test_without_end(self, api: Any) -> None:
        fault(api, {"status": 500}, "*", times=None)
        assert {api.get(path).status_code for path in ("/items.json", "/clients.json", "/taxes.json")} == {
            500
        }

    def test_the_first_that_is_due_wins(self, api: Any) -> None:
        fault(api, {"status": 500}, "listItems", when={"nth": 2})
        fault(api, {"status": 501}, "listItems", times=2)
        assert [api.get("/items.json").status_code for _ in range(4)] == [501, 500, 501, 200]

    @given(probability=st.floats(0, 1), seed=st.integers(0, 99), times=st.none() | st.integers(1, 50))
    def test_chance_repeats(self, probability: float, seed: int, times: int | None) -> None:
        def hits() -> list[bool]:
            faults = Faults()
            faults.add(
                "a",
                {
                    "operation": "x",
                    "when": {"probability": probability, "seed": seed},
                    "times": times,
                    "effect": {"delay": 0},
                },
            )
            found = [faults.effect_on("a", frozenset({"x"})) is not None for _ in range(100)]
            (shown,) = faults.of_account("a")
            assert (shown.seen, shown.fired) == (100, sum(found))
            return found

        assert hits() == hits()
        if times is not None:
            assert sum(hits()) <= times
        if probability in {0, 1}:
            assert sum(hits()) == (min(100, times or 100) if probability else 0)

    def test_chance_is_about_right(self) -> None:
        faults = Faults()
        faults.add(
            "a", {"operation": "x", "when": {"probability": 0.3}, "times": None, "effect": {"delay": 0}}
        )
        hit = sum(faults.effect_on("a", frozenset({"x"})) is not None for _ in range(2000))
        assert 500 < hit < 700


class TestNames:
    @pytest.mark.parametrize("operation", [CREATE, "createDocument"])
    def test_both_contracts_names(self, any_api: Any, operation: str) -> None:
        fault(any_api, {"status": 500}, operation)
        assert creating(any_api).status_code == 500

    @pytest.mark.parametrize(
        ("operation", "method", "path"),
        [
            ("listDocuments", "GET", "/invoices.json"),
            ("listDocuments", "GET", "/credit_notes.json"),
            ("getDocument", "GET", "/receipts/1.json"),
            ("updateDocument", "PUT", "/quotes/1.json"),
            ("changeDocumentState", "PUT", "/receipts/1/change-state.json"),
            ("sendDocumentEmail", "PUT", "/quotes/1/email-document.json"),
            ("relatedDocuments", "GET", "/document/1/related_documents.json"),
            ("relatedDocs", "GET", "/document/1/related_documents.json"),
            ("setCurrentSequence", "PUT", "/sequences/1/set_current.json"),
            ("generatePayment", "POST", "/documents/1/partial_payments.json"),
            ("cancelReceipt", "PUT", "/receipts/1/change-state.json"),
        ],
    )
    def test_a_name_means_a_path(self, api: Any, operation: str, method: str, path: str) -> None:
        fault(api, {"status": 599}, operation)
        assert api.http.request(method, path).status_code == 599

    def test_another_operation_is_left_alone(self, api: Any) -> None:
        fault(api, {"status": 500}, "createEstimate")
        assert creating(api).status_code == 201
        assert [each["seen"] for each in faults_of(api)] == [0]

    @pytest.mark.parametrize(
        ("operation", "nearest"),
        [("createInvoce", "createInvoice"), ("LISTTAXES", "listTaxes"), ("criar", ""), (None, ""), (1, "")],
    )
    def test_an_unknown_one_is_told_the_nearest(self, api: Any, operation: Any, nearest: str) -> None:
        answer = api.post(
            "/_emulator/faults", {"account": api.name, "operation": operation, "effect": {"delay": 1}}
        )
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert "/_emulator/openapi.json lists all" in error
        assert error.partition("Did you mean ")[2].partition("?")[0] == nearest


class TestRegister:
    def test_they_are_cleared_one_by_one_or_all(self, api: Any, other: Any) -> None:
        first, second, third = (fault(api, {"delay": 0}, "*") for _ in range(3))
        fault(other, {"delay": 0}, "*")
        assert api.delete(f"/_emulator/faults/{first}").json() == {"cleared": 1}
        assert api.http.delete("/_emulator/faults", params={"id": second}).json() == {"cleared": 1}
        assert [each["id"] for each in faults_of(api)] == [third]
        assert api.http.delete("/_emulator/faults", params={"account": api.name}).json() == {"cleared": 1}
        assert (faults_of(api), len(faults_of(other))) == ([], 1)
        assert api.delete(f"/_emulator/faults/{first}").status_code == 404
        assert api.delete("/_emulator/faults/x").status_code == 404

    def test_none_named_means_all_of_them(self) -> None:
        async def run(client: httpx.AsyncClient) -> None:
            for account in ("demo", "*"):
                body = {"account": account, "operation": "*", "effect": {"status": 500}, "times": None}
                assert (await client.post("/_emulator/faults", json=body)).status_code == 201
            assert len((await client.get("/_emulator/faults")).json()["faults"]) == 2
            assert (await client.get("/items.json?api_key=demo-key")).status_code == 500
            assert (await client.delete("/_emulator/faults")).json() == {"cleared": 2}
            assert (await client.get("/items.json?api_key=demo-key")).status_code == 200

        in_process(run)

    def test_a_reset_clears_them(self, api: Any) -> None:
        fault(api, {"status": 500}, "*")
        api.control("reset")
        assert faults_of(api) == []

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"effect": {}},
            {"effect": "x"},
            {"effect": {"nada": 1}},
            {"effect": {"status": 99}},
            {"effect": {"status": 600}},
            {"effect": {"status": "500"}},
            {"effect": {"status": True}},
            {"effect": {"status": 500, "delay": 1}},
            {"effect": {"status": 500, "applied": 1}},
            {"effect": {"status": 500, "headers": []}},
            {"effect": {"status": 500, "headers": {"a b": "x"}}},
            {"effect": {"status": 500, "headers": {"a": "x\r\ny: z"}}},
            {"effect": {"status": 500, "headers": {"Content-Length": "3"}}},
            {"effect": {"delay": "1"}},
            {"effect": {"delay": -1}},
            {"effect": {"delay": 1e300}},
            {"effect": {"reset": "now"}},
            {"effect": {"commit": "early"}},
            {"effect": {"commit": "late", "seconds": None}},
            {"effect": {"truncate": -1}},
            {"effect": {"truncate": 1.5}},
            {"effect": {"html": False}},
            {"effect": {"html": True, "body": "x"}},
            {"effect": {"delay": 1}, "when": {}},
            {"effect": {"delay": 1}, "when": {"nth": 0}},
            {"effect": {"delay": 1}, "when": {"nth": 1, "probability": 1}},
            {"effect": {"delay": 1}, "when": {"probability": 2}},
            {"effect": {"delay": 1}, "when": {"probability": 0.1, "seed": "x"}},
            {"effect": {"delay": 1}, "times": 0},
            {"effect": {"delay": 1}, "until": 3},
        ],
    )
    def test_what_is_no_fault(self, api: Any, body: Any) -> None:
        answer = api.post("/_emulator/faults", {"account": api.name, "operation": "*", **body})
        assert answer.status_code == 422
        assert answer.json()["error"].endswith(".")
        assert faults_of(api) == []

    def test_an_account_that_is_not_there(self, api: Any) -> None:
        body = {"account": "ninguem", "operation": "*", "effect": {"delay": 1}}
        assert api.post("/_emulator/faults", body).status_code == 404
        assert api.get("/_emulator/faults", account="ninguem").status_code == 404

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "status",
                            "html",
                            "delay",
                            "reset",
                            "commit",
                            "truncate",
                            "body",
                            "headers",
                            "applied",
                            "seconds",
                        ]
                    )
                    | st.text(max_size=3),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=6,
        )
    )
    def test_any_json_is_an_effect_or_is_refused(self, sent: Any) -> None:
        with suppress(BadFault):
            assert isinstance(effect_from(sent), Delayed | Late | Replaced | Reset | Truncated)


class TestHeader:
    def test_it_does_one(self, any_api: Any) -> None:
        answer = creating(any_api, **{FAULT: '{"status": 503}'})
        assert answer.status_code == 503
        assert creating(any_api).status_code == 201
        assert faults_of(any_api) == []

    @pytest.mark.parametrize("text", ["", "{", '"x"', '{"nada": 1}', '{"status": 1}', "é"])
    def test_what_it_cannot_say(self, api: Any, text: str) -> None:
        answer = api.http.post(
            "/invoices.json", json={"invoice": api.plain()}, headers={FAULT: text.encode("latin-1")}
        )
        assert answer.status_code == 400
        assert answer.json()["error"].startswith(FAULT)
        assert listed(api) == 0

    def test_without_a_control_plane_it_is_nothing(self) -> None:
        async def run(client: httpx.AsyncClient) -> None:
            answer = await client.get("/items.json?api_key=demo-key", headers={FAULT: '{"status": 503}'})
            assert answer.status_code == 200

        in_process(run, control_plane=False)

    def test_where_there_is_a_token_it_wants_it(self) -> None:
        app = build_app(
            data=None, profile="observed", rate_limit=None, seed=0, control_plane=True, clock=None,
            control_token="segredo",
        )  # read by rows # fmt: skip

        async def run() -> None:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://emulator.example") as client:
                for token, status in (({}, 400), ({"X-Emulator-Token": "segredo"}, 503)):
                    headers = {FAULT: '{"status": 503}', **token}
                    assert (
                        await client.get("/items.json?api_key=demo-key", headers=headers)
                    ).status_code == status

        with closing(app):
            asyncio.run(run())


class TestWithoutAServer:
    @pytest.mark.parametrize("effect", [{"reset": "after"}, {"commit": "late"}, {"truncate": 1}])
    def test_breaking_a_connection_needs_one(self, effect: Any) -> None:
        async def run(client: httpx.AsyncClient) -> None:
            with pytest.raises(NoConnection, match="the emulator's own server"):
                await client.post(
                    "/clients.json?api_key=demo-key",
                    json={"client": {"name": "A"}},
                    headers={FAULT: json.dumps(effect)},
                )
            assert (await client.get("/clients.json?api_key=demo-key")).json()["clients"] == []

        in_process(run)

    def test_the_other_effects_work(self) -> None:
        async def run(client: httpx.AsyncClient) -> None:
            for effect, status in (({"status": 503}, 503), ({"delay": 0}, 200), ({"html": True}, 200)):
                answer = await client.get("/items.json?api_key=demo-key", headers={FAULT: json.dumps(effect)})
                assert answer.status_code == status

        in_process(run)


def in_process(run: Any, **options: Any) -> None:
    async def main() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            await run(client)

    with closing(create_app(**options)) as app:
        asyncio.run(main())


class TestListLag:
    def test_an_item_may_be_overwritten_while_it_lags(self, any_api: Any) -> None:
        any_api.control("config", list_lag={"seconds": 60})
        line = {"name": "Chá", "unit_price": "1.0"}
        for _ in range(2):
            assert any_api.post("/invoices.json", {"invoice": any_api.plain(items=[line])}).status_code == 201

    def test_lists_miss_what_was_just_written_and_reads_do_not(self, any_api: Any) -> None:
        any_api.freeze("2026-03-01T12:00:00")
        old = any_api.issue()
        any_api.control("config", list_lag={"seconds": 2})
        new = any_api.issue(
            client={"name": "Nova", "code": "NOVA"}, items=[{"name": "Novo", "unit_price": "1.0"}]
        )

        def seen() -> tuple[list[int], list[str], list[str]]:
            invoices = any_api.get("/invoices.json").json()
            clients = any_api.get("/clients.json").json()
            items = any_api.get("/items.json").json()
            assert invoices["pagination"]["total_entries"] == len(invoices["invoices"])
            return (
                [each["id"] for each in invoices["invoices"]],
                [each["name"] for each in clients["clients"]],
                [each["name"] for each in items["items"]],
            )

        assert seen() == ([old["id"]], ["Ana Lda"], ["Trabalho"])
        assert any_api.read(new)["status"] == "final"
        assert any_api.get("/clients/find-by-name.json", client_name="Nova").status_code == 200
        any_api.control("clock", advance=1.9)
        assert seen()[0] == [old["id"]]
        any_api.control("clock", advance=0.1)
        assert seen() == ([old["id"], new["id"]], ["Ana Lda", "Nova"], ["Trabalho", "Novo"])

    def test_related_documents_and_a_clients_invoices_lag_too(self, any_api: Any) -> None:
        any_api.freeze("2026-03-01T12:00:00")
        invoice = any_api.issue()
        any_api.control("config", list_lag={"seconds": 2})
        assert any_api.pay(invoice, 1).status_code == 200
        related = f"/document/{invoice['id']}/related_documents.json"
        mine = f"/clients/{invoice['client']['id']}/invoices.json"
        assert any_api.get(related).json()["documents"] == []
        assert any_api.post(mine, {"filter": {}}).json()["pagination"]["total_entries"] == 1
        any_api.control("clock", advance=2)
        assert len(any_api.get(related).json()["documents"]) == 1

    def test_a_change_is_a_write(self, api: Any) -> None:
        api.freeze("2026-03-01T12:00:00")
        draft = api.create()
        api.control("config", list_lag={"seconds": 2})
        api.changed(draft, "finalized")
        assert listed(api) == 0
        api.control("clock", advance=2)
        assert listed(api) == 1

    def test_it_ends_in_real_time(self, api: Any) -> None:
        api.control("config", list_lag={"seconds": 0.2})
        api.create()
        assert listed(api) == 0
        eventually(lambda: listed(api) == 1)

    def test_neighbours_and_other_days_are_not_concerned(self, api: Any, other: Any) -> None:
        api.freeze("2026-03-01T12:00:00")
        api.control("config", list_lag={"seconds": 60})
        api.create()
        other.create()
        assert (listed(api), listed(other)) == (0, 1)
        api.freeze("2026-02-01T12:00:00")
        assert listed(api) == 1

    def test_nothing_of_it_is_in_the_data_file(self, tmp_path: Any) -> None:
        data = tmp_path / "data.db"
        create_app(data=data).close()
        create_app(data=data).close()
        assert b"recent_writes" not in data.read_bytes()
