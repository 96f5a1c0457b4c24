"""Replays the observed facts about the live service one by one (see `observed_facts`)."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.api.routes import OPERATIONS
from starlette.routing import compile_path

from tests.emulator.conftest import Api
from tests.emulator.support.replay import play

from .observed_facts import FACTS, TOPICS, Fact, Steps, Unplayed

_numbers = itertools.count(1)
PLAYED = [row for row in FACTS if isinstance(row, Fact)]
LIVE = [pytest.param(row, id=f"{row.topic}: {row.claim}") for row in PLAYED]
BY_THE_PAGE = [pytest.param(row, id=f"{row.topic}: {row.claim}") for row in PLAYED if row.by_the_page]


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=20) as client:
        yield client


def _played(http: httpx.Client, server: Emulator, row: Fact, steps: Steps) -> None:
    """Play a row in a fresh account."""
    sent = {"name": f"fact-{next(_numbers)}", **row.account}
    answer = http.post(f"{server.base_url}/_emulator/accounts", json=sent)
    assert answer.status_code == 201, answer.text
    api = Api(server.base_url, sent["name"], answer.json()["api_key"])
    with api.http:
        play(http, api, steps)


@pytest.mark.parametrize("row", LIVE)
def test_live(http: httpx.Client, servers: dict[str, Emulator], row: Fact) -> None:
    _played(http, servers["observed"], row, row.live)


@pytest.mark.parametrize("row", BY_THE_PAGE)
def test_by_the_page(http: httpx.Client, servers: dict[str, Emulator], row: Fact) -> None:
    assert row.by_the_page is not None
    _played(http, servers["documented"], row, row.by_the_page)


def test_every_topic_has_rows_and_every_row_a_topic() -> None:
    counted = Counter(row.topic for row in FACTS)
    assert list(counted) == list(TOPICS)


def test_no_row_is_there_twice_and_each_says_who_saw_it() -> None:
    names = Counter((row.topic, row.claim) for row in FACTS)
    assert [name for name, count in names.items() if count > 1] == []
    assert all(row.claim and row.source for row in FACTS)
    assert all(row.why for row in FACTS if isinstance(row, Unplayed))
    assert all(row.live for row in PLAYED)


def test_no_row_asks_for_what_is_gone() -> None:
    """A row with an outdated path only gets 501 or 405, which few rows expect."""
    served = [(each.method, compile_path(each.path)[0]) for each in OPERATIONS]

    def is_served(ask: str) -> bool:
        method, path = ask.partition("?")[0].replace("{", "").replace("}", "").split(" ", 1)
        return any(method == verb and pattern.fullmatch(path) for verb, pattern in served)

    for row in PLAYED:
        for step in (*row.live, *(row.by_the_page or ())):
            expects_nothing = step.status in {302, 404, 405, 501}
            assert step.ask.split()[1].startswith("/_emulator/") or expects_nothing or is_served(step.ask), (
                step.ask
            )
