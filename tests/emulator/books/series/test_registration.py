"""Series at the (simulated) tax authority: its possible answers, and documents in unregistered series."""

from __future__ import annotations

import re
from typing import Any, get_args

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.books.accounts.settings import AtRegistration
from invoicexpress_emulator.fiscal.atcud import validation_code
from invoicexpress_emulator.storage import ids

from tests.emulator.conftest import SEGMENTS

TROUBLES = [
    ("no_credentials", (422, "004"), (422, "002")),
    ("no_activity", (422, "005"), (422, "003")),
    ("invalid_series", (422, "003"), (422, "001")),
    ("registered_elsewhere", (422, "002"), (422, "007")),
    ("in_progress", (409, "006"), (409, "008")),
    ("unknown_error", (422, "000"), (422, "000")),
]
"""Setting, and what creating and registering answer with it (vendor docs 2026-07, tables of codes)."""


@pytest.mark.parametrize(("setting", "created", "registered"), TROUBLES)
def test_the_codes_of_creating_and_of_registering(
    any_api: Any, setting: str, created: tuple[int, str], registered: tuple[int, str]
) -> None:
    any_api.control("config", at_registration="manual")
    made = any_api.only(any_api.post("/sequences.json", {"sequence": {"serie": "A"}}).json())
    any_api.control("config", at_registration=setting)
    answer = any_api.post("/sequences.json", {"sequence": {"serie": "B"}})
    assert (answer.status_code, answer.json()["errors"]["code"]) == created
    answer = any_api.put(f"/sequences/{made['id']}/register.json")
    assert (answer.status_code, answer.json()["errors"]["code"]) == registered
    assert len(any_api.get("/sequences.json").json()["sequences"]) == 2
    any_api.control("config", at_registration="automatic")
    assert any_api.put(f"/sequences/{made['id']}/register.json").status_code == 200


class TestEveryDocumentedCode:
    """The vendor's tables of codes (2026-07): a setting or the request itself triggers each code."""

    CREATING = frozenset({"000", "001", "002", "003", "004", "005", "006"})
    REGISTERING = frozenset({*CREATING, "007", "008"})

    def test_every_setting_refuses_with_codes_or_does_its_work(self) -> None:
        assert {setting for setting, _, _ in TROUBLES} == {*get_args(AtRegistration)} - {
            "automatic",
            "manual",
        }

    def test_creating(self, any_api: Any) -> None:
        met = {created[1] for _, created, _ in TROUBLES}
        for serie, code in (("com espaço", "001"), ("A/1", "001"), (None, "001"), ("A", None), ("A", "002")):
            answer = any_api.post("/sequences.json", {"sequence": {"serie": serie}})
            if code is not None:
                assert (answer.status_code, answer.json()["errors"]["code"]) == (422, code)
                met.add(code)
        assert met == self.CREATING

    def test_registering(self, any_api: Any) -> None:
        met = {registered[1] for _, _, registered in TROUBLES}
        answer = any_api.put("/sequences/1/register.json")
        assert (answer.status_code, answer.json()["errors"]["code"]) == (404, "006")
        (known,) = any_api.get("/sequences.json").json()["sequences"]
        answer = any_api.put(f"/sequences/{known['id']}/register.json")
        assert (answer.status_code, answer.json()["errors"]["code"]) == (409, "005")
        any_api.control("config", country="Ireland")
        answer = any_api.put(f"/sequences/{known['id']}/register.json")
        assert (answer.status_code, answer.json()["errors"]["code"]) == (422, "004")
        assert met | {"004", "005", "006"} == self.REGISTERING


class TestNames:
    """A series is never reused (Despacho 8632/2014, 1.8): its name is taken for the life of the account."""

    def create(self, api: Any, serie: Any) -> httpx.Response:
        answer: httpx.Response = api.post("/sequences.json", {"sequence": {"serie": serie}})
        return answer

    @pytest.mark.parametrize("again", ["Loja-1", "LOJA-1", "loja-1", "lOJA-1"])
    def test_one_that_differs_in_case_alone_is_taken(self, any_api: Any, again: str) -> None:
        assert self.create(any_api, "Loja-1").status_code == 201
        answer = self.create(any_api, again)
        assert (answer.status_code, answer.json()["errors"]["code"]) == (422, "002")
        assert [each["serie"] for each in any_api.get("/sequences.json").json()["sequences"]][1:] == [
            "Loja-1"
        ]

    def test_a_number_is_the_name_of_its_digits(self, any_api: Any) -> None:
        assert self.create(any_api, 2026).status_code == 201
        assert self.create(any_api, "2026").json()["errors"]["code"] == "002"
        assert self.create(any_api, "02026").status_code == 201

    @pytest.mark.parametrize("serie", [" A", "A ", "A B", "\tA", "A\n", "\u00a0A", "A\u200b"])
    def test_blanks_are_in_no_name(self, any_api: Any, serie: str) -> None:
        assert self.create(any_api, serie).json()["errors"]["code"] == "001"

    def test_another_account_may_have_it_and_so_may_an_emptied_one(self, api: Any, other: Any) -> None:
        for each in (api, other):
            assert self.create(each, "LOJA").status_code == 201
        api.control("reset")
        assert self.create(api, "LOJA").status_code == 201
        assert self.create(api, "loja").status_code == 422

    def test_a_refused_series_leaves_its_name_free(self, any_api: Any) -> None:
        any_api.control("config", at_registration="invalid_series")
        assert self.create(any_api, "LOJA").status_code == 422
        any_api.control("config", at_registration="automatic")
        assert self.create(any_api, "LOJA").status_code == 201


class TestValidationCodes:
    """Portaria 195/2020, art. 3: at least eight characters, and unique to a series."""

    @given(seed=st.integers(0, 2**32), rows=st.sets(st.integers(146_001, 10**10), min_size=2, max_size=50))
    def test_no_two_rows_of_a_server_have_the_same(self, seed: int, rows: set[int]) -> None:
        codes = {validation_code(seed, *ids.place_of("series", row)) for row in rows}
        assert len(codes) == len(rows)
        assert all(re.fullmatch("EMU[B-Z2-9]{5,}", code) for code in codes)

    def test_nor_have_the_first_hundred_series_of_two_hundred_accounts(self) -> None:
        firsts = [ids.FIRST_IDS["series"] + ids.RANGE * account for account in range(200)]
        codes = [
            validation_code(7, *ids.place_of("series", first + place))
            for first in firsts
            for place in range(1700)
        ]
        assert len(set(codes)) == len(codes)
        assert {len(code) for code in codes} == {8}

    def test_the_seed_changes_them(self) -> None:
        assert len({validation_code(seed, 0, 0) for seed in range(50)}) == 50

    def test_all_of_a_server(self, any_api: Any, other: Any) -> None:
        for each in (any_api, other):
            for serie in "ABC":
                each.post("/sequences.json", {"sequence": {"serie": serie}})
        shown = any_api.get("/_emulator/series", account="*").json()
        counters = [row for each in shown.values() for serie in each["series"] for row in serie["counters"]]
        codes = [row["validation_code"] for row in counters if row["validation_code"] is not None]
        assert len(codes) == len(set(codes)) > 30
        assert all(re.fullmatch("EMU[A-Z0-9]{5,}", code) for code in codes)
        for row in counters:
            assert row["needs_registration"] or row["validation_code"] is None

    def test_the_atcud_of_every_type(self, any_api: Any) -> None:
        (series,) = any_api.get("/sequences.json").json()["sequences"]
        shown = any_api.get("/_emulator/series", account=any_api.name).json()["series"][0]["counters"]
        codes = {row["type"]: row["validation_code"] for row in shown}
        invoice = any_api.issue()
        made = [invoice, any_api.only(any_api.pay(invoice, 1).json())]
        moss = any_api.issue("vat_moss_invoices")
        made += [moss, any_api.only(any_api.pay(moss, 1).json())]
        others = {*SEGMENTS.values()} - {"invoices", "receipts", "vat_moss_invoices", "vat_moss_receipts"}
        made += [any_api.issue(segment) for segment in sorted(others)]
        assert len(made) == len(SEGMENTS) == 16
        for document in made:
            root = SEGMENTS[document["type"]].removesuffix("s")
            code = codes[root]
            shown_atcud = any_api.get("/_emulator/documents", account=any_api.name).json()["documents"]
            (atcud,) = {each["atcud"] for each in shown_atcud if each["id"] == document["id"]}
            assert atcud == ("N/A" if code is None else f"{code}-1")
        assert series["current_invoice_validation_code"] == codes["invoice"]


def test_at_communication_gives_what_is_missing(any_api: Any) -> None:
    any_api.control("config", at_registration="no_credentials")
    body = {"sequence": {"serie": "A"}}
    assert any_api.post("/sequences.json", body).status_code == 422
    communication = {"at_subuser": "500100200/1", "at_password": "eA==", "communication_type": "auto"}
    answer = any_api.post("/api/v3/accounts/at_communication.json", {"at_communication": communication})
    assert (answer.status_code, answer.json()) == (200, {"success": "true"})
    made = any_api.only(any_api.post("/sequences.json", body).json())
    assert made["current_invoice_validation_code"].startswith("EMU")


class TestOptional:
    def unregistered(self, api: Any) -> Any:
        api.control("config", at_registration="manual")
        return api.only(api.post("/sequences.json", {"sequence": {"serie": "A"}}).json())

    def test_required_unless_told_otherwise(self, any_api: Any) -> None:
        draft = any_api.create(sequence_id=str(self.unregistered(any_api)["id"]))
        answer = any_api.change(draft, "finalized")
        assert answer.status_code == 422
        assert "não está registada" in str(any_api.texts(answer))
        any_api.control("config", language="en")
        assert "is not registered" in str(any_api.texts(any_api.change(draft, "finalized")))

    def test_a_document_is_issued_without_an_atcud(self, any_api: Any) -> None:
        draft = any_api.create(sequence_id=str(self.unregistered(any_api)["id"]))
        any_api.control("config", series_registration="optional")
        issued = any_api.changed(draft, "finalized")
        assert (issued["atcud"], issued["sequence_number"]) == ("N/D", "1/A")
        assert len(issued["saft_hash"]) == 4

    def test_the_types_that_need_none_say_so(self, any_api: Any) -> None:
        series = self.unregistered(any_api)
        any_api.control("config", series_registration="optional")
        row = series["current_fees_note_sequence_id"]
        assert any_api.issue("fees_notes", sequence_id=str(row))["atcud"] == "N/A"

    def test_registered_later_the_next_number_has_one(self, any_api: Any) -> None:
        series = self.unregistered(any_api)
        any_api.control("config", series_registration="optional")
        any_api.issue(sequence_id=str(series["id"]))
        assert any_api.put(f"/sequences/{series['id']}/register.json").status_code == 200
        assert any_api.issue(sequence_id=str(series["id"]))["atcud"].endswith("-2")
