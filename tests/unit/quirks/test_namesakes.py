"""Clients that share a name are found in the list, in a few of its pages, however it is ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import Client, ClientListEntry
from invoicexpress.quirks.namesakes import described, namesakes
from invoicexpress.sending.pagination import Page, PageReader

from tests.folded import folded
from tests.unit.conftest import as_read, client_json, drive


def entry(name: str, number: int, **changes: Any) -> ClientListEntry:
    return ClientListEntry.from_dict(as_read(client_json(id=number, name=name, **changes)))


def client(name: str, number: int, **changes: Any) -> Client:
    return Client.from_dict(as_read(client_json(id=number, name=name, **changes)))


def found(
    one: Client, listed: list[ClientListEntry], per_page: int = 3, *, has_totals: bool = True
) -> tuple[list[Any], int]:
    """The ids of all of its name, and the number of pages read."""
    reads: list[int] = []

    def read(number: int, per_page: int) -> Any:
        reads.append(number)
        yield from ()
        entries = listed[(number - 1) * per_page : number * per_page]
        if not has_totals:
            return Page(number, entries)
        return Page(number, entries, len(listed), max(1, -(-len(listed) // per_page)))

    reader = PageReader(read, repr, per_page, "clients")
    others = drive(namesakes(one, reader), lambda step: step)
    return [each.id for each in others], len(reads)


ORDERS: dict[str, Callable[[str], Any]] = {
    "characters": str,
    "people": str.casefold,
    "backwards": lambda name: [-ord(each) for each in name],
    "length": len,
}


@given(
    st.lists(
        st.sampled_from(["ana", "Ana", "Zé", "Ze", "rui", "Rui", "Álvaro", "x" * 9]), min_size=1, max_size=25
    ),
    st.sampled_from(list(ORDERS)),
    st.integers(1, 5),
    st.booleans(),
)
def test_all_of_a_name_are_found(names: list[str], order: str, per_page: int, has_totals: bool) -> None:
    rows = sorted(
        ((name, at) for at, name in enumerate(names, start=1)),
        key=lambda row: (ORDERS[order](row[0]), row[0], row[1]),
    )
    listed = [entry(name, at) for name, at in rows]
    several = [at for name, at in rows if name == names[0]]
    ids, _ = found(client(names[0], 1), listed, per_page, has_totals=has_totals)
    assert ids == (several if len(several) > 1 else [])


@folded("count, most", [(0, 1), (1, 1), (100, 1), (101, 2), (5000, 8), (20_000, 10)])
def test_a_few_pages_are_enough(count: int, most: int) -> None:
    listed = [entry(f"Cliente {at:06}", at) for at in range(1, count + 1)]
    for at in {1, count // 3, count} - {0}:
        others, reads = found(client(f"Cliente {at:06}", at), listed, 100)
        assert others == []
        assert reads <= most, at


def test_many_of_a_name_fill_pages() -> None:
    listed = [entry("A", 1), *(entry("B", at) for at in range(2, 12)), entry("C", 12)]
    assert found(client("B", 7), listed)[0] == [7, 2, 3, 4, 5, 6, 8, 9, 10, 11]


def test_a_client_that_the_list_does_not_show_yet_has_namesakes() -> None:
    """Lists lag."""
    assert found(client("Ana", 2), [entry("Ana", 1)])[0] == [2, 1]
    assert found(client("Ana", 2), [])[0] == []


@folded("codes, count", [(["A1"], 0), (["A1", "A2"], 2), (["A2", "A1"], 2)])
def test_a_list_without_ids_shows_the_client_itself_as_well(codes: list[str], count: int) -> None:
    """As documented."""
    listed = [ClientListEntry(name="Ana", code=code) for code in codes]
    assert len(found(client("Ana", 3, code="A1"), listed)[0]) == count


def test_clients_are_named_by_what_tells_them_apart() -> None:
    listed = [entry("Ana", 3), entry("Ana", 4, code=None), ClientListEntry(name="Ana", code="A5")]
    assert described(listed) == "3 (code 'A1'), 4, one (code 'A5')"
