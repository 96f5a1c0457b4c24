"""Finds the clients that share a name, of which the service returns one.

Names were seen to be unique (suestecreative 2026), but no source says that they always were. The lookup by
name returns one client without a word about others (recorded 2019), and so does a document with a name alone
get one. Only the list shows all. It is ordered by name (recorded 2019), so that clients of one name stand
together, and a few of its pages are enough, whatever their number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from invoicexpress_generated import models
from invoicexpress_generated.types import Unset

from ..sending.pagination import Page, PageReader
from .lookups import every

if TYPE_CHECKING:
    from ..sending.flows import Flow

Named: TypeAlias = "models.Client | models.ClientListEntry"


def namesakes(client: models.Client, reader: PageReader[models.ClientListEntry]) -> Flow[Sequence[Named]]:
    """All clients with exactly the name of one, if there are several; else none."""
    pages = _Pages(reader)
    first = yield from pages.read(1)
    if first.total_pages is None:
        entries = yield from every(reader)
    else:
        entries = yield from _around(client.name, pages, first.total_pages)
    # By id, since an entry may move to another page meanwhile. Documented lists show no ids.
    named: dict[object, Named] = {
        repr(entry) if isinstance(entry.id, Unset) else entry.id: entry
        for entry in entries
        if _is_named(entry, client.name)
    }
    if all(isinstance(number, int) for number in named):
        # Lists lag, so the client itself may be missing.
        named = {client.id: client, **named}
    return list(named.values()) if len(named) > 1 else ()


def described(clients: Sequence[Named]) -> str:
    """The id and code of each client, for a message."""
    return ", ".join(map(_described, clients))


def _described(client: Named) -> str:
    known = "one" if isinstance(client.id, Unset) else f"{client.id}"
    return f"{known} (code {client.code!r})" if client.code else known


class _Pages:
    """The pages of a list, each read once."""

    def __init__(self, reader: PageReader[models.ClientListEntry]) -> None:
        self._reader = reader
        self._read: dict[int, Page[models.ClientListEntry]] = {}

    def read(self, number: int) -> Flow[Page[models.ClientListEntry]]:
        if number not in self._read:
            self._read[number] = yield from self._reader.page(number)
        return self._read[number]


def _around(name: str, pages: _Pages, count: int) -> Flow[Sequence[models.ClientListEntry]]:
    """The entries of the pages that have a name. Reads all pages if the order of the list hides it."""
    for key in _ORDERS:
        place = yield from _page_with(name, pages, count, key)
        if place is not None:
            break
    else:
        return (yield from _entries(pages, 1, count))
    first = last = place
    while first > 1 and _is_at(0, (yield from pages.read(first)), name):
        first -= 1
    while last < count and _is_at(-1, (yield from pages.read(last)), name):
        last += 1
    return (yield from _entries(pages, first, last))


def _is_at(end: int, page: Page[models.ClientListEntry], name: str) -> bool:
    """Whether the first (0) or the last (-1) entry of a page has a name."""
    return bool(page.entries) and _is_named(page.entries[end], name)


def _page_with(name: str, pages: _Pages, count: int, key: Callable[[str], str]) -> Flow[int | None]:
    """The number of a page with a name, by halves; None if it is not where this order has it."""
    low, high = 1, count
    while low <= high:
        middle = (low + high) // 2
        entries = (yield from pages.read(middle)).entries
        if any(_is_named(entry, name) for entry in entries):
            return middle
        if not entries or key(name) < key(entries[0].name):
            high = middle - 1
        elif key(name) > key(entries[-1].name):
            low = middle + 1
        else:
            return None
    return None


def _entries(pages: _Pages, first: int, last: int) -> Flow[Sequence[models.ClientListEntry]]:
    found: list[models.ClientListEntry] = []
    for number in range(first, last + 1):
        found += (yield from pages.read(number)).entries
    return found


def _is_named(entry: models.ClientListEntry, name: str) -> bool:
    return entry.name.strip() == name.strip()


def _folded(name: str) -> str:
    """A name without case and accents, as databases order texts for people."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


_ORDERS: Final[tuple[Callable[[str], str], ...]] = (_folded, str)
"""How a list may be ordered by name: as people read, or by the numbers of the characters."""
