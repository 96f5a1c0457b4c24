"""Comparing a thing at the service with the thing sent: the service's own forms are no differences."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    Client,
    ClientWrite,
    Guide,
    GuideWrite,
    Invoice,
    InvoiceWrite,
    Item,
    ItemWrite,
    TaxReference,
    reference_data,
)
from invoicexpress.quirks.comparison import (
    client_differences,
    document_differences,
    exact_differences,
    left_out,
    lookup_differences,
    same_amount,
)

from tests.unit.conftest import as_read, client_json, document_json, guide_json, item_json, line_json

DAY = datetime.date(2026, 11, 21)
LINE: dict[str, Any] = {"name": "Café", "unit_price": Decimal(10), "quantity": Decimal(1)}
EXEMPT: dict[str, Any] = {
    **document_json()["items"][0],
    "tax": {"id": 2, "name": "Isento", "value": 0.0},
    "tax_amount": 0.0,
}
ARTICLE = "Artigo 9.º do CIVA"


def sent(**changes: Any) -> InvoiceWrite:
    fields: dict[str, Any] = {
        "date": DAY,
        "client": {"name": "Ana", "code": "A1"},
        "items": [LINE],
        **changes,
    }
    return InvoiceWrite.of(**fields)


def found(**changes: Any) -> Invoice:
    return Invoice.from_dict(as_read(document_json(**changes)))


def between(one: InvoiceWrite, other: Invoice, **options: Any) -> list[str]:
    return list(document_differences("Invoice", one, other, **options))


def test_a_document_is_what_was_sent() -> None:
    assert between(sent(), found()) == []


@pytest.mark.parametrize("status", ["final", "settled", "canceled"])
@pytest.mark.parametrize(
    "shown",
    [
        {"items": [EXEMPT], "tax_exemption": "M07"},
        {"items": [EXEMPT]},
        {"tax_exemption": "M07"},
    ],
)
@pytest.mark.parametrize("given", [None, "", "Obrigado"])
def test_the_text_of_an_exemption_in_the_observations_of_an_issued_document_is_the_services(
    status: str, shown: dict[str, Any], given: str | None
) -> None:
    """Finalizing appends it (recorded 2019)."""
    write = sent() if given is None else sent(observations=given)
    appended = f"{given or ''} {ARTICLE}".strip()
    assert between(write, found(status=status, observations=appended, **shown)) == []
    assert between(write, found(status=status, observations=given, **shown)) == []


def test_an_items_old_price_proves_no_update() -> None:
    """The catalogue shows all four decimals: 2.02 is not 2.0244 on its way."""
    given = ItemWrite("Café", Decimal("2.0244"))
    for price, differs in (("2.02", True), ("2.0244", False)):
        item = Item.from_dict(as_read(item_json(unit_price=price)))
        assert any(exact_differences(given, item)) == differs


def test_other_observations_are_a_difference() -> None:
    exempt: dict[str, Any] = {"items": [EXEMPT], "tax_exemption": "M07"}
    said = [f"observations {ARTICLE!r}, sent 'Obrigado'"]
    assert between(sent(observations="Obrigado"), found(observations=ARTICLE, **exempt)) == said
    assert (
        between(sent(observations="Obrigado"), found(status="final", observations=ARTICLE, **exempt)) == said
    )
    # A draft has no such text yet, and a taxed document never.
    assert between(sent(), found(status="draft", observations=ARTICLE, **exempt)) != []
    assert between(sent(), found(status="final", observations=ARTICLE)) != []


def test_observations_may_be_shown_with_other_line_ends() -> None:
    assert between(sent(observations="um\ndois"), found(observations="um\r\ndois ")) == []


@pytest.mark.parametrize("code", sorted(reference_data.currencies()))
def test_a_currency_is_sent_by_its_code_and_shown_by_its_name(code: str) -> None:
    name = reference_data.currencies()[code].name
    shown = found(multicurrency={"rate": "1.25", "currency": name, "total": "15.38"})
    for written in (code, code.lower(), f" {code} "):
        assert between(sent(currency_code=written, rate=Decimal("1.25")), shown) == []
    other = "USD" if code != "USD" else "GBP"
    assert between(sent(currency_code=other, rate=Decimal("1.25")), shown) == [
        f"currency {name}, sent {reference_data.currencies()[other].name}"
    ]
    assert (between(sent(), shown) == []) == (name == "Euro")


@pytest.mark.parametrize("own", [{}, {"multicurrency": None}, {"multicurrency": {"currency": None}}])
def test_a_document_in_the_accounts_own_currency_shows_no_other(own: dict[str, Any]) -> None:
    assert between(sent(), found(**own)) == []
    assert between(sent(currency_code="EUR"), found(**own)) == []
    assert between(sent(currency_code=" "), found(**own)) == []
    assert between(sent(currency_code="USD"), found(**own)) == ["currency Euro, sent U.S. dollar"]


def test_a_rate_has_six_decimals() -> None:
    shown = found(multicurrency={"rate": "1.234568", "currency": "U.S. dollar"})
    assert between(sent(currency_code="USD", rate=Decimal("1.2345678")), shown) == []
    assert between(sent(currency_code="USD", rate=Decimal("1.23456")), shown) != []


@pytest.mark.parametrize(
    ("given", "shown", "differs"),
    [
        ({"name": "Ana", "code": "A1"}, {"id": 3, "name": "Ana", "code": "A1"}, False),
        # A client is matched by its code; its name may be another.
        ({"name": "Ana Sousa", "code": "A1"}, {"id": 3, "name": "Ana", "code": "A1"}, False),
        ({"name": "Ana"}, {"id": 3, "name": "Ana", "code": "A1"}, False),
        ({"name": " Ana ", "code": " "}, {"id": 3, "name": "Ana", "code": "A1"}, False),
        ({"name": "Ana", "code": "A1", "id": 3}, {"id": 3, "name": "Rui", "code": "R1"}, False),
        ({"name": "Ana", "code": "A1"}, {"id": 3, "name": "Ana", "code": "A2"}, True),
        ({"name": "Rui"}, {"id": 3, "name": "Ana", "code": None}, True),
        ({"name": "Ana", "code": "A1", "id": 4}, {"id": 3, "name": "Ana", "code": "A2"}, True),
    ],
)
def test_a_client_is_told_by_its_id_its_code_or_its_name(
    given: dict[str, Any], shown: dict[str, Any], differs: bool
) -> None:
    assert bool(between(sent(client=given), found(status="final", client=shown))) is differs


def test_a_draft_for_a_namesake_is_left_to_its_own_rule_unless_it_may_be_another_callers() -> None:
    shown: dict[str, Any] = {"client": {"id": 3, "name": "Ana", "code": "A2"}}
    said = ["client code A2, sent A1"]
    assert between(sent(), found(status="draft", **shown)) == []
    assert list(lookup_differences("Invoice", sent(), found(status="draft", **shown))) == said
    assert between(sent(), found(status="final", **shown)) == said


@pytest.mark.parametrize("retention", [None, 0, "0.0"])
def test_no_retention_is_null_or_zero(retention: Any) -> None:
    assert between(sent(), found(retention=retention)) == []
    assert between(sent(retention=Decimal(0)), found(retention=retention)) == []
    assert between(sent(retention=Decimal("11.5")), found(retention=retention)) != []


@pytest.mark.parametrize(
    "changes",
    [
        {"discount": 5.0, "total": 9.99},
        {"tax_exemption": "M07"},
        {"items": [line_json(tax=EXEMPT["tax"], discount=5.0)]},
    ],
)
def test_what_the_service_itself_changes_is_left_to_the_checks(changes: dict[str, Any]) -> None:
    assert between(sent(), found(**changes)) == []


def test_fields_that_the_caller_left_to_the_client_distinguish_nothing() -> None:
    shown = found(date="22/11/2026", observations="x")
    assert len(between(sent(), shown)) == 2
    assert between(sent(), shown, unchosen={"date", "observations"}) == []


def test_an_update_keeps_what_it_leaves_out() -> None:
    write = sent(due_date=DAY)
    assert "observations" in left_out(write)
    assert "date" not in left_out(write)
    assert between(write, found(due_date="21/11/2026", observations="old"), unchosen=left_out(write)) == []


PRICES = st.decimals(0, 10_000, places=6, allow_nan=False)


@given(PRICES)
def test_a_price_is_what_the_columns_keep_of_it(price: Decimal) -> None:
    for scale in (4, 2):
        stored = price.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)
        assert same_amount(price, stored, (4, 2))
    assert not same_amount(price, price + Decimal("0.01"), (4, 2))


def test_every_given_field_counts_after_an_unknown_update() -> None:
    """Equality in some fields proves nothing: the others may be old."""
    write = ItemWrite.of(name="Café", unit_price=Decimal("1.50"), unit="kg", tax=TaxReference("IVA23"))
    kept = Item.from_dict(as_read(item_json(unit="kg")))
    assert list(exact_differences(write, kept)) == []
    for changes, said in (
        ({"unit": "un"}, "unit un, sent kg"),
        ({"unit_price": "1.51"}, "unit_price 1.51 EUR, sent 1.50 EUR"),
        ({"tax": {"id": 2, "name": "IVA6"}}, "tax IVA6, sent IVA23"),
    ):
        other = Item.from_dict(as_read(item_json(**{"unit": "kg", **changes})))
        assert list(exact_differences(write, other)) == [said]
    assert list(exact_differences(write, Item.from_dict(as_read(item_json())))) == ["unit is not shown"]


def test_a_field_set_to_nothing_counts_as_well() -> None:
    cleared = ClientWrite.of(name="Ana", email="")
    assert list(exact_differences(cleared, Client.from_dict(as_read(client_json())))) == []
    old = Client.from_dict(as_read(client_json(email="a@example.com")))
    assert list(exact_differences(cleared, old)) == ["email a@example.com, sent "]
    assert list(client_differences(cleared, old)) == ["email a@example.com, sent "]


def test_a_tax_number_may_be_stored_without_its_separators() -> None:
    sent = ClientWrite.of(name="Ana", fiscal_id="pt 508.025.338")
    for stored, differences in (("508025338", 0), ("501413197", 1), (None, 1)):
        found = Client.from_dict(as_read(client_json(fiscal_id=stored)))
        assert len(list(client_differences(sent, found))) == differences, stored


def test_a_time_of_loading_travels_in_whole_seconds() -> None:
    loaded_at = datetime.datetime(2026, 11, 21, 15, 0, 0, 999_999)  # noqa: DTZ001 Lisbon's time, as on the wire
    place = {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
    fields: dict[str, Any] = {
        "date": DAY,
        "client": {"name": "Ana", "code": "A1"},
        "items": [LINE],
        "loaded_at": loaded_at,
        "address_from": place,
        "address_to": place,
    }
    write = GuideWrite.of(**fields)
    assert list(exact_differences(write, Guide.from_dict(as_read(guide_json())))) == []
    later = Guide.from_dict(as_read(guide_json(loaded_at="21/11/2026 15:00:01")))
    assert len(list(exact_differences(write, later))) == 1
