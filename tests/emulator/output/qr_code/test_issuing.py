"""QR codes over HTTP: they match their document, and a document too large for a code is not issued."""

from __future__ import annotations

import io
import re
from typing import Any

import httpx
import pytest
import zxingcpp
from PIL import Image

from tests import saft_schema
from tests.emulator.output.qr_code.test_text import assert_lawful, parsed


def tax(api: Any, name: str, rate: str, region: str, code: str | None = None) -> None:
    """Make a tax for the account."""
    body = {"name": name, "value": rate, "region": region, **({"code": code} if code else {})}
    answer = api.post("/taxes.json", {"tax": body})
    assert answer.status_code == 201, answer.text


def item(tax_name: str, price: str = "100") -> dict[str, Any]:
    return {"name": f"Coisa {tax_name}", "unit_price": price, "quantity": 1, "tax": {"name": tax_name}}


def code(api: Any, document: Any) -> str:
    """Poll until a document's code is ready, and decode its picture."""
    path = f"/api/qr_codes/{document['id']}.json"
    api.get(path)
    picture = httpx.get(api.get(path).json()["qr_code"]["url"]).content
    (found,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(picture)).convert("L"),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
    )
    text: str = found.bytes.decode()
    assert_lawful(text)
    return text


def tax_table(api: Any, year: str, month: str) -> dict[str, str]:
    """The codes of the rates in a month's SAF-T, validated against the official schema."""
    api.control("config", saft="immediate")
    (address,) = re.findall(r'https?://[^"]+', api.get("/api/export_saft.json", year=year, month=month).text)
    content = httpx.get(address).content
    assert saft_schema.errors(content) == []
    rows = re.findall(
        r"<TaxCode>(\w+)</TaxCode>\s*<Description>.*?<TaxPercentage>(\d+)<",
        content.decode("cp1252"),
        re.DOTALL,
    )
    return {rate: found for found, rate in rows}


def verified(api: Any) -> None:
    answer = api.get("/_emulator/verify", account=api.name)
    assert (answer.status_code, answer.json()["findings"]) == (200, [])


class TestFourRegions:
    def test_a_document_of_three_regions_is_issued(self, any_api: Any) -> None:
        for region in ("PT-AC", "PT-MA"):
            tax(any_api, region, "16", region, "NOR")
        document = any_api.issue(items=[item(name) for name in ("PT-MA", "PT-AC", "IVA23")])
        fields = parsed(code(any_api, document))
        assert [fields[f"{letter}1"] for letter in "IJK"] == ["PT", "PT-AC", "PT-MA"]
        verified(any_api)

    @pytest.mark.parametrize("segment", ["invoices", "quotes", "transports"])
    def test_one_of_four_is_refused_and_stays_a_draft(self, any_api: Any, segment: str) -> None:
        for region in ("PT-AC", "PT-MA", "ES"):
            tax(any_api, region, "16", region, "NOR")
        draft = any_api.create(segment, items=[item(name) for name in ("PT-MA", "PT-AC", "ES", "IVA23")])
        answer = any_api.change(draft, "finalized")
        assert answer.status_code == 422
        assert any("mais de 3 regiões" in text for text in any_api.texts(answer))
        assert any_api.read(draft)["status"] == "draft"
        assert any_api.issue(segment)["sequence_number"].startswith("1/"), "the refusal used up no number"

    def test_an_account_in_english_is_told_so_in_english(self, api: Any) -> None:
        api.control("config", language="en")
        for region in ("PT-AC", "PT-MA", "ES"):
            tax(api, region, "16", region, "NOR")
        draft = api.create(items=[item(name) for name in ("PT-MA", "PT-AC", "ES", "IVA23")])
        said = "The document cannot have taxes of more than 3 regions"
        assert any(said in text for text in api.texts(api.change(draft, "finalized")))

    def test_what_is_not_reported_is_no_region_of_its_own(self, any_api: Any) -> None:
        """The tax authority has no such region: these rates count as Portugal's, which is present anyway."""
        for region in ("PT-AC", "PT-MA", "Desconhecido", "AN"):
            tax(any_api, region, "16", region, "NOR")
        names = ("PT-MA", "PT-AC", "Desconhecido", "AN", "IVA23")
        fields = parsed(code(any_api, any_api.issue(items=[item(name) for name in names])))
        assert [fields[f"{letter}1"] for letter in "IJK"] == ["PT", "PT-AC", "PT-MA"]
        assert (fields["I7"], fields["I8"]) == ("300.00", "55.00")
        verified(any_api)


def test_the_date_of_a_document_tells_what_a_rate_without_a_code_is(any_api: Any) -> None:
    any_api.freeze("2024-09-30T12:00:00")
    for rate in ("4", "5", "12", "22"):
        tax(any_api, f"M{rate}", rate, "PT-MA")
    items = [item(f"M{rate}") for rate in ("4", "5", "12", "22")]
    before = parsed(code(any_api, any_api.issue(items=items)))
    assert tax_table(any_api, "2024", "09") == {"4": "OUT", "5": "RED", "12": "INT", "22": "NOR"}
    any_api.freeze("2024-10-01T12:00:00")
    after = parsed(code(any_api, any_api.issue(items=items)))
    assert tax_table(any_api, "2024", "10") == {"4": "RED", "5": "OUT", "12": "INT", "22": "NOR"}
    for fields in (before, after):
        assert [fields[f"I{n}"] for n in (3, 4, 5, 6, 7, 8)] == [
            "200.00", "9.00", "100.00", "12.00", "100.00", "22.00"
        ]  # read by rows # fmt: skip
    verified(any_api)


def test_a_guide_without_prices_has_no_region(any_api: Any) -> None:
    guide = any_api.issue("transports", items=[item("IVA23", "0")])
    fields = parsed(code(any_api, guide))
    assert (fields["I1"], fields["N"], fields["O"]) == ("0", "0.00", "0.00")
    assert not [key for key in fields if key[0] in "IJKL" and key != "I1"]
    verified(any_api)


def test_a_receipt_says_what_was_paid(any_api: Any) -> None:
    receipt = any_api.pay(any_api.issue(), "100.5").json()["receipt"]
    fields = parsed(code(any_api, receipt))
    assert (fields["D"], fields["I1"], fields["L"], fields["O"]) == ("RG", "0", "100.50", "100.50")
    assert (fields["N"], fields["Q"]) == ("0.00", "0")


@pytest.mark.parametrize(
    ("client", "buyer", "country"),
    [
        ({}, "999999990", "PT"),
        ({"fiscal_id": "508025338"}, "508025338", "PT"),
        ({"fiscal_id": "PT 508 025 338"}, "508025338", "PT"),
        ({"fiscal_id": "DE 1*2\n3", "country": "Germany"}, "DE 1 2 3", "DE"),
        ({"fiscal_id": "Nº ção 日本", "country": "Japan"}, "Nº ção 日本", "JP"),
        ({"fiscal_id": "7" * 40, "country": "Netherlands Antilles"}, "7" * 30, "Desconhecido"),
    ],
)
def test_buyers(any_api: Any, client: dict[str, str], buyer: str, country: str) -> None:
    document = any_api.issue(client={"name": "Cliente", "code": "C", **client})
    fields = parsed(code(any_api, document))
    assert (fields["B"], fields["C"]) == (buyer, country)
    verified(any_api)


def test_a_longest_series_name_has_room(any_api: Any) -> None:
    row = any_api.only(any_api.post("/sequences.json", {"sequence": {"serie": "S" * 35}}).json())
    document = any_api.issue(sequence_id=row["current_invoice_sequence_id"])
    assert parsed(code(any_api, document))["G"] == f"FT {'S' * 35}/1"


def test_what_was_cancelled_says_so_and_what_was_invoiced_does_not(any_api: Any) -> None:
    canceled = any_api.changed(any_api.issue(), "canceled", "engano")
    assert parsed(code(any_api, canceled))["E"] == "A"
    guide = any_api.issue("shippings")
    any_api.issue(owner_invoice_id=guide["id"])
    assert parsed(code(any_api, guide))["E"] == "N"
