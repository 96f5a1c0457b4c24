"""The VAT summary: which documents count, how their cents are split, and that no cent is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import InputError, saft_file
from invoicexpress.saft_file import VatSummary, vat_summary

from tests.unit.support.saft_files import Tree, document, file, sales

CENT: Final = Decimal("0.01")


def row_line(
    amount: str = "10.00",
    rate: str | None = "23",
    *,
    side: str = "CreditAmount",
    region: str = "PT",
    code: str = "NOR",
    kind: str = "IVA",
    exemption: str | None = None,
    **more: str,
) -> Tree:
    """A line with its tax; `more` are further elements."""
    tax: Tree = [("TaxType", kind), ("TaxCountryRegion", region), ("TaxCode", code)]
    tax.append(("TaxPercentage", rate) if rate is not None else ("TaxAmount", more.pop("TaxAmount")))
    return [
        ("LineNumber", 1), ("ProductCode", "PAO"), ("Quantity", more.pop("Quantity", "1")),
        ("UnitPrice", amount), *more.items(), (side, amount), ("Tax", tax), ("TaxExemptionCode", exemption),
    ]  # fmt: skip


def of_lines(*lines: Tree, place: int = 1, net: str, tax: str, **more: Any) -> tuple[str, Tree]:
    gross = str(Decimal(net) + Decimal(tax))
    return document(place, net=net, tax=tax, gross=gross, lines=lines, **more)


def kind(value: str) -> tuple[str, str]:
    """The document type, as another child would be."""
    return ("InvoiceType", value)


def typed(made: tuple[str, Tree], value: str) -> tuple[str, Tree]:
    name, tree = made
    return name, [kind(value) if child == "InvoiceType" else (child, text) for child, text in tree]


def note(*lines: Tree, **more: Any) -> tuple[str, Tree]:
    return typed(of_lines(*lines, series="NC 2026", **more), "NC")


def summed(*documents: tuple[str, Tree]) -> VatSummary:
    return vat_summary(saft_file.read(file(sales(*documents))))


def shown(summary: VatSummary) -> list[tuple[Any, ...]]:
    """Region, code, rate, exemption, base and tax of each row."""
    return [
        (row.tax_country_region, row.tax_code, str(row.tax_percentage), row.tax_exemption_code,
         str(row.base), str(row.tax))
        for row in summary.rows
    ]  # fmt: skip


def test_a_row_is_a_region_a_rate_and_an_exemption() -> None:
    summary = summed(
        of_lines(
            row_line("100.00"),
            row_line("10.00", "6", code="RED"),
            row_line("50.00", "22", region="PT-MA"),
            row_line("20.00", "0", code="ISE", exemption="M07"),
            row_line("30.00", "0", code="ISE", exemption="M05"),
            row_line("5.00", "16", region="PT-AC"),
            row_line("1.00", "0", code="NS", kind="NS", exemption="M99"),
            net="216.00",
            tax="35.40",
        ),
        of_lines(row_line("1.00", "23.00"), net="1.00", tax="0.23", place=2),
    )
    assert shown(summary) == [
        ("PT", "NOR", "23", None, "101.00", "23.23"),
        ("PT", "RED", "6", None, "10.00", "0.60"),
        ("PT", "ISE", "0", "M05", "30.00", "0.00"),
        ("PT", "ISE", "0", "M07", "20.00", "0.00"),
        ("PT-AC", "NOR", "16", None, "5.00", "0.80"),
        ("PT-MA", "NOR", "22", None, "50.00", "11.00"),
        ("PT", "NS", "0", "M99", "1.00", "0.00"),
    ]
    assert (summary.documents, summary.left_out, summary.findings) == (2, 0, ())
    assert (summary.net_total, summary.tax_payable) == (Decimal("217.00"), Decimal("35.63"))


def test_notes_are_negative_and_summed_apart() -> None:
    summary = summed(
        of_lines(row_line("100.00"), net="100.00", tax="23.00"),
        note(row_line("30.00", side="DebitAmount"), net="30.00", tax="6.90"),
        typed(of_lines(row_line("10.00"), net="10.00", tax="2.30", series="ND 2026"), "ND"),
        of_lines(row_line("8.00"), row_line("2.00", side="DebitAmount"), net="6.00", tax="1.38", place=2),
    )
    (row,) = summary.rows
    assert (row.base, row.tax) == (Decimal("86.00"), Decimal("19.78"))
    assert (row.corrected_base, row.corrected_tax) == (Decimal("-30.00"), Decimal("-6.90"))


@pytest.mark.parametrize("status", ["N", "S", "R", "T", "A", "F"])
def test_cancelled_documents_and_those_invoiced_again_do_not_count(status: str) -> None:
    summary = summed(of_lines(row_line(), net="10.00", tax="2.30", status=status))
    counts = status not in "AF"
    assert (summary.documents, summary.left_out) == (int(counts), int(not counts))
    assert summary.tax_payable == (Decimal("2.30") if counts else 0)


def test_other_sections_charge_nothing() -> None:
    sources: Tree = [
        (section, [document(1, section=section, signature="x")])
        for section in ("MovementOfGoods", "WorkingDocuments", "Payments")
    ]
    assert vat_summary(saft_file.read(file(sources))).rows == ()


def test_the_cash_scheme_has_rows_of_its_own() -> None:
    regimes: Tree = [("CashVATSchemeIndicator", "1")]
    summary = summed(
        of_lines(row_line(), net="10.00", tax="2.30", SpecialRegimes=regimes),
        of_lines(row_line(), net="10.00", tax="2.30", place=2),
    )
    assert [(row.is_cash_vat, row.tax) for row in summary.rows] == [
        (False, Decimal("2.30")),
        (True, Decimal("2.30")),
    ]


def test_stamp_duty_is_not_vat_and_is_payable_too() -> None:
    summary = summed(
        of_lines(
            row_line("100.00"),
            row_line("0", "0.8", kind="IS", code="17.1", Quantity="2", TaxBase="1000"),
            row_line("0", None, kind="IS", code="1.2", TaxAmount="5.00"),
            net="100.00",
            tax="44.00",
        )
    )
    assert [(row.tax_type, row.tax_code, row.base, row.tax) for row in summary.rows] == [
        ("IVA", "NOR", Decimal("100.00"), Decimal("23.00")),
        ("IS", "17.1", Decimal(0), Decimal("16.00")),
        ("IS", "1.2", Decimal(0), Decimal("5.00")),
    ]
    assert summary.findings == ()


def test_a_note_of_tax_only_is_negative() -> None:
    summary = summed(note(row_line("0", side="DebitAmount", TaxBase="100"), net="0", tax="23.00"))
    (row,) = summary.rows
    assert (row.base, row.tax, row.corrected_tax) == (Decimal(0), Decimal(-23), Decimal(-23))
    assert summary.findings == ()


@pytest.mark.parametrize(("tax", "split"), [("0.34", ["0.17", "0.17"]), ("0.35", ["0.18", "0.17"])])
def test_cents_go_to_the_rows_that_lost_most(tax: str, split: list[str]) -> None:
    """0.1725 and 0.1704 EUR."""
    lines = [row_line("0.75", "23"), row_line("2.84", "6", code="RED")]
    summary = summed(of_lines(*lines, net="3.59", tax=tax))
    assert [str(row.tax) for row in summary.rows] == split
    assert summary.findings == ()


def test_the_tax_of_many_documents_is_not_rounded_once() -> None:
    """Three times 2.37 EUR: 0.5451 each, rounded in each document."""
    made = [of_lines(row_line("2.37"), net="2.37", tax="0.55", place=n) for n in (1, 2, 3)]
    summary = summed(*made)
    assert summary.tax_payable == summary.rows[0].tax == Decimal("1.65")


def test_rounding_each_line_is_no_contradiction() -> None:
    lines = [row_line("0.02") for _ in range(10)]
    summary = summed(of_lines(*lines, net="0.20", tax="0.00"))
    assert (summary.findings, summary.tax_payable) == ((), Decimal(0))


@pytest.mark.parametrize(
    ("changed", "expected", "tax", "rest"),
    [
        ({"tax": "2.40"}, [("tax_payable", "2.30", "2.40")], "2.30", ("0.00", "0.10")),
        ({"tax": "2.20"}, [("tax_payable", "2.30", "2.20")], "2.30", ("0.00", "-0.10")),
        ({"tax": "2.31"}, [("tax_payable", "2.30", "2.31")], "2.30", ("0.00", "0.01")),
        ({"tax": "-2.30"}, [("tax_payable", "2.30", "-2.30")], "2.30", ("0.00", "-4.60")),
        ({"net": "9.00"}, [("net_total", "10.00", "9.00")], "2.30", ("-1.00", "0.00")),
    ],
)
def test_what_the_lines_do_not_explain_is_told(
    changed: dict[str, str], expected: list[Any], tax: str, rest: tuple[str, str]
) -> None:
    totals: dict[str, str] = {"net": "10.00", "tax": "2.30", **changed}
    summary = summed(of_lines(row_line(), **totals))  # type: ignore[arg-type]
    assert [(each.kind, str(each.expected), str(each.found)) for each in summary.findings] == expected
    named, unnamed = summary.rows
    assert (str(named.tax), unnamed.tax_type) == (tax, None)
    assert (str(unnamed.base), str(unnamed.tax)) == rest
    assert (summary.net_total, summary.tax_payable) == (Decimal(totals["net"]), Decimal(totals["tax"]))


@pytest.mark.parametrize("sign", ["", "-"])
def test_totals_of_notes_lower_with_and_without_a_sign(sign: str) -> None:
    summary = summed(note(row_line(side="DebitAmount"), net=f"{sign}10.00", tax=f"{sign}2.30"))
    (row,) = summary.rows
    assert (row.base, row.tax, summary.findings) == (Decimal(-10), Decimal("-2.30"), ())


def test_signs_that_differ_in_a_note_are_told() -> None:
    summary = summed(note(row_line(side="DebitAmount"), net="-10.00", tax="2.30"))
    (finding,) = summary.findings
    assert (finding.kind, finding.expected, finding.found) == (
        "tax_payable", Decimal("-2.30"), Decimal("2.30")
    )  # fmt: skip


def test_a_tax_on_exempt_lines_is_told() -> None:
    summary = summed(of_lines(row_line(rate="0", code="ISE", exemption="M07"), net="10.00", tax="0.01"))
    assert [each.kind for each in summary.findings] == ["tax_payable"]
    assert [(row.tax_type, row.tax) for row in summary.rows] == [("IVA", 0), (None, CENT)]


def test_what_cannot_be_read_is_told_and_guessed_at_nowhere() -> None:
    bare: Tree = [each for each in row_line() if each[0] != "Tax"]
    summary = summed(
        of_lines(row_line("?"), net="10.00", tax="2.30"),
        of_lines(bare, net="10.00", tax="0", place=2),
        document(3, net="?", tax="2.30", gross="12.30", lines=[row_line()]),
    )
    assert [(each.number, each.kind) for each in summary.findings] == [
        ("FT 2026/1", "unreadable"),
        ("FT 2026/2", "unreadable"),
        ("FT 2026/3", "unreadable"),
    ]
    assert summary.documents == 2
    assert [(row.tax_type, row.base, row.tax) for row in summary.rows] == [
        ("IVA", Decimal("10.00"), Decimal("2.30")),
        (None, Decimal("10.00"), Decimal(0)),
    ]


def with_tax(rate: Tree) -> Tree:
    """A line whose rate, or amount of tax, is another."""
    tax: Tree = [("TaxType", "IVA"), ("TaxCountryRegion", "PT"), ("TaxCode", "NOR"), *rate]
    return [(name, tax) if name == "Tax" else (name, value) for name, value in row_line()]


@pytest.mark.parametrize(
    ("rate", "what"),
    [
        ([("TaxPercentage", "23%")], "TaxPercentage: "),
        ([("TaxPercentage", "23"), ("TaxPercentage", "6")], "TaxPercentage: "),
        ([], "line 1 has no rate, and no amount of tax"),
        ([("TaxPercentage", "")], "line 1 has no rate, and no amount of tax"),
    ],
)
def test_a_rate_that_cannot_be_read_is_no_rate_of_zero(rate: Tree, what: str) -> None:
    summary = summed(
        of_lines(with_tax(rate), row_line("100.00", "6", code="RED"), net="110.00", tax="8.30"),
        note([*with_tax(rate)[:-3], ("DebitAmount", "10.00"), *with_tax(rate)[-2:]], net="10.00", tax="2.30"),
    )
    assert [(each.kind, each.number) for each in summary.findings] == [
        ("unreadable", "FT 2026/1"),
        ("unreadable", "NC 2026/1"),
    ]
    for finding in summary.findings:
        assert finding.what.startswith(what)
        assert finding.line == 2
        assert ("expected a number, got '23%'" in finding.what) == (rate == [("TaxPercentage", "23%")])
    assert shown(summary) == [
        ("PT", "RED", "6", None, "100.00", "6.00"),
        (None, None, "None", None, "0.00", "0.00"),
    ]
    assert (summary.rows[1].tax_type, summary.rows[1].corrected_tax) == (None, Decimal("-2.30"))
    assert (summary.documents, summary.tax_payable) == (2, Decimal("6.00"))


def test_a_document_without_a_readable_tax_does_not_count() -> None:
    unknown = with_tax([("TaxPercentage", "?")])
    summary = summed(document(1, net="10.00", tax="?", gross="12.30", lines=[unknown]))
    assert (summary.documents, summary.rows) == (0, ())
    assert [each.what for each in summary.findings][1] == (
        "TaxPayable is not readable either, so it does not count"
    )


@pytest.mark.parametrize(
    ("lines", "more", "field"),
    [
        ([row_line("0", "10", TaxBase="?")], {}, "TaxBase"),
        ([row_line("0", "10", TaxBase="23", Quantity="?")], {}, "Quantity"),
        ([row_line()], {"SpecialRegimes": [("CashVATSchemeIndicator", "?")]}, "CashVATSchemeIndicator"),
        ([row_line()], {"status": ""}, "InvoiceStatus"),
    ],
)
def test_each_value_that_the_summary_depends_on_is_told(
    lines: list[Tree], more: dict[str, Any], field: str
) -> None:
    summary = summed(of_lines(*lines, net=str(Decimal(lines[0][3][1])), tax="2.30", **more))
    assert {each.kind for each in summary.findings} == {"unreadable"}
    assert field in summary.findings[0].what
    assert summary.tax_payable == Decimal("2.30")


def test_a_line_with_an_unreadable_amount_beside_a_readable_one_is_told() -> None:
    summary = summed(of_lines([*row_line(), ("DebitAmount", "?")], net="10.00", tax="2.30"))
    assert [each.kind for each in summary.findings] == ["unreadable"]
    assert summary.documents == 0


def test_no_number_is_too_large() -> None:
    huge = row_line("9E+99", "9E+99", Quantity="9E+99", TaxBase="9E+99")
    summary = summed(document(1, net="9E+99", tax="9E+99", gross="9E+99", lines=[huge]))
    assert summary.tax_payable == Decimal("9E+99")


def test_the_callers_decimal_context_does_not_matter() -> None:
    made = of_lines(row_line("123456.78"), net="123456.78", tax="28395.06")
    with localcontext(Context(prec=4)):
        summary = summed(made)
    assert str(summary.rows[0].tax) == "28395.06"


# Several files ------------------------------------------------------------------------------------------


def month(number: int, last: int, **changed: str) -> saft_file.AuditFile:
    content = file(sales(of_lines(row_line(), net="10.00", tax="2.30")))
    for old, new in {"2026-11-01": f"2026-{number:02}-01", "2026-11-30": f"2026-{number:02}-{last}"}.items():
        content = content.replace(f"Date>{old}<".encode(), f"Date>{new}<".encode())
    for old, new in changed.items():
        content = content.replace(old.encode(), new.encode())
    return saft_file.read(content)


def test_a_quarter_is_three_months() -> None:
    summary = vat_summary(month(number, last) for number, last in ((10, 31), (11, 30), (12, 31)))
    assert (summary.documents, summary.tax_payable) == (3, Decimal("6.90"))


@pytest.mark.parametrize(
    "files",
    [
        [month(10, 31), month(10, 31)],
        [month(10, 31), month(11, 30), month(10, 20)],
        [month(10, 31), month(11, 30, **{"599999993": "500000000"})],
        [month(10, 31), month(11, 30, StartDate="Nothing")],
    ],
    ids=["twice", "part", "company", "undated"],
)
def test_no_document_counts_twice(files: Sequence[saft_file.AuditFile]) -> None:
    with pytest.raises(InputError) as caught:
        vat_summary(files)
    assert caught.value.field == "files"


# Laws ---------------------------------------------------------------------------------------------------

RATES: Final = [("23", "NOR", "PT"), ("13", "INT", "PT"), ("6", "RED", "PT"), ("22", "NOR", "PT-MA"),
                ("0", "ISE", "PT")]  # fmt: skip
issued_lines: Final = st.tuples(st.decimals(0, 9999, places=4), st.sampled_from(RATES))


@given(
    st.lists(
        st.tuples(st.lists(issued_lines, min_size=1, max_size=6), st.booleans(), st.sampled_from("NNNAF")),
        min_size=1,
        max_size=6,
    )
)
def test_rows_add_up_to_the_documents(made: list[Any]) -> None:
    """Totals are rounded once from exact lines, as a program may; no cent appears or is lost."""
    documents: list[tuple[str, Tree]] = []
    net_total = tax_payable = Decimal(0)
    exact: dict[tuple[str, str], Decimal] = {}
    for place, (lines, is_note, status) in enumerate(made, start=1):
        net = sum((amount for amount, _ in lines), Decimal(0)).quantize(CENT, ROUND_HALF_UP)
        exact_tax = sum((amount * Decimal(rate) / 100 for amount, (rate, *_) in lines), Decimal(0))
        tax = exact_tax.quantize(CENT, ROUND_HALF_UP)
        side, sign = ("DebitAmount", -1) if is_note else ("CreditAmount", 1)
        rows = [
            row_line(str(amount), rate, side=side, code=code, region=region)
            for amount, (rate, code, region) in lines
        ]
        issue = note if is_note else of_lines
        documents.append(issue(*rows, net=str(net), tax=str(tax), place=place, status=status))
        if status == "N":
            net_total += sign * net
            tax_payable += sign * tax
            for amount, (rate, _, region) in lines:
                exact[rate, region] = (
                    exact.get((rate, region), Decimal(0)) + sign * amount * Decimal(rate) / 100
                )
    summary = summed(*documents)
    assert summary.findings == ()
    assert (summary.net_total, summary.tax_payable) == (net_total, tax_payable)
    assert sum((row.base for row in summary.rows), Decimal(0)) == net_total
    assert sum((row.tax for row in summary.rows), Decimal(0)) == tax_payable
    found = {(str(row.tax_percentage), row.tax_country_region): row.tax for row in summary.rows}
    assert found.keys() == exact.keys()
    for key, tax in found.items():
        assert abs(tax - exact[key]) <= CENT * len(made)  # type: ignore[index]
