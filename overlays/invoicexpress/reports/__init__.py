"""Reports over documents: turnover by client, month and quarter, VAT by rate, and what clients still owe.

    documents = list(ix.documents.list(date_from=date(2026, 1, 1), date_to=date(2026, 12, 31)))
    reports.top_clients(documents)
    reports.months(documents, year=2026)
    reports.vat_by_rate(documents, taxes=ix.taxes.list())

The functions are pure, and serve both clients; an asynchronous list is read first
(`[each async for each in ix.documents.list()]`). All amounts are in EUR with two decimals, and add up to the
documents' own to the cent.

Documents of every type may be passed. These count:

* Invoices, simplified invoices, invoice-receipts, debit notes and VAT MOSS invoices are turnover, and credit
  notes negative turnover. Receipts, quotes, proformas, fees notes, guides and purchase orders are none.
* Issued documents count, paid or not; drafts, cancelled and deleted ones do not.
* A document in another currency has all its amounts in the account's currency, and the other total beside
  them (filipetoscano 2022). They count as they are; an account in another currency than EUR is refused.

A client is found by its id, or by its code in a document without the id, and has the name of its latest
document.

Documents do not show what is left to pay. It follows from their receipts and notes, which take one request
for each unpaid document, and one for each receipt. `unread` names the documents to read:

    documents = list(ix.documents.list(status=["final", "settled", "second_copy"]))
    related = {}
    while missing := reports.unread(documents, related):
        related.update({each.id: ix.documents.related(each) for each in missing})
    reports.top_debtors(documents, related)
    reports.open_items_by_age(documents, related)

InputError names the document and the fault: a type, status or currency that is not known, a missing field, an
amount that does not add up, a document that was passed twice.
"""

from __future__ import annotations

from .open_items import AgeRow, Debtor, OpenItems, open_items_by_age, top_debtors, unread
from .rates import RateRow, RateSummary, vat_by_rate
from .turnover import ClientTurnover, PeriodTurnover, months, quarterly_results, top_clients

__all__ = [
    "AgeRow",
    "ClientTurnover",
    "Debtor",
    "OpenItems",
    "PeriodTurnover",
    "RateRow",
    "RateSummary",
    "months",
    "open_items_by_age",
    "quarterly_results",
    "top_clients",
    "top_debtors",
    "unread",
    "vat_by_rate",
]
