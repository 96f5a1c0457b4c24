"""Totals are rounded once, half up, from the stored values, and the parts always add up."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress import UNSET, EstimateWrite, InputError, InvoiceWrite, Tax, TaxReference, totals
from invoicexpress.totals import Line, TaxPlace, TaxRates, Totals, rounded
from invoicexpress_generated.models.global_discount_write import GlobalDiscountWrite

CENT = Decimal("0.01")
RATES = TaxRates({"IVA23": Decimal(23), "IVA6": Decimal(6), "Isento": Decimal(0)}, default=Decimal(23))


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


PERCENT = st.sampled_from([Decimal(rate) for rate in ("0", "4", "6", "13", "22", "23", "7.5")])
LINES = st.lists(
    st.builds(
        Line,
        unit_price=decimals("0", "99999", 4),
        quantity=decimals("0", "999", 2),
        discount=decimals("0", "100", 4),
        tax=PERCENT,
    ),
    min_size=1,
    max_size=8,
)
PERCENTAGES = decimals("0", "100", 4).map(lambda value: GlobalDiscountWrite("percentage", value))
DISCOUNTS = st.just(UNSET) | PERCENTAGES


def line(price: str, quantity: str = "1", tax: str = "23", discount: str = "0") -> Line:
    return Line(
        unit_price=Decimal(price), quantity=Decimal(quantity), tax=Decimal(tax), discount=Decimal(discount)
    )


def item(**changes: Any) -> dict[str, Any]:
    return {"name": "A", "unit_price": Decimal(10), "quantity": Decimal(1), **changes}


def by_the_formula(lines: list[Line]) -> Decimal:
    """round2(Σ price · quantity · (1 - discount/100) · (1 + rate/100)), implemented independently."""
    with localcontext(prec=80):
        exact = sum(
            (
                each.unit_price * each.quantity * (1 - each.discount / 100) * (1 + each.tax / 100)
                for each in lines
            ),
            Decimal(0),
        )
        return exact.quantize(CENT, ROUND_HALF_UP)


@given(LINES)
@example([line("2.37")] * 3)
@example([line("0.0050", tax="0")])
def test_the_total_is_the_exact_sum_rounded_once_half_up(lines: list[Line]) -> None:
    assert totals.of_lines(lines).total == by_the_formula(lines)


@given(LINES, DISCOUNTS)
def test_the_amounts_add_up(lines: list[Line], discount: GlobalDiscountWrite | Any) -> None:
    found = totals.of_lines(lines, global_discount=discount)
    assert found.before_taxes + found.taxes == found.total
    assert found.sum - found.discount == found.before_taxes
    for name in ("sum", "discount", "before_taxes", "taxes", "total", "retention"):
        amount: Decimal = getattr(found, name)
        assert amount >= 0
        assert amount.as_tuple().exponent == -2


@given(LINES, DISCOUNTS)
def test_the_parts_per_rate_add_up_to_the_document(lines: list[Line], discount: Any) -> None:
    found = totals.of_lines(lines, global_discount=discount)
    assert [part.rate for part in found.parts] == sorted({each.tax for each in lines}, reverse=True)
    assert sum(part.base for part in found.parts) == found.before_taxes
    assert sum(part.tax for part in found.parts) == found.taxes
    for part in found.parts:
        assert part.base >= 0
        assert part.tax >= 0
        assert part.rate or not part.tax
        alone = totals.of_lines([each for each in lines if each.tax == part.rate], global_discount=discount)
        # A part may get the document's leftover cent in addition to its own.
        assert abs(part.base - alone.before_taxes) <= 2 * CENT
        assert abs(part.tax - alone.taxes) <= CENT


@given(LINES)
def test_an_assumption_is_confessed_exactly_where_a_cent_is_left_over(lines: list[Line]) -> None:
    found = totals.of_lines(lines)
    assert {"parts", "retention"} <= found.assumed
    assert "total" not in found.assumed
    with localcontext(prec=80):
        gross = sum((each.unit_price * each.quantity for each in lines), Decimal(0))
        net = sum((each.unit_price * each.quantity * (1 - each.discount / 100) for each in lines), Decimal(0))
        on_their_own = (gross.quantize(CENT, ROUND_HALF_UP), net.quantize(CENT, ROUND_HALF_UP))
    is_left_over = on_their_own != (found.sum, found.before_taxes)
    assert ("before_taxes" in found.assumed) is is_left_over


def test_documents_that_were_seen() -> None:
    """oxdog 2026-08; and three times 2.37 at 23 %, which rounded line by line would be a cent more."""
    found = totals.of_lines([line("8.1301"), line("8.1301", discount="100"), line("4.87")])
    amounts = (found.sum, found.discount, found.before_taxes, found.taxes, found.total)
    assert amounts == tuple(map(Decimal, ("21.13", "8.13", "13.00", "2.99", "15.99")))
    assert found.assumed == {"parts", "retention"}
    assert totals.of_lines([line("2.37")] * 3).total == Decimal("8.75")


def test_a_leftover_cent_goes_to_the_amount_before_taxes() -> None:
    # Net 0.0377 is 0.04 on its own and VAT 0.006371 is 0.01, together 0.044071, which is 0.04.
    found = totals.of_lines([line("0.0050", "2", tax="0"), line("0.0277")])
    assert (found.total, found.taxes, found.before_taxes) == (
        Decimal("0.04"),
        Decimal("0.01"),
        Decimal("0.03"),
    )
    assert "before_taxes" in found.assumed


def test_what_is_not_stored_does_not_count() -> None:
    """Columns (weareswat 2020): price 4, quantity 2, discount 4, rate 2 decimals."""
    found = totals.of_lines([line("0.00005", "10000", tax="0")])
    assert found.lines == (line("0.0001", "10000", tax="0"),)
    assert found.total == Decimal("1.00")
    assert totals.of_lines([line("1", "1.005", tax="0")]).lines[0].quantity == Decimal("1.01")
    assert totals.of_lines([line("1", "1", tax="6.005")]).lines[0].tax == Decimal("6.01")
    assert totals.of_lines([line("1", discount="0.00004", tax="0")]).discount == 0


@pytest.mark.parametrize(
    ("discount", "expected"),
    [
        (GlobalDiscountWrite("percentage", Decimal(50)), ("20.00", "10.00", "10.00", "1.45", "11.45")),
        (GlobalDiscountWrite("absolute", Decimal(5)), ("20.00", "5.00", "15.00", "2.18", "17.18")),
        (GlobalDiscountWrite("absolute", Decimal(20)), ("20.00", "20.00", "0.00", "0.00", "0.00")),
    ],
)
def test_a_global_discount_is_taken_from_each_line(
    discount: GlobalDiscountWrite, expected: tuple[str, ...]
) -> None:
    found = totals.of_lines([line("10"), line("10", tax="6")], global_discount=discount)
    amounts = (found.sum, found.discount, found.before_taxes, found.taxes, found.total)
    assert amounts == tuple(map(Decimal, expected))
    assert "total" in found.assumed, "documented, but not observed"


def test_a_retention_is_its_own_amount_and_not_taken_from_the_total() -> None:
    found = totals.of_lines([line("100")], retention=Decimal("11.5"))
    assert (found.total, found.retention) == (Decimal("123.00"), Decimal("11.50"))
    assert totals.of_lines([line("100")]).retention == 0


def test_another_currency_is_the_total_times_its_rate() -> None:
    found = totals.of_lines([line("100")], exchange_rate=Decimal("1.2356541"))
    assert found.multicurrency_total == Decimal("151.99"), "rate 1.235654 is stored"
    assert totals.of_lines([line("100")]).multicurrency_total is None


def test_a_document_is_worked_out_from_its_model() -> None:
    fields: Any = {
        "date": date(2026, 11, 21),
        "items": [
            {"name": "A", "unit_price": Decimal(10), "quantity": Decimal(2), "discount": Decimal(50)},
            {"name": "B", "unit_price": Decimal(10), "quantity": Decimal(1), "tax": {"name": "IVA6"}},
        ],
        "retention": Decimal(10),
    }
    invoice = InvoiceWrite.of(**fields, rate=Decimal(2), currency_code="USD")
    found = totals.of_document(invoice, RATES)
    assert (found.total, found.retention, found.multicurrency_total) == (
        Decimal("22.90"),
        Decimal("2.00"),
        Decimal("45.80"),
    )
    assert totals.of_document(EstimateWrite.of(**fields), RATES).total == found.total
    halved = InvoiceWrite.of(**fields, global_discount={"value_type": "percentage", "value": Decimal(50)})
    assert totals.of_document(halved, RATES).total == Decimal("11.45")


def test_rates_come_from_the_account_s_taxes() -> None:
    taxes = [
        Tax(1, "IVA6", Decimal("6.0"), default_tax=False),
        Tax(2, "IVA23", Decimal("23.0"), default_tax=True),
    ]
    assert TaxRates.of(taxes) == TaxRates({"IVA6": Decimal(6), "IVA23": Decimal(23)}, Decimal(23))
    assert TaxRates.of(taxes[:1]).default is None


def test_regions_and_codes_come_from_the_account_s_taxes() -> None:
    taxes = [
        Tax(1, "IVA4", Decimal("4.0"), region="PT-AC", code="RED", default_tax=True),
        Tax(2, "Outro", Decimal(5), region="", code=None),
        Tax(3, "IVA22", Decimal(22), region="PT-MA"),
    ]
    rates = TaxRates.of(taxes)
    assert rates.place_of(UNSET) == rates.place_of(TaxReference(" IVA4 ")) == TaxPlace("PT-AC", "RED")
    assert rates.place_of(TaxReference("IVA22")) == TaxPlace("PT-MA")
    assert rates.place_of(TaxReference("Outro")) == rates.place_of(TaxReference("IVA99")) == TaxPlace()
    assert TaxRates.of(taxes[1:]).place_of(UNSET) == TaxPlace()


def parts_of(**changes: Any) -> list[tuple[Any, ...]]:
    """Region, code and exemption of each part of a document."""
    rates = TaxRates.of(
        [
            Tax(1, "Madeira", Decimal(5), region="PT-MA"),
            Tax(2, "Especial", Decimal(5), region="PT-MA", code="OUT"),
            Tax(3, "Sem região", Decimal(23)),
            Tax(4, "Isento", Decimal(0), default_tax=True),
        ]
    )
    fields: dict[str, Any] = {"date": date(2024, 9, 30), "items": [item()], **changes}
    found = totals.of_document(InvoiceWrite.of(**fields), rates)
    return [(part.region, part.code, part.exemption) for part in found.parts]


def test_a_tax_without_a_code_has_that_of_its_rate_on_the_day() -> None:
    two = [item(tax={"name": "Madeira"}), item(tax={"name": "Especial"})]
    assert parts_of(items=two) == [("PT-MA", "OUT", None), ("PT-MA", "RED", None)]
    # 5 % is no longer a rate of Madeira, so the two are one part.
    assert parts_of(items=two, date=date(2024, 10, 1)) == [("PT-MA", "OUT", None)]
    assert parts_of(items=[item(tax={"name": "Sem região"})]) == [("PT", "NOR", None)]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, [None]),
        ({"tax_exemption": "M07"}, ["M07"]),
        ({"tax_exemption": "M00", "tax_exemption_reason": "M05"}, ["M05"]),
        ({"items": [item(tax_exemption="M00")], "tax_exemption_reason": "M05"}, ["M05"]),
        ({"items": [item(), item(tax_exemption="M01")], "tax_exemption": "M07"}, ["M01", "M07"]),
        ({"items": [item(tax_exemption="M07"), item()], "tax_exemption": "M07"}, ["M07"]),
    ],
)
def test_each_exemption_is_a_part(changes: dict[str, Any], codes: list[str | None]) -> None:
    assert parts_of(**changes) == [("PT", "ISE", code) for code in codes]


def test_an_exemption_of_what_is_taxed_tells_nothing_apart() -> None:
    taxed = Line(unit_price=Decimal(1), tax=Decimal(23), exemption="M07")
    (part,) = totals.of_lines([taxed, line("1")]).parts
    assert (part.base, part.exemption) == (Decimal("2.00"), None)


def test_parts_stand_by_region_rate_code_and_exemption() -> None:
    lines = [
        Line(unit_price=Decimal(1), tax=Decimal(tax), region=region, code=code, exemption=exemption)
        for region, tax, code, exemption in [
            ("PT-MA", 22, "NOR", None),
            ("ES", 21, "OUT", None),
            ("PT", 0, "ISE", "M05"),
            ("PT", 6, "RED", None),
            ("PT", 0, "ISE", "M01"),
            ("PT", 23, "OUT", None),
            ("PT", 23, "NOR", None),
        ]
    ]
    found = totals.of_lines(lines).parts
    assert [(part.region, int(part.rate), part.code, part.exemption) for part in found] == [
        ("ES", 21, "OUT", None),
        ("PT", 23, "NOR", None),
        ("PT", 23, "OUT", None),
        ("PT", 6, "RED", None),
        ("PT", 0, "ISE", "M01"),
        ("PT", 0, "ISE", "M05"),
        ("PT-MA", 22, "NOR", None),
    ]


def test_amounts_beyond_any_context_are_exact() -> None:
    largest = Decimal("99999999999999.9999")
    found = totals.of_lines([line(str(largest), "99999999999999.99"), line("0.01", tax="0")])
    with localcontext(prec=80):
        net = largest * Decimal("99999999999999.99")
        assert found.before_taxes + found.taxes == found.total
        assert found.total == (net * Decimal("1.23") + Decimal("0.01")).quantize(CENT, ROUND_HALF_UP)
        assert sum((part.base for part in found.parts), Decimal(0)) == found.before_taxes


MISTAKES: list[tuple[dict[str, Any], TaxRates, str]] = [
    (item(tax={"name": "IVA99"}), RATES, "items[1].tax: the account has no tax 'IVA99'"),
    (item(), TaxRates({"IVA6": Decimal(6)}), "items[1].tax: no tax, and `rates` has no default"),
    (item(unit_price=Decimal(-1)), RATES, "items[1].unit_price: expected 0 or more"),
    (item(unit_price=1.5), RATES, "items[1].unit_price: expected a decimal.Decimal, got float"),
    (item(quantity=Decimal("NaN")), RATES, "items[1].quantity: expected a decimal.Decimal"),
    (item(discount=Decimal("100.01")), RATES, "items[1].discount: expected 0 to 100 percent"),
]


@pytest.mark.parametrize(("wrong", "rates", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(wrong: dict[str, Any], rates: TaxRates, said: str) -> None:
    document = InvoiceWrite.of(date=date(2026, 11, 21), items=[item(tax={"name": "IVA6"}), wrong])  # type: ignore[list-item] # the point
    with pytest.raises(InputError) as caught:
        totals.of_document(document, rates)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"global_discount": GlobalDiscountWrite("percentage", Decimal("100.01"))}, "global_discount.value"),
        ({"global_discount": GlobalDiscountWrite("absolute", Decimal("10.01"))}, "global_discount.value"),
        ({"global_discount": GlobalDiscountWrite("absolute", Decimal(-1))}, "global_discount.value"),
        ({"retention": Decimal(-1)}, "retention"),
        ({"exchange_rate": 1.5}, "rate"),
    ],
)
def test_a_mistake_of_the_whole_is_named(settings: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        totals.of_lines([line("10")], **settings)
    assert caught.value.field == field


def test_no_line_comes_to_nothing() -> None:
    found = totals.of_lines([])
    assert (found.total, found.parts, found.lines) == (Decimal("0.00"), (), ())
    assert isinstance(found, Totals)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=Decimal("1E+90")),
    st.integers(0, 9),
)
@example(Decimal("1E+90"), 9)
@example(Decimal("0.005"), 2)
@example(Decimal("9.995"), 2)
def test_rounding_is_half_up_whatever_the_size(value: Decimal, decimals: int) -> None:
    exact = Fraction(value) * 10**decimals
    assert Fraction(rounded(value, decimals)) * 10**decimals == floor(exact + Fraction(1, 2))


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_rounded(value: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        rounded(Decimal(value), 2)
