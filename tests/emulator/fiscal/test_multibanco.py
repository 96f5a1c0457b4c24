"""Multibanco references: check digits match those of public code, and the entity does not exist."""

from __future__ import annotations

import io
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.document_types import DOCUMENT_TYPES
from invoicexpress_emulator.fiscal.multibanco import ENTITY, LARGEST_AMOUNT, reference_for
from invoicexpress_emulator.storage.ids import RANGE
from pypdf import PdfReader
from stdnum.iso7064 import mod_97_10

from tests.emulator.output.qr_code.test_issuing import code
from tests.emulator.output.qr_code.test_text import parsed

WEIGHTS = (51, 73, 17, 89, 38, 62, 45, 53, 15, 50, 5, 49, 34, 81, 76, 27, 90, 9, 30, 3)
"""Of the twenty digits: entity, subentity, id, cents (as ten public implementations have them)."""


def check_digits(entity: str, key: str, cents: int) -> str:
    """The two check digits by the table of weights, independent of the emulator's library."""
    digits = f"{entity}{key}{cents:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return f"{98 - total % 97:02d}"


def test_the_table_of_weights_gives_the_public_example() -> None:
    """Entity 11604, subentity 999, id 1234, 25.86 EUR: 90."""
    assert check_digits("11604", "9991234", 2586) == "90"
    assert mod_97_10.calc_check_digits("11604" + "9991234" + "00002586") == "90"


class TestReference:
    @given(st.integers(1, 10**12), st.integers(1, LARGEST_AMOUNT))
    def test_its_check_digits_are_right_by_both_readings(self, document_id: int, amount: int) -> None:
        found = reference_for(document_id, amount)
        assert found is not None
        assert (found.entity, found.amount) == (ENTITY, amount) == ("00000", amount)
        assert re.fullmatch(r"[0-9]{9}", found.reference)
        key, check = found.reference[:7], found.reference[7:]
        assert check == check_digits(ENTITY, key, amount)
        assert mod_97_10.is_valid(f"{ENTITY}{key}{amount:08d}{check}")

    @given(st.integers(1, 10**9), st.integers(1, LARGEST_AMOUNT), st.integers(0, 19), st.integers(1, 9))
    def test_no_digit_can_be_misread(self, document_id: int, amount: int, place: int, by: int) -> None:
        """Changing one digit of entity, reference or amount breaks the check."""
        found = reference_for(document_id, amount)
        assert found is not None
        digits = f"{ENTITY}{found.reference[:7]}{amount:08d}"
        wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
        assert mod_97_10.calc_check_digits(wrong) != found.reference[7:]

    @given(st.sets(st.integers(1, RANGE), min_size=2, max_size=50), st.integers(1, LARGEST_AMOUNT))
    def test_no_two_documents_of_an_account_share_one(self, ids: set[int], amount: int) -> None:
        first = 3 * RANGE + 2_000_000
        references = {reference_for(first + each, amount) for each in ids}
        assert len({found.reference[:7] for found in references if found}) == len(ids)

    @pytest.mark.parametrize("amount", [1, LARGEST_AMOUNT])
    def test_smallest_and_largest_amount(self, amount: int) -> None:
        assert reference_for(1, amount) is not None
        assert LARGEST_AMOUNT == 99_999_999

    @pytest.mark.parametrize("amount", [-1, 0, LARGEST_AMOUNT + 1])
    def test_other_amounts_have_none(self, amount: int) -> None:
        assert reference_for(1, amount) is None


def issued(api: Any, price: str = "100.0", segment: str = "invoices") -> Any:
    items = [{"name": "Coisa", "unit_price": price, "quantity": 1}]
    return api.issue(segment, mb_reference="1", items=items)


def test_answer_code_and_paper_show_the_same(any_api: Any) -> None:
    any_api.control("config", pdf="immediate")
    document = issued(any_api)
    shown = document["mb_reference"]
    expected = reference_for(document["id"], 12300)
    assert expected is not None
    assert (shown["entity"], shown["reference"], shown["value"]) == ("00000", expected.reference, 123.0)
    assert any_api.read(document)["mb_reference"] == shown
    assert parsed(code(any_api, document))["S"] == f"MB;00000;{expected.reference};123.00"
    address = any_api.get(f"/api/pdf/{document['id']}.json").json()["output"]["pdfUrl"]
    pages = PdfReader(io.BytesIO(httpx.get(address).content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert expected.reference in re.sub(r"\s", "", text)


def test_two_documents_of_one_amount_have_two_references(any_api: Any) -> None:
    found = [issued(any_api)["mb_reference"]["reference"] for _ in range(3)]
    assert len(set(found)) == 3


def test_they_stay_when_a_document_is_cancelled(api: Any) -> None:
    document = issued(api)
    assert api.changed(document, "canceled", "engano")["mb_reference"] == document["mb_reference"]


@pytest.mark.parametrize(
    ("price", "has_one"), [("0", False), ("0.01", True), ("813008.12", True), ("813008.14", False)]
)
def test_amounts_that_no_reference_can_carry(any_api: Any, price: str, has_one: bool) -> None:
    """813,008.12 EUR + 23 % is 999,999.99 EUR; two cents more make a million."""
    document = issued(any_api, price)
    assert ("mb_reference" in document) == has_one
    assert ("S" in parsed(code(any_api, document))) == has_one


def test_only_some_types_carry_one(any_api: Any) -> None:
    carriers = {each.segment for each in DOCUMENT_TYPES if each.multibanco}
    assert carriers == {"invoices", "simplified_invoices", "invoice_receipts"}
    assert "mb_reference" not in issued(any_api, segment="quotes")
