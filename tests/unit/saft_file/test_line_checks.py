"""The check of each line of a file: its number, its exemption, and its rate of VAT on its day."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from invoicexpress import saft_file
from invoicexpress.saft_file import Finding, Section

from tests.folded import folded
from tests.unit.support.saft_files import HEADER, Tree, document, file, line, sales

REASON: Final[Tree] = [("TaxExemptionReason", "Artigo 9.º do CIVA")]
CODE: Final[Tree] = [("TaxExemptionCode", "M07")]
YEARS: Final[Tree] = [
    (name, {"StartDate": "2008-01-01", "EndDate": "2030-12-31"}.get(name, value)) for name, value in HEADER
]


def found(sources: Tree, header: Tree = YEARS) -> list[Finding]:
    return saft_file.check(saft_file.read(file(sources, header=header)))


def with_header(name: str, value: str | None) -> Tree:
    return [*((key, old) for key, old in YEARS if key != name), (name, value)]


def taxed(rate: str, region: str = "PT", *, code: str = "NOR", kind: str = "IVA", **more: Any) -> Tree:
    """A line of nothing, so that its tax is 0 at any rate."""
    tax: Tree = [("TaxType", kind), ("TaxCountryRegion", region), ("TaxCode", code), ("TaxPercentage", rate)]
    side = more.pop("side", "CreditAmount")
    row = [(name, tax if name == "Tax" else value) for name, value in line("0", side=side)]
    return [*row, *more.items()]


def of_nothing(
    *lines: Tree, day: str = "2026-11-21", section: Section = "SalesInvoices", **more: Any
) -> tuple[str, Tree]:
    """A document of a day, with totals of 0."""
    name, tree = document(1, section=section, net="0", tax="0", gross="0", lines=lines, **more)
    days = ("InvoiceDate", "MovementDate", "WorkDate", "TransactionDate")
    return name, [(child, day if child in days else value) for child, value in tree]


# Numbers of lines -------------------------------------------------------------------------------------


@folded(
    "numbers, what",
    [
        ([1, 2, 3], None),
        ([1, 3, 2], None),
        ([10, 20], None),
        ([1, 1], "2 lines have the number 1"),
        ([1, 2, 2, 2], "3 lines have the number 2"),
        ([1, "01"], "2 lines have the number 1"),
    ],
)
def test_numbers_of_lines_are_not_repeated(numbers: list[Any], what: str | None) -> None:
    """They may have gaps, and another document has the same ones."""
    rows = [[("LineNumber", number), *taxed("23")[1:]] for number in numbers]
    findings = found(sales(of_nothing(*rows), of_nothing(taxed("23"), series="FT A")))
    assert [(each.kind, each.number, each.what) for each in findings] == (
        [] if what is None else [("line_number", "FT 2026/1", what)]
    )


# Exemptions -------------------------------------------------------------------------------------------


@folded(
    "rate, given, version, what",
    [
        ("0", [*REASON, *CODE], "1.04_01", None),
        (
            "0",
            [],
            "1.04_01",
            "no tax, and no TaxExemptionReason and no TaxExemptionCode, which it needs then",
        ),
        ("0", REASON, "1.04_01", "no tax, and no TaxExemptionCode, which it needs then"),
        ("0.00", CODE, "1.04_01", "no tax, and no TaxExemptionReason, which it needs then"),
        (
            "0",
            [("TaxExemptionReason", " "), *CODE],
            "1.04_01",
            "no tax, and no TaxExemptionReason, which it needs then",
        ),
        ("0", REASON, "1.03_01", None),
        ("0", [], "1.03_01", "no tax, and no TaxExemptionReason, which it needs then"),
        ("23", [], "1.04_01", None),
        ("23", CODE, "1.04_01", "a tax, and TaxExemptionCode of a line without"),
        (
            "23",
            [*REASON, *CODE],
            "1.04_01",
            "a tax, and TaxExemptionReason and TaxExemptionCode of a line without",
        ),
    ],
)
def test_a_line_without_tax_says_why(rate: str, given: Tree, *, version: str, what: str | None) -> None:
    """In every section. TaxExemptionCode came with version 1.04_01."""
    sections: list[Section] = ["SalesInvoices", "MovementOfGoods", "WorkingDocuments", "Payments"]
    for section in sections:
        rows = of_nothing([*taxed(rate, code="ISE"), *given], section=section)
        findings = found([(section, [rows])], with_header("AuditFileVersion", version))
        assert [(each.kind, each.what) for each in findings] == (
            [] if what is None else [("exemption", f"line 1 has {what}")]
        ), section


def test_a_fixed_tax_of_nothing_needs_a_reason_as_well() -> None:
    stamp = [("TaxType", "IS"), ("TaxCode", "23.1"), ("TaxAmount", "0")]
    row = [(name, stamp if name == "Tax" else value) for name, value in line("0")]
    assert [each.kind for each in found(sales(of_nothing(row)))] == ["exemption"]
    assert found(sales(of_nothing([*row, *REASON, *CODE]))) == []


def test_lines_without_a_tax_or_its_rate_are_not_judged() -> None:
    """Guides may have none."""
    bare = [(name, None if name == "Tax" else value) for name, value in line("0")]
    assert found([("MovementOfGoods", [of_nothing(bare, section="MovementOfGoods")])]) == []


# Rates ------------------------------------------------------------------------------------------------


@folded(
    "rate, region, day, is_found",
    [
        ("23", "PT", "2026-11-21", False),
        ("13.00", "PT", "2026-11-21", False),
        ("6", "PT", "2026-11-21", False),
        ("22", "PT", "2026-11-21", True),
        ("24", "PT", "2026-11-21", True),
        ("20", "PT", "2026-11-21", True),
        ("0.23", "PT", "2026-11-21", True),
        ("23", "PT-AC", "2026-11-21", True),
        ("16", "PT-AC", "2026-11-21", False),
        ("18", "PT-AC", "2021-07-01", True),
        ("18", "PT-AC", "2021-06-30", False),
        ("5", "PT-MA", "2024-09-30", False),
        ("5", "PT-MA", "2024-10-01", True),
        ("4", "PT-MA", "2024-09-30", True),
        ("4", "PT-MA", "2024-10-01", False),
        ("21", "PT", "2010-12-31", False),
        ("21", "PT", "2011-01-01", True),
        ("20", "PT", "2009-06-30", False),
        ("21", "ES", "2026-11-21", False),
    ],
)
def test_a_rate_is_one_of_its_region_on_its_day(rate: str, region: str, day: str, *, is_found: bool) -> None:
    findings = found(sales(of_nothing(taxed(rate, region), day=day)))
    assert [(each.kind, str(each.found)) for each in findings] == [("tax_rate", rate)] * is_found


def test_a_wrong_rate_is_said_with_the_right_ones() -> None:
    (finding,) = found(sales(of_nothing(taxed("5", "PT-MA"))))
    assert str(finding) == (
        "SalesInvoices FT 2026/1, line 2 of the file: line 1 has 5 % VAT; on 2026-11-21 PT-MA had 4, 12, 22 %"
    )
    late = of_nothing(taxed("18", "PT-AC", TaxPointDate="2026-10-30"))
    assert found(sales(late))[0].what == (
        "line 1 has 18 % VAT; from 2026-10-30 to 2026-11-21 PT-AC had 4, 9, 16 %"
    )


@folded(
    "rate, changed, is_found",
    [
        # Madeira had 5 % until 2024-09-30, and 4 % from then on.
        ("5", {"day": "2024-10-03", "point": "2024-09-30"}, False),
        ("4", {"day": "2024-10-03", "point": "2024-09-30"}, False),
        ("5", {"day": "2024-10-03", "point": "2024-10-01"}, True),
        ("5", {"day": "2024-09-20", "point": "2024-10-05"}, False),
        ("22", {"day": "2024-10-03", "point": "2024-09-30"}, False),
        ("9", {"day": "2024-10-03", "point": "2024-09-30"}, True),
        ("5", {"day": "2025-03-01", "series": "NC A", "side": "DebitAmount"}, False),
        ("5", {"day": "2025-03-01", "series": "ND A"}, False),
        ("24", {"day": "2025-03-01", "series": "NC A", "side": "DebitAmount"}, True),
        ("16", {"day": "2025-03-01", "series": "NC A", "side": "DebitAmount"}, True),
        ("20", {"day": "2012-03-01", "series": "NC A", "side": "DebitAmount"}, False),
        ("5", {"day": "2025-03-01", "References": [("Reference", "FT A/1")]}, False),
        ("5", {"day": "2025-03-01", "source": "M"}, False),
        ("5", {"day": "2025-03-01", "source": "P"}, True),
    ],
)
def test_the_day_is_that_of_the_supply_or_of_the_original(
    rate: str, changed: dict[str, Any], *, is_found: bool
) -> None:
    """The days of supply and invoice, and those between, may be the day on which the tax fell due."""
    more: dict[str, Any] = {"TaxPointDate": changed.get("point")}
    if "References" in changed:
        more["References"] = changed["References"]
    row = taxed(rate, "PT-MA", side=changed.get("side", "CreditAmount"), **more)
    name, tree = of_nothing(row, day=changed["day"], series=changed.get("series", "FT A"))
    state: Tree = [("InvoiceStatus", "N"), ("SourceBilling", changed.get("source"))]
    made = name, [(child, state if child == "DocumentStatus" else value) for child, value in tree]
    assert [each.kind for each in found(sales(made))] == ["tax_rate"] * is_found


def test_a_deducted_advance_has_the_rate_of_its_day() -> None:
    """10.00 EUR at 4 %, and 5.00 EUR paid before at 5 %, in Madeira."""
    full, advance = taxed("4", "PT-MA"), taxed("5", "PT-MA", side="DebitAmount")
    rows = [
        [
            (name, amount if name in ("UnitPrice", "CreditAmount", "DebitAmount") else value)
            for name, value in row
        ]
        for row, amount in ((full, "10.00"), (advance, "5.00"))
    ]
    name, tree = document(1, net="5.00", tax="0.15", gross="5.15", lines=rows)
    day = dt.date(2024, 11, 21)
    made = name, [(child, day if child == "InvoiceDate" else value) for child, value in tree]
    assert found(sales(made)) == []


@folded("section, day", [("WorkingDocuments", "2024-09-20"), ("MovementOfGoods", "2024-09-20"),
                         ("Payments", "2024-11-20")])  # fmt: skip
def test_other_documents_may_look_back_or_ahead(section: Section, day: str) -> None:
    """A quote for a time to come, and a receipt for an invoice of before; but no region has 24 %."""
    for rate, expected in (("4", []), ("5", []), ("24", ["tax_rate"])):
        rows = of_nothing(taxed(rate, "PT-MA"), day=day, section=section)
        assert [each.kind for each in found([(section, [rows])])] == expected, rate


def test_special_schemes_other_taxes_and_the_demonstration_file_have_rates_of_their_own() -> None:
    assert found(sales(of_nothing(taxed("3", code="OUT")))) == []
    assert found(sales(of_nothing(taxed("0.8", code="1.1", kind="IS")))) == []
    wrong = sales(of_nothing(taxed("20")))
    assert [each.kind for each in found(wrong)] == ["tax_rate"]
    assert found(wrong, with_header("ProductCompanyTaxID", "599999999")) == []
