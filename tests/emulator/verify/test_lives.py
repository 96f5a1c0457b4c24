"""Whatever requests an account receives, its books stay right."""

from __future__ import annotations

import itertools
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator

from tests.emulator.support.busy_books import ODD

PROFILES = ("observed", "documented")
COUNT = itertools.count(1)


@pytest.mark.parametrize("profile", PROFILES)
def test_random_lives_have_no_findings(profile: str, caller: Any, servers: dict[str, Emulator]) -> None:
    """Whatever requests an account receives, in any order, its books stay right."""
    server = servers[profile]
    segments = st.sampled_from(
        ["invoices", "invoice_receipts", "simplified_invoices", "credit_notes", "debit_notes", "quotes",
         "shippings", "vat_moss_invoices", "purchase_orders"]
    )  # read by rows # fmt: skip
    line = st.fixed_dictionaries(
        {
            "name": st.sampled_from("abc"),
            "unit_price": st.decimals(0, 2000, places=4).map(str),
            "quantity": st.decimals(0, 9, places=2).map(str),
            "discount": st.sampled_from(["0", "12.5", "33.3333", "100"]),
            "tax": st.sampled_from([{"name": name} for name in ("IVA23", "IVA13", "IVA6", "Isento")]),
        }
    )
    discount = st.sampled_from([None, {"value_type": "percentage", "value": "7.77"}])
    step = st.one_of(
        st.tuples(st.just("create"), segments, st.lists(line, min_size=1, max_size=3), discount),
        st.tuples(st.just("state"), st.integers(0, 9), st.sampled_from(
            ["finalized", "finalized", "settled", "canceled", "deleted", "unsettled", "accepted"]
        )),
        st.tuples(st.just("pay"), st.integers(0, 9), st.one_of(
            st.just("0"), st.just("all"), st.decimals(0, 3000, places=2).map(str)
        )),
        st.tuples(st.just("wait"), st.integers(1, 40)),
    )  # read by rows # fmt: skip

    @given(steps=st.lists(step, min_size=5, max_size=25))
    @settings(max_examples=20, deadline=None)
    def live(steps: list[Any]) -> None:
        http = httpx.Client(base_url=server.base_url)
        name = f"vida-{profile}-{next(COUNT)}"
        made = http.post("/_emulator/accounts", json={"name": name}).json()
        http.close()
        api = caller(server.base_url, name, made["api_key"])
        with api.http:
            api.freeze("2026-01-31T12:00:00")
            known: list[Any] = []
            for kind, *rest in steps:
                carry_out(api, known, kind, rest)
            assert api.get("/_emulator/verify", account=name).json()["findings"] == []

    live()


def carry_out(api: Any, known: list[Any], kind: str, rest: list[Any]) -> None:
    """Send one request; a refusal is fine, a failure is not."""
    if kind == "create":
        segment, items, discount = rest
        body = api.plain(items=items, tax_exemption="M07", global_discount=discount)
        if known:
            body["owner_invoice_id"] = known[-1]["id"]
        answer = api.post(f"/{segment}.json", {api.root_of(segment): body})
        if answer.status_code == 422 and "owner_invoice_id" in body:
            del body["owner_invoice_id"]
            answer = api.post(f"/{segment}.json", {api.root_of(segment): body})
        assert answer.status_code == 201, answer.text
        known.append(api.only(answer.json()))
    elif kind == "wait":
        api.control("clock", advance=rest[0] * 86_400)
    elif known:
        document = known[rest[0] % len(known)]
        if kind == "pay":
            amount = api.read(document)["total"] if rest[1] == "all" else rest[1]
            answer = api.pay(document, amount)
            if answer.status_code == 200:
                known.append(api.only(answer.json()))
        else:
            answer = api.change(document, rest[1], "engano")
        assert answer.status_code in {200, 422, 404}, answer.text


def test_an_account_elsewhere_has_books_of_its_own_kind(caller: Any, servers: dict[str, Emulator]) -> None:
    """It has no signatures, ATCUD, QR code or SAF-T, and needs no reason for 0 %."""
    url = servers["observed"].base_url
    made = httpx.post(f"{url}/_emulator/accounts", json={"name": "eire", "country": "Ireland"}).json()
    api = caller(url, "eire", made["api_key"])
    with api.http:
        exempt = api.issue(items=[ODD[0], {**ODD[2], "tax": {"name": "Exempt"}}])
        assert exempt["saft_hash"] is None
        api.pay(exempt, 5)
        assert api.get("/_emulator/verify", account="eire").json() == {"findings": [], "warnings": []}


def test_a_series_may_be_unregistered_where_that_is_set(api: Any) -> None:
    series = {"sequence": {"serie": "ANTES", "default_sequence": "1"}}
    api.control("config", at_registration="manual", series_registration="optional")
    api.only(api.post("/sequences.json", series).json())
    assert api.issue()["atcud"] == "N/D"
    assert api.get("/_emulator/verify", account=api.name).json()["findings"] == []
    api.control("config", series_registration="required")
    (finding,) = api.get("/_emulator/verify", account=api.name).json()["findings"]
    assert (finding["rule"], finding["sentence"]) == (
        "atcud",
        "Its series ANTES has no validation code for invoice.",
    )
