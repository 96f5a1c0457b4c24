"""Untidy files from real programs are still read, with nothing lost and nothing taken for zero."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import SaftFileError, saft_file
from invoicexpress.saft_file import SECTIONS, AuditFile, Document, Section

from tests.unit.support.saft_files import (
    HEADER,
    MASTERS,
    NAMESPACE,
    PUBLIC_KEY,
    Tree,
    document,
    file,
    line,
    sales,
)

TIDY = file(sales(document(1)), encoding="utf-8")
COMPANY = "Padaria São João"


def only(content: bytes) -> Document:
    (row,) = saft_file.read(content).documents()
    return row


def whats(problems: Any) -> list[tuple[str, str]]:
    """Path and reason of each problem."""
    return [(problem.path, problem.what) for problem in problems]


def test_a_tidy_file_has_no_problems() -> None:
    opened = saft_file.read(TIDY)
    assert (opened.problems, opened.encoding, opened.namespace) == ((), "utf-8", NAMESPACE)
    assert opened.header.company_name == COMPANY
    assert opened.header.start_date == dt.date(2026, 11, 1)
    assert [row.customer_id for row in opened.customers] == ["C1"]
    assert [row.product_description for row in opened.products] == ["Pão"]
    assert [row.tax_percentage for row in opened.tax_table] == [Decimal(23)]
    (row,) = opened.documents()
    assert (row.number, row.gross_total, row.line, row.problems) == ("FT 2026/1", Decimal("12.30"), 2, ())


# Namespaces and encodings -----------------------------------------------------------------------------


@pytest.mark.parametrize("namespace", [f"urn:OECD:StandardAuditFile-Tax:PT_1.0{n}_01" for n in (1, 2, 3, 4)])
def test_a_file_of_any_version_is_read(namespace: str) -> None:
    opened = saft_file.read(TIDY.replace(NAMESPACE.encode(), namespace.encode()))
    assert (opened.namespace, opened.problems) == (namespace, ())
    assert [row.number for row in opened.documents()] == ["FT 2026/1"]


def test_a_file_without_a_namespace_is_read() -> None:
    opened = saft_file.read(file(sales(document(1)), namespace=None))
    assert (opened.namespace, opened.problems) == (None, ())
    assert [row.problems for row in opened.documents()] == [()]


def test_a_file_with_a_prefix_is_read() -> None:
    content = TIDY.replace(b"</", b"\0").replace(b"<", b"<s:").replace(b"\0", b"</s:").replace(b"<s:?", b"<?")
    opened = saft_file.read(content.replace(b"xmlns=", b"xmlns:s="))
    assert (opened.namespace, opened.header.company_name) == (NAMESPACE, COMPANY)
    assert [row.problems for row in opened.documents()] == [()]


def test_a_namespace_of_something_else_is_a_problem_and_no_obstacle() -> None:
    opened = saft_file.read(file(sales(document(1)), namespace="urn:StandardAuditFile-Taxation:NO"))
    assert whats(opened.problems) == [
        ("AuditFile", "has the namespace 'urn:StandardAuditFile-Taxation:NO', which is not SAF-T (PT)")
    ]
    assert [row.number for row in opened.documents()] == ["FT 2026/1"]


TEXT = TIDY.decode().partition("?>")[2]
DECLARED = '<?xml version="1.0" encoding="{}"?>'
# Declared encoding, real encoding, encoding detected, and whether that is a problem.
WRONG_ENCODINGS = [
    ("windows-1252", "cp1252", "cp1252", False),
    ("Windows-1252", "cp1252", "cp1252", False),
    ("ISO-8859-1", "cp1252", "cp1252", False),
    ("ISO-8859-15", "iso-8859-15", "iso8859-15", False),
    ("IBM850", "cp850", "cp850", False),
    ("utf-8", "utf-8-sig", "utf-8-sig", False),
    ("windows-1252", "utf-8-sig", "utf-8-sig", False),
    ("windows-1252", "utf-8", "utf-8", True),
    ("utf-16", "utf-8", "utf-8", True),
    ("ISO-8859-1", "utf-8", "utf-8", True),
    ("no-such-thing", "utf-8", "utf-8", True),
    ("utf-8", "cp1252", "utf-8", True),
    ("us-ascii", "cp1252", "utf-8", True),
    ("no-such-thing", "cp1252", "utf-8", True),
    ("", "cp1252", "utf-8", True),
    ("", "utf-8", "utf-8", False),
    ("utf-16", "utf-16", "utf-16", False),
    ("utf-8", "utf-16", "utf-16", False),
    ("utf-16", "utf-16-le", "utf-16-le", False),
    ("utf-16", "utf-16-be", "utf-16-be", False),
]


@pytest.mark.parametrize(("says", "real", "found", "is_problem"), WRONG_ENCODINGS)
def test_a_wrong_declaration_changes_no_letter(says: str, real: str, found: str, is_problem: bool) -> None:
    declaration = DECLARED.format(says) if says else ""
    opened = saft_file.read((declaration + TEXT.lstrip()).encode(real))
    assert opened.header.company_name == COMPANY
    assert opened.header.company_id == "Conservatória de Évora 1"
    assert opened.encoding == found
    assert bool(opened.problems) is is_problem
    assert [row.problems for row in opened.documents()] == [()]


def test_a_file_put_together_of_two_encodings_keeps_the_letters_of_both() -> None:
    before, after = (DECLARED.format("utf-8") + TEXT).split("</Header>")
    mixed = saft_file.read(before.encode("cp1252") + b"</Header>" + after.encode())
    assert mixed.header.company_name == COMPANY
    assert [row.product_description for row in mixed.products] == ["Pão"]
    assert "windows-1252" in mixed.problems[0].what


def test_bytes_that_are_no_letter_of_windows_1252_are_shown_as_such() -> None:
    content = file(header=HEADER, encoding="windows-1252").replace(b"Padaria", b"\x81")
    assert saft_file.read(content).header.company_name == "\ufffd São João"


def test_a_letter_across_two_pieces_of_the_file_is_whole() -> None:
    for filler in range(65_400, 65_560, 7):
        comment = f"<!--{'x' * filler}-->".encode()
        opened = saft_file.read(TIDY.replace(b"<Header>", comment + b"<Header>"))
        assert (opened.header.company_name, opened.problems) == (COMPANY, ())


def test_blanks_and_comments_before_the_file_are_no_obstacle() -> None:
    before = b"\xef\xbb\xbf\n \n<?xml version='1.0'?>\n<!-- <AuditFile> --><?x y?>\n"
    row = only(before + TEXT.lstrip().encode())
    assert (row.number, row.line) == ("FT 2026/1", 5), "line numbers are those of the file"


def test_lines_are_counted_beyond_what_16_bits_hold() -> None:
    assert only(TIDY.replace(b"<Header>", b"\n" * 70_000 + b"<Header>")).line == 70_002


@pytest.mark.parametrize(
    "what", [b"\x00", b"\x0b", b"\x1f", b"&#0;", b"&#x1F;", b"&#11;", b"&#xFFFE;", b"&#xD800;"]
)
def test_what_xml_cannot_hold_is_replaced_and_told(what: bytes) -> None:
    opened = saft_file.read(TIDY.replace(b"Padaria", b"Padaria" + what))
    assert opened.header.company_name == "Padaria\ufffd São João"
    assert whats(opened.problems) == [
        ("AuditFile", "has 1 characters that XML cannot hold; they are \ufffd now")
    ]


def test_a_reference_across_two_pieces_of_the_file_is_found() -> None:
    for filler in range(65_100, 65_540):
        content = (
            b"<AuditFile>"
            + b" " * filler
            + b"<Header><CompanyName>&#x1F;&#65;</CompanyName></Header></AuditFile>"
        )
        assert saft_file.read(content).header.company_name == "\ufffdA"


def test_references_that_xml_has_are_left_alone() -> None:
    opened = saft_file.read(TIDY.replace(b"Padaria", b"&#80;&#x61;&amp;&lt;&#x1F600;<![CDATA[<&>]]>"))
    assert (opened.header.company_name, opened.problems) == ("Pa&<\U0001f600<&> São João", ())


# Values -----------------------------------------------------------------------------------------------


def with_total(text: str) -> Document:
    return only(TIDY.replace(b"<GrossTotal>12.30<", f"<GrossTotal>{text}<".encode()))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.30", "12.30"),
        ("\n\t 12.30 ", "12.30"),
        ("12,30", "12.30"),
        ("12", "12"),
        ("12.", "12"),
        (".359", "0.359"),
        (",5", "0.5"),
        ("-3,50", "-3.50"),
        ("+3.5", "3.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234\u202f567.8", "1234567.8"),
        ("1.234.567,8", "1234567.8"),
        ("1234,567", "1234.567"),
        ("1.5E2", "1.5E2"),
        ("0", "0"),
        ("<!-- all of it -->12.30", "12.30"),
        ("12<!-- and -->.30", "12.30"),
        ("12<![CDATA[.30]]>", "12.30"),
    ],
)
def test_an_amount_is_read_in_any_hand(text: str, amount: str) -> None:
    row = with_total(text)
    assert (row.gross_total, row.problems) == (Decimal(amount), ())


@pytest.mark.parametrize(
    "text",
    ["doze", "12.30 EUR", "€12", "1.2.3", "1,2,3", "1.234.567", "12,34.56", "NaN", "Infinity", "1e999", "--1",
     "0x1F", "1 2", "9" * 41, "١٢"],
)  # read by rows # fmt: skip
def test_an_amount_that_cannot_be_read_is_none_and_a_problem_and_its_document_is_there(text: str) -> None:
    row = with_total(text)
    assert (row.number, row.gross_total, row.net_total) == ("FT 2026/1", None, Decimal("10.00"))
    (problem,) = row.problems
    assert problem.path == "SalesInvoices/Invoice/DocumentTotals/GrossTotal"
    assert (problem.number, problem.line) == ("FT 2026/1", 2)
    assert problem.what.startswith("expected a number, got ")
    assert len(str(problem)) < 200


@pytest.mark.parametrize("element", ["<GrossTotal>12.30</GrossTotal>", "12.30"])
def test_a_total_that_is_missing_or_empty_is_no_zero(element: str) -> None:
    row = only(TIDY.replace(element.encode(), b""))
    assert row.gross_total is None
    what = "is empty" if element == "12.30" else "is missing"
    assert whats(row.problems) == [("SalesInvoices/Invoice/DocumentTotals/GrossTotal", what)]


DATES = ["2026-11-21", " 2026-11-21\n", "2026-11-21T00:00:00", "2026-11-21T23:59:59.999Z", "2026-11-21Z",
         "2026-11-21+01:00", "2026-11-21 10:00", "2026-11-21T10:00:00-11:00"]  # read by rows # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_the_day_that_is_written(text: str) -> None:
    row = only(TIDY.replace(b"<InvoiceDate>2026-11-21<", f"<InvoiceDate>{text}<".encode()))
    assert (row.date, row.problems) == (dt.date(2026, 11, 21), ())


@pytest.mark.parametrize(
    "text", ["21/11/2026", "21-11-2026", "20261121", "2026-13-01", "2026-02-30", "0000-01-01", "ontem"]
)
def test_a_date_that_cannot_be_read_is_none_and_a_problem(text: str) -> None:
    row = only(TIDY.replace(b"<InvoiceDate>2026-11-21<", f"<InvoiceDate>{text}<".encode()))
    assert row.date is None
    assert whats(row.problems) == [
        ("SalesInvoices/Invoice/InvoiceDate", f"expected a date, YYYY-MM-DD, got {text!r}")
    ]


MOMENT = dt.datetime(2026, 11, 21, 10, 0, 5)  # noqa: DTZ001 as the file has it
MOMENTS = {
    "2026-11-21T10:00:05": MOMENT,
    " 2026-11-21 10:00:05 ": MOMENT,
    "2026-11-21T10:00:05.123": MOMENT.replace(microsecond=123_000),
    "2026-11-21T10:00:05.1234567": MOMENT.replace(microsecond=123_456),
    "2026-11-21T10:00:05,5": MOMENT.replace(microsecond=500_000),
    "2026-11-21T10:00:05Z": MOMENT.replace(tzinfo=dt.UTC),
    "2026-11-21T10:00:05+01:00": MOMENT.replace(tzinfo=dt.timezone(dt.timedelta(hours=1))),
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_time_is_as_it_is_written(text: str) -> None:
    row = only(TIDY.replace(b"2026-11-21T10:00:00", text.encode()))
    assert (row.system_entry_date, row.problems) == (MOMENTS[text], ())
    assert row.system_entry_date is not None
    assert row.system_entry_date.tzinfo == MOMENTS[text].tzinfo


@pytest.mark.parametrize(
    "text", ["2026-11-21", "2026-11-21T25:00:00", "2026-11-21T10:00", "10:00:00", "2026-11-21T10:00:05X"]
)
def test_a_time_that_cannot_be_read_is_none_and_a_problem(text: str) -> None:
    row = only(TIDY.replace(b"2026-11-21T10:00:00", text.encode()))
    assert row.system_entry_date is None
    assert [path for path, _ in whats(row.problems)] == ["SalesInvoices/Invoice/SystemEntryDate"]


@pytest.mark.parametrize(
    ("text", "flag"), [("0", False), ("1", True), ("true", True), ("False", False), ("2", None)]
)
def test_a_flag_is_yes_or_no(text: str, flag: bool | None) -> None:
    row = only(file(sales(document(1, SpecialRegimes=[("SelfBillingIndicator", text)]))))
    assert row.self_billing_indicator is flag
    assert bool(row.problems) is (flag is None)


@pytest.mark.parametrize(
    ("text", "year"), [("2026", 2026), ("2026.00", 2026), ("2026.5", None), ("MMXXVI", None)]
)
def test_a_whole_number_is_whole(text: str, year: int | None) -> None:
    opened = saft_file.read(TIDY.replace(b"<FiscalYear>2026", f"<FiscalYear>{text}".encode()))
    assert opened.header.fiscal_year == year
    assert bool(opened.problems) is (year is None)


def test_a_hash_that_was_broken_into_lines_is_put_together() -> None:
    assert only(file(sales(document(1, signature="\n  abc\n  def=\n")))).hash == "abcdef="


# Elements ---------------------------------------------------------------------------------------------


def test_unknown_elements_are_passed_over_wherever_they_are() -> None:
    """Even those whose names are read elsewhere."""
    more: Tree = [
        ("Supplier", "S"),
        ("Customer", [("CustomerID", "X")]),
        ("TotalDebit", 1),
        ("Payment", [("Hash", 1)]),
    ]
    row = only(file(sales(document(1, Extension=more, Supplier="S", TotalCredit=3, Account="1", Header=[]))))
    assert (row.number, row.gross_total, row.problems) == ("FT 2026/1", Decimal("12.30"), ())
    sources: Tree = [("New", more), *sales(("New", more), document(1), ("New", "x")), ("Old", [document(2)])]
    opened = saft_file.read(file([*sources], masters=[*MASTERS, ("Supplier", [("SupplierID", "S1")])]))
    assert [row.number for row in opened.documents()] == ["FT 2026/1", "FT 2026/2"]


def test_purchase_invoices_are_no_sales() -> None:
    """The schemas of Angola and of other countries have them, as elements of the same name."""
    bought = document(1, series="FT FORNECEDOR", net="1000", tax="230", gross="1230", SupplierID="S1")
    purchases: Tree = [("NumberOfEntries", 1), bought, document(2, series="FT FORNECEDOR")]
    for sources in (
        [*sales(document(1), entries=1, credit="10.00"), ("PurchaseInvoices", purchases)],
        [("PurchaseInvoices", purchases), *sales(document(1), entries=1, credit="10.00")],
    ):
        opened = saft_file.read(file(sources))
        assert [row.number for row in opened.documents()] == ["FT 2026/1"]
        assert set(opened.control_totals) == {"SalesInvoices"}
        assert saft_file.check(opened) == []
        summary = saft_file.vat_summary(opened)
        assert (summary.documents, summary.net_total) == (1, Decimal(10))
        assert len(saft_file.verify_chain(opened, PUBLIC_KEY).broken) == 1


def test_an_accounting_file_is_read_past_its_ledger() -> None:
    transaction: Tree = [
        ("TransactionID", "1"),
        ("CustomerID", "C9"),
        ("Lines", [("CreditLine", [("CreditAmount", 1)])]),
    ]
    ledger = file([("Journal", [("Transaction", transaction)] * 50)]).replace(
        b"SourceDocuments>", b"GeneralLedgerEntries>"
    )
    content = ledger.replace(b"</AuditFile>", TIDY[TIDY.index(b"<SourceDocuments>") :])
    assert [row.number for row in saft_file.read(content).documents()] == ["FT 2026/1"]


@pytest.mark.parametrize("section", SECTIONS)
def test_how_an_invoice_was_paid_is_no_receipt(section: Section) -> None:
    paid: Tree = [("PaymentMechanism", "NU"), ("PaymentAmount", "12.30"), ("PaymentDate", "2026-11-21")]
    name, tree = document(1, section=section)
    totals = tree[-1][1]
    row = only(file([(section, [(name, [*tree[:-1], ("DocumentTotals", [*totals, ("Payment", paid)])])])]))
    assert row.section == section
    assert [method.payment_amount for method in row.payment_methods] == [Decimal("12.30")]


def test_sections_may_come_first_and_in_any_order() -> None:
    sources: Tree = [
        ("Payments", [document(1, section="Payments", series="RG 2026")]),
        ("WorkingDocuments", []),
        *sales(document(1)),
    ]
    content = file(sources)
    start, end = content.index(b"<SourceDocuments>"), content.index(b"</AuditFile>")
    moved = (
        content[: content.index(b"<Header>")]
        + content[start:end]
        + content[content.index(b"<Header>") : start]
    )
    opened = saft_file.read(moved + b"</AuditFile>")
    assert opened.header.company_name == COMPANY
    assert [row.number for row in opened.documents()] == ["RG 2026/1", "FT 2026/1"]
    assert [row.number for row in opened.documents("SalesInvoices")] == ["FT 2026/1"]


def names_of_none(row: Any) -> set[str]:
    return {each.name for each in fields(row) if getattr(row, each.name) is None}


def test_an_empty_document_is_given_with_all_that_it_lacks() -> None:
    row = only(file([("SalesInvoices", [("Invoice", [])])]))
    lacking = {problem.path.removeprefix("SalesInvoices/Invoice/") for problem in row.problems}
    assert lacking == {
        "InvoiceNo", "DocumentStatus", "DocumentTotals", "Line", "Hash", "HashControl", "InvoiceType",
        "InvoiceDate", "SystemEntryDate", "CustomerID",
    }  # read by rows # fmt: skip
    assert all(problem.what == "is missing" and problem.line == 2 for problem in row.problems)
    assert {"number", "gross_total", "date", "hash", "customer_id"} <= names_of_none(row)
    assert row.lines == ()


def test_a_file_without_anything_is_a_file_that_lacks_its_header() -> None:
    opened = saft_file.read(b"<AuditFile/>")
    assert whats(opened.problems) == [("Header", "is missing")]
    assert names_of_none(opened.header) == {each.name for each in fields(opened.header)}
    assert (opened.customers, opened.products, opened.tax_table, dict(opened.control_totals)) == (
        (),
        (),
        (),
        {},
    )
    assert list(opened.documents()) == []


def test_empty_sections_have_what_they_say_and_no_documents() -> None:
    opened = saft_file.read(file(sales(entries=0, credit="0.00")))
    assert opened.control_totals["SalesInvoices"].number_of_entries == 0
    assert list(opened.documents()) == []


def test_control_totals_that_cannot_be_read_are_problems() -> None:
    opened = saft_file.read(
        file([("SalesInvoices", [("NumberOfEntries", "?"), ("TotalDebit", ""), document(1)])])
    )
    assert [path for path, _ in whats(opened.problems)] == [
        "SalesInvoices/NumberOfEntries",
        "SalesInvoices/TotalDebit",
    ]
    assert opened.control_totals["SalesInvoices"] == saft_file.ControlTotals()


def test_of_a_value_that_is_there_twice_and_differs_none_is_taken() -> None:
    row = only(TIDY.replace(b"<GrossTotal>", b"<GrossTotal>99</GrossTotal><GrossTotal>"))
    assert row.gross_total is None
    assert [what for _, what in whats(row.problems)] == ["occurs more than once, with different values"]
    same = only(TIDY.replace(b"<GrossTotal>", b"<GrossTotal/><GrossTotal>12.30</GrossTotal><GrossTotal>"))
    assert (same.gross_total, same.problems) == (Decimal("12.30"), ())
    twice = only(TIDY.replace(b"<DocumentTotals>", b"<DocumentTotals/><DocumentTotals>"))
    assert "occurs 2 times; the first is read" in [what for _, what in whats(twice.problems)]


def test_a_line_needs_an_amount_on_one_side() -> None:
    bare: Tree = [each for each in line() if each[0] != "CreditAmount"]
    row = only(file(sales(document(1, lines=[line(), bare, line("x", side="DebitAmount")]))))
    assert [(each.debit_amount, each.credit_amount) for each in row.lines] == [
        (None, Decimal("10.00")),
        (None, None),
        (None, None),
    ]
    assert [
        (problem.path.rpartition("/")[2], problem.what)
        for problem in row.problems
        if "Unit" not in problem.path
    ] == [
        ("CreditAmount", "is missing"),
        ("DebitAmount", "expected a number, got 'x'"),
    ]


def test_problems_of_master_files_say_where() -> None:
    masters: Tree = [
        ("Customer", [("CustomerID", "C1")]),
        ("Product", [("ProductType", "P"), ("ProductCode", "A")]),
    ]
    opened: AuditFile = saft_file.read(file(masters=masters))
    assert [path for path, _ in whats(opened.problems)] == [
        "MasterFiles/Customer/CustomerTaxID",
        "MasterFiles/Customer/CompanyName",
        "MasterFiles/Product/ProductDescription",
    ]
    assert len(opened.customers) == len(opened.products) == 1


def test_a_file_that_changes_after_it_was_opened_says_so_when_it_breaks(tmp_path: Any) -> None:
    path = tmp_path / "saft.xml"
    path.write_bytes(TIDY)
    opened = saft_file.read(path)
    path.write_bytes(TIDY[:-20])
    with pytest.raises(SaftFileError):
        list(opened.documents())


def test_of_two_headers_the_first_is_the_file_s() -> None:
    content = TIDY.replace(b"</AuditFile>", b"<Header><CompanyName>B</CompanyName></Header></AuditFile>")
    opened = saft_file.read(content)
    assert (opened.header.company_name, opened.problems) == (COMPANY, ())
