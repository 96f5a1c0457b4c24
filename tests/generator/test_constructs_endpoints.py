"""The requests of endpoints, and their handling of every answer: no body, not JSON, an unknown status."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invoicexpress_wire import WireError

from .support import Builder, Package

SCHEMAS: Final = """
Thing:
  type: object
  required: [amount]
  properties: {amount: {type: number, format: decimal-number}}
Colour: {type: string, enum: [red, green]}
Colours: {type: array, items: {$ref: "#/components/schemas/Colour"}}
"""
CONTENT: Final = 'content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}'
PATHS: Final = f"""
/{{thing-type}}/{{thing-id}}.json:
  get:
    operationId: getThing
    tags: [things]
    summary: Reads a thing.
    description: One of them.
    parameters:
      - {{name: thing-id, in: path, required: true, description: Its id., schema: {{type: integer}}}}
      - {{name: thing-type, in: path, required: true, description: Its type., schema: {{type: string}}}}
    responses:
      "200": {{description: The thing., {CONTENT}}}
      "202": {{description: Not ready.}}
      "404": {{description: Not there., {CONTENT}}}
  put:
    operationId: changeThing
    tags: [things]
    parameters:
      - {{name: thing-type, in: path, required: true, description: Its type., schema: {{type: string}}}}
      - {{name: thing-id, in: path, required: true, description: Its id., schema: {{type: integer}}}}
    requestBody: {{required: true, {CONTENT}}}
    responses:
      "200": {{description: The thing., x-may-be-empty: true, {CONTENT}}}
  delete:
    operationId: deleteThing
    tags: [things]
    parameters:
      - {{name: thing-type, in: path, required: true, description: Its type., schema: {{type: string}}}}
      - {{name: thing-id, in: path, required: true, description: Its id., schema: {{type: integer}}}}
    responses:
      "200": {{description: Done.}}
  patch:
    operationId: touchThing
    tags: [things]
    parameters:
      - {{name: thing-type, in: path, required: true, description: Its type., schema: {{type: string}}}}
      - {{name: thing-id, in: path, required: true, description: Its id., schema: {{type: integer}}}}
    responses:
      "200": {{description: The thing., {CONTENT}}}
      "201": {{description: A new one., {CONTENT}}}
/things.json:
  get:
    operationId: listThings
    tags: [things]
    parameters:
      - {{name: "status[]", in: query, description: S., schema: {{$ref: "#/components/schemas/Colours"}}}}
      - {{name: "date[from]", in: query, description: F., schema: {{type: string, format: date-pt}}}}
      - {{name: "date[to]", in: query, description: T., schema: {{type: string, format: date-pt}}}}
      - {{name: archived, in: query, description: A., schema: {{type: boolean}}}}
      - {{name: flags, in: query, description: B., schema: {{type: array, items: {{type: boolean}}}}}}
      - {{name: page, in: query, description: P., schema: {{type: integer}}}}
      - {{name: text, in: query, description: X., schema: {{type: [string, "null"]}}}}
    responses:
      "200":
        description: A list.
        content:
          application/json: {{schema: {{type: array, items: {{$ref: "#/components/schemas/Thing"}}}}}}
/things/find.json:
  get:
    operationId: findThing
    tags: [things]
    parameters: [{{name: name, in: query, required: true, description: N., schema: {{type: string}}}}]
    responses: {{"200": {{description: The thing., {CONTENT}}}}}
"""


@pytest.fixture(scope="module")
def things(build: Builder) -> Package:
    """Operations with each kind of parameter and answer."""
    return build(schemas=SCHEMAS, paths=PATHS)


# --- requests -------------------------------------------------------------------------------------


def test_a_request_holds_all_that_is_sent(things: Package) -> None:
    request = things.module("api.things.change_thing").request(
        "cats", 7, body=things.model("Thing")(Decimal("1.50"))
    )
    assert (request.operation, request.method, request.path) == ("changeThing", "PUT", "/cats/7.json")
    assert (request.query, request.body) == ((), {"amount": Decimal("1.50")})


def test_path_parameters_stand_in_the_order_of_the_path(things: Package) -> None:
    assert things.module("api.things.get_thing").request("cats", 7).path == "/cats/7.json"
    assert things.module("api.things.get_thing").request(thing_id=7, thing_type="cats").path == "/cats/7.json"


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(text="../../etc")
@example(text="a/b?c#d%2e")
@example(text="a\r\nHost: b")
@settings(deadline=None, max_examples=50, database=None)
def test_a_value_of_the_path_stays_one_segment(things: Package, text: str) -> None:
    request = things.module("api.things.get_thing").request
    if not text.strip(". "):
        with pytest.raises(WireError, match=r"^thing-type: not usable in a path"):
            request(text, 7)
        return
    path = request(text, 7).path
    assert path.isascii()
    assert path.isprintable()
    assert not set(path) & set("?# \\")
    _, segment, last = path.split("/")
    assert (unquote(segment), last) == (text, "7.json")


@pytest.mark.parametrize("wrong", ["", " ", ".", "..", ". .", None, True, 1.0, Decimal(1), b"a", []])
def test_what_cannot_stand_in_a_path_is_refused(things: Package, wrong: object) -> None:
    """An empty segment would address the list instead of the entry; `..` would leave it."""
    with pytest.raises(WireError, match=r"^thing-type: (not usable in a path|expected a str)"):
        things.module("api.things.get_thing").request(wrong, 7)


@pytest.mark.parametrize("wrong", [0, -1, True, "7", None])
def test_an_id_is_a_positive_number(things: Package, wrong: object) -> None:
    with pytest.raises(WireError, match=r"^thing-id: (not usable in a path|expected an int)"):
        things.module("api.things.get_thing").request("cats", wrong)


def test_a_query_with_brackets_lists_and_booleans(things: Package) -> None:
    module: Any = things.module("api.things.list_things")
    request = module.request(
        status=["red", "green"],
        date_from=datetime.date(2026, 11, 1),
        date_to=datetime.date(2026, 11, 30),
        archived=False,
        flags=[True, False],
        page=2,
        text="a&b=ç",
    )
    assert request.query == (
        ("status[]", "red"),
        ("status[]", "green"),
        ("date[from]", "01/11/2026"),
        ("date[to]", "30/11/2026"),
        ("archived", "false"),
        ("flags", "true"),
        ("flags", "false"),
        ("page", "2"),
        ("text", "a&b=ç"),
    )


def test_what_is_not_given_is_not_sent(things: Package) -> None:
    request = things.module("api.things.list_things").request
    unset = things.module("types").UNSET
    assert request().query == ()
    assert request(status=[], text=None, page=None, archived=unset).query == ()


@pytest.mark.parametrize(
    ("argument", "wrong", "message"),
    [
        ("status", "red", "status[]: expected a list, got str 'red'"),
        ("status", ["red", 1], 'status[][1]: expected a str, got int 1; use "1"'),
        ("status", ["red", "mauve"], "status[][1]: expected one of green, red; got 'mauve'"),
        (
            "date_from",
            "01/11/2026",
            "date[from]: expected a datetime.date, got str '01/11/2026'; "
            "use date(2026, 11, 1), or lisbon.today()",
        ),
        ("archived", 1, "archived: expected a bool, got int 1"),
        ("flags", [True, "false"], "flags[1]: expected a bool, got str 'false'"),
        ("page", True, "page: expected an int, got bool True"),
        ("page", "2", "page: expected an int, got str '2'; use 2"),
        ("text", 5, 'text: expected a str, got int 5; use "5"'),
    ],
)
def test_a_parameter_of_the_wrong_type_is_not_sent(
    things: Package, argument: str, wrong: object, message: str
) -> None:
    with pytest.raises(WireError) as error:
        things.module("api.things.list_things").request(**{argument: wrong})
    assert str(error.value) == message


def test_a_required_parameter_is_required(things: Package) -> None:
    request = things.module("api.things.find_thing").request
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'name'"):
        request()
    assert request(name="").query == (("name", ""),)
    for nothing in (None, things.module("types").UNSET):
        with pytest.raises(WireError, match=r"^name: expected a str"):
            request(name=nothing)


# --- answers --------------------------------------------------------------------------------------


def test_fractions_are_exact(things: Package) -> None:
    answer = things.response(200, b'{"amount": 0.1000000000000000055511151231257827}')
    thing = things.module("api.things.get_thing").parse(answer)
    assert thing.amount == Decimal("0.1000000000000000055511151231257827")


@pytest.mark.parametrize("content", [b"<html></html>", b'{"errors": ["Refused"]}', b"{"])
def test_a_page_or_an_error_is_no_success_without_a_body(things: Package, content: bytes) -> None:
    for name, status in (("get_thing", 202), ("delete_thing", 200)):
        with pytest.raises(things.module("errors").UnreadableBody):
            things.module(f"api.things.{name}").parse(things.response(status, content))


@pytest.mark.parametrize("content", [b"", b" ", b"{}"])
def test_a_success_without_a_body_is_none(things: Package, content: bytes) -> None:
    assert things.module("api.things.get_thing").parse(things.response(202, content)) is None
    assert things.module("api.things.delete_thing").parse(things.response(200, content)) is None


@pytest.mark.parametrize("content", [b"", b" ", b"\r\n"])
def test_a_blank_body_is_none_where_it_may_be_empty(things: Package, content: bytes) -> None:
    assert things.module("api.things.change_thing").parse(things.response(200, content)) is None


def test_where_it_may_be_empty_it_may_be_full(things: Package) -> None:
    parse = things.module("api.things.change_thing").parse
    assert parse(things.response(200, b'{"amount": 1}')) == things.model("Thing")(Decimal(1))
    with pytest.raises(things.module("errors").UnreadableBody):
        parse(things.response(200, b"<html></html>"))


def test_several_successes_of_one_type(things: Package) -> None:
    for status in (200, 201):
        answer = things.response(status, b'{"amount": 1}')
        assert things.module("api.things.touch_thing").parse(answer).amount == 1


def test_the_type_says_whether_there_may_be_nothing(things: Package) -> None:
    returns = {
        name: things.module(f"api.things.{name}").parse.__annotations__["return"]
        for name in ("get_thing", "change_thing", "delete_thing", "touch_thing", "list_things")
    }
    assert returns == {
        "get_thing": "Thing | None",
        "change_thing": "Thing | None",
        "delete_thing": "None",
        "touch_thing": "Thing",
        "list_things": "list[Thing]",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b" ", "not JSON"),
        (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "not JSON"),
        (b'{"amount": 1', "not JSON"),
        (b'{"amount": NaN}', "not JSON: NaN"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"null", "expected an object, got null"),
        (b"[]", "expected an object, got an array"),
        (b'"text"', "expected an object, got a text"),
        (b"{}", "amount: Thing lacks this field"),
        (b'{"amount": "1,5"}', "amount: not a decimal number: '1,5'"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_success_that_cannot_be_read_keeps_its_status(things: Package, content: bytes, reason: str) -> None:
    answer = things.response(200, content)
    with pytest.raises(things.module("errors").UnreadableBody) as error:
        things.module("api.things.get_thing").parse(answer)
    assert error.value.response is answer
    assert str(error.value).startswith(f"HTTP 200: {reason}")


def test_a_list_is_read_entry_by_entry(things: Package) -> None:
    parse = things.module("api.things.list_things").parse
    assert [thing.amount for thing in parse(things.response(200, b'[{"amount": 1}, {"amount": "2"}]'))] == [
        1,
        2,
    ]
    with pytest.raises(things.module("errors").UnreadableBody, match=r"^HTTP 200: \[1\]\.amount: "):
        parse(things.response(200, b'[{"amount": 1}, {}]'))


@pytest.mark.parametrize(
    "status", [100, 201, 204, 301, 302, 400, 401, 404, 422, 429, 500, 503, 520, 530, 599, 999]
)
@pytest.mark.parametrize("content", [b"", b'{"amount": 1}', b"<html>sorry</html>"])
def test_every_other_status_is_raised_with_the_whole_answer(
    things: Package, status: int, content: bytes
) -> None:
    """The service's CDN answers 530 when it cannot reach it; Python's list of statuses lacks that."""
    answer = things.response(status, content)
    with pytest.raises(things.module("errors").UnexpectedStatus) as error:
        things.module("api.things.get_thing").parse(answer)
    assert error.value.response is answer
    assert str(error.value) == f"HTTP {status}: not a success"


def test_an_answer_s_body_stays_out_of_reprs_and_messages(things: Package) -> None:
    """Bodies hold links, and a link alone is enough to open a document."""
    answer = things.response(500, b"planted-secret")
    with pytest.raises(things.module("errors").UnexpectedStatus) as error:
        things.module("api.things.get_thing").parse(answer)
    request = things.module("types").Request("a", "PUT", "/", body={"secret": "planted-secret"})
    for text in (repr(error.value), str(error.value), repr(answer), repr(request)):
        assert "planted-secret" not in text
