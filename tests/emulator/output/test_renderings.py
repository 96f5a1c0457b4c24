"""PDF and QR code: when they are ready, their content, and who may fetch them."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest


class TestReadiness:
    def test_the_pdf_is_ready_at_the_second_poll(self, any_api: Any) -> None:
        path = f"/api/pdf/{any_api.create()['id']}.json"
        answers = [any_api.get(path) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 200, 200]
        assert answers[0].content == b""
        assert list(answers[1].json()["output"]) == ["pdfUrl"]
        assert answers[1].json() == answers[2].json()

    def test_the_qr_code_says_that_it_is_in_progress(self, any_api: Any) -> None:
        path = f"/api/qr_codes/{any_api.issue()['id']}.json"
        first, second = any_api.get(path), any_api.get(path)
        assert (first.status_code, first.json()) == (202, {"qr_code": {"status": "In progress"}})
        file = httpx.get(second.json()["qr_code"]["url"])
        assert (file.headers["content-type"], file.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")

    def test_a_change_starts_it_over(self, api: Any) -> None:
        draft = api.create()
        path = f"/api/pdf/{draft['id']}.json"
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]
        api.changed(draft, "finalized")
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]

    def test_the_second_copy_is_another_file(self, api: Any) -> None:
        path = f"/api/pdf/{api.issue()['id']}.json"
        assert [api.get(path).status_code for _ in range(2)] == [202, 200]
        assert api.get(path, second_copy="true").status_code == 202

    @pytest.mark.parametrize(
        ("setting", "statuses"),
        [("immediate", [200, 200]), ({"polls": 4}, [202, 202, 202, 200]), ({"polls": 1}, [200])],
    )
    def test_settings(self, api: Any, setting: Any, statuses: list[int]) -> None:
        api.control("config", pdf=setting, qr_code=setting)
        document = api.issue()
        for kind in ("pdf", "qr_codes"):
            assert [api.get(f"/api/{kind}/{document['id']}.json").status_code for _ in statuses] == statuses

    def test_what_fails_is_begun_first(self, any_api: Any) -> None:
        any_api.control("config", pdf="failing", qr_code="failing", saft="failing")
        document = any_api.issue()
        month = {"year": document["date"][6:], "month": document["date"][3:5]}
        for path, query in (
            (f"/api/pdf/{document['id']}.json", {}),
            (f"/api/qr_codes/{document['id']}.json", {}),
            ("/api/export_saft.json", month),
        ):
            answers = [any_api.get(path, **query) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [202, 500, 500], path
        any_api.control("config", pdf={"polls": 2})
        assert any_api.get(f"/api/pdf/{document['id']}.json").status_code == 200

    def test_a_code_of_the_tax_authority_may_never_come(self, api: Any) -> None:
        api.control("config", at_doc_code="failing")
        guide = api.issue("transports")
        assert not any(api.read(guide).get("at_doc_code_id") for _ in range(4))
        api.control("config", at_doc_code="immediate")
        assert api.read(guide)["at_doc_code_id"]

    def test_seconds_are_those_of_the_accounts_clock(self, api: Any) -> None:
        api.control("config", pdf={"seconds": 30})
        api.control("clock", freeze=True)
        path = f"/api/pdf/{api.create()['id']}.json"
        assert [api.get(path).status_code for _ in range(3)] == [202] * 3
        api.control("clock", advance=29)
        assert api.get(path).status_code == 202
        api.control("clock", advance=1)
        assert api.get(path).status_code == 200

    def test_drafts_have_no_qr_code(self, any_api: Any) -> None:
        draft = any_api.create()
        answer = any_api.get(f"/api/qr_codes/{draft['id']}.json")
        assert answer.status_code == 422
        assert answer.json()["error"].startswith(f"Document with ID {draft['id']} is still in draft.")

    def test_a_deleted_draft_has_no_pdf(self, api: Any, documented: Any) -> None:
        for each, status in ((api, 406), (documented, 422)):
            deleted = each.changed(each.create(), "deleted")
            assert each.get(f"/api/pdf/{deleted['id']}.json").status_code == status


class TestFiles:
    def test_only_addresses_that_were_given_out_are_served(self, api: Any) -> None:
        document = api.issue()
        path = f"/api/pdf/{document['id']}.json"
        api.get(path)
        url = api.get(path).json()["output"]["pdfUrl"]
        assert httpx.get(url).status_code == 200
        wrong = re.sub(r"-(.)", lambda match: "-" + ("0" if match[1] != "0" else "1"), url)
        assert wrong != url
        for other in (wrong, url.replace(".pdf", ".png"), url.replace("/pdf/", "/second_copy/"), url + "x"):
            assert httpx.get(other).status_code == 404
        assert httpx.get(f"{api.http.base_url}/documents/{document['id']}").status_code == 404

    def test_the_permalink_shows_the_document(self, api: Any) -> None:
        answer = httpx.get(api.issue()["permalink"])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
