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
from ..errors import AmbiguousResultError, InvoiceXpressError, NotFoundError, ServerError, SilentChangeError
from ..quirks.document_types import CREDIT_NOTES, CREDITABLE, is_issued
from ..quirks.polymorphism import read_document, read_relatives
from ..sending.pagination import PageWalk
from .clients import Clients, client_of_name, client_with_fiscal_id, sharing_name
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
    """Compares the fields of a document's client with the known one, whose fields the service keeps.

    All but the tax number, which is compared once the answer names the client: the key may find a document.
    """
    checks = core.options.checks
    if isinstance(given, Unset) or checks.client_ignored not in ("warn", "raise"):
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


def after(
    core: Core, root: str, document: Write, answer: D, corrected: Corrected | None, *, is_named: bool = True
) -> Flow[D]:
    """Checks the draft in the service's answer, and returns it. Raises SilentChangeError with the draft.

    `is_named` tells whether the caller named the draft, by a key, a reference or its id: then one for another
    client of the same name is not the caller's, whatever `Checks` says.
    """
    checks = core.options.checks
    if is_named and answer.status == "draft":
        other = quirks.silent_changes.other_person(
            "client_ignored", document.client, answer.client, root=root
        )
        if found := tuple(other):
            raise SilentChangeError(found, answer)
    changes = quirks.silent_changes.in_answer(
        document, answer, checks, root=root, rates=KNOWN_TAXES.remembered(core)
    )
    quirks.silent_changes.react(checks, changes, answer)
    if checks.client_ignored != "off":
        quirks.silent_changes.react(
            checks, (yield from _fiscal_id_ignored(core, root, document, answer)), answer
        )
    if corrected is not None:
        exceeded = quirks.silent_changes.exceeded_credit(answer, corrected.owner, corrected.left, root=root)
        quirks.silent_changes.react(checks, exceeded, answer)
    return answer


def _fiscal_id_ignored(
    core: Core, root: str, document: Write, answer: AnyDocument
) -> Flow[list[SilentChange]]:
    """Whether the client of a document has another tax number than the one sent.

    The service keeps the number of a client that it knows (vendor docs 2017), and an answer may leave it out,
    so the client is read. The answer names it, however it was found. Raises AmbiguousResultError if it
    cannot be read: the draft exists by then.
    """
    given, shown = document.client, answer.client
    if isinstance(given, Unset) or isinstance(shown, Unset):
        return []
    if not given.fiscal_id or not given.fiscal_id.strip() or shown.fiscal_id:
        return []
    try:
        client = yield from _client_of(core, given, shown)
    except InvoiceXpressError as error:
        raise AmbiguousResultError(
            "POST",
            f"/{root}s.json",
            f"document {answer.id} exists, and the tax number of its client could not be read ({error})",
            look_at=f"document {answer.id}",
        ) from error
    if client is None:
        return []
    rules = quirks.silent_changes
    if is_issued(answer.status):
        return list(rules.unshown_fiscal_id(given, client, root=root))
    other = list(rules.other_person("client_ignored", given, client, root=root))
    return other or list(rules.ignored_fiscal_id(given, client, root=root))


def _client_of(
    core: Core, given: models.DocumentClientWrite, shown: models.DocumentClient
) -> Flow[models.Client | None]:
    """The client of a document, by the id that it shows, or as the service finds it."""
    if isinstance(shown.id, int):
        return (yield from client_with_fiscal_id(shown.id))
    found = yield from known_client(core, given)
    return None if found is None else found.client


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


def before_balance(core: Core, date: datetime.date) -> None:
    """Checks the date of a client's initial balance, which closes the client for earlier documents."""
    closes = "the service would refuse documents of the client"
    ahead = quirks.silent_changes.dated_ahead(date, lisbon.today(), root="initial_balance", closes=closes)
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
    """The known client that the service will match: by id, by code, by name (suestecreative 2026).

    With all clients of the name, if it is known by that.
    """
    clients = Clients(core)
    if not isinstance(given.id, Unset):
        try:
            return Known((yield from Clients.get.flow(clients, given.id)))
        except NotFoundError:
            pass
    if given.code and (found := (yield from Clients.find_by_code.flow(clients, given.code))) is not None:
        return Known(found)
    try:
        named = yield from client_of_name(given.name)
    except ServerError as error:
        # The answer for an unknown name (oxdog 2026-08). A new client is no reason to stop.
        if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        raise
    return None if named is None else Known(named, (yield from sharing_name(named)))


def known_items(core: Core, names: set[str]) -> Flow[dict[str, models.Item]]:
    """The items with these names. Reads the list until all are found, or to its end."""
    found: dict[str, models.Item] = {}
    walk = PageWalk(Items.list.describe(Items(core)))
    while len(found) < len(names) and not walk.is_over:
        page = walk.accept((yield from walk.next_page()))
        entries = () if page is None else page.entries
        found |= {item.name: item for item in entries if item.name in names}
    return found
