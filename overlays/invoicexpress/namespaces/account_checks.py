"""The checks around a create or an update, and the reads of the account for some of them, as flows.

The exception of a failed read reaches the caller, and nothing has been sent.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from invoicexpress_generated import models
from invoicexpress_generated.types import Unset

import invoicexpress

from .. import lisbon, quirks
from ..errors import NotFoundError, ServerError
from ..quirks.document_types import CREDIT_NOTES, CREDITABLE
from ..quirks.polymorphism import read_document, read_relatives
from ..sending.pagination import PageWalk
from .clients import KNOWN_FISCAL_IDS, Clients, client_of_name, sharing_name, with_fiscal_id
from .items import Items
from .taxes import KNOWN_TAXES, Taxes

if TYPE_CHECKING:
    from ..errors.silent_change import SilentChange
    from ..quirks.namesakes import Named
    from ..quirks.polymorphism import AnyDocument
    from ..quirks.silent_changes import Write
    from ..sending.flows import Core, Flow

D = TypeVar("D", "models.Invoice", "models.Estimate", "models.Guide", "models.PurchaseOrder")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The document that a credit note corrects, and its remaining total, in the account's currency."""

    owner: models.Invoice
    left: Decimal


def before(core: Core, root: str, document: Write) -> Flow[Corrected | None]:
    """Checks a document before it is sent, also against the account if `Checks` says so.

    All reads happen here, where a failed one loses nothing: once a draft exists the caller has to get it.
    Returns the input for `after`. Raises SilentChangeError, and the exceptions of the reads.
    """
    checks = core.options.checks
    rates = KNOWN_TAXES.remembered(core)
    unknown: Iterable[SilentChange] = ()
    if checks.tax_unknown in ("warn", "raise") or (checks.tax_unknown == "known" and rates is not None):
        rates = yield from _rates_for(core, document)
        unknown = quirks.silent_changes.unknown_taxes(document, rates, root=root)
    # First, since a document that fails here needs no reads.
    alone = quirks.silent_changes.before_sending(document, checks, root=root, rates=rates)
    quirks.silent_changes.react(checks, [*alone, *unknown])
    yield from check_client(core, root, document.client)
    if checks.item_overwritten != "off":
        items = yield from known_items(core, {item.name for item in document.items})
        quirks.silent_changes.react(
            checks, quirks.silent_changes.overwritten_items(document, items, root=root)
        )
    if checks.credit_exceeded != "off" and root in _CREDITING and isinstance(document, models.InvoiceWrite):
        return (yield from corrected(document))
    return None


def check_client(core: Core, root: str, given: models.DocumentClientWrite | Unset) -> Flow[None]:
    """Compares the client of a document with the known one, whose fields the service keeps."""
    checks = core.options.checks
    if isinstance(given, Unset) or checks.client_ignored == "off":
        return
    if checks.client_ignored == "fiscal_id":
        if not given.fiscal_id or not given.fiscal_id.strip() or KNOWN_FISCAL_IDS.has(core, given):
            return
        matched = yield from matched_client(core, given)
        if matched is None:
            return
        quirks.silent_changes.react(
            checks, quirks.silent_changes.ignored_fiscal_id(given, matched.client, root=root)
        )
        KNOWN_FISCAL_IDS.remember(core, given)
        return
    known = yield from known_client(core, given)
    if known is not None:
        ignored = quirks.silent_changes.ignored_client_fields(given, known.client, root=root)
        shared = quirks.silent_changes.shared_client_name(known.client, known.several, root=root)
        quirks.silent_changes.react(checks, [*shared, *ignored])


def _rates_for(core: Core, document: Write) -> Flow[invoicexpress.totals.TaxRates]:
    """The account's taxes, read again for an unknown name, which may be new."""
    remembered = KNOWN_TAXES.remembered(core)
    named = [item.tax for item in document.items if not isinstance(item.tax, Unset)]
    if remembered is not None and all(remembered.rate_of(tax) is not None for tax in named):
        return remembered
    return invoicexpress.totals.TaxRates.of((yield from Taxes.list.flow(Taxes(core))))


def after(core: Core, root: str, document: Write, answer: D, corrected: Corrected | None) -> D:
    """Checks the draft in the service's answer, and returns it. Raises SilentChangeError with the draft."""
    checks = core.options.checks
    changes = quirks.silent_changes.in_answer(
        document, answer, checks, root=root, rates=KNOWN_TAXES.remembered(core)
    )
    quirks.silent_changes.react(checks, changes, answer)
    if corrected is not None:
        exceeded = quirks.silent_changes.exceeded_credit(answer, corrected.owner, corrected.left, root=root)
        quirks.silent_changes.react(checks, exceeded, answer)
    return answer


def before_issuing(core: Core, root: str, document: Write) -> None:
    """Checks a document to be issued, while there is no draft. A warning waits for `before_finalizing`."""
    if core.options.checks.dated_ahead == "raise":
        ahead = quirks.silent_changes.dated_ahead(document.date, lisbon.today(), root=root)
        quirks.silent_changes.react(core.options.checks, ahead)


def before_finalizing(core: Core, root: str, document: AnyDocument) -> None:
    """Checks a draft before it becomes a legal document. Raises SilentChangeError with the draft."""
    ahead = quirks.silent_changes.dated_ahead(document.date, lisbon.today(), root=root)
    quirks.silent_changes.react(core.options.checks, ahead, document)


def before_paying(core: Core, date: datetime.date | Unset, *, root: str, field: str) -> None:
    """Checks the date of a payment before it becomes a receipt."""
    if not isinstance(date, Unset):
        ahead = quirks.silent_changes.dated_ahead(date, lisbon.today(), root=root, field=field)
        quirks.silent_changes.react(core.options.checks, ahead)


_CREDITING: Final = frozenset(row.root for row in CREDIT_NOTES)


def corrected(note: models.InvoiceWrite) -> Flow[Corrected | None]:
    """The document that a note corrects; None without one of a type that notes correct."""
    if isinstance(note.owner_invoice_id, Unset):
        return None
    for row in CREDITABLE:
        try:
            owner = yield from read_document(row, models.Invoice, note.owner_invoice_id)
        except NotFoundError:
            continue
        related = yield from read_relatives(owner.id)
        return Corrected(owner, max(Decimal(0), owner.total - quirks.crediting.credited(related)))
    return None


class Known(NamedTuple):
    """The known client that the service will match, and all of its name if that matches several."""

    client: models.Client
    several: Sequence[Named] = ()


def known_client(core: Core, given: models.DocumentClientWrite) -> Flow[Known | None]:
    """The known client that the service will match, and all of its name if it is known by that."""
    matched = yield from matched_client(core, given)
    if matched is None or not matched.is_by_name:
        return None if matched is None else Known(matched.client)
    return Known(matched.client, (yield from sharing_name(matched.client)))


class Matched(NamedTuple):
    """A known client, and whether only its name found it."""

    client: models.Client
    is_by_name: bool


def matched_client(core: Core, given: models.DocumentClientWrite) -> Flow[Matched | None]:
    """The known client that the service will match, with its tax number if one is given."""
    matched = yield from _matched(core, given)
    if matched is None or not given.fiscal_id:
        return matched
    return matched._replace(client=(yield from with_fiscal_id(matched.client)))


def _matched(core: Core, given: models.DocumentClientWrite) -> Flow[Matched | None]:
    """The client found by id, by code, by name (suestecreative 2026)."""
    clients = Clients(core)
    if not isinstance(given.id, Unset):
        try:
            return Matched((yield from Clients.get.flow(clients, given.id)), is_by_name=False)
        except NotFoundError:
            pass
    if given.code and (found := (yield from Clients.find_by_code.flow(clients, given.code))) is not None:
        return Matched(found, is_by_name=False)
    try:
        named = yield from client_of_name(given.name)
    except ServerError as error:
        # The answer for an unknown name (oxdog 2026-08). A new client is no reason to stop.
        if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        raise
    return None if named is None else Matched(named, is_by_name=True)


def known_items(core: Core, names: set[str]) -> Flow[dict[str, models.Item]]:
    """The items with these names. Reads the list until all are found, or to its end."""
    found: dict[str, models.Item] = {}
    walk = PageWalk(Items.list.describe(Items(core)))
    while len(found) < len(names) and not walk.is_over:
        page = walk.accept((yield from walk.next_page()))
        entries = () if page is None else page.entries
        found |= {item.name: item for item in entries if item.name in names}
    return found
