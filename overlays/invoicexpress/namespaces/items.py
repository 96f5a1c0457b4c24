"""Items: the catalogue of goods and services. A document that names a known item overwrites it."""

from __future__ import annotations

from functools import partial
from typing import Unpack

from invoicexpress_generated.api.items import create_item, delete_item, get_item, list_items, update_item
from invoicexpress_generated.models.item import Item
from invoicexpress_generated.models.item_write import ItemWrite, ItemWriteFields
from invoicexpress_generated.types import Response

from ..quirks import envelopes
from ..quirks.attempts import Write
from ..quirks.comparison import item_differences
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..quirks.lookups import every, gone
from ..quirks.reconciliation import create_unique, delete_and_look, update_and_compare
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
            lambda response: the_one(response, create_item.parse(response).value, name=sent.name),
            f"the item named {sent.name!r}",
        )

        def find() -> Flow[Item | None]:
            found = yield from every(Items.list.describe(self))
            return next((item for item in found if item.name == sent.name.strip()), None)

        return (yield from create_unique(write, find, partial(item_differences, sent), self._core.options))

    @operation
    def get(self, item: Item | int) -> Flow[Item]:
        """Reads an item, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(item, Item)))

    @operation
    def update(self, item: Item | int, **fields: Unpack[ItemWriteFields]) -> Flow[Item]:
        """Changes an item, reads it again and compares it.

        The name of an item on documents cannot be changed. Raises ValidationError, NotFoundError, and
        AmbiguousResultError if the item still differs.
        """
        body = envelopes.item(lambda: ItemWrite.of(**fields))
        request = update_item.request(id_of(item, Item), body=body)
        write: Write[Item | None] = Write(request, update_item.parse, f"item {id_of(item, Item)}")
        return (
            yield from update_and_compare(
                write,
                body.value,
                lambda: self._get(id_of(item, Item)),
                partial(item_differences, body.value),
                self._core.options,
            )
        )

    @operation
    def delete(self, item: Item | int) -> Flow[None]:
        """Deletes an item, and looks whether it is gone; documents keep their lines.

        Raises NotFoundError, AmbiguousResultError.
        """
        item_id = id_of(item, Item)
        look_at = f"whether item {item_id} is still there"
        write = Write(delete_item.request(item_id), delete_item.parse, look_at)
        yield from delete_and_look(write, lambda: gone(lambda: self._get(item_id)), self._core.options)

    def _get(self, item_id: int) -> Flow[Item]:
        def read(response: Response) -> Item:
            return the_one(response, get_item.parse(response).value, id=item_id)

        return (yield from exchange(get_item.request(item_id), read))
