"""A list that changes while it is read: no lasting entry is lost, none is given twice, and it ends."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invoicexpress.errors import UnstableListError
from invoicexpress.sending.asynchronous.pagination import AsyncListing
from invoicexpress.sending.pagination import PATIENCE, Listing, Page, PageReader

Ids = list[int]


class Change(NamedTuple):
    """A change between two reads: entries at these places go, and this many are added at the end."""

    goes: tuple[int, ...] = ()
    comes: int = 0


class Moving:
    """A fake list that changes between reads and logs them."""

    def __init__(
        self,
        size: int,
        per_page: int,
        changes: Sequence[Change | Callable[[Ids], object]],
        *,
        totals: bool,
        most: int = 100,
    ) -> None:
        self.entries: Ids = list(range(1, size + 1))
        self.next_id = size + 1
        self.per_page = per_page
        self.most = most
        self.totals = totals
        self.changes = list(changes)
        self.gone: set[int] = set()
        self.reads: Ids = []

    def change(self) -> None:
        """Applies the next change."""
        change = self.changes.pop(0)
        before = set(self.entries)
        if not isinstance(change, Change):
            change(self.entries)
        else:
            goes = {place % len(self.entries) for place in change.goes} if self.entries else set[int]()
            self.entries = [entry for place, entry in enumerate(self.entries) if place not in goes]
            # An equal number of additions would leave the total unchanged.
            comes = change.comes + (self.totals and 0 < change.comes == len(goes))
            self.entries += range(self.next_id, self.next_id + comes)
            self.next_id += comes
        self.gone |= before - set(self.entries)

    def read(self, number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        yield from ()
        if self.reads and self.changes:
            self.change()
        self.reads.append(number)
        per_page = min(per_page, self.most)
        found = self.entries[(number - 1) * per_page : number * per_page]
        if not self.totals:
            return Page(number, found)
        pages = max(1, -(-len(self.entries) // per_page))
        return Page(number, found, len(self.entries), pages)

    @property
    def reader(self) -> PageReader[int]:
        return PageReader(self.read, lambda entry: entry, self.per_page, "numbers")


def run(flow: Generator[Any, Any, Page[int]]) -> Page[int]:
    """A core for flows without steps."""
    with pytest.raises(StopIteration) as done:
        next(flow)
    page: Page[int] = done.value.value
    return page


async def run_async(flow: Generator[Any, Any, Page[int]]) -> Page[int]:
    await anyio.lowlevel.checkpoint()
    return run(flow)


def walk(moving: Moving, *, prefetch: bool = False) -> Ids:
    return list(Listing(moving.reader, run, prefetch=prefetch))


def walk_async(moving: Moving, *, prefetch: bool = False) -> Ids:
    async def read() -> Ids:
        return await AsyncListing(moving.reader, run_async, prefetch=prefetch).to_list()

    return anyio.run(read)


def check(moving: Moving, given_out: Ids, size: int) -> None:
    stayed = set(range(1, size + 1)) - moving.gone
    assert stayed <= set(given_out), "an entry present from beginning to end was lost"
    assert len(set(given_out)) == len(given_out), "an entry was given twice"


changes = st.lists(
    st.builds(Change, st.lists(st.integers(0, 30), max_size=4).map(tuple), st.integers(0, 4)), max_size=12
)
worlds = given(size=st.integers(0, 14), per_page=st.integers(1, 4), changes=changes, totals=st.booleans())


@worlds
@example(size=4, per_page=2, changes=[Change((0,))], totals=True)
@example(size=4, per_page=2, changes=[Change((0,))], totals=False)
@example(size=4, per_page=2, changes=[Change((0,), 1)], totals=False)
@example(size=9, per_page=2, changes=[Change(), Change((0, 1), 3), Change((0,), 4)], totals=True)
@example(size=9, per_page=2, changes=[Change((1,)), Change((), 1), Change((0,), 0)], totals=True)
@example(size=7, per_page=1, changes=[*[Change()] * 9, Change((0, 1, 2))], totals=False)
@settings(max_examples=400)
def test_what_is_there_from_beginning_to_end_is_given_once(
    size: int, per_page: int, changes: list[Change], totals: bool
) -> None:
    moving = Moving(size, per_page, changes, totals=totals)
    check(moving, walk(moving), size)


@worlds
@settings(max_examples=40)
def test_it_is_the_same_with_reading_ahead_and_on_the_async_client(
    size: int, per_page: int, changes: list[Change], totals: bool
) -> None:
    def world() -> Moving:
        return Moving(size, per_page, changes, totals=totals)

    one, *others = [
        (world(), walk, False),
        (world(), walk, True),
        (world(), walk_async, False),
        (world(), walk_async, True),
    ]
    wanted = one[1](one[0])
    for moving, read, prefetch in others:
        assert read(moving, prefetch=prefetch) == wanted
        assert moving.reads == one[0].reads


@given(size=st.integers(0, 14), per_page=st.integers(1, 4), places=st.lists(st.integers(0, 30), max_size=12))
def test_new_entries_anywhere_push_nothing_out(size: int, per_page: int, places: list[int]) -> None:
    """Clients are sorted by name."""

    def insert(place: int) -> Callable[[Ids], object]:
        return lambda entries: entries.insert(place, 1000 + len(entries))

    moving = Moving(size, per_page, [insert(place) for place in places], totals=True)
    check(moving, walk(moving), size)


@given(size=st.integers(0, 12), per_page=st.integers(1, 4), kept=st.sets(st.integers(1, 12)), data=st.data())
def test_a_loop_that_deletes_what_it_is_given_comes_to_all_of_it(
    size: int, per_page: int, kept: set[int], data: st.DataObject
) -> None:
    """`for draft in drafts: finalize(draft)` removes each draft from the list of drafts."""
    moving = Moving(size, per_page, [], totals=data.draw(st.booleans()))
    ahead = data.draw(st.booleans())
    seen: Ids = []
    for entry in Listing(moving.reader, run, prefetch=ahead):
        seen.append(entry)
        if entry not in kept:
            moving.entries.remove(entry)
    assert sorted(seen) == list(range(1, size + 1))


@given(size=st.integers(9, 20), most=st.integers(1, 4))
def test_smaller_pages_than_were_asked_for_count_as_full_when_a_second_one_shows_it(
    size: int, most: int
) -> None:
    """The service's maximum page size is unknown."""
    moving = Moving(size, 500, [], totals=False, most=most)
    seen: Ids = []
    for entry in Listing(moving.reader, run):
        seen.append(entry)
        moving.entries.remove(entry)
    assert sorted(seen) == list(range(1, size + 1))


def reads(size: int, per_page: int, *changes: Change, totals: bool = True) -> tuple[Ids, Ids]:
    """The entries given, and the pages read for them."""
    moving = Moving(size, per_page, changes, totals=totals)
    return walk(moving), moving.reads


def test_while_nothing_changes_no_page_is_read_twice() -> None:
    assert reads(6, 2) == ([1, 2, 3, 4, 5, 6], [1, 2, 3])


def test_when_the_total_falls_the_page_before_is_read_again() -> None:
    assert reads(6, 2, Change((0,))) == ([1, 2, 3, 4, 5, 6], [1, 2, 1, 2, 3])


def test_when_nothing_slipped_one_look_is_enough() -> None:
    """The last entry disappears while the second page is read."""
    assert reads(6, 2, Change((5,))) == ([1, 2, 3, 4, 5], [1, 2, 1, 3])


def test_a_total_that_rises_may_hide_a_deletion() -> None:
    assert reads(6, 2, Change((0,), 2)) == ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 1, 2, 3, 4])


def test_entries_that_were_pushed_on_need_no_look_back() -> None:
    """The page begins with an entry already given, so none before it is missing."""
    moving = Moving(4, 2, [lambda entries: entries.insert(0, 0)], totals=True)
    assert walk(moving) == [1, 2, 3, 4]
    assert moving.reads == [1, 2, 3]


def test_when_much_was_deleted_the_walk_goes_back_in_longer_and_longer_steps() -> None:
    size, far = 40, [Change()] * 9 + [Change(tuple(range(16)))]
    found, read = reads(size, 2, *far)
    assert found == list(range(1, size + 1))
    # The walk had reached 20, and the list now begins with 17.
    assert read == [*range(1, 12), 10, 9, 7, 3, *range(1, 13)]


def test_when_the_list_becomes_short_the_walk_goes_back_to_where_it_ends() -> None:
    size, cut = 40, [Change()] * 9 + [Change((*range(18), *range(22, 40)))]
    found, read = reads(size, 2, *cut)
    assert set(found) >= {*range(1, 23)} - {*range(1, 19)}
    assert read == [*range(1, 12), 10, 2, 1, 2]


def test_without_a_total_each_page_behind_a_full_one_is_followed_by_a_look_at_that() -> None:
    assert reads(5, 2, totals=False) == ([1, 2, 3, 4, 5], [1, 2, 1, 3, 2, 4])
    assert reads(4, 2, totals=False) == ([1, 2, 3, 4], [1, 2, 1, 3, 2])
    assert reads(5, 2, Change((0,), 1), totals=False)[0] == [1, 2, 3, 4, 5, 6]


class Restless(Moving):
    """A list whose first page is reversed, and whose total changes, on every read."""

    def read(self, number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        yield from ()
        self.reads.append(number)
        first = [1, 2] if len(self.reads) % 4 == 1 else [2, 1]
        return Page(number, first if number == 1 else [3, 4], 4 + len(self.reads), 2)


@pytest.mark.parametrize("kind", [walk, walk_async])
def test_a_list_that_never_stands_still_is_an_error_and_no_endless_walk(
    kind: Callable[[Moving], Ids],
) -> None:
    """Total and first page change with each read, but no new entry ever appears."""
    restless = Restless(4, 2, [], totals=True)
    with pytest.raises(UnstableListError, match="numbers changed during the walk"):
        kind(restless)
    assert len(restless.reads) <= 4 * PATIENCE


def test_before_the_walk_gives_up_it_gives_what_it_has() -> None:
    given_out: Ids = []
    with pytest.raises(UnstableListError):
        given_out.extend(iter(Listing(Restless(4, 2, [], totals=True).reader, run)))
    assert given_out == [1, 2]


class Cut(Moving):
    """A list whose second page is empty and names no total, as a proxy's answer may be."""

    def read(self, number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        if number == 2:
            yield from ()
            return Page(2, [])
        return (yield from super().read(number, per_page))


@pytest.mark.parametrize("kind", [walk, walk_async])
def test_a_list_whose_totals_vanish_does_not_end_in_silence(kind: Callable[[Moving], Ids]) -> None:
    with pytest.raises(UnstableListError, match="page 2 of numbers names no total"):
        kind(Cut(11, 3, [], totals=True))
