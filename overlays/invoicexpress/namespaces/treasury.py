"""Treasury: balances of clients, and payments and write-offs without a document.

The newest part of the service: its paths begin with /api/v3, and its dates are yyyy-mm-dd.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Unpack, cast

from invoicexpress_generated import models
from invoicexpress_generated.api import treasury as api
from invoicexpress_generated.types import Response, Unset
from invoicexpress_wire import shown

import invoicexpress

from .. import namespaces, quirks
from ..errors import InputError
from ..quirks import envelopes
from ..quirks.identity import id_of
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.in_flight import WriteScope
from ..sending.pagination import PER_PAGE, AnyListing, Page, PageReader, page_of


class Treasury(Namespace[C_co]):
    """Balances, regularizations and movements of clients. Amounts are in the account's currency."""

    @operation
    def balance(self, client: models.Client | int) -> Flow[models.ClientBalance]:
        """A client's debt, with and without VAT, overdue or not. Raises NotFoundError."""
        return (
            yield from exchange(
                api.get_client_balance.request(id_of(client, models.Client)), api.get_client_balance.parse
            )
        )

    @operation
    def balances(
        self,
        clients: Iterable[models.Client | models.ClientListEntry]
        | invoicexpress.Listing[models.ClientListEntry]
        | invoicexpress.AsyncListing[models.ClientListEntry],
    ) -> Flow[list[tuple[models.Client | models.ClientListEntry, models.ClientBalance]]]:
        """Pairs of each client and its balance, in order: one request for each client.

        `clients` may be `ix.clients.list()`, whose pages are read first. Raises InputError for a client
        without an id, before any balance is read, and NotFoundError.
        """
        found: list[models.Client | models.ClientListEntry] = []
        if isinstance(clients, AnyListing):
            reader: PageReader[Any] = clients.reader
            found += yield from quirks.lookups.every(reader)
        elif not isinstance(cast("object", clients), Iterable):
            raise InputError("clients", f"expected a list of clients, got {shown(clients)}")
        else:
            found += clients
        requests = [
            api.get_client_balance.request(_id_of(client, f"clients[{place}]"))
            for place, client in enumerate(found)
        ]
        pairs: list[tuple[models.Client | models.ClientListEntry, models.ClientBalance]] = []
        for client, request in zip(found, requests, strict=True):
            pairs.append((client, (yield from exchange(request, api.get_client_balance.parse))))
        return pairs

    @operation
    def set_initial_balance(
        self, client: models.Client | int, value: Decimal, date: datetime.date, observation: str | None = None
    ) -> Flow[models.InitialBalance]:
        """Sets a client's debt before the first document: `value`, in the account's currency.

        The service refuses documents of the client dated before `date` (diogopms 2026-06). Raises
        SilentChangeError for a date ahead of today (`Checks.dated_ahead`), ValidationError, NotFoundError,
        and AmbiguousResultError if the result stays unknown.
        """
        body = envelopes.initial_balance(
            lambda: models.InitialBalanceWrite.of(value=value, date=date, observation=observation)
        )
        quirks.currencies.in_cents("initial_balance.value", body.value.value)
        request = api.update_client_initial_balance.request(id_of(client, models.Client), body=body)
        namespaces.account_checks.before_balance(self._core, body.value.date)

        def read() -> Flow[models.InitialBalance]:
            balance = yield from exchange(
                api.get_client_balance.request(id_of(client, models.Client)), api.get_client_balance.parse
            )
            shown = balance.initial_balance or models.BalanceBefore()
            # The balance shows another date, that of the entry.
            return models.InitialBalance(value=shown.value, observation=shown.observation)

        write: quirks.attempts.Write[models.InitialBalance | None] = quirks.attempts.Write(
            request,
            lambda response: api.update_client_initial_balance.parse(response).value,
            f"the initial balance of client {id_of(client, models.Client)}",
        )
        differences = partial(quirks.comparison.initial_balance_differences, body.value)
        found = yield from quirks.reconciliation.update_and_compare(
            write, body.value, read, differences, self._core.options
        )
        found.date = found.date or date
        return found

    @listing
    def regularizations(
        self, client: models.Client | int, *, per_page: int = PER_PAGE
    ) -> PageReader[models.Regularization]:
        """Write-offs of a client's debt, read page by page as needed. Raises NotFoundError."""

        def read(number: int, per_page: int) -> Flow[Page[models.Regularization]]:
            request = api.list_client_regularizations.request(
                id_of(client, models.Client), page=number, per_page=per_page
            )
            answer = yield from exchange(request, api.list_client_regularizations.parse)
            return page_of(number, answer.value, answer.pagination)

        return PageReader(read, id_of, per_page, f"regularizations of client {id_of(client, models.Client)}")

    @operation
    def create_regularization(
        self, client: models.Client | int, **fields: Unpack[models.RegularizationWriteFields]
    ) -> Flow[models.Regularization]:
        """Writes off a part of a client's debt, at most the open amount (ValidationError otherwise).

        Takes the fields of RegularizationWrite. The client lists the existing regularizations first; after an
        unknown result a single new one with this value and date is the result. Raises NotFoundError, and
        AmbiguousResultError if the result stays unknown.
        """
        body = envelopes.regularization(lambda: models.RegularizationWrite.of(**fields))
        sent = body.value
        quirks.currencies.in_cents("regularization.value", sent.value)
        request = api.create_client_regularization.request(id_of(client, models.Client), body=body)

        def read(response: Response) -> models.Regularization:
            return envelopes.unwrap_regularization(response, api.create_client_regularization.parse(response))

        def listed() -> Flow[Sequence[models.Regularization]]:
            return (yield from quirks.lookups.every(Treasury.regularizations.describe(self, client)))

        write = quirks.attempts.Write(
            request, read, f"the regularizations of client {id_of(client, models.Client)}"
        )
        scope, options = (
            WriteScope(self._core.in_flight, "regularization", id_of(client, models.Client)),
            self._core.options,
        )
        differences = partial(quirks.comparison.regularization_differences, sent)
        return (
            yield from quirks.reconciliation.create_with_snapshot(
                write, listed, differences, options, scope, answer_differences=differences
            )
        )

    @operation
    def delete_regularization(
        self, client: models.Client | int, regularization: models.Regularization | int
    ) -> Flow[None]:
        """Deletes a regularization, which restores the debt, and looks whether it is gone.

        The other regularizations are read before and after: they have to be the same. Raises NotFoundError,
        AmbiguousResultError.
        """
        client_id, regularization_id = (
            id_of(client, models.Client),
            id_of(regularization, models.Regularization),
        )
        request = api.delete_client_regularization.request(client_id, regularization_id)
        write = quirks.attempts.Write(
            request, api.delete_client_regularization.parse, f"the regularizations of client {client_id}"
        )

        def listed() -> Flow[set[int]]:
            found = yield from quirks.lookups.every(Treasury.regularizations.describe(self, client))
            return {each.id for each in found}

        others = (yield from listed()) - {regularization_id}

        def look() -> Flow[bool | None]:
            left = yield from listed()
            if regularization_id in left:
                return None
            if left != others:
                # A list of something else lacks it too.
                raise quirks.lookups.Undecidable("other regularizations have changed meanwhile")
            return True

        yield from quirks.reconciliation.delete_and_look(write, look, self._core.options)

    @operation
    def create_movement(
        self, client: models.Client | int, **fields: Unpack[models.TreasuryMovementWriteFields]
    ) -> Flow[models.TreasuryMovement]:
        """Takes a payment of a client's debt, which issues a receipt, or reimburses one.

        Takes the fields of TreasuryMovementWrite; `movement_type` is `Payment` or `Reimbursement`. Movements
        cannot be read back, so they are never repeated. Raises SilentChangeError for a date ahead of today
        (`Checks.dated_ahead`), ValidationError, NotFoundError, and AmbiguousResultError for an unknown
        result.
        """
        body = envelopes.treasury_movement(lambda: models.TreasuryMovementWrite.of(**fields))
        quirks.currencies.in_cents("treasury_movement.value", body.value.value)
        request = api.create_client_treasury_movement.request(id_of(client, models.Client), body=body)
        namespaces.account_checks.before_paying(
            self._core, body.value.date, root="treasury_movement", field="date"
        )
        write = quirks.attempts.Write(
            request,
            lambda response: api.create_client_treasury_movement.parse(response).value,
            f"the balance of client {id_of(client, models.Client)}",
        )
        return (yield from quirks.reconciliation.send_once(write))

    @operation
    def delete_movement(
        self, client: models.Client | int, movement: models.TreasuryMovement | int
    ) -> Flow[None]:
        """Deletes a movement; paid documents stay paid. Raises NotFoundError.

        The service was seen to answer 500 although it had deleted the movement (diogopms 2026-06). So after
        an unknown result the delete is repeated, and a 404 means success. Raises AmbiguousResultError if the
        result stays unknown, InputError for a movement without an id.
        """
        found = movement.id if isinstance(movement, models.TreasuryMovement) else movement
        if found is None or isinstance(found, Unset):
            raise InputError("movement", "it has no id, so it cannot be deleted; pass its id")
        request = api.delete_client_treasury_movement.request(id_of(client, models.Client), found)
        yield from quirks.reconciliation.delete_once(
            request, api.delete_client_treasury_movement.parse, self._core.options
        )


def _id_of(client: models.Client | models.ClientListEntry, path: str) -> int:
    """Raises InputError for a client without an id: the vendor's page leaves ids out of lists."""
    # An id alone passes unchanged, as elsewhere.
    found = getattr(client, "id", client)
    if isinstance(found, Unset):
        raise InputError(path, "this client has no id; read it with clients.find_by_name")
    return cast("int", found)
