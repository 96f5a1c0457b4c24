"""Accounts outside Portugal: their documented behaviour, and the little that is assumed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from tests.emulator.conftest import Api

VAT_FREE = [{"name": "i", "unit_price": "10", "tax": {"name": "Exempt"}}]


@pytest.fixture(params=["Ireland", "UK"])
def abroad(request: pytest.FixtureRequest, any_api: Api) -> Iterator[Api]:
    """An account outside Portugal, under each profile."""
    name = f"{any_api.name}-x"
    base_url = str(any_api.http.base_url)
    answer = httpx.post(f"{base_url}/_emulator/accounts", json={"name": name, "country": request.param})
    assert answer.status_code == 201, answer.text
    api = Api(base_url, name, answer.json()["api_key"])
    with api.http:
        yield api


def row_of(api: Api) -> Any:
    return api.get("/sequences.json").json()["sequences"][0]


def test_its_taxes_are_its_countrys(abroad: Any) -> None:
    taxes = abroad.get("/taxes.json").json()["taxes"]
    assert {tax["region"] for tax in taxes} in ({"IE"}, {"GB"})
    assert abroad.create()["taxes"] == float(taxes[0]["value"])


def test_exempt_lines_need_no_reason(abroad: Any) -> None:
    draft = abroad.create(items=VAT_FREE)
    assert not draft.get("tax_exemption")
    answer = abroad.put(f"/invoices/{draft['id']}.json", {"invoice": abroad.plain(items=VAT_FREE)})
    assert not abroad.only(answer.json()).get("tax_exemption")


def test_there_are_no_simplified_invoices(abroad: Any) -> None:
    answer = abroad.post("/simplified_invoices.json", {"invoice": abroad.plain()})
    assert answer.status_code == 422
    assert "only available in Portugal" in str(abroad.texts(answer))


def test_a_multibanco_reference_is_not_made(abroad: Any) -> None:
    assert "mb_reference" not in abroad.issue(mb_reference="1")


def test_series_need_no_tax_authority(abroad: Any) -> None:
    abroad.control("config", at_registration="no_credentials")
    made = abroad.only(abroad.post("/sequences.json", {"sequence": {"serie": "A"}}).json())
    for series in (made, row_of(abroad)):
        assert series["current_invoice_validation_code"] == "N/A"
    issued = abroad.issue(sequence_id=str(made["id"]))
    assert (issued["atcud"], issued["sequence_number"]) == ("N/A", "1/A")
    assert not issued["saft_hash"]
    refused = abroad.put(f"/sequences/{made['id']}/register.json")
    assert (refused.status_code, refused.json()["errors"]["code"]) == (422, "004")


def test_nothing_goes_to_the_portuguese_tax_authority(abroad: Any) -> None:
    issued = abroad.issue()
    assert abroad.get(f"/api/qr_codes/{issued['id']}.json").status_code == 422
    assert abroad.get("/api/export_saft.json", month="11", year="2026").status_code == 422
    communication = {"at_subuser": "500100200/1", "at_password": "eA==", "communication_type": "auto"}
    answer = abroad.post("/api/v3/accounts/at_communication.json", {"at_communication": communication})
    assert answer.status_code == 422


def test_a_pdf_is_made_all_the_same(abroad: Any) -> None:
    abroad.control("config", pdf="immediate")
    answer = abroad.get(f"/api/pdf/{abroad.issue()['id']}.json")
    (page,) = PdfReader(io.BytesIO(httpx.get(answer.json()["output"]["pdfUrl"]).content)).pages
    text = page.extract_text()
    assert "FORMAÇÃO" in text
    assert not {"certificado", "ATCUD"} & set(re.findall(r"\w+", text)), "Portuguese law does not apply"
    assert not page.images, "there is no QR code"


def test_tax_numbers_are_checked_for_portugal_alone(abroad: Any) -> None:
    wrong = {"name": "A", "fiscal_id": "123456780"}
    assert abroad.post("/clients.json", {"client": wrong}).status_code == 201
    there = {"name": "B", "fiscal_id": "123456780", "country": "Portugal"}
    assert abroad.post("/clients.json", {"client": there}).status_code == 422


def test_a_reset_leaves_it_where_it_is(abroad: Any) -> None:
    country = abroad.get("/_emulator/config", account=abroad.name).json()["country"]
    taxes = abroad.get("/taxes.json").json()["taxes"]
    abroad.control("config", country="Portugal", language="en")
    abroad.control("reset")
    settings = abroad.get("/_emulator/config", account=abroad.name).json()
    assert (settings["country"], settings["language"]) == (country, "pt")
    names = [tax["name"] for tax in abroad.get("/taxes.json").json()["taxes"]]
    assert names == [tax["name"] for tax in taxes]


@pytest.mark.parametrize(
    ("tax_country", "country"), [("1", "Portugal"), ("2", "Ireland"), ("3", "UK"), (None, "Portugal")]
)
def test_the_accounts_api_says_where_an_account_is(
    any_api: Any, tax_country: str | None, country: str
) -> None:
    sent = {"organization_name": any_api.name, "email": "a@example.pt", "password": "p", "terms": "1"}
    answer = any_api.post("/api/accounts/create.json", {"account": {**sent, "tax_country": tax_country}})
    assert answer.status_code == 201, answer.text
    name = any_api.name.replace("-", "")
    assert any_api.get("/_emulator/config", account=name).json()["country"] == country
