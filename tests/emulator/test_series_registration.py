"""Series at the (simulated) tax authority: what it may answer, and documents in series unknown to it."""

from __future__ import annotations

from typing import Any

import pytest

TROUBLES = [
    ("no_credentials", (422, "004"), (422, "002")),
    ("no_activity", (422, "005"), (422, "003")),
    ("in_progress", (409, "006"), (409, "008")),
    ("unknown_error", (422, "000"), (422, "000")),
]
"""Setting, and what creating and registering answer with it (docs: the tables of codes of each)."""


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
