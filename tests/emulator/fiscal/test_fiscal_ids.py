"""Portuguese tax numbers: the check digit, the allowed first digits, and where bad numbers are refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.countries import COUNTRY_CODES
from invoicexpress_emulator.fiscal.fiscal_ids import (
    FINAL_CONSUMER,
    digits,
    is_valid,
    may_issue,
    without_prefix,
)
from invoicexpress_emulator.verify import tax_numbers

from tests.emulator.support.saft_file import File
from tests.folded import folded

WEIGHTS = range(9, 1, -1)
HOLDERS = (
    "1", "2", "3", "45", "5", "6", "70", "71", "72", "74", "75", "77", "79", "90", "91", "98", "99",
)  # read by rows # fmt: skip
"""First digits of people, companies, public bodies, estates, funds, condominiums and others."""
NOT_CHECKED = ("508000000", "500999888", "500100200")
"""Wrong numbers of the vendor's own examples."""


def check_digit(first_eight: str) -> str:
    """Weights 9 to 2, modulo 11: 0 for remainders below 2, otherwise 11 minus the remainder."""
    rest = sum(int(digit) * weight for digit, weight in zip(first_eight, WEIGHTS, strict=True)) % 11
    return str(0 if rest < 2 else 11 - rest)


EIGHT = st.from_regex(r"[0-9]{8}", fullmatch=True)
OF_HOLDERS = st.tuples(st.sampled_from(HOLDERS), EIGHT).map(lambda drawn: "".join(drawn)[:8])


class TestCheckDigit:
    @given(OF_HOLDERS)
    def test_numbers_of_every_kind_of_holder_are_right(self, eight: str) -> None:
        assert is_valid(eight + check_digit(eight), "Portugal")

    @given(EIGHT, st.integers(1, 9))
    def test_another_digit_is_wrong(self, eight: str, by: int) -> None:
        wrong = eight + str((int(check_digit(eight)) + by) % 10)
        assert is_valid(wrong, "Portugal") == (wrong in NOT_CHECKED)

    @given(EIGHT)
    def test_first_digits_that_nobody_has_pass_but_for_zero(self, eight: str) -> None:
        """The service is known to check only the check digit."""
        assert is_valid(eight + check_digit(eight), "Portugal") == (eight[0] != "0")

    @pytest.mark.parametrize("number", [FINAL_CONSUMER, "501413197", "599999993", *NOT_CHECKED])
    def test_known_numbers(self, number: str) -> None:
        assert is_valid(number, "Portugal")

    @pytest.mark.parametrize("number", ["999999999", "123456780", "12345678", "1234567890", "abcdefghi", ""])
    def test_known_wrong_numbers(self, number: str) -> None:
        assert not is_valid(number, "Portugal")

    @given(st.text(), st.sampled_from(sorted(COUNTRY_CODES.keys() - {"Portugal"})))
    def test_other_countries_are_not_checked(self, number: str, country: str) -> None:
        assert is_valid(number, country)


class TestIssuers:
    @given(OF_HOLDERS, st.sampled_from(["{}", "PT{}", " {} ", "PT {}"]))
    def test_prefix_and_spaces_are_overlooked(self, eight: str, written: str) -> None:
        number = eight + check_digit(eight)
        assert may_issue(written.format(number)) == (number != FINAL_CONSUMER)
        assert digits(written.format(number)) == number

    def test_the_final_consumer_issues_nothing(self) -> None:
        assert is_valid(FINAL_CONSUMER, "Portugal")
        assert not may_issue(FINAL_CONSUMER)
        assert not may_issue(f"PT {FINAL_CONSUMER}")


def wanted(**changes: Any) -> dict[str, Any]:
    account = {
        "organization_name": "Nova Lda",
        "email": "ana@nova.pt",
        "password": "segredo-8",
        "first_name": "Ana",
        "last_name": "Sousa",
        "terms": "1",
    }
    return {"account": {**account, **changes}}


def created(api: Any, **changes: Any) -> Any:
    answer = api.post("/api/accounts/create.json", wanted(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()["account"]


def shown(api: Any, account: Any) -> Any:
    return api.only(api.get(f"/api/accounts/{account['id']}/get.json").json())


class TestAccounts:
    def test_an_account_has_nine_digits(self, any_api: Any) -> None:
        made = created(any_api, fiscal_id="PT 508 025 338")
        assert shown(any_api, made)["fiscal_id"] == "508025338"
        again = any_api.post(
            "/api/accounts/create.json", wanted(organization_name="B", fiscal_id="508025338")
        )
        assert again.status_code == 422, "the number is in use"
        path = f"/api/accounts/{made['id']}/update.json"
        assert any_api.put(path, {"account": {"fiscal_id": "PT508025338"}}).status_code == 200
        assert any_api.put(path, {"account": {"fiscal_id": "501413197"}}).status_code == 422

    def test_one_without_a_number_issues_under_a_fictitious_one(self, any_api: Any) -> None:
        assert shown(any_api, created(any_api))["fiscal_id"] == "599999993"

    def test_elsewhere_numbers_are_as_they_are_sent(self, any_api: Any) -> None:
        made = created(any_api, fiscal_id="IE 1234567 X", tax_country="2")
        assert shown(any_api, made)["fiscal_id"] == "IE 1234567 X"

    def test_none_is_the_final_consumer(self, any_api: Any) -> None:
        answer = any_api.post("/api/accounts/create.json", wanted(fiscal_id=FINAL_CONSUMER))
        assert answer.status_code == 422
        assert "Vat Number is invalid" in any_api.texts(answer)


def test_a_customer_may_be_the_final_consumer(any_api: Any) -> None:
    document = any_api.issue(client={"name": "Consumidor", "code": "C", "fiscal_id": FINAL_CONSUMER})
    client = any_api.only(any_api.get(f"/clients/{document['client']['id']}.json").json())
    assert client["fiscal_id"] == FINAL_CONSUMER


COUNTRIES = {code: name for name, code in COUNTRY_CODES.items()}
ROWS = (
    # as stored; country; as written
    ("501413197", "PT", "501413197"),
    ("PT501413197", "PT", "501413197"),
    ("pt 501 413 197", "PT", "501413197"),
    (" 501 413 197 ", "PT", "501413197"),
    ("501-413-197", "PT", "501413197"),
    ("PT 999 999 990", "PT", "999999990"),
    ("PT 123", "PT", "123"),
    ("PT", "PT", "PT"),
    ("", "PT", ""),
    (501413197, "PT", "501413197"),
    ("PT501413197", "ES", "PT501413197"),
    ("ESB12345678", "ES", "B12345678"),
    ("ES B-12345678", "ES", "B-12345678"),
    ("es12345678Z", "ES", "12345678Z"),
    ("B12345678", "ES", "B12345678"),
    ("B12345678", "FR", "B12345678"),
    ("FRXX123456789", "FR", "XX123456789"),
    ("FR 12 345678901", "FR", "12 345678901"),
    ("ATU12345678", "AT", "U12345678"),
    ("EL123456789", "GR", "123456789"),
    ("GR123456789", "GR", "123456789"),
    ("XI123456789", "GB", "123456789"),
    ("GB 123 4567 89", "GB", "123 4567 89"),
    ("IT12345678901", "IT", "12345678901"),
    ("ITLMRA80A01H501U", "IT", "ITLMRA80A01H501U"),
    ("CHE-123.456.789", "CH", "CHE-123.456.789"),
    ("DE", "DE", "DE"),
    ("DE-", "DE", "DE-"),
)


@folded("stored, code, expected", ROWS)
def test_a_number_is_written_without_the_prefix_of_its_own_country(
    stored: Any, code: str, expected: str
) -> None:
    """In two readings of the law, that of the files and that of their check."""
    assert without_prefix(stored, code) == expected
    assert tax_numbers.without_prefix(stored, COUNTRIES[code]) == expected
    assert without_prefix(expected, code) == expected


def test_a_client_without_a_country_is_of_the_account_s() -> None:
    assert tax_numbers.without_prefix("PT 501 413 197", None) == "501413197"


@given(
    st.sampled_from(sorted(COUNTRIES)),
    st.text("PTESFRXIUB0123456789 -.", max_size=15),
)
def test_both_readings_agree(code: str, rest: str) -> None:
    for stored in (rest, f"{code}{rest}"):
        assert without_prefix(stored, code) == tax_numbers.without_prefix(stored, COUNTRIES[code])


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ({"fiscal_id": "PT 501 413 197"}, "501413197"),
        ({"fiscal_id": "ESB12345678", "country": "Spain"}, "B12345678"),
        ({"fiscal_id": "PT501413197", "country": "Spain"}, "PT501413197"),
        ({}, "999999990"),
    ],
)
def test_files_and_codes_have_the_number_alone(api: Any, client: dict[str, Any], expected: str) -> None:
    """The self-check reads the QR code, and its warnings judge the number itself."""
    api.freeze("2026-11-21T10:00:00")
    api.issue(client={"name": "Rui", **client})
    assert File.texts(File.of(api).root, "MasterFiles/Customer/CustomerTaxID") == [expected]
    assert api.get("/_emulator/verify", account=api.name).json() == {"findings": [], "warnings": []}
