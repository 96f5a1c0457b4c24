"""Reports add up to their documents, to the cent, and refuse what they would have to guess."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import AnyDocument, InputError, Invoice, Tax, reports, totals
from invoicexpress.reports import AgeRow, ClientTurnover, Debtor, RateRow

from tests.folded import folded
from tests.unit.conftest import as_read, document_json, guide_json, line_json, tax_json

TODAY = dt.date(2026, 11, 21)
YEAR = 2026
FEW = settings(max_examples=20)
SALES = (
    "Invoice",
    "SimplifiedInvoice",
    "InvoiceReceipt",
    "CashInvoice",
    "DebitNote",
    "VatMossInvoice",
    "CreditNote",
    "VatMossCreditNote",
)
CREDITS = ("CreditNote", "VatMossCreditNote")


def made(**changes: Any) -> Invoice:
    """An issued document as read; by default FT A/7 over 12.30 EUR, 2.30 of it VAT, for Ana."""
    given = {
        "status": "final",
        "inverted_sequence_number": "A/7",
        "retention": None,
        **changes,
    }
    return Invoice.from_dict(as_read(document_json(**given)))


def day(date: dt.date) -> str:
    return date.strftime("%d/%m/%Y")


# Any documents, with the amounts that the service would give them ------------------------------------------


LINES = st.builds(
    totals.Line,
    unit_price=st.integers(0, 10**6).map(lambda each: Decimal(each).scaleb(-4)),
    quantity=st.integers(1, 999).map(lambda each: Decimal(each).scaleb(-2)),
    discount=st.sampled_from([Decimal(0), Decimal(10), Decimal("33.33")]),
    tax=st.sampled_from([Decimal(0), Decimal(6), Decimal(13), Decimal(23)]),
)


@st.composite
def documents_of_a_year(draw: st.DrawFn) -> list[Invoice]:
    found: list[Invoice] = []
    for number in range(draw(st.integers(0, 6))):
        lines = draw(st.lists(LINES, min_size=1, max_size=4))
        amounts = totals.of_lines(lines)
        client = draw(
            st.sampled_from([(1, "C1", "Ana"), (2, None, "Ana"), (3, "C3", "Bia"), (None, "C1", "A.")])
        )
        found.append(
            made(
                id=number + 1,
                type=draw(st.sampled_from([*SALES, "Receipt"])),
                status=draw(
                    st.sampled_from(["draft", "final", "settled", "second_copy", "canceled", "deleted"])
                ),
                date=day(draw(st.dates(dt.date(YEAR - 1, 11, 1), dt.date(YEAR + 1, 2, 1)))),
                sum=str(amounts.sum),
                discount=str(amounts.discount),
                before_taxes=str(amounts.before_taxes),
                taxes=str(amounts.taxes),
                total=str(amounts.total),
                client={"id": client[0], "code": client[1], "name": client[2]},
                items=[
                    line_json(
                        unit_price=str(line.unit_price),
                        quantity=str(line.quantity),
                        discount=str(line.discount),
                        tax={"id": int(line.tax), "name": f"IVA{line.tax}", "value": str(line.tax)},
                    )
                    for line in lines
                ],
                retention=draw(st.sampled_from([None, "25"])),
            )
        )
    return found


def counting(documents: Sequence[Invoice]) -> list[tuple[int, Invoice]]:
    """The documents that count, with their signs, written out once more."""
    return [
        (-1 if each.type in CREDITS else 1, each)
        for each in documents
        if each.type != "Receipt" and each.status in ("final", "settled", "second_copy")
    ]


def sums(counted: Sequence[tuple[int, Invoice]]) -> tuple[int, Decimal, Decimal, Decimal]:
    return (
        len(counted),
        sum((sign * each.before_taxes for sign, each in counted), Decimal(0)),
        sum((sign * each.taxes for sign, each in counted), Decimal(0)),
        sum((sign * each.total for sign, each in counted), Decimal(0)),
    )


def columns(rows: Sequence[Any], *names: str) -> tuple[Any, ...]:
    return tuple(sum(getattr(row, name) for row in rows) for name in names)


TURNOVER = ("documents", "before_taxes", "taxes", "total")


@FEW
@given(documents_of_a_year(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_each_document_is_with_one_client(documents: list[Invoice], random: Any, most: int) -> None:
    rows = reports.top_clients(documents, count=None)
    assert columns(rows, *TURNOVER) == sums(counting(documents))
    order = [(-row.before_taxes, (row.name or "").casefold()) for row in rows]
    assert order == sorted(order)
    shuffled = random.sample(documents, len(documents))
    assert reports.top_clients(shuffled, count=None) == rows
    assert reports.top_clients(documents, count=most) == rows[:most]
    assert len({(row.client_id, row.code) for row in rows}) == len(rows)


@FEW
@given(documents_of_a_year())
def test_each_document_of_a_year_is_in_one_month_and_one_quarter(documents: list[Invoice]) -> None:
    months = reports.months(documents, year=YEAR)
    quarters = reports.quarterly_results(documents, year=YEAR)
    counted = [(sign, each) for sign, each in counting(documents) if each.date.year == YEAR]
    assert columns(months, *TURNOVER) == columns(quarters, *TURNOVER) == sums(counted)
    assert [row.number for row in months] == [*range(1, 13)]
    for row in [*months, *quarters]:
        assert tuple(getattr(row, name) for name in TURNOVER) == sums(
            [(sign, each) for sign, each in counted if row.first <= each.date <= row.last]
        )
    bounds = [[row.first for row in rows] + [rows[-1].last] for rows in (months, quarters)]
    assert all(each[0] == dt.date(YEAR, 1, 1) and each[-1] == dt.date(YEAR, 12, 31) for each in bounds)


@FEW
@given(documents_of_a_year())
def test_base_and_vat_of_the_rates_add_up(documents: list[Invoice]) -> None:
    found = reports.vat_by_rate(documents)
    counted = counting(documents)
    assert (found.documents, found.base, found.tax, found.total) == sums(counted)
    assert columns(found.rows, "base", "tax") == (found.base, found.tax)
    exact: dict[Decimal, Fraction] = {}
    for sign, each in counted:
        for line in each.items:
            assert line.tax
            assert isinstance(line.tax.value, Decimal)
            assert isinstance(line.subtotal, Decimal)
            exact[line.tax.value] = exact.get(line.tax.value, Fraction()) + sign * Fraction(line.subtotal)
    assert {row.rate for row in found.rows} == exact.keys()
    for row in found.rows:
        assert abs(Fraction(row.base) - exact[row.rate]) < Fraction(len(counted), 100)
        assert abs(Fraction(row.tax) - exact[row.rate] * Fraction(row.rate) / 100) < Fraction(
            len(counted), 100
        )
        assert row.rate or not row.tax
    assert [row.rate for row in found.rows] == sorted(exact, reverse=True)


def test_a_tiny_amount_that_two_readings_fit_is_that_of_its_price() -> None:
    """Whether 0.0000009 EUR is with the discount of 10 % or without it: the price is 0.0001 in both."""
    line = line_json(
        unit_price="0.0001",
        quantity="0.01",
        discount="10",
        tax={"id": 0, "name": "IVA0", "value": "0"},
    )
    nothing = dict.fromkeys(("sum", "discount", "before_taxes", "taxes", "total"), "0.0")
    found = reports.vat_by_rate([made(items=[line], **nothing)])
    assert [(row.rate, row.base, row.tax) for row in found.rows] == [(Decimal(0), Decimal(0), Decimal(0))]


# Open items -------------------------------------------------------------------------------------------------


class Books:
    """Documents of clients and what belongs to them, as the service relates them."""

    def __init__(self) -> None:
        self.ids = count(1)
        self.documents: list[Invoice] = []
        self.around: dict[int, list[AnyDocument]] = {}

    def add(self, cents: int, owner: Invoice | None = None, **fields: Any) -> Invoice:
        number = next(self.ids)
        amount = str(Decimal(cents).scaleb(-2))
        made_up = made(
            **{
                "id": number,
                "inverted_sequence_number": f"A/{number}",
                "total": amount,
                "before_taxes": amount,
                "taxes": "0.0",
                **fields,
            }
        )
        self.documents.append(made_up)
        self.around[number] = [] if owner is None else [owner]
        if owner is not None:
            self.around[owner.id].append(made_up)
        return made_up

    def related(self) -> dict[int, Sequence[AnyDocument]]:
        """What a program reads: no more than it is told to."""
        found: dict[int, Sequence[AnyDocument]] = {}
        while missing := reports.unread(self.documents, found):
            assert not found.keys() & {each.id for each in missing}
            found.update({each.id: self.around[each.id] for each in missing})
        return found


AMOUNTS = st.integers(0, 5000)


@st.composite
def books_and_balances(draw: st.DrawFn) -> tuple[Books, dict[int, int], dict[int, int]]:
    """Books, and what each client owes and is owed in cents."""
    books, owed, credit = Books(), {1: 0, 2: 0}, {1: 0, 2: 0}
    for _ in range(draw(st.integers(0, 6))):
        number = draw(st.sampled_from([1, 2]))
        client = {"id": number, "name": f"Client {number}"}
        kind = draw(
            st.sampled_from(["Invoice", "SimplifiedInvoice", "DebitNote", "InvoiceReceipt", "CreditNote"])
        )
        total = draw(AMOUNTS)
        if kind == "CreditNote":  # for a document of another program
            status = draw(st.sampled_from(["final", "settled", "draft", "canceled"]))
            books.add(total, type=kind, status=status, client=client)
            credit[number] += total if status == "final" else 0
            continue
        paid = 0 if kind == "InvoiceReceipt" else draw(st.integers(0, total))
        credited = draw(st.integers(0, total))
        status = "settled" if kind == "InvoiceReceipt" or paid + credited >= total else "final"
        late = draw(st.integers(-40, 200))
        due = day(TODAY - dt.timedelta(days=late))
        document = books.add(total, type=kind, status=status, client=client, due_date=due)
        if paid:
            books.add(paid, document, type="Receipt", client=client)
        books.add(total, document, type="Receipt", status="canceled", client=client)
        books.add(total, document, type="CreditNote", status="draft", client=client)
        is_refunded = draw(st.booleans())
        if credited:
            note_status = "settled" if is_refunded else "final"
            books.add(credited, document, type="CreditNote", status=note_status, client=client)
        if kind == "InvoiceReceipt":
            credit[number] += 0 if is_refunded else credited
        else:
            left = total - paid - credited
            owed[number] += max(left, 0)
            credit[number] += 0 if is_refunded else max(-left, 0)
    return books, owed, credit


@FEW
@given(books_and_balances())
def test_each_open_amount_is_with_one_client_and_of_one_age(
    made_up: tuple[Books, dict[int, int], dict[int, int]],
) -> None:
    books, owed, credit = made_up
    related = books.related()
    ages = reports.open_items_by_age(books.documents, related, on=TODAY)
    by_client = {row.client_id: row for row in ages.rows}
    debtors = {row.client_id: row for row in reports.top_debtors(books.documents, related, today=TODAY)}
    for number in (1, 2):
        balance = Decimal(owed[number] - credit[number]).scaleb(-2)
        row = by_client.get(number)
        if row is None:
            assert (owed[number], credit[number]) == (0, 0)
            continue
        late = (row.days_1_to_30, row.days_31_to_60, row.days_61_to_90, row.over_90)
        assert row.not_due + sum(late) == Decimal(owed[number]).scaleb(-2)
        assert row.credit == -Decimal(credit[number]).scaleb(-2)
        assert row.total == balance
        assert (number in debtors) is (balance > 0)
        if number in debtors:
            debtor = debtors[number]
            assert (debtor.open, debtor.overdue) == (row.not_due + sum(late), sum(late))
            assert (debtor.credit, debtor.balance) == (row.credit, row.total)
    assert ages.total[4:] == tuple(columns(ages.rows, *AgeRow._fields[4:]))
    order = [-row.total for row in ages.rows]
    assert order == sorted(order)


@folded(
    "late, column",
    [
        (-1, "not_due"),
        (0, "not_due"),
        (1, "days_1_to_30"),
        (30, "days_1_to_30"),
        (31, "days_31_to_60"),
        (60, "days_31_to_60"),
        (61, "days_61_to_90"),
        (90, "days_61_to_90"),
        (91, "over_90"),
    ],
)
def test_ages(late: int, column: str) -> None:
    document = made(due_date=day(TODAY - dt.timedelta(days=late)))
    (row,) = reports.open_items_by_age([document], {document.id: []}, on=TODAY).rows
    assert getattr(row, column) == row.total == Decimal("12.30")


def test_what_a_program_reads_for_open_items() -> None:
    books = Books()
    paid_in_part = books.add(1000)
    receipt = books.add(400, paid_in_part, type="Receipt")
    settled = books.add(1000, status="settled")
    books.add(700, settled, type="Receipt")
    note = books.add(500, settled, type="CreditNote")
    books.add(1000, status="settled")
    books.add(1000, status="draft")
    first = reports.unread(books.documents, {})
    assert [each.id for each in first] == [note.id, paid_in_part.id]
    second = reports.unread(books.documents, {each.id: books.around[each.id] for each in first})
    assert [each.id for each in second] == [settled.id, receipt.id]
    (row,) = reports.open_items_by_age(books.documents, books.related(), on=TODAY).rows
    assert (row.not_due, row.credit, row.total) == (Decimal("6.00"), Decimal("-2.00"), Decimal("4.00"))


def credit_of(books: Books) -> Decimal:
    return reports.open_items_by_age(books.documents, books.related(), on=TODAY).total.total


def test_a_settled_document_owes_nothing() -> None:
    """A debit note is settled without a receipt."""
    books = Books()
    settled = books.add(1000, type="DebitNote", status="settled")
    books.add(300, settled, type="CreditNote")
    assert credit_of(books) == 0


def test_a_note_that_was_paid_back_is_owed_no_more() -> None:
    books = Books()
    paid = books.add(1000, status="settled")
    books.add(1000, paid, type="Receipt")
    books.add(300, paid, type="CreditNote", status="settled")
    books.add(200, paid, type="CreditNote")
    assert credit_of(books) == Decimal("-2.00")


def test_a_note_corrects_the_older_document() -> None:
    books = Books()
    note = books.add(300, books.add(1000), type="CreditNote")
    books.around[note.id].append(books.add(500, status="settled"))
    assert credit_of(books) == Decimal("7.00")


# Known answers ----------------------------------------------------------------------------------------------


def test_top_clients_by_example() -> None:
    documents = [
        made(id=1, client={"id": 1, "code": "A1", "name": "Ana"}),
        made(id=2, client={"id": 1, "name": "Ana Sousa"}, date="22/11/2026"),
        made(
            id=3, client={"id": None, "code": "A1", "name": "A. Sousa"}, date="20/11/2026", type="CreditNote"
        ),
        made(id=4, client={"id": 2, "code": "Z", "name": "Bia"}, status="settled"),
        made(id=5, client={"id": 4, "name": "ana"}),
        made(id=6, client={"id": 2, "name": "Bia"}, type="Receipt"),
        made(
            id=7,
            client={"id": None, "name": None},
            type="SimplifiedInvoice",
            before_taxes="1.0",
            total="1.23",
        ),
    ]
    ten, vat, total = Decimal("10.00"), Decimal("2.30"), Decimal("12.30")
    assert reports.top_clients(documents) == [
        ClientTurnover(4, None, "ana", 1, ten, vat, total),
        ClientTurnover(1, "A1", "Ana Sousa", 3, ten, vat, total),
        ClientTurnover(2, "Z", "Bia", 1, ten, vat, total),
        ClientTurnover(None, None, None, 1, Decimal("1.00"), vat, Decimal("1.23")),
    ]


def test_types_that_are_no_turnover_do_not_count() -> None:
    others = [
        made(id=9, type=each) for each in ("Receipt", "VatMossReceipt", "Quote", "Proforma", "FeesNote")
    ]
    guide = invoicexpress_guide()
    assert reports.top_clients([*others[:1], guide]) == []
    assert reports.vat_by_rate([guide]).documents == 0
    assert all(not row.documents for row in reports.months([others[2]], year=YEAR))


def invoicexpress_guide() -> AnyDocument:
    from invoicexpress import Guide  # noqa: PLC0415 - for this one test

    return Guide.from_dict(as_read(guide_json(status="final")))


def test_a_document_in_another_currency_counts_with_its_euros() -> None:
    document = made(multicurrency={"rate": "1.08", "currency": "U.S. dollar", "total": "13.28"})
    assert reports.top_clients([document])[0].total == Decimal("12.30")


def test_top_debtors_by_example() -> None:
    books = Books()
    ana, bia = {"id": 1, "code": "A1", "name": "Ana"}, {"id": 2, "name": "Bia"}
    late = books.add(10000, client=ana, due_date="20/11/2026")
    books.add(2500, late, type="Receipt", client=ana)
    books.add(1000, client=ana, due_date="21/11/2026")
    books.add(300, client=ana, type="CreditNote")
    books.add(8200, client=bia, due_date="01/01/2026")
    books.add(5000, client={"id": 3, "name": "Eva"}, status="settled")
    assert reports.top_debtors(books.documents, books.related(), today=TODAY) == [
        Debtor(
            client_id=1,
            code="A1",
            name="Ana",
            documents=2,
            open=Decimal("85.00"),
            overdue=Decimal("75.00"),
            oldest_due_date=dt.date(2026, 11, 20),
            credit=Decimal("-3.00"),
            balance=Decimal("82.00"),
        ),
        Debtor(
            client_id=2,
            code=None,
            name="Bia",
            documents=1,
            open=Decimal("82.00"),
            overdue=Decimal("82.00"),
            oldest_due_date=dt.date(2026, 1, 1),
            credit=Decimal("0.00"),
            balance=Decimal("82.00"),
        ),
    ]


def taxes(*regions: tuple[int, str, str, str]) -> list[Tax]:
    return [
        Tax.from_dict(as_read(tax_json(id=number, name=name, value=value, region=region)))
        for number, name, value, region in regions
    ]


def test_vat_by_rate_by_example() -> None:
    four = {"unit_price": "0.125", "quantity": "1.0"}
    azores, madeira = {"id": 2, "name": "A4", "value": 4.0}, {"id": 3, "name": "M4", "value": 4.0}
    lines = [line_json(**four, tax=azores), line_json(**four, tax=madeira)]
    document = made(id=1, items=lines, before_taxes="0.25", taxes="0.01", total="0.26", retention="25")
    note = made(id=2, type="CreditNote")
    known = taxes((1, "IVA23", "23", "PT"), (2, "A4", "4", "PT-AC"), (3, "M4", "4", "PT-MA"))
    found = reports.vat_by_rate([document, note], taxes=known)
    assert found.rows == (
        RateRow("PT", Decimal(23), Decimal("-10.00"), Decimal("-2.30")),
        RateRow("PT-AC", Decimal(4), Decimal("0.13"), Decimal("0.01")),
        RateRow("PT-MA", Decimal(4), Decimal("0.12"), Decimal("0.00")),
    )
    assert found[1:] == (2, Decimal("-9.75"), Decimal("-2.29"), Decimal("-12.04"), Decimal("0.06"))
    changed = taxes((1, "IVA23", "24", "PT"))
    assert [row.region for row in reports.vat_by_rate([note], taxes=changed).rows] == [None]


def test_a_discount_on_the_whole_document_is_shared_by_its_lines() -> None:
    lines = [line_json(), line_json(tax={"id": 9, "name": "Isento", "value": 0.0})]
    half = {"value_type": "percentage", "value": 50.0}
    five = {"value_type": "absolute", "value": 10.0}
    for discount in (half, five):
        document = made(
            items=lines, global_discount=discount, before_taxes="10.0", taxes="1.15", total="11.15"
        )
        assert reports.vat_by_rate([document]).rows == (
            RateRow(None, Decimal(23), Decimal("5.00"), Decimal("1.15")),
            RateRow(None, Decimal(0), Decimal("5.00"), Decimal("0.00")),
        )


def test_lines_with_the_id_of_their_tax_alone_need_the_taxes() -> None:
    document = made(items=[line_json(tax={"id": 5, "name": None, "value": None}, tax_amount=2.3, total=12.3)])
    with pytest.raises(InputError, match=r"documents\[0\].items\[0\].tax: FT A/7 \(id 7\) does not show"):
        reports.vat_by_rate([document])
    found = reports.vat_by_rate([document], taxes=taxes((5, "IVA23", "23", "PT")))
    assert found.rows == (RateRow("PT", Decimal(23), Decimal("10.00"), Decimal("2.30")),)


def test_lines_of_a_document_read_alone_have_a_total_only() -> None:
    """The vendor's page shows no subtotal there (vendor docs 2026-07)."""
    line = {"name": "Café", "unit_price": 10, "quantity": 1, "discount": 0, "total": 12.3}
    document = made(items=[{**line, "tax": {"name": "IVA23", "value": 23}}])
    found = reports.vat_by_rate([document], taxes=taxes((5, "IVA23", "23", "PT")))
    assert found.rows == (RateRow("PT", Decimal(23), Decimal("10.00"), Decimal("2.30")),)


# Refusals ---------------------------------------------------------------------------------------------------


@folded(
    "changes, text",
    [
        ({"type": "Bill"}, r"documents\[0\].type: Bill A/7 \(id 7\) has an unknown type"),
        ({"status": "accepted"}, r"documents\[0\].status: FT A/7 \(id 7\) has the status 'accepted'"),
        ({"currency": "U.S. dollar"}, r"documents\[0\].currency: FT A/7 \(id 7\) is in 'U.S. dollar'"),
        ({"currency": "Groat"}, r"documents\[0\].currency: FT A/7 \(id 7\) is in 'Groat'"),
        (
            {"before_taxes": "10.001"},
            r"documents\[0\].before_taxes: FT A/7 \(id 7\) has 10.001; expected whole",
        ),
        (
            {"total": "-12.3"},
            r"documents\[0\].total: FT A/7 \(id 7\) has -12.3; expected whole cents, 0 or more",
        ),
        (
            {"client": {"id": None, "name": "Ana"}},
            r"documents\[0\].client: FT A/7 \(id 7\) has neither id nor code",
        ),
    ],
)
def test_a_document_that_would_be_a_guess_is_refused(changes: Mapping[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text):
        reports.top_clients([made(**changes)])


@folded(
    "changes, text",
    [
        (
            {"before_taxes": "10.01"},
            r"before_taxes: FT A/7 \(id 7\) has 10.01 EUR, but its lines give 10.00 EUR",
        ),
        ({"taxes": "2.31"}, r"taxes: FT A/7 \(id 7\) has 2.31 EUR, but its lines give 2.30 EUR"),
        ({"items": []}, r"before_taxes: FT A/7 \(id 7\) has 10.00 EUR, but its lines give 0.00 EUR"),
    ],
)
def test_lines_that_do_not_add_up_are_refused(changes: Mapping[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text):
        reports.vat_by_rate([made(**changes)])


def test_a_retention_that_is_not_shown_is_refused() -> None:
    with pytest.raises(InputError, match=r"documents\[0\].retention: FT A/7 \(id 7\) does not show"):
        reports.vat_by_rate([Invoice.from_dict(as_read(lacking("retention")))])


def lacking(field: str) -> dict[str, Any]:
    given = document_json(status="final", inverted_sequence_number="A/7", retention=None)
    del given[field]
    return given


def test_an_open_document_without_a_due_date_is_refused() -> None:
    document = Invoice.from_dict(as_read(lacking("due_date")))
    with pytest.raises(InputError, match=r"documents\[0\].due_date: FT A/7 \(id 7\) has no due date"):
        reports.open_items_by_age([document], {document.id: []})


def test_related_documents_that_were_not_read_are_named() -> None:
    documents = [made(id=7), made(id=8)]
    with pytest.raises(
        InputError, match=r"related\[7\]: the related documents of FT A/7 .* 1 more; `reports.unread`"
    ):
        reports.top_debtors(documents, {})


def test_a_receipt_for_several_documents_is_refused() -> None:
    books = Books()
    one, other = books.add(1000), books.add(1000)
    receipt = books.add(500, one, type="Receipt")
    books.around[receipt.id].append(other)
    with pytest.raises(
        InputError, match=r"documents\[0\]: FT A/1 \(id 1\) has the receipt RG A/3, which pays FT A/2"
    ):
        books.related()


def test_receipts_beyond_the_total_are_refused() -> None:
    books = Books()
    books.add(1001, books.add(1000), type="Receipt")
    with pytest.raises(
        InputError, match=r"FT A/1 \(id 1\) has receipts over 10.01, more than its total of 10.00"
    ):
        books.related()


def test_a_note_for_several_documents_is_refused() -> None:
    books = Books()
    one, other = books.add(1000), books.add(1000)
    note = books.add(500, one, type="CreditNote")
    books.around[note.id].append(other)
    with pytest.raises(InputError, match=r"NC A/3 \(id 3\) corrects FT A/1 and FT A/2"):
        books.related()


def test_a_document_passed_twice_is_refused() -> None:
    with pytest.raises(InputError, match=r"documents\[1\]: FT A/7 \(id 7\) was passed twice"):
        reports.months([made(), made()], year=YEAR)


@folded(
    "call, text",
    [
        (lambda: reports.top_clients([], count=0), "count: expected a whole number, 1 or more, got 0"),
        (lambda: reports.top_debtors([], {}, count=-1), "count: expected a whole number"),
        (lambda: reports.months([], year=0), "year: expected a whole number, 1 to 9999, got 0"),
        (lambda: reports.months([], year="2026"), "year: expected a whole number"),  # type: ignore[arg-type]
        (lambda: reports.top_clients(7), r"documents: expected a list of documents, got 7"),  # type: ignore[arg-type]
        (lambda: reports.top_clients([7]), r"documents\[0\]: expected a document, got 7"),  # type: ignore[list-item]
        (lambda: reports.top_debtors([], []), "related: expected related documents by id"),  # type: ignore[arg-type]
        (lambda: reports.vat_by_rate([], taxes=[7]), r"taxes\[0\]: expected a tax of ix.taxes.list"),  # type: ignore[list-item]
        (
            lambda: reports.open_items_by_age([], {}, on=dt.datetime(2026, 1, 1)),  # noqa: DTZ001
            "on: expected a date",
        ),
    ],
)
def test_arguments_of_another_kind_are_refused(call: Any, text: str) -> None:
    with pytest.raises(InputError, match=text):
        call()


def test_no_documents_make_empty_reports() -> None:
    assert reports.top_clients([]) == []
    assert reports.top_debtors([], {}) == []
    assert tuple(reports.vat_by_rate([])) == ((), 0, 0, 0, 0, 0)
    rows, total = reports.open_items_by_age([], {})
    assert (rows, tuple(total)) == ((), (None, None, None, 0, 0, 0, 0, 0, 0, 0, 0))
    assert {row.total for row in reports.months([], year=YEAR)} == {0}


def test_an_asynchronous_list_is_read_first() -> None:
    async def listing() -> AsyncIterator[Invoice]:
        yield made()

    unread: Any = listing()
    with pytest.raises(InputError, match=r"\[each async for each in ix.documents.list\(\)\]"):
        reports.top_clients(unread)

    async def read() -> list[Invoice]:
        return [each async for each in listing()]

    assert len(reports.top_clients(asyncio.run(read()))) == 1
