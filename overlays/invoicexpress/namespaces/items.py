"""Items: the catalogue of goods and services. A document that names a known item overwrites it."""

from __future__ import annotations

from functools import partial
from typing import Unpack

from invoicexpress_generated import models
from invoicexpress_generated.api import items as api
from invoicexpress_generated.types import Response

from .. import quirks
from ..quirks import envelopes
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.pagination import PER_PAGE, Page, PageReader, page_of


class Items(Namespace[C_co]):
    """The account's items."""

    @listing
    def list(self, *, per_page: int = PER_PAGE) -> PageReader[models.Item]:
        """All items, read page by page as needed. The service gives no total."""

        def read(number: int, per_page: int) -> Flow[Page[models.Item]]:
            answer = yield from exchange(
                api.list_items.request(page=number, per_page=per_page), api.list_items.parse
            )
            return page_of(number, answer.value, answer.pagination)

        return PageReader(read, id_of, per_page, "items")

    @operation
    def create(self, **fields: Unpack[models.ItemWriteFields]) -> Flow[models.Item]:
        """Creates an item; `unit_price` is in the account's currency, before tax.

        Names are unique: after an unknown result the item with this name is the result if its fields match.
        Raises ValidationError, AmbiguousResultError.
        """
        body = envelopes.item(lambda: models.ItemWrite.of(**fields))
        sent = body.value
        write = quirks.attempts.Write(
            api.create_item.request(body=body),
            lambda response: the_one(response, api.create_item.parse(response).value, name=sent.name),
            f"the item named {sent.name!r}",
        )

        def find() -> Flow[models.Item | None]:
            found = yield from quirks.lookups.every(Items.list.describe(self))
            return next((item for item in found if item.name == sent.name.strip()), None)

        return (
            yield from quirks.reconciliation.create_unique(
                write, find, partial(quirks.comparison.item_differences, sent), self._core.options
            )
        )

    @operation
    def get(self, item: models.Item | int) -> Flow[models.Item]:
        """Reads an item, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(item, models.Item)))

    @operation
    def update(self, item: models.Item | int, **fields: Unpack[models.ItemWriteFields]) -> Flow[models.Item]:
        """Changes an item, reads it again and compares it.

        Fields left out stay; an empty text removes the old one, and None is an InputError. The name of an
        item on documents cannot be changed. Raises ValidationError, NotFoundError, and
        AmbiguousResultError if the item still differs.
        """
        envelopes.check_changes("item", models.ItemWrite, fields)
        body = envelopes.item(lambda: models.ItemWrite.of(**fields))
        request = api.update_item.request(id_of(item, models.Item), body=body)
        write: quirks.attempts.Write[models.Item | None] = quirks.attempts.Write(
            request, api.update_item.parse, f"item {id_of(item, models.Item)}"
        )
        return (
            yield from quirks.reconciliation.update_and_compare(
                write,
                body.value,
                lambda: self._get(id_of(item, models.Item)),
                partial(quirks.comparison.item_differences, body.value),
                self._core.options,
            )
        )

    @operation
    def delete(self, item: models.Item | int) -> Flow[None]:
        """Deletes an item, and looks whether it is gone; documents keep their lines.

        Raises NotFoundError, AmbiguousResultError.
        """
        item_id = id_of(item, models.Item)
        look_at = f"whether item {item_id} is still there"
        write = quirks.attempts.Write(api.delete_item.request(item_id), api.delete_item.parse, look_at)
        yield from quirks.reconciliation.delete_and_look(
            write, lambda: quirks.lookups.gone(lambda: self._get(item_id)), self._core.options
        )

    def _get(self, item_id: int) -> Flow[models.Item]:
        def read(response: Response) -> models.Item:
            return the_one(response, api.get_item.parse(response).value, id=item_id)

        return (yield from exchange(api.get_item.request(item_id), read))
