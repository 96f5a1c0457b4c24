"""A file's consistency checks: no finding for a sound file, and one for each thing that is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import saft_file
from invoicexpress.saft_file import Finding, Section

from tests.unit.support.saft_files import Tree, document, file, line, sales


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


def of_price(amount: str, quantity: str, price: str, *, side: str = "CreditAmount") -> Tree:
    """A line of several pieces."""
    changed = {"Quantity": quantity, "UnitPrice": price}
    return [(name, changed.get(name, value)) for name, value in line(amount, side=side)]


@pytest.mark.parametrize("section", ["SalesInvoices", "WorkingDocuments", "MovementOfGoods"])
@pytest.mark.parametrize("side", ["CreditAmount", "DebitAmount"])
@pytest.mark.parametrize(
    ("amount", "quantity", "price", "product"),
    [
        ("10.00", "3", "3.333333", None),
        ("10.00", "3", "3.33", None),
        ("10.00", "3", "3.32", "9.96"),
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
    made = document(1, section=section, net=amount, gross=amount, tax="0", lines=rows)
    expected = [] if product is None else [
        ("line_amount", "FT 2026/1", Decimal(product), Decimal(amount))
    ]  # fmt: skip
    assert told([(section, [made])]) == expected


def test_a_line_says_which_and_why() -> None:
    made = document(1, lines=[line("4.00"), of_price("6.00", "2", "2.50")])
    (finding,) = found(sales(made))
    assert finding.what == "line 1 has the amount 6.00 EUR, 2 times 2.50 EUR is 5.00 EUR"


@pytest.mark.parametrize("missing", ["Quantity", "UnitPrice"])
def test_a_line_without_quantity_or_price_is_not_judged(missing: str) -> None:
    bare = [each for each in line() if each[0] != missing]
    assert "line_amount" not in {each.kind for each in found(sales(document(1, lines=[bare])))}


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


def test_a_finding_says_where() -> None:
    (finding,) = found(month(gross="12.31"))
    assert str(finding) == (
        "SalesInvoices FT 2026/1: the gross total is 12.31 EUR, net total and tax are 12.30 EUR"
    )


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
            n, net=str(net), tax="0.00", gross=str(net), status=status,
            lines=[line(str(net), side="DebitAmount" if is_credit_note else "CreditAmount")],
        )
        for n, (net, status, is_credit_note) in enumerate(rows, start=1)
    ]  # read by rows # fmt: skip
    sums = [
        sum((net for net, status, note in rows if status in "NR" and note is side), Decimal(0))
        for side in (True, False)
    ]
    totals: Tree = [("NumberOfEntries", len(rows)), ("TotalDebit", sums[0]), ("TotalCredit", sums[1])]
    assert found([("SalesInvoices", [*totals, *documents])]) == []
    wrong: Tree = [("NumberOfEntries", len(rows)), ("TotalDebit", sums[0] + 1), ("TotalCredit", sums[1])]
    assert [kind for kind, *_ in told([("SalesInvoices", [*wrong, *documents])])] == ["control_total"]
