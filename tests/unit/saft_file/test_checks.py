"""A file's consistency checks: no finding for a sound file, and one for each thing that is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import saft_file
from invoicexpress.saft_file import SECTIONS, Finding, Section

from tests.folded import folded
from tests.unit.support.saft_files import HEADER, MASTERS, OWN_TYPE, Tree, document, file, line, sales


def found(sources: Tree) -> list[Finding]:
    return saft_file.check(saft_file.read(file(sources)))


def told(sources: Tree) -> list[tuple[str, str | None, Any, Any]]:
    """Kind, number, expected and actual value of each finding."""
    return [(each.kind, each.number, each.expected, each.found) for each in found(sources)]


def month(*, entries: int = 4, debit: str = "10.00", credit: str = "20.00", **changed: Any) -> Tree:
    """Two invoices, a cancelled one, and a credit note. `changed` are arguments of the first invoice."""
    credit_note = [line(side="DebitAmount")]
    return [
        (
            "SalesInvoices",
            [
                ("NumberOfEntries", entries),
                ("TotalDebit", debit),
                ("TotalCredit", credit),
                document(1, **changed),
                document(2, status="A"),
                document(3),
                document(1, series="NC 2026", lines=credit_note),
            ],
        )
    ]


def test_a_file_that_agrees_with_itself_has_no_findings() -> None:
    assert found(month()) == []


def test_a_section_of_guides_counts_lines_and_quantities() -> None:
    def guides(lines: int, quantity: str) -> Tree:
        totals: Tree = [("NumberOfMovementLines", lines), ("TotalQuantityIssued", quantity)]
        rows = [
            document(
                n,
                section="MovementOfGoods",
                series="GT 2026",
                status=status,
                lines=[line("5.00"), line("5.00")],
            )
            for n, status in enumerate("NAF", start=1)
        ]
        return [("MovementOfGoods", [*totals, *rows])]

    assert found(guides(6, "4")) == []
    assert told(guides(5, "4")) == [("control_total", None, 6, 5)]
    assert told(guides(6, "6")) == [("control_total", None, Decimal(4), Decimal(6))]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"entries": 3}, [("control_total", None, 4, 3)]),
        ({"credit": "30.00"}, [("control_total", None, Decimal("20.00"), Decimal("30.00"))]),
        ({"debit": "0"}, [("control_total", None, Decimal("10.00"), Decimal(0))]),
        ({"gross": "12.31"}, [("gross_total", "FT 2026/1", Decimal("12.30"), Decimal("12.31"))]),
        ({"gross": "-12.30"}, [("gross_total", "FT 2026/1", Decimal("12.30"), Decimal("-12.30"))]),
        (
            {"net": "10.02", "gross": "12.32", "lines": [line()]},
            [("net_total", "FT 2026/1", Decimal("10.00"), Decimal("10.02"))],
        ),
        ({"customer": "C2"}, [("unknown_customer", "FT 2026/1", None, None)]),
        (
            {"lines": [line("5.00", product="X"), line("5.00", product="X")]},
            [("unknown_product", "FT 2026/1", None, None)],
        ),
        ({"day": 22}, [("order", "FT 2026/2", None, None)]),
        ({"gross": "?"}, [("unreadable", "FT 2026/1", None, None)]),
        ({"lines": [line("?")]}, [("unreadable", "FT 2026/1", None, None)] * 2),
    ],
)
def test_each_contradiction_is_found_alone(changed: dict[str, Any], expected: list[Any]) -> None:
    assert told(month(**changed)) == expected


def test_a_cent_of_rounding_is_no_contradiction() -> None:
    lines = [line("3.3333"), line("3.3333"), line("3.3333")]
    assert found(month(lines=lines, credit="19.9999")) == []
    assert found(month(lines=lines, credit="20.00")) == []


EXEMPT: Tree = [("TaxExemptionReason", "Artigo 9.º do CIVA"), ("TaxExemptionCode", "M07")]


def of_price(amount: str, quantity: str, price: str, *, side: str = "CreditAmount") -> Tree:
    """A line of several pieces, without tax."""
    exempt = [("TaxType", "IVA"), ("TaxCode", "ISE"), ("TaxPercentage", 0)]
    changed = {"Quantity": quantity, "UnitPrice": price, "Tax": exempt}
    row = [(name, changed.get(name, value)) for name, value in line(amount, side=side)]
    return [*row, *EXEMPT]


@pytest.mark.parametrize("section", ["SalesInvoices", "WorkingDocuments", "MovementOfGoods"])
@pytest.mark.parametrize("side", ["CreditAmount", "DebitAmount"])
@pytest.mark.parametrize(
    ("amount", "quantity", "price", "product"),
    [
        ("10.00", "3", "3.333333", None),
        ("10.00", "3", "3.33", None),
        ("10.00", "3", "3.32", "9.96"),
        ("689.04", "12.5", "55.1234", None),
        ("689.05", "12.5", "55.1234", "689.04250"),
        ("10.01", "1", "10", "10"),
        ("10.01", "1", "10.005", None),
        ("10.01", "1", "10.004", "10.004"),
        ("37.04", "30", "1.2345", None),
        ("37.05", "30", "1.2348", None),
        ("37.05", "30", "1.2347", "37.0410"),
        ("10.01", "1000", "0.01", None),
        ("10.02", "1000", "0.01", "10.00"),
        ("23.3938", "5", "4.6788", None),
        ("9.9999", "3", "3.33333333", None),
        ("9.9959", "1", "9.9999", "9.9999"),
        ("1267.25", "100000", "0.0126725", None),
        ("1267.25", "100000", "0.012673", "1267.300000"),
        ("10.00", "-2", "5", None),
        ("10.00", "0", "5", "0"),
        ("0.00", "0", "5", None),
        ("1E+30", "1E+20", "1E+10", None),
    ],
)
def test_a_line_is_its_quantity_times_its_price(
    section: Section, side: str, amount: str, *, quantity: str, price: str, product: str | None
) -> None:
    rows = [of_price(amount, quantity, price, side=side)]
    is_note = section == "SalesInvoices" and side == "DebitAmount"
    series = f"{'NC' if is_note else OWN_TYPE[section]} 2026"
    made = document(1, section=section, series=series, net=amount, gross=amount, tax="0", lines=rows)
    expected = [] if product is None else [
        ("line_amount", f"{series}/1", Decimal(product), Decimal(amount))
    ]  # fmt: skip
    assert told([(section, [made])]) == expected


def test_a_line_says_which_and_why() -> None:
    made = document(1, tax="0.92", gross="10.92", lines=[line("4.00"), of_price("6.00", "2", "2.50")])
    (finding,) = found(sales(made))
    assert finding.what == "line 2 has the amount 6.00 EUR, 2 times 2.50 EUR is 5.00 EUR"


@pytest.mark.parametrize("missing", ["Quantity", "UnitPrice"])
def test_a_line_without_quantity_or_price_is_not_judged(missing: str) -> None:
    bare = [each for each in line() if each[0] != missing]
    assert "line_amount" not in {each.kind for each in found(sales(document(1, lines=[bare])))}


# Taxes and sums ---------------------------------------------------------------------------------------


def of_rate(amount: str, rate: int | None, *, side: str = "CreditAmount") -> Tree:
    """A line with a rate, or without a tax."""
    tax = None if rate is None else [("TaxType", "IVA"), ("TaxPercentage", rate)]
    return [(name, tax if name == "Tax" else value) for name, value in line(amount, side=side)]


def test_a_tax_that_was_inflated_with_the_gross_total_is_found() -> None:
    assert told(month(tax="3.30", gross="13.30")) == [
        ("tax_payable", "FT 2026/1", Decimal("2.30"), Decimal("3.30"))
    ]
    (finding,) = found(month(tax="3.30", gross="13.30"))
    assert finding.what == "the tax is 3.30 EUR, that of the lines is 2.30 EUR"


@folded(
    "changed, is_found",
    [
        ({"tax": "2.30"}, False),
        ({"tax": "2.31", "gross": "12.31"}, True),
        ({"tax": "2.29", "gross": "12.29"}, True),
        ({"tax": "0.00", "gross": "10.00"}, True),
        ({"tax": "-2.30", "gross": "7.70"}, True),
        ({"tax": "0.02", "gross": "0.10", "net": "0.08", "lines": [line("0.02")] * 4}, False),
        ({"tax": "0.00", "gross": "0.08", "net": "0.08", "lines": [line("0.02")] * 4}, False),
        ({"tax": "0.04", "gross": "0.12", "net": "0.08", "lines": [line("0.02")] * 4}, False),
        ({"tax": "0.05", "gross": "0.13", "net": "0.08", "lines": [line("0.02")] * 4}, True),
        ({"tax": "0.60", "gross": "10.60", "lines": [of_rate("10.00", 6)]}, False),
        ({"tax": "2.30", "gross": "12.30", "lines": [of_rate("10.00", 6)]}, True),
        ({"tax": "2.90", "gross": "22.90", "net": "20.00",
          "lines": [of_rate("10.00", 6), of_rate("10.00", 23)]}, False),
        ({"tax": "1.15", "gross": "6.15", "net": "5.00",
          "lines": [line("10.00"), line("5.00", side="DebitAmount")]}, False),
        ({"tax": "9.99", "gross": "19.99", "lines": [of_rate("10.00", None)]}, False),
        ({"tax": "9.99", "gross": "29.99", "net": "20.00", "lines": [line("10.00"), of_rate("10.00", None)]},
         False),
    ],
)  # read by rows # fmt: skip
def test_the_tax_is_that_of_the_lines_but_for_rounding(changed: dict[str, Any], is_found: bool) -> None:
    """A line whose tax is unknown could have any."""
    assert [kind for kind, *_ in told(sales(document(1, **changed)))] == ["tax_payable"] * is_found


@folded(
    "count, rows, net, tax, kinds",
    [
        # Exact products and taxes in whole cents leave nothing to round.
        (200, ("10.00", "1", "10"), "2000.00", "460.00", []),
        (200, ("10.00", "1", "10"), "2000.00", "460.01", ["tax_payable"]),
        (200, ("10.00", "1", "10"), "2000.00", "462.00", ["tax_payable"]),
        (200, ("10.00", "1", "10"), "2000.01", "460.00", ["net_total"]),
        # Tax of 0.7659 EUR: rounded by line, once, and inflated.
        (200, ("3.33", "1", "3.33"), "666.00", "154.00", []),
        (200, ("3.33", "1", "3.33"), "666.00", "153.18", []),
        (200, ("3.33", "1", "3.33"), "666.00", "154.01", ["tax_payable"]),
        # Ties, rounded up, down and once.
        (200, ("0.50", "1", "0.5"), "100.00", "24.00", []),
        (200, ("0.50", "1", "0.5"), "100.00", "22.00", []),
        (200, ("0.50", "1", "0.5"), "100.00", "23.00", []),
        # Net total and tax of 100 prices of 1.00 EUR with tax, from exact amounts and from rounded ones.
        (100, ("0.81", "1", "0.813008"), "81.30", "18.70", []),
        (100, ("0.81", "1", "0.813008"), "81.00", "19.00", []),
        (100, ("0.81", "1", "0.813008"), "81.00", "18.63", []),
        (100, ("0.81", "1", "0.813008"), "81.32", "18.70", ["net_total"]),
        (100, ("0.81", "1", "0.813008"), "81.30", "19.40", ["tax_payable"]),
        # Amounts of four and six decimals.
        (3, ("3.3333", "1", "3.3333"), "10.00", "2.30", []),
        (3, ("3.3333", "1", "3.3333"), "9.99", "2.31", []),
        (3, ("3.333333", "1", "3.333333"), "9.999999", "2.299999", []),
        (3, ("3.333333", "1", "3.333333"), "10.02", "2.30", ["net_total"]),
        # A price of four decimals hides what an amount lost: 22.2 times 1.23455 EUR is 27.407 EUR.
        (4, ("27.41", "22.2", "1.2347"), "109.63", "25.21", []),
        (4, ("27.41", "22.2", "1.2347"), "109.61", "25.21", ["net_total"]),
        (200, ("10.00", "1", "10.0000"), "2000.01", "460.00", ["net_total"]),
        (200, ("10.00", "3", "3.333333"), "2000.00", "460.00", []),
        (200, ("10.00", "3", "3.333333"), "2000.00", "460.01", ["tax_payable"]),
    ],
)
def test_rounding_explains_no_more_than_each_line_loses(
    count: int, rows: tuple[str, str, str], net: str, tax: str, *, kinds: list[str]
) -> None:
    amount, quantity, price = rows
    changed = {"Quantity": quantity, "UnitPrice": price}
    row = [(name, changed.get(name, value)) for name, value in line(amount)]
    made = document(1, net=net, tax=tax, gross=str(Decimal(net) + Decimal(tax)), lines=[row] * count)
    assert [kind for kind, *_ in told(sales(made))] == kinds


@folded(
    "series, side, amount, totals, kinds",
    [
        ("FT", "CreditAmount", "10.00", ("10.00", "2.30", "12.30"), []),
        ("FT", "CreditAmount", "10.00", ("10.00", "-2.30", "7.70"), ["tax_payable"]),
        ("FT", "CreditAmount", "10.00", ("-10.00", "2.30", "-7.70"), ["net_total"]),
        ("FT", "CreditAmount", "10.00", ("-10.00", "-2.30", "-12.30"), ["net_total", "tax_payable"]),
        ("FT", "CreditAmount", "10.00", ("10.00", "2.30", "-12.30"), ["gross_total"]),
        ("NC", "DebitAmount", "10.00", ("10.00", "2.30", "12.30"), []),
        ("NC", "DebitAmount", "10.00", ("-10.00", "-2.30", "-12.30"), []),
        ("NC", "DebitAmount", "10.00", ("-10.00", "2.30", "-7.70"), ["tax_payable"]),
        ("NC", "DebitAmount", "10.00", ("10.00", "-2.30", "7.70"), ["tax_payable"]),
        ("NC", "DebitAmount", "10.00", ("-10.00", "-2.30", "12.30"), ["gross_total"]),
        ("NC", "CreditAmount", "-10.00", ("10.00", "2.30", "12.30"), []),
        ("NC", "CreditAmount", "-10.00", ("-10.00", "-2.30", "-12.30"), []),
        ("FT", "CreditAmount", "0.00", ("0.00", "0.00", "0.00"), []),
        ("NC", "DebitAmount", "0.00", ("0.00", "0.00", "0.00"), []),
    ],
)
def test_totals_have_one_sign(
    series: str, side: str, amount: str, totals: tuple[str, str, str], *, kinds: list[str]
) -> None:
    """That of credit notes may be missing. The VAT summary finds the same, but for the gross total."""
    net, tax, gross = totals
    made = sales(document(1, series=f"{series} A", net=net, tax=tax, gross=gross,
                          lines=[line(amount, side=side)]))  # fmt: skip
    assert [kind for kind, *_ in told(made)] == kinds
    summary = saft_file.vat_summary(saft_file.read(file(made)))
    assert [each.kind for each in summary.findings] == [kind for kind in kinds if kind != "gross_total"]


def test_a_tax_that_no_line_explains_still_has_the_sign_of_the_net_total() -> None:
    made = document(1, tax="-9.99", gross="0.01", lines=[of_rate("10.00", None)])
    (finding,) = found(sales(made))
    assert finding.kind == "tax_payable"
    assert finding.what == "the tax is -9.99 EUR, and the net total has the other sign: 10.00 EUR"


def test_a_fixed_tax_and_a_tax_base_are_taxes_of_their_lines() -> None:
    stamp = [("TaxType", "IS"), ("TaxCode", "1.1"), ("TaxPercentage", Decimal("0.8"))]
    house = [("TaxBase", 50000) if name == "UnitPrice" else (name, stamp if name == "Tax" else value)
             for name, value in line("0")]  # fmt: skip
    fixed = [(name, [("TaxType", "IS"), ("TaxAmount", 3)] if name == "Tax" else value)
             for name, value in line("10.00")]  # fmt: skip
    assert found(sales(document(1, net="0", tax="400", gross="400", lines=[house]))) == []
    assert found(sales(document(1, tax="3", gross="13", lines=[fixed]))) == []
    assert [kind for kind, *_ in told(sales(document(1, tax="4", gross="14", lines=[fixed])))] == [
        "tax_payable"
    ]


def test_a_receipt_may_pay_less_than_the_documents_that_it_lists() -> None:
    """As one of the tax authority's demonstration file, of 1200.00 EUR less a discount of 100.00."""
    receipt = document(1, section="Payments", series="RG 2026", net="900", tax="200", gross="1100",
                       lines=[line("900", side="CreditAmount")])  # fmt: skip
    assert found([("Payments", [receipt])]) == []


@folded("section", ["SalesInvoices", "WorkingDocuments", "MovementOfGoods"])
def test_every_section_with_taxes_is_checked(section: Section) -> None:
    assert [kind for kind, *_ in told([(section, [document(1, section=section, tax="3", gross="13")])])] == [
        "tax_payable"
    ]


@folded(
    "net, tax, gross, is_found",
    [
        ("10.003065", "2.300935", "12.304000", False),
        ("10.003065", "2.300935", "12.30", False),
        ("10.003065", "2.300935", "12.31", True),
        ("10.003065", "2.300935", "12.298999", True),
        ("10.004065", "2.300935", "12.31", False),
        ("10.003", "2.30", "12.30", False),
        ("10.00", "2.30", "12.30", False),
        ("10.00", "2.30", "12.31", True),
        ("10.00", "2.30", "12.29", True),
    ],
)
def test_a_gross_total_of_six_decimals_may_be_half_a_cent_off(
    net: str, tax: str, gross: str, *, is_found: bool
) -> None:
    made = document(1, net=net, tax=tax, gross=gross, lines=[line("10.003065")])
    assert [kind for kind, *_ in told(sales(made))] == ["gross_total"] * is_found


@folded(
    "count, credit, is_found",
    [
        (10, "101.234560", False),
        (10, "101.20", False),
        (10, "101.28", False),
        (10, "101.29", True),
        (10, "101.18", True),
        (1, "10.123456", False),
        (1, "10.12", False),
        (1, "10.13", True),
    ],
)
def test_control_totals_may_add_what_each_document_rounds(count: int, credit: str, *, is_found: bool) -> None:
    """Ten documents of 10.123456 EUR."""
    rows = [document(n, net="10.12", tax="2.33", gross="12.45", lines=[line("10.123456")])
            for n in range(1, count + 1)]  # fmt: skip
    kinds = [kind for kind, *_ in told(sales(*rows, entries=count, credit=credit))]
    assert kinds == ["control_total"] * is_found


@folded(
    "credit, is_found",
    [
        ("100", False),
        ("100.00", False),
        ("100.000000", False),
        ("100.00000000000001", False),
        ("100.001", True),
        ("100.01", True),
        ("99.99", True),
        ("100.05", True),
    ],
)
def test_control_totals_of_whole_cents_are_exact(credit: str, *, is_found: bool) -> None:
    """But for what binary numbers lose."""
    rows = [document(n) for n in range(1, 11)]
    assert told(sales(*rows, entries=10, credit=credit)) == [
        ("control_total", None, Decimal(100), Decimal(credit))
    ] * is_found  # read by rows # fmt: skip


@folded(
    "credit, debit, kinds",
    [
        ("20.00", "9.9999", []),
        ("20.00", "10.00", []),
        ("20.00", "9.99", []),
        ("20.00", "9.98", ["control_total"]),
        ("20.01", "9.9999", ["control_total"]),
        ("19.99", "9.9999", ["control_total"]),
    ],
)
def test_each_control_total_takes_the_decimals_of_its_own_side(
    credit: str, debit: str, *, kinds: list[str]
) -> None:
    """Programs may round the lines of 3.3333 EUR of the note before they add them."""
    note = document(1, series="NC 2026", lines=[line("3.3333", side="DebitAmount")] * 3)
    rows: Tree = [("TotalDebit", debit), ("TotalCredit", credit), document(1), document(2), note]
    assert [kind for kind, *_ in told([("SalesInvoices", rows)])] == kinds


@folded(
    "quantity, issued, is_found",
    [("0.5", "1.5", False), ("0.5", "1.51", True), ("0.333333", "1.33", False), ("0.333333", "1.34", True)],
)
def test_quantities_are_counted_as_exactly(quantity: str, issued: str, *, is_found: bool) -> None:
    part = [(name, quantity if name == "Quantity" else value) for name, value in line()]
    rows: Tree = [("TotalQuantityIssued", issued), document(1, section="MovementOfGoods"),
                  document(2, section="MovementOfGoods", lines=[part])]  # fmt: skip
    kinds = [kind for kind, *_ in told([("MovementOfGoods", rows)])]
    assert kinds == ["line_amount"] + ["control_total"] * is_found


# Types, numbers and dates -----------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["CreditAmount", "DebitAmount"])
@folded("kind", ["FT", "FS", "FR", "ND", "VD", "NC", "TD", "DA", "CS"])
def test_each_type_has_its_side(kind: str, side: str) -> None:
    right = {"NC": "DebitAmount", "TD": "DebitAmount", "DA": "DebitAmount", "CS": side}
    made = document(1, series=f"{kind} 2026", lines=[line(side=side)])
    expected = [] if right.get(kind, "CreditAmount") == side else ["wrong_side"]
    assert [name for name, *_ in told(sales(made))] == expected


def test_a_wrong_side_is_said_with_its_lines() -> None:
    rows = [line("8.00", side="DebitAmount"), line("3.00"), line("5.00", side="DebitAmount")]
    for place, row in enumerate(rows, start=1):
        row[0] = ("LineNumber", place)
    (finding,) = found(sales(document(1, lines=rows)))
    assert str(finding) == (
        "SalesInvoices FT 2026/1, line 2 of the file: lines 1, 3: its type FT takes CreditAmount, "
        "and its lines come to 10.00 EUR of DebitAmount"
    )
    note = document(1, series="NC 2026", lines=[line("10.00")])
    assert found(sales(note))[0].what == (
        "line 1: its type NC takes DebitAmount, and its lines come to 10.00 EUR of CreditAmount"
    )


@folded(
    "series, rows, what",
    [
        (
            "FT",
            [("CreditAmount", "-10.00")],
            "line 1 with a negative CreditAmount: its type FT takes CreditAmount of 0 or more, "
            "and its lines come to -10.00 EUR of it",
        ),
        (
            "NC",
            [("DebitAmount", "-10.00")],
            "line 1 with a negative DebitAmount: its type NC takes DebitAmount of 0 or more, "
            "and its lines come to -10.00 EUR of it",
        ),
        (
            "FT",
            [("CreditAmount", "5.00"), ("CreditAmount", "-9.00"), ("DebitAmount", "6.00")],
            "line 2 with a negative CreditAmount, line 3 with DebitAmount: its type FT takes CreditAmount "
            "of 0 or more, and its lines come to -10.00 EUR of it",
        ),
    ],
)
def test_a_negative_amount_is_said_to_be_negative(
    series: str, rows: list[tuple[str, str]], *, what: str
) -> None:
    lines = [line(amount, side=side) for side, amount in rows]
    (finding,) = found(sales(document(1, series=f"{series} A", lines=lines)))
    assert (finding.kind, finding.what) == ("wrong_side", what)


def test_a_side_is_not_judged_by_lines_that_cannot_be_read() -> None:
    rows = [line("15.0.0"), line("5.00", side="DebitAmount")]
    assert {kind for kind, *_ in told(sales(document(1, lines=rows)))} == {"unreadable"}


def test_single_lines_may_be_on_the_other_side() -> None:
    """An advance that an invoice deducts, a charge in a credit note, and a document of nothing."""
    assert found(sales(document(1, lines=[line("15.00"), line("5.00", side="DebitAmount")]))) == []
    note = [line("15.00", side="DebitAmount"), line("5.00")]
    assert found(sales(document(1, series="NC 2026", lines=note))) == []
    for side in ("CreditAmount", "DebitAmount"):
        assert found(sales(document(1, net="0", tax="0", gross="0", lines=[line("0", side=side)]))) == []


@folded("section", ["MovementOfGoods", "WorkingDocuments", "Payments"])
def test_other_sections_have_no_side(section: Section) -> None:
    """A guide of the tax authority's demonstration file has DebitAmount."""
    made = document(1, section=section, lines=[line(side="DebitAmount")])
    assert found([(section, [made])]) == []


def of_type(number: str, kind: str, section: Section = "SalesInvoices", **changed: Any) -> tuple[str, Tree]:
    """A document whose type is not that of its number."""
    series, _, place = number.rpartition("/")
    name, tree = document(place, series=series, section=section, **changed)
    types = ("InvoiceType", "MovementType", "WorkType", "PaymentType")
    return name, [(child, kind if child in types else value) for child, value in tree]


@folded(
    "number, kind, section",
    [
        ("FT A/1", "FS", "SalesInvoices"),
        ("NC A/1", "FT", "SalesInvoices"),
        ("GT A/1", "FT", "SalesInvoices"),
        ("FR A/1", "FT", "SalesInvoices"),
        ("FT A/1", "NC", "SalesInvoices"),
        ("FT A/1", "ND", "SalesInvoices"),
        ("GR A/1", "GT", "MovementOfGoods"),
        ("FT A/1", "PF", "WorkingDocuments"),
        ("FT A/1", "DC", "WorkingDocuments"),
        ("FR A/1", "RG", "Payments"),
    ],
)
def test_a_number_with_the_code_of_another_type_is_found(number: str, kind: str, section: Section) -> None:
    side = "DebitAmount" if kind == "NC" else "CreditAmount"
    (finding,) = found([(section, [of_type(number, kind, section, lines=[line(side=side)])])])
    assert (finding.kind, finding.number) == ("wrong_prefix", number)
    prefix = number[:2]
    assert finding.what == (
        f"its type is {kind}, and its number begins with {prefix}, the code of another type"
    )


@folded(
    "number, kind, section, expected",
    [
        ("FT A/1", "XX", "SalesInvoices", "AA, CS, DA, FR, FS, FT, LD, NC, ND, RA, RE, RP, TD, TV, VD"),
        ("XX A/1", "XX", "SalesInvoices", "AA, CS, DA, FR, FS, FT, LD, NC, ND, RA, RE, RP, TD, TV, VD"),
        ("FT A/1", "ft", "SalesInvoices", "AA, CS, DA, FR, FS, FT, LD, NC, ND, RA, RE, RP, TD, TV, VD"),
        ("GT A/1", "GT", "SalesInvoices", "AA, CS, DA, FR, FS, FT, LD, NC, ND, RA, RE, RP, TD, TV, VD"),
        ("FT A/1", "FT", "MovementOfGoods", "GA, GC, GD, GR, GT"),
        ("FT A/1", "FT", "WorkingDocuments", "CC, CM, CS, DC, FC, FO, LD, NE, OR, OU, PF, RA, RE, RP"),
        ("RG A/1", "RE", "Payments", "RC, RG"),
    ],
)
def test_an_unknown_type_is_found_alone(number: str, kind: str, section: Section, *, expected: str) -> None:
    """Its number says nothing then, nor does its side."""
    sources: Tree = [
        (section, [of_type(number, kind, section), of_type(number.replace("1", "2"), kind, section)])
    ]
    assert [(each.kind, each.what) for each in found(sources)] == [
        ("unknown_type", f"{kind!r} is no type of {section}; expected one of {expected}")
    ] * 2


@folded(
    "number, kind, section",
    [
        ("FT A/1", "FT", "SalesInvoices"),
        ("1T 1/1", "FT", "SalesInvoices"),
        ("FAC 2026/1", "FT", "SalesInvoices"),
        ("VD 2026/1", "FS", "SalesInvoices"),
        ("FT2 2026/1", "FS", "SalesInvoices"),
        ("FVM A/1", "FT", "SalesInvoices"),
        ("NH A/1", "OU", "WorkingDocuments"),
        ("ND A/1", "NC", "SalesInvoices"),
        ("PF A/1", "DC", "WorkingDocuments"),
        ("OR A/1", "DC", "WorkingDocuments"),
        ("NE A/1", "DC", "WorkingDocuments"),
        ("NE A/1", "OU", "WorkingDocuments"),
        ("OR A/1", "PF", "WorkingDocuments"),
        ("CC A/1", "OU", "WorkingDocuments"),
        ("RC A/1", "RG", "Payments"),
        ("RG A/1", "RC", "Payments"),
    ],
)
def test_a_code_of_the_program_s_own_is_no_code_of_a_type(number: str, kind: str, section: Section) -> None:
    side = "DebitAmount" if kind == "NC" else "CreditAmount"
    assert found([(section, [of_type(number, kind, section, lines=[line(side=side)])])]) == []


@folded(
    "types, clashes",
    [
        (["DC", "OR"], []),
        (["OR", "DC"], []),
        (["DC", "PF", "DC"], []),
        (["DC", "OR", "PF"], ["OR in OR A/2"]),
        (["OR", "DC", "PF", "PF"], ["OR in OR A/1"]),
        (["OR", "OU"], ["OR in OR A/1"]),
    ],
)
def test_documents_of_type_dc_share_the_code_of_their_later_type(
    types: list[str], clashes: list[str]
) -> None:
    """Until 2017-06-30 quotes and pro-formas were of type DC."""
    rows = [of_type(f"OR A/{place}", kind, "WorkingDocuments") for place, kind in enumerate(types, start=1)]
    findings = found([("WorkingDocuments", rows)])
    assert [
        (each.kind, each.what.partition("of type ")[2].partition("of type ")[2]) for each in findings
    ] == [("shared_code", clash) for clash in clashes]


def test_one_internal_code_under_two_types_is_found_once_for_each() -> None:
    rows = [of_type("A 1/1", "FT"), of_type("A 1/2", "FS"), of_type("A 1/3", "FS"), of_type("A 2/1", "FR"),
            of_type("B 1/1", "FS"), of_type("B 2/1", "FS")]  # fmt: skip
    assert [(each.kind, each.number) for each in found(sales(*rows))] == [
        ("shared_code", "A 1/2"),
        ("shared_code", "A 2/1"),
    ]
    assert found(sales(*rows))[0].what == "its internal code A is of type FS here, and of type FT in A 1/1"


def test_a_wrong_prefix_is_not_a_shared_code_as_well() -> None:
    rows = [of_type("FT A/1", "FS"), of_type("FT A/2", "FT"), of_type("FT A/3", "FS")]
    assert [(each.kind, each.number) for each in found(sales(*rows))] == [
        ("wrong_prefix", "FT A/1"),
        ("wrong_prefix", "FT A/3"),
    ]


def test_a_code_is_shared_across_sections_too() -> None:
    sources: Tree = [
        *sales(of_type("A 1/1", "FT")),
        ("WorkingDocuments", [of_type("A 2/1", "OR", "WorkingDocuments")]),
    ]
    assert [(each.kind, each.section) for each in found(sources)] == [("shared_code", "WorkingDocuments")]


@pytest.mark.parametrize("section", SECTIONS)
@folded(
    "first, last, is_found",
    [
        ("2026-11-21", "2026-11-21", False),
        ("2026-11-01", "2026-11-30", False),
        ("2026-11-22", "2026-11-30", True),
        ("2026-11-01", "2026-11-20", True),
        ("2025-07-01", "2026-06-30", True),
        ("2026-07-01", "2027-06-30", False),
        (None, "2026-11-20", True),
        (None, "2026-11-21", False),
        ("2026-11-22", None, True),
        (None, None, False),
    ],
)
def test_documents_are_of_the_header_s_period(
    section: Section, first: str | None, last: str | None, *, is_found: bool
) -> None:
    """Its first and its last day included, whatever the company's year."""
    header = [(name, {"StartDate": first, "EndDate": last}.get(name, value)) for name, value in HEADER]
    opened = saft_file.read(file([(section, [document(1, section=section, signature="x")])], header=header))
    findings = [each for each in saft_file.check(opened) if each.kind != "unreadable"]
    assert [(each.kind, each.number) for each in findings] == [
        ("out_of_period", f"{OWN_TYPE[section]} 2026/1")
    ] * is_found
    if is_found:
        period = f"{first or '?'} to {last or '?'}"
        assert findings[0].what == f"it is dated 2026-11-21, and the file's period is {period}"


def test_suppliers_are_among_the_master_files() -> None:
    guide = document(1, section="MovementOfGoods", series="GT 2026", SupplierID="S1")
    masters: Tree = [*MASTERS, ("Supplier", [("SupplierID", "S1"), ("CompanyName", "Moinho")])]
    sources: Tree = [("MovementOfGoods", [guide])]
    (finding,) = found(sources)
    assert (finding.kind, finding.number) == ("unknown_supplier", "GT 2026/1")
    assert finding.what == "supplier 'S1' is not among the master files"
    opened = saft_file.read(file(sources, masters=masters))
    assert opened.supplier_ids == {"S1"}
    assert saft_file.check(opened) == []


# Lines and numbers ------------------------------------------------------------------------------------


def test_a_discounted_return_is_taken_off() -> None:
    assert (
        found(month(lines=[line("15.00"), line("5.00", side="DebitAmount")], credit="25", debit="15")) == []
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([1, 2, 3], []),
        ([7, 8, 9], []),
        ([3, 1, 2], []),
        (["00001", "00002"], []),
        ([1, 3], [("gap", "FT 2026/2", 1, 0)]),
        ([1, 2, 7], [("gap", "FT 2026/3", 4, 0)]),
        ([1, 2, 2, 3], [("duplicate", "FT 2026/2", None, None)]),
        ([9, 5], [("gap", "FT 2026/6", 3, 0)]),
    ],
)
def test_numbers_follow_each_other(places: list[Any], expected: list[Any]) -> None:
    assert told(sales(*map(document, places))) == expected


def test_series_do_not_disturb_each_other() -> None:
    rows = [
        document(1),
        document(5, series="FT 2025", day=1),
        document(2),
        document(6, series="FT 2025", day=2),
    ]
    assert found(sales(*rows)) == []


def test_a_time_that_goes_back_within_a_day_is_found() -> None:
    late = document(1)
    late = (
        late[0],
        [(name, value if name != "SystemEntryDate" else "2026-11-21T18:00:00Z") for name, value in late[1]],
    )
    assert told(sales(late, document(2))) == [("order", "FT 2026/2", None, None)]


def entered(place: int, moment: str) -> tuple[str, Tree]:
    """A document with the time of its entry."""
    name, tree = document(place)
    return name, [(child, moment if child == "SystemEntryDate" else value) for child, value in tree]


@folded(
    "before, after, is_found",
    [
        # Summer time ended on 2015-10-25 at 01:00 UTC.
        ("2015-10-25T01:59:00+01:00", "2015-10-25T01:01:00+00:00", False),
        ("2015-10-25T01:59:00+01:00", "2015-10-25T01:01:00+01:00", True),
        ("2015-10-25T01:01:00+00:00", "2015-10-25T01:59:00+01:00", True),
        ("2015-05-05T10:00:00Z", "2015-05-05T10:30:00+01:00", True),
        ("2015-10-25T01:59:00", "2015-10-25T01:01:00", False),
        ("2015-10-25T01:59:00", "2015-10-25T01:01:00Z", False),
        ("2015-10-25T01:59:59.9", "2015-10-25T01:00:00", False),
        ("2015-10-25T00:59:00", "2015-10-25T00:01:00", False),
        ("2015-10-25T02:59:00", "2015-10-25T02:01:00", True),
        ("2015-10-25T01:59:00", "2015-10-25T00:59:00", True),
        ("2015-10-18T01:59:00", "2015-10-18T01:01:00", True),
        ("2015-10-24T01:59:00", "2015-10-24T01:01:00", True),
        ("2015-03-29T01:59:00", "2015-03-29T01:01:00", True),
        ("2021-10-31T01:59:00", "2021-10-31T01:01:00", False),
        ("2021-10-24T01:59:00", "2021-10-24T01:01:00", True),
    ],
)
def test_clocks_repeat_an_hour_at_the_end_of_summer_time(before: str, after: str, *, is_found: bool) -> None:
    kinds = [kind for kind, *_ in told(sales(entered(1, before), entered(2, after)))]
    assert kinds == ["order"] * is_found


SECTIONS_LEAVE_OUT: list[tuple[Section, str, bool]] = [
    ("SalesInvoices", "A", True),
    ("SalesInvoices", "F", True),
    ("SalesInvoices", "R", False),
    ("WorkingDocuments", "A", True),
    ("WorkingDocuments", "F", False),
    ("Payments", "A", True),
    ("Payments", "N", False),
]


@pytest.mark.parametrize(("section", "status", "is_left_out"), SECTIONS_LEAVE_OUT)
def test_sums_leave_out_what_the_law_leaves_out(section: Section, status: str, is_left_out: bool) -> None:
    credit = "0" if is_left_out else "10.00"
    row = document(1, section=section, status=status, signature="x")
    assert found([(section, [("NumberOfEntries", 1), ("TotalCredit", credit), row])]) == []


def test_problems_outside_of_documents_are_findings_too() -> None:
    (finding,) = saft_file.check(saft_file.read(b"<AuditFile/>"))
    assert (finding.kind, finding.section, finding.number) == ("unreadable", None, None)
    assert str(finding) == "file: Header: is missing"
    content = file(header=[*HEADER, ("FiscalYear", "x")]).replace(b"<Header>", b"\n\n<Header>")
    assert [(each.line, str(each)) for each in saft_file.check(saft_file.read(content))] == [
        (4, "line 4 of the file: Header/FiscalYear: occurs more than once, with different values")
    ]


def test_a_finding_says_where() -> None:
    (finding,) = found(month(gross="12.31"))
    assert str(finding) == (
        "SalesInvoices FT 2026/1, line 2 of the file: "
        "the gross total is 12.31 EUR, net total and tax are 12.30 EUR"
    )


def by_lines(sources: Tree) -> bytes:
    """A file with each element on a line of its own."""
    return file(sources).replace(b"><", b">\n<")


def line_of(content: bytes, text: str, nth: int = 1) -> int:
    """The line of the nth element that begins with a text."""
    rows = content.decode().split("\n")
    return [number for number, row in enumerate(rows, start=1) if row.startswith(text)][nth - 1]


def test_findings_about_documents_have_the_line_where_their_document_begins() -> None:
    """An invoice begins on the line before its number. A gap is before the document that follows it."""
    content = by_lines(
        sales(
            document(1, gross="12.31", customer="C9"),
            document(3, day=20, net="11.00", tax="2.31"),
            document(3, day=20, SupplierID="S9"),
            document(1, series="NC 2026"),
            document(1, series="FTX 2026"),
        )
    )
    begins = [line_of(content, "<Invoice>", nth) for nth in range(1, 6)]
    assert [content.split(b"\n")[each].decode()[:11] for each in begins] == ["<InvoiceNo>"] * 5
    assert [
        (each.kind, each.line and begins.index(each.line) + 1)
        for each in saft_file.check(saft_file.read(content))
        if each.kind != "unreadable"
    ] == [
        ("gross_total", 1),
        ("unknown_customer", 1),
        ("gross_total", 2),
        ("tax_payable", 2),
        ("unknown_supplier", 3),
        ("wrong_side", 4),
        ("unknown_type", 5),
        ("gap", 2),
        ("order", 2),
        ("duplicate", 3),
    ]


def test_findings_about_lines_and_values_have_lines_of_their_own() -> None:
    double = [("LineNumber", 1), *line("7.00", product="BOLO")[1:]]
    content = by_lines(
        sales(
            document(1),
            document(2, net="14.00", tax="3.22", gross="17.22", lines=[line("7.00"), double]),
            document(3, gross="?"),
            entries=4,
            credit="24.00",
        )
    )
    second = line_of(content, "<Line>", 3)
    assert [(each.kind, each.line) for each in saft_file.check(saft_file.read(content))] == [
        ("line_number", second),
        ("unknown_product", second),
        ("unreadable", line_of(content, "<GrossTotal>?")),
        ("control_total", line_of(content, "<NumberOfEntries>4")),
        ("control_total", line_of(content, "<NumberOfEntries>4")),
    ]


def places(rows: list[tuple[Decimal, str, bool]]) -> list[int]:
    """The number of each document within its series."""
    return [[note for _, _, note in rows[: at + 1]].count(rows[at][2]) for at in range(len(rows))]


@given(
    st.lists(
        st.tuples(st.decimals(0, 10**6, places=2), st.sampled_from("NAFR"), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_what_adds_up_has_no_findings(rows: list[tuple[Decimal, str, bool]]) -> None:
    """Random documents, with control totals summed independently."""
    documents = [
        document(
            n, net=str(net), tax=f"{net * 23 / 100:.2f}", gross=f"{net + round(net * 23 / 100, 2):.2f}",
            status=status, series="NC 2026" if is_credit_note else "FT 2026",
            lines=[line(str(net), side="DebitAmount" if is_credit_note else "CreditAmount")],
        )
        for n, (net, status, is_credit_note) in zip(places(rows), rows, strict=True)
    ]  # read by rows # fmt: skip
    sums = [
        sum((net for net, status, note in rows if status in "NR" and note is side), Decimal(0))
        for side in (True, False)
    ]
    totals: Tree = [("NumberOfEntries", len(rows)), ("TotalDebit", sums[0]), ("TotalCredit", sums[1])]
    assert found([("SalesInvoices", [*totals, *documents])]) == []
    wrong: Tree = [("NumberOfEntries", len(rows)), ("TotalDebit", sums[0] + 1), ("TotalCredit", sums[1])]
    assert [kind for kind, *_ in told([("SalesInvoices", [*wrong, *documents])])] == ["control_total"]
