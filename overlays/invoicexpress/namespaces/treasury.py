"""Treasury: what clients owe, and what was paid or written off without naming a document.

The youngest part of the service: its paths begin with /api/v3, and its dates are yyyy-mm-dd.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Unpack

from invoicexpress_generated.api.treasury import (
    create_client_regularization,
    create_client_treasury_movement,
    delete_client_regularization,
    delete_client_treasury_movement,
    get_client_balance,
    list_client_regularizations,
    update_client_initial_balance,
)
from invoicexpress_generated.models.client import Client
from invoicexpress_generated.models.client_balance import ClientBalance
from invoicexpress_generated.models.initial_balance import InitialBalance
from invoicexpress_generated.models.initial_balance_write import InitialBalanceWrite
from invoicexpress_generated.models.regularization import Regularization
from invoicexpress_generated.models.regularization_write import RegularizationWrite, RegularizationWriteFields
from invoicexpress_generated.models.treasury_movement import TreasuryMovement
from invoicexpress_generated.models.treasury_movement_write import (
    TreasuryMovementWrite,
    TreasuryMovementWriteFields,
)
from invoicexpress_generated.types import Response, Unset

from ..errors import InputError
from ..quirks import envelopes
from ..quirks.comparison import regularization_differences
from ..quirks.identity import id_of
from ..quirks.reconciliation import Write, create_noted, delete_once, every, send_once
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.in_flight import WriteScope
from ..sending.pagination import PER_PAGE, Page, PageReader, page_of


class Treasury(Namespace[C_co]):
    """Balances, regularizations and movements of clients. Amounts are in the account's currency."""

    @operation
    def balance(self, client: Client | int) -> Flow[ClientBalance]:
        """What a client owes, with and without VAT, overdue or not. Raises NotFoundError."""
        return (yield from exchange(get_client_balance.request(id_of(client)), get_client_balance.parse))

    @operation
    def set_initial_balance(
        self, client: Client | int, value: Decimal, date: datetime.date, observation: str | None = None
    ) -> Flow[InitialBalance]:
        """Sets what a client owed before the first document: `value`, in the account's currency.

        The service refuses documents of the client that are dated before `date` (diogopms 2026-06). Raises
        ValidationError, NotFoundError.
        """
        body = envelopes.initial_balance(
            lambda: InitialBalanceWrite.of(value=value, date=date, observation=observation)
        )
        request = update_client_initial_balance.request(id_of(client), body=body)
        return (yield from exchange(request, update_client_initial_balance.parse)).value

    @listing
    def regularizations(
        self, client: Client | int, *, per_page: int = PER_PAGE
    ) -> PageReader[Regularization]:
        """What was written off of a client's debt, page by page as it is looked at. Raises NotFoundError."""

        def read(number: int, per_page: int) -> Flow[Page[Regularization]]:
            request = list_client_regularizations.request(id_of(client), page=number, per_page=per_page)
            answer = yield from exchange(request, list_client_regularizations.parse)
            return page_of(number, answer.value, answer.pagination)

        return PageReader(read, id_of, per_page, f"regularizations of client {id_of(client)}")

    @operation
    def create_regularization(
        self, client: Client | int, **fields: Unpack[RegularizationWriteFields]
    ) -> Flow[Regularization]:
        """Writes off a part of what a client owes, at most what remains (ValidationError).

        Fields are those of RegularizationWrite. The regularizations that there are are noted first; after an
        unknown result exactly one new one of this value and date is the one. Raises NotFoundError,
        AmbiguousResultError when it cannot be told.
        """
        body = envelopes.regularization(lambda: RegularizationWrite.of(**fields))
        sent = body.value
        request = create_client_regularization.request(id_of(client), body=body)

        def read(response: Response) -> Regularization:
            return envelopes.unwrap_regularization(response, create_client_regularization.parse(response))

        def listed() -> Flow[Sequence[Regularization]]:
            return (yield from every(Treasury.regularizations.describe(self, client)))

        write = Write(request, read, f"the regularizations of client {id_of(client)}")
        scope, options = WriteScope(self._core.in_flight, "regularization", id_of(client)), self._core.options
        return (
            yield from create_noted(write, listed, partial(regularization_differences, sent), options, scope)
        )

    @operation
    def delete_regularization(self, client: Client | int, regularization: Regularization | int) -> Flow[None]:
        """Deletes a regularization: the amount is owed again. Raises NotFoundError, AmbiguousResultError."""
        request = delete_client_regularization.request(id_of(client), id_of(regularization))
        yield from delete_once(request, delete_client_regularization.parse, self._core.options)

    @operation
    def create_movement(
        self, client: Client | int, **fields: Unpack[TreasuryMovementWriteFields]
    ) -> Flow[TreasuryMovement]:
        """Takes a payment of a client against what is open, or pays one back. A payment issues a receipt.

        Fields are those of TreasuryMovementWrite; `movement_type` is `Payment` or `Reimbursement`. Movements
        cannot be read back, so one is never repeated. Raises ValidationError, NotFoundError,
        AmbiguousResultError when its result is unknown.
        """
        body = envelopes.treasury_movement(lambda: TreasuryMovementWrite.of(**fields))
        request = create_client_treasury_movement.request(id_of(client), body=body)
        write = Write(
            request,
            lambda response: create_client_treasury_movement.parse(response).value,
            f"the balance of client {id_of(client)}",
        )
        return (yield from send_once(write))

    @operation
    def delete_movement(self, client: Client | int, movement: TreasuryMovement | int) -> Flow[None]:
        """Deletes a movement; what it paid stays paid. Raises NotFoundError.

        The service was seen to answer 500 although the movement was gone (diogopms 2026-06). So after an
        unknown result the movement is deleted again, and is gone when it is not found then;
        AmbiguousResultError when that cannot be told. Raises InputError for a movement that the service gave
        no id for.
        """
        found = movement.id if isinstance(movement, TreasuryMovement) else movement
        if found is None or isinstance(found, Unset):
            raise InputError("movement", "the service gave no id for it, so it cannot be deleted")
        request = delete_client_treasury_movement.request(id_of(client), found)
        yield from delete_once(request, delete_client_treasury_movement.parse, self._core.options)
