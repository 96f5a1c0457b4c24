"""The control plane's figures agree with the client's reports of the same books."""

from __future__ import annotations

from collections import Counter
from typing import Any

from invoicexpress import InvoiceXpress, reports
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.control_client import Control

from .conftest import new_account


def test_figures_are_those_of_the_reports(emulators: dict[Any, Emulator]) -> None:
    account = new_account(emulators["observed"], "observed")
    control = Control(account.base_url, account=account.name)
    control.seed(7)
    figures = control.figures()
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, pace=None) as ix:
        documents = list(ix.documents.list())
        taxes = ix.taxes.list()
        related: dict[int, Any] = {}
        while missing := reports.unread(documents, related):
            related.update({each.id: ix.documents.related(each) for each in missing})
    month = figures.months[-1]
    assert month == figures.today.isoformat()[:7]
    assert len(figures.months) == len(set(figures.months)) == 12
    assert figures.months == sorted(figures.months)

    owed = reports.open_items_by_age(documents, related, on=figures.today).total
    assert [each.open for each in figures.open_items] == list(owed[4:9])
    assert sum(each.documents for each in figures.open_items) > 0
    sold = reports.vat_by_rate(
        [each for each in documents if each.date.isoformat()[:7] == month], taxes=taxes
    )
    assert [(each.region, each.rate, each.base, each.tax) for each in figures.vat] == [
        (each.region, each.rate, each.base, each.tax) for each in sold.rows
    ]
    assert figures.vat
    issued = Counter(
        (each.date.isoformat()[:7], each.type)
        for each in documents
        if each.status in {"final", "settled"} and each.date.isoformat()[:7] in figures.months
    )
    types = {each.type for each in documents}
    assert {
        (each.month, each.type): each.documents for each in figures.issued if each.type in types
    } == issued
