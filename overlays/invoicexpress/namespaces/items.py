"""Items: the catalogue of goods and services. A document that names a known item overwrites it."""

from __future__ import annotations

from functools import partial
from typing import Unpack

from invoicexpress_generated.api.items import create_item, delete_item, get_item, list_items, update_item
from invoicexpress_generated.models.item import Item
from invoicexpress_generated.models.item_write import ItemWrite, ItemWriteFields

from ..quirks import envelopes
from ..quirks.comparison import item_differences
from ..quirks.identity import id_of
from ..quirks.reconciliation import Write, create_unique, delete_once, every
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.pagination import PER_PAGE, Page, PageReader, page_of


class Items(Namespace[C_co]):
    """The account's items."""

    @listing
    def list(self, *, per_page: int = PER_PAGE) -> PageReader[Item]:
        """All items, read page by page as needed. The service gives no total."""

        def read(number: int, per_page: int) -> Flow[Page[Item]]:
            answer = yield from exchange(list_items.request(page=number, per_page=per_page), list_items.parse)
            return page_of(number, answer.value, answer.pagination)

        return PageReader(read, id_of, per_page, "items")

    @operation
    def create(self, **fields: Unpack[ItemWriteFields]) -> Flow[Item]:
        """Creates an item; `unit_price` is in the account's currency, before tax.

        Names are unique: after an unknown result the item with this name is the result if its fields match.
        Raises ValidationError, AmbiguousResultError.
        """
        body = envelopes.item(lambda: ItemWrite.of(**fields))
        sent = body.value
        write = Write(
            create_item.request(body=body),
            lambda response: create_item.parse(response).value,
            f"the item named {sent.name!r}",
        )

        def find() -> Flow[Item | None]:
            found = yield from every(Items.list.describe(self))
            return next((item for item in found if item.name == sent.name.strip()), None)

        return (yield from create_unique(write, find, partial(item_differences, sent), self._core.options))

    @operation
    def get(self, item: Item | int) -> Flow[Item]:
        """Reads an item, by its id or again. Raises NotFoundError."""
        return (yield from exchange(get_item.request(id_of(item)), get_item.parse)).value

    @operation
    def update(self, item: Item | int, **fields: Unpack[ItemWriteFields]) -> Flow[Item]:
        """Changes an item and reads it again.

        The name of an item on documents cannot be changed.
        """
        request = update_item.request(id_of(item), body=envelopes.item(lambda: ItemWrite.of(**fields)))
        yield from exchange(request, update_item.parse)
        return (yield from exchange(get_item.request(id_of(item)), get_item.parse)).value

    @operation
    def delete(self, item: Item | int) -> Flow[None]:
        """Deletes an item; documents keep their lines. Raises NotFoundError, AmbiguousResultError."""
        yield from delete_once(delete_item.request(id_of(item)), delete_item.parse, self._core.options)
