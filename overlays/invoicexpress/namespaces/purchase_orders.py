"""Purchase orders, which the vendor has dropped from its documentation.

It is unknown whether the service still has them, and in what form it answers (vendor docs 2017).
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from decimal import Decimal
from typing import Unpack

from invoicexpress_generated import models

import invoicexpress

from .. import quirks
from ..quirks import document_types
from ..quirks.identity import id_of
from ..sending.flows import C_co, Flow, operation
from .by_reference import ByReference
from .documents import Listed


def _written(fields: models.PurchaseOrderWriteFields) -> models.PurchaseOrderWrite:
    return models.PurchaseOrderWrite.of(**fields)


class PurchaseOrders(ByReference[C_co, models.PurchaseOrder], Listed[C_co, models.PurchaseOrder]):
    """Purchase orders. Only older documentation describes them."""

    row = document_types.PURCHASE_ORDER
    model = models.PurchaseOrder

    def _with_reference(self, reference: str) -> Flow[Many[models.PurchaseOrder]]:
        return (yield from quirks.lookups.every(PurchaseOrders.list.describe(self, reference=reference)))

    @operation
    def create(
        self,
        *,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.PurchaseOrderWriteFields],
    ) -> Flow[models.PurchaseOrder]:
        """Creates a draft. Takes the fields of PurchaseOrderWrite; client and items may be mappings.

        `client` is the supplier. `sequence` is a série or its name. There is no idempotency key: as with
        estimates, give each order a unique `reference`, so that an unknown result can be decided. Raises
        InputError before anything is sent, ValidationError if the service refuses, AmbiguousResultError if
        the result stays unknown.
        """
        return (yield from self._create(fields, _written, sequence))

    @operation
    def issue(
        self,
        *,
        expect_total: Decimal | invoicexpress.Totals,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.PurchaseOrderWriteFields],
    ) -> Flow[models.PurchaseOrder]:
        """Creates and finalizes a document, once for each `reference`, and returns the issued document.

        `reference` is required: your own, and unique among your documents of this type. `expect_total` is in
        the account's currency, or a Totals. Called again with the same reference and content, by another
        thread or task of this process, this returns the same issued document. Other processes are not
        guarded, nor is this one after a restart: purchase orders have no idempotency key, and lists lag. A
        reference is free again once its document is cancelled.

        Takes the fields of `create`. Raises KeyReusedError if the reference belongs to a document with other
        content, DraftMismatchError with the draft's id if the total differs, InputError before anything is
        sent, ValidationError if the service refuses, and AmbiguousResultError if the result stays unknown;
        with this reference the client then creates nothing more until it finds the document.
        """
        return (yield from self._issue(fields, _written, sequence, expect_total))

    @operation
    def update(
        self,
        document: models.PurchaseOrder | int,
        *,
        sequence: models.Sequence | str | None = None,
        **fields: Unpack[models.PurchaseOrderWriteFields],
    ) -> Flow[models.PurchaseOrder]:
        """Replaces a draft as a whole: repeat every line that should stay. Takes the fields of `create`.

        Raises ValidationError for anything but a draft.
        """
        return (yield from self._update(document, fields, _written, sequence))

    @operation
    def second_copy(self, document: models.PurchaseOrder | int) -> Flow[models.PurchaseOrder]:
        """Marks a finalized order as sent a second time."""
        return (yield from self._change_state(id_of(document, self.model), "second_copy"))

    @operation
    def accept(self, document: models.PurchaseOrder | int) -> Flow[models.PurchaseOrder]:
        """Marks a finalized order as accepted by the supplier."""
        return (yield from self._change_state(id_of(document, self.model), "accepted"))

    @operation
    def refuse(self, document: models.PurchaseOrder | int) -> Flow[models.PurchaseOrder]:
        """Marks a finalized order as refused by the supplier."""
        return (yield from self._change_state(id_of(document, self.model), "refused"))

    @operation
    def complete(self, document: models.PurchaseOrder | int) -> Flow[models.PurchaseOrder]:
        """Marks an accepted order as delivered."""
        return (yield from self._change_state(id_of(document, self.model), "completed"))
