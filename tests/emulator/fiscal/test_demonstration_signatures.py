"""The tax authority's own signatures: 35 documents of its demonstration file, and its public key."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import Control
from invoicexpress_emulator.fiscal.signature import (
    KEY_VERSION,
    is_signed,
    message_to_sign,
    printed_characters,
)
from invoicexpress_emulator.verify import series_chain

FILE: Final = Path(__file__).parents[2] / "known_answers" / "demonstration_signatures.json"
KNOWN: Final[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
KEY: Final[str] = KNOWN["public_key"]


class Signed(NamedTuple):
    """A document of the demonstration file."""

    number: str
    status: str
    message: str
    hash: str


DOCUMENTS: Final = [Signed(**each) for each in KNOWN["documents"]]


def first_reading(message: str, signature: str) -> bool:
    """The code with which the emulator signs, and shows its chains."""
    return is_signed(KEY, message, signature)


def second_reading(message: str, signature: str) -> bool:
    """The fiscal self-check's own code for verifying chains."""
    key: Any = load_pem_public_key(KEY.encode())
    return series_chain.verifies(key, message, signature)


VERIFIERS: Final = [first_reading, second_reading]


@pytest.mark.parametrize("verifies", VERIFIERS)
def test_all_of_them_verify(verifies: Any) -> None:
    assert len(DOCUMENTS) == 35
    assert sum(each.status == "A" for each in DOCUMENTS) == 8
    assert all(verifies(each.message, each.hash) for each in DOCUMENTS)


@pytest.mark.parametrize("verifies", VERIFIERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_none_verifies_with_one_character_changed(verifies: Any, data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(DOCUMENTS))
    spoils_message = data.draw(st.booleans())
    text = each.message if spoils_message else each.hash
    place = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.characters(codec="ascii", categories=["L", "N", "P", "S"]))
    assume(character != text[place])
    changed = text[:place] + character + text[place + 1 :]
    assert not (verifies(changed, each.hash) if spoils_message else verifies(each.message, changed))


@pytest.mark.parametrize("verifies", VERIFIERS)
def test_a_signature_is_written_in_one_way(verifies: Any) -> None:
    """Four values of the last character decode alike; only the canonical one is accepted."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for each in DOCUMENTS:
        right = [letter for letter in letters if verifies(each.message, f"{each.hash[:-2]}{letter}=")]
        assert right == [each.hash[-2]]


@pytest.mark.parametrize("verifies", VERIFIERS)
@pytest.mark.parametrize("signature", ["", "=", "AAAA", "não", "A" * 172, "A" * 171 + "="])
def test_what_is_no_signature_is_none(verifies: Any, signature: str) -> None:
    assert not verifies(DOCUMENTS[0].message, signature)


def test_the_messages_are_made_of_their_parts() -> None:
    """Date, entry, number, total, and the series' previous signature in full, also of cancelled documents."""
    last: dict[str, str] = {}
    for each in DOCUMENTS:
        day, entered, number, total, previous = each.message.split(";")
        assert number == each.number
        series = number.split("/")[0]
        assert previous == last.get(series, "")
        last[series] = each.hash
        made = message_to_sign(
            date.fromisoformat(day),
            datetime.fromisoformat(entered),
            number,
            int(Decimal(total) * 100),
            previous,
        )
        assert made == each.message
    assert len(last) > 3


def test_the_four_characters_of_the_first() -> None:
    assert DOCUMENTS[0].number == "1T 1/1"
    assert printed_characters(DOCUMENTS[0].hash) == "vo6e"


@pytest.mark.parametrize("signature", [each.hash for each in DOCUMENTS[:3]])
def test_another_key_verifies_none(servers: dict[str, Emulator], signature: str) -> None:
    key = Control(servers["observed"].base_url).public_key().public_key
    message = next(each.message for each in DOCUMENTS if each.hash == signature)
    assert not is_signed(key, message, signature)


class TestPublicKey:
    def test_whoever_has_it_can_verify_what_was_issued(self, any_api: Any) -> None:
        """Verifies over HTTP alone, from the month's file and the public key."""
        any_api.freeze("2026-09-30T10:00:00")
        any_api.control("config", saft="immediate")
        for price in ("10", "0.5", "3.333"):
            last = any_api.issue(items=[{"name": "a", "unit_price": price, "quantity": 1}])
        any_api.changed(last, "canceled", "engano")
        any_api.issue()
        answer = any_api.get("/api/export_saft.json", month=9, year=2026)
        assert answer.status_code == 200
        url = re.search(r"http[^\"]+", answer.text)
        assert url is not None
        content = httpx.get(url.group())
        name = "{urn:OECD:StandardAuditFile-Tax:PT_1.04_01}"
        root = ET.fromstring(content.content)  # noqa: S314 - made by the emulator
        control = Control(str(any_api.http.base_url), account=any_api.name)
        key = control.public_key()
        previous = ""
        found = root.findall(f".//{name}Invoice")
        for each in found:
            day, entered, number = (
                each.findtext(name + field) or "" for field in ("InvoiceDate", "SystemEntryDate", "InvoiceNo")
            )
            total = each.findtext(f"{name}DocumentTotals/{name}GrossTotal")
            signature = each.findtext(name + "Hash") or ""
            assert is_signed(key.public_key, f"{day};{entered};{number};{total};{previous}", signature)
            assert each.findtext(name + "HashControl") == str(key.key_version)
            previous = signature
        assert len(found) == 4

    def test_it_is_one_for_all_accounts(self, any_api: Any, servers: dict[str, Emulator]) -> None:
        assert any_api.get("/_emulator/public_key", account=any_api.name).status_code == 422
        found = httpx.get(str(any_api.http.base_url.join("/_emulator/public_key"))).json()
        assert found.keys() == {"public_key", "key_version"}
        assert found["public_key"].startswith("-----BEGIN PUBLIC KEY-----\n")
        assert found["key_version"] == KEY_VERSION == 1

    def test_it_does_not_depend_on_the_seed(self) -> None:
        keys: list[str] = []
        for seed in (1, 2):
            with Emulator(seed=seed) as server:
                keys.append(Control(server.base_url).public_key().public_key)
        assert keys[0] == keys[1]


class TestWhatIsSigned:
    """The self-check verifies the stored signatures against messages that it builds itself."""

    def signed(self, api: Any) -> list[Any]:
        shown = api.get("/_emulator/documents", account=api.name).json()["documents"]
        assert api.get("/_emulator/verify", account=api.name).json()["findings"] == []
        return list(reversed(shown))

    def test_foreign_currency_signs_its_value_in_eur(self, any_api: Any) -> None:
        """Despacho 8632/2014, 2.1.7."""
        any_api.issue(currency_code="USD", rate="1.25")
        (found,) = self.signed(any_api)
        assert (found["total"], found["chain_is_valid"]) == ("123.00", True)

    def test_unvalued_guides_sign_nothing(self, any_api: Any) -> None:
        """Despacho 8632/2014, 2.1.6."""
        lines = [{"name": "Palete", "unit_price": "0", "quantity": 3}]
        for segment in ("shippings", "transports", "devolutions"):
            any_api.issue(segment, items=lines)
        found = self.signed(any_api)
        assert [(each["total"], each["chain_is_valid"]) for each in found] == [("0.00", True)] * 3

    def test_cancelled_documents_stay_and_receipts_are_left_out(self, any_api: Any) -> None:
        """Despacho 8632/2014, 1.1 and 2.3."""
        first = any_api.issue()
        receipt = any_api.only(any_api.pay(first, 1).json())
        any_api.changed(receipt, "canceled", "engano")
        before = any_api.read(first)["saft_hash"]
        any_api.changed(first, "canceled", "engano")
        any_api.issue()
        found = self.signed(any_api)
        assert [each["chain_is_valid"] for each in found] == [True, None, True]
        assert any_api.read(first)["saft_hash"] == before == found[0]["hash"]
