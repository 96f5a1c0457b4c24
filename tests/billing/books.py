"""The emulator's own books after a run."""

from __future__ import annotations

from collections import Counter, defaultdict

from invoicexpress_emulator import Emulator

from tests.billing.made_up import documents, paid


def assert_exactly_its_documents(emulator: Emulator, count: int) -> None:
    """In the emulator's own books, numbers in order of dates and without gaps."""
    planned = documents(count)
    made = emulator.control.documents(limit=1000)
    while len(found := emulator.control.documents(limit=1000, before=made[-1].id)):
        made += found
    states = Counter((each.type, each.status) for each in made)
    receipts = sum(each.type == "invoice_receipt" for each in planned)
    assert states == {
        ("Invoice", "settled"): paid(planned),
        ("Invoice", "final"): count - receipts - paid(planned),
        ("InvoiceReceipt", "settled"): receipts,
        ("Receipt", "final"): paid(planned),
    }
    by_type = defaultdict[str, list[tuple[int, str]]](list)
    for each in made:
        by_type[each.type].append((int(str(each.number).rpartition("/")[2]), str(each.date)))
    for numbers in by_type.values():
        ordered = sorted(numbers)
        assert [number for number, _ in ordered] == list(range(1, len(ordered) + 1))
    for type_ in ("Invoice", "InvoiceReceipt"):
        dates = [date for _, date in sorted(by_type[type_])]
        assert dates == sorted(dates)
    assert emulator.control.verify() == []
