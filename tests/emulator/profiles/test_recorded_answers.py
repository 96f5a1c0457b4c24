"""The emulator gives each recorded answer whole: every key in its order, JSON types, and headers."""

from __future__ import annotations

import itertools
from typing import Any

import httpx
import pytest
from invoicexpress_emulator import Emulator

from tests.emulator.conftest import Api
from tests.emulator.support.replay import is_list, is_object

from .recorded_answers import BLANK, COMPARED_HEADERS, PAGE, RECORDED, SPACE, Recorded, Shape

_names = itertools.count(1)
_KINDS = {str: "text", bool: "bool", int: "int", float: "float", type(None): "null"}


def shape_of(value: Any) -> Shape:
    """The shape of a JSON value; objects become lists of pairs, whose order counts."""
    if is_object(value):
        return [(key, shape_of(each)) for key, each in value.items()]
    if is_list(value):
        found: list[Shape] = []
        for each in map(shape_of, value):
            if each not in found:
                found.append(each)
        return found
    return _KINDS[type(value)]


def in_order(expected: Shape) -> Shape:
    """An expected shape in the form of `shape_of`."""
    if is_object(expected):
        return [(key, in_order(each)) for key, each in expected.items()]
    return [in_order(each) for each in expected] if is_list(expected) else expected


def shape_of_body(answer: httpx.Response) -> Shape:
    if not answer.content:
        return BLANK
    if answer.content == b" ":
        return SPACE
    return PAGE if answer.headers["content-type"].startswith("text/html") else shape_of(answer.json())


def ask(api: Api, said: str, body: Any, ids: dict[str, int], *, with_key: bool = True) -> httpx.Response:
    method, path = said.format(**ids).split(" ", 1)
    address = httpx.URL(f"{api.http.base_url}{path}")
    return (api.http if with_key else httpx).request(method, address, json=body, params=address.params)


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.ask} {row.status}") for row in RECORDED])
def test_recorded(servers: dict[str, Emulator], row: Recorded) -> None:
    server = servers["observed"]
    name = f"recorded-{next(_names)}"
    made = httpx.post(f"{server.base_url}/_emulator/accounts", json={"name": name})
    api = Api(server.base_url, name, made.json()["api_key"])
    with api.http:
        ids: dict[str, int] = {}
        for kept, said, body in row.before:
            answer = ask(api, said, body, ids)
            assert answer.is_success, answer.text
            ids[kept] = api.only(answer.json())["id"]
        answer = ask(api, row.ask, row.send, ids, with_key=row.with_key)
    assert (answer.status_code, answer.headers["content-type"]) == (row.status, row.media_type), answer.text
    assert shape_of_body(answer) == in_order(row.answer)
    assert [each for each in COMPARED_HEADERS if each in answer.headers] == list(row.headers)
    assert answer.headers["status"] == str(row.status)
