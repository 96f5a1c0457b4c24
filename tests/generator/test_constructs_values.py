"""Each wire format in each place that takes a value; null, unknown keys, unknown enum values."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, get_args

import pytest
from invoicexpress_wire import WireError, is_array

from .support import Builder, Package


class Case(NamedTuple):
    """A format: sample JSON, its Python value, the JSON written for it, and JSON and Python it refuses."""

    format: str
    type: str
    read: list[object]
    value: object
    written: object
    refused: list[object]
    not_written: list[object]


DAY: Final = datetime.date(2026, 11, 2)
MOMENT: Final = datetime.datetime(2026, 11, 2, 9, 30, 5)  # noqa: DTZ001 the wire has no zone
CASES: Final = [
    Case(
        "date-pt",
        "string",
        ["02/11/2026", "2/11/2026"],
        DAY,
        "02/11/2026",
        ["2026-11-02", "31/02/2026", 2],
        [MOMENT, "x"],
    ),
    Case(
        "date-iso",
        "string",
        ["2026-11-02"],
        DAY,
        "2026-11-02",
        ["02/11/2026", "2026-11-2", "2026-02-31", "20261102", "2026-11-02T00:00:00", 2],
        [MOMENT, "2026-11-02"],
    ),
    Case(
        "datetime-pt",
        "string",
        ["02/11/2026 09:30:05"],
        MOMENT,
        "02/11/2026 09:30:05",
        ["02/11/2026", 1],
        [DAY, "x"],
    ),
    Case(
        "decimal-string",
        "string",
        ["1.50", Decimal("1.50")],
        Decimal("1.50"),
        "1.50",
        ["1,5", 1.5, True],
        [1.5, "1.50"],
    ),
    Case(
        "decimal-number",
        "number",
        ["1.50", Decimal("1.50")],
        Decimal("1.50"),
        Decimal("1.50"),
        ["NaN", 1.5],
        [1.5, "1"],
    ),
    Case("integer-loose", "integer", [7, "7"], 7, 7, ["7.0", Decimal(7), True], ["7", True, Decimal(7)]),
    Case("text-loose", "string", ["2026", 2026], "2026", "2026", [True, Decimal(1), []], [2026, b"2026"]),
    Case("flag", "string", [True, 1, "1", "true"], True, "1", ["yes", 2, Decimal(1)], [1, "1"]),
    Case("flag", "integer", [True, 1, "1", "true"], True, 1, ["yes", 2], [1, "1"]),
]
by_case: Final = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.format}-{case.type}")


@pytest.fixture(scope="module")
def packages(build: Builder) -> dict[tuple[str, str], Package]:
    """A package for each format, using it in each place."""
    return {(case.format, case.type): build(schemas=_schemas(case), paths=_paths(case)) for case in CASES}


def _schemas(case: Case) -> str:
    plain = f"type: {case.type}, format: {case.format}"
    nullable = f"type: [{case.type}, 'null'], format: {case.format}"
    properties = f"""
    required: {{{plain}}}
    optional: {{{plain}}}
    nullable: {{{nullable}}}
    entries: {{type: array, items: {{{plain}}}}}
    holes: {{type: array, items: {{{nullable}}}}}
    tables: {{type: array, items: {{type: array, items: {{{plain}}}}}}}
    reference: {{$ref: "#/components/schemas/Scalar"}}
    reference_or_null: {{oneOf: [{{$ref: "#/components/schemas/Scalar"}}, {{type: "null"}}]}}
"""
    return f"""
Scalar: {{{plain}}}
Received:
  type: object
  required: [required]
  properties:{properties}
Sent:
  type: object
  required: [required]
  properties:{properties}
"""


def _paths(case: Case) -> str:
    return f"""
/things.json:
  put:
    operationId: changeThings
    tags: [things]
    parameters:
      - {{name: one, in: query, description: One., schema: {{type: {case.type}, format: {case.format}}}}}
      - name: "many[]"
        in: query
        required: true
        description: Many.
        schema: {{type: array, items: {{type: {case.type}, format: {case.format}}}}}
    requestBody:
      required: true
      content: {{application/json: {{schema: {{$ref: "#/components/schemas/Sent"}}}}}}
    responses: {{"204": {{description: Done.}}}}
"""


class Place(NamedTuple):
    """The place of a value: the field, the JSON around it, and the rest of the path to it."""

    field: str
    depth: int = 0
    nullable: bool = False

    @property
    def path(self) -> tuple[str | int, ...]:
        """The path to the value; within a list it comes second."""
        return (self.field, *([1] if self.depth else []), *([0] * (self.depth - 1)))

    def around(self, value: object, beside: object) -> Any:
        """The field's JSON or Python: the value itself, or lists with another value before it."""
        if self.depth == 0:
            return value
        return [beside, value] if self.depth == 1 else [[beside], [value]]


PLACES: Final = [
    Place("required"),
    Place("optional"),
    Place("nullable", nullable=True),
    Place("entries", 1),
    Place("holes", 1, nullable=True),
    Place("tables", 2),
    Place("reference"),
    Place("reference_or_null", nullable=True),
]
by_place: Final = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.field)


@by_case
@by_place
def test_a_format_is_read_and_written_wherever_it_stands(
    packages: dict[tuple[str, str], Package], case: Case, place: Place
) -> None:
    model = packages[case.format, case.type].model("Received")
    for json in case.read:
        thing = model.from_dict({"required": case.read[0], place.field: place.around(json, case.read[0])})
        value = getattr(thing, place.field)
        assert value == place.around(case.value, case.value)
        assert _kinds(value) == _kinds(place.around(case.value, case.value))
        formatted = thing.to_dict()
        assert formatted == {"required": case.written, place.field: place.around(case.written, case.written)}
        assert _kinds(formatted[place.field]) == _kinds(place.around(case.written, case.written))


@by_case
@by_place
def test_a_format_is_sent_wherever_it_stands(
    packages: dict[tuple[str, str], Package], case: Case, place: Place
) -> None:
    model = packages[case.format, case.type].model("Sent")
    formatted = model(**{"required": case.value, place.field: place.around(case.value, case.value)}).to_dict()
    assert formatted == {"required": case.written, place.field: place.around(case.written, case.written)}
    assert _kinds(formatted[place.field]) == _kinds(place.around(case.written, case.written))


def _kinds(value: object) -> Any:
    return [_kinds(entry) for entry in value] if is_array(value) else type(value)


@by_case
@by_place
def test_what_is_not_of_the_format_is_an_error_with_the_path_to_it(
    packages: dict[tuple[str, str], Package], case: Case, place: Place
) -> None:
    model = packages[case.format, case.type].model("Received")
    for junk in [*case.refused, {"a": 1}]:
        with pytest.raises(WireError) as error:
            model.from_dict({"required": case.read[0], place.field: place.around(junk, case.read[0])})
        assert error.value.path == place.path
        assert str(error.value).startswith(f"{error.value.field}: ")


@by_case
@by_place
def test_what_is_not_of_the_type_is_never_sent(
    packages: dict[tuple[str, str], Package], case: Case, place: Place
) -> None:
    model = packages[case.format, case.type].model("Sent")
    for junk in [*case.not_written, *([] if place.nullable else [None])]:
        thing = model(**{"required": case.value, place.field: place.around(junk, case.value)})
        with pytest.raises(WireError) as error:
            thing.to_dict()
        assert error.value.path == place.path


@by_case
@by_place
def test_null_and_nothing_are_none_only_where_null_may_stand(
    packages: dict[tuple[str, str], Package], case: Case, place: Place
) -> None:
    model = packages[case.format, case.type].model("Received")
    json = {"required": case.read[0], place.field: place.around(None, case.read[0])}
    if not place.nullable:
        with pytest.raises(WireError) as error:
            model.from_dict(json)
        assert error.value.path == place.path
        return
    thing = model.from_dict(json)
    assert getattr(thing, place.field) == place.around(None, case.value)
    assert thing.to_dict()[place.field] == place.around(None, case.written)
    if place.field != "reference_or_null":
        blank = model.from_dict({"required": case.read[0], place.field: place.around("", case.read[0])})
        assert getattr(blank, place.field) == place.around(
            "" if case.format == "text-loose" else None, case.value
        )


@by_case
def test_a_format_in_the_query(packages: dict[tuple[str, str], Package], case: Case) -> None:
    package = packages[case.format, case.type]
    request = package.module("api.things.change_things").request
    body = package.model("Sent")(required=case.value)
    if isinstance(case.written, Decimal):
        with pytest.raises(WireError, match="many\\[\\]: not usable in a query"):
            request(body=body, many=[case.value])
        return
    sent = request(body=body, one=case.value, many=[case.value, case.value])
    text = str(case.written)
    assert sent.query == (("one", text), ("many[]", text), ("many[]", text))
    assert request(body=body, many=[]).query == ()
    for junk in case.not_written:
        with pytest.raises(WireError) as error:
            request(body=body, one=junk, many=[])
        assert error.value.path == ("one",)
        with pytest.raises(WireError) as error:
            request(body=body, many=[case.value, junk])
        assert error.value.path == ("many[]", 1)


# --- absent, null, unknown ------------------------------------------------------------------------

PLAIN: Final = """
Inner:
  type: object
  required: [date]
  properties:
    date: {type: string, format: date-pt}
Colour: {type: string, enum: [red, green]}
Plain:
  type: object
  properties:
    text: {type: string}
    number: {type: integer}
    answer: {type: boolean}
    colour: {$ref: "#/components/schemas/Colour", description: Seen from afar.}
    shade: {type: string, enum: [dark, light]}
    colours: {type: array, items: {$ref: "#/components/schemas/Colour"}}
    inner: {$ref: "#/components/schemas/Inner"}
    inners: {type: array, items: {$ref: "#/components/schemas/Inner"}}
    anything: {description: Whatever comes.}
    anythings: {type: array, items: {}}
    text_or_null: {type: [string, "null"]}
    number_or_null: {type: [integer, "null"]}
    answer_or_null: {type: [boolean, "null"]}
    colour_or_null: {oneOf: [{$ref: "#/components/schemas/Colour"}, {type: "null"}]}
    inner_or_null: {oneOf: [{$ref: "#/components/schemas/Inner"}, {type: "null"}]}
    inners_or_null: {oneOf: [{type: array, items: {$ref: "#/components/schemas/Inner"}}, {type: "null"}]}
    itself: {$ref: "#/components/schemas/Plain"}
    children: {type: array, items: {$ref: "#/components/schemas/Plain"}}
Empty: {type: object, description: Nothing is known of it.}
Both:
  allOf:
    - $ref: "#/components/schemas/Inner"
    - type: object
      required: [more]
      properties: {more: {type: string, format: decimal-string}}
"""
FULL: Final[dict[str, Any]] = {
    "text": "a",
    "number": 1,
    "answer": False,
    "colour": "red",
    "shade": "dark",
    "colours": ["red", "green"],
    "inner": {"date": "21/11/2026"},
    "inners": [{"date": "21/11/2026"}, {"date": "22/11/2026"}],
    "anything": {"a": [1, None]},
    "anythings": [1, "a", None, []],
    "itself": {"text": "b"},
    "children": [{"children": []}],
}
NULLABLE: Final = [
    "text_or_null",
    "number_or_null",
    "answer_or_null",
    "colour_or_null",
    "inner_or_null",
    "inners_or_null",
]
NOT_NULLABLE: Final = [name for name in FULL if name != "anything"]


@pytest.fixture(scope="module")
def plain(build: Builder) -> Package:
    """Every kind of property without a wire format."""
    return build(schemas=PLAIN)


def test_plain_values_survive(plain: Package) -> None:
    thing = plain.model("Plain").from_dict(FULL)
    assert thing.to_dict() == FULL
    assert isinstance(thing.inners[1], plain.model("Inner"))
    assert isinstance(thing.children[0], plain.model("Plain"))


@pytest.mark.parametrize("name", NULLABLE)
def test_null_where_it_is_allowed(plain: Package, name: str) -> None:
    thing = plain.model("Plain").from_dict({name: None})
    assert getattr(thing, name) is None
    assert thing.to_dict() == {name: None}


@pytest.mark.parametrize("name", NULLABLE)
def test_null_and_absent_are_two_things(plain: Package, name: str) -> None:
    unset = plain.module("types").UNSET
    thing = plain.model("Plain").from_dict({})
    assert getattr(thing, name) is unset
    assert thing.to_dict() == {}
    assert thing != plain.model("Plain").from_dict({name: None})


@pytest.mark.parametrize("name", NOT_NULLABLE)
def test_null_where_it_is_not_allowed_names_the_field(plain: Package, name: str) -> None:
    with pytest.raises(WireError) as error:
        plain.model("Plain").from_dict({name: None})
    assert error.value.path == (name,)


def test_a_field_that_is_missing_is_named_with_its_model(plain: Package) -> None:
    with pytest.raises(WireError, match=r"^children\[1\]\.inners\[0\]\.date: Inner lacks this field$"):
        plain.model("Plain").from_dict({"children": [{}, {"inners": [{}]}]})


def test_an_error_says_the_whole_path(plain: Package) -> None:
    json = {"itself": {"children": [{}, {"inner_or_null": {"date": "x"}}]}}
    with pytest.raises(WireError) as error:
        plain.model("Plain").from_dict(json)
    assert error.value.path == ("itself", "children", 1, "inner_or_null", "date")
    assert str(error.value) == "itself.children[1].inner_or_null.date: not a date as dd/mm/yyyy: 'x'"


@pytest.mark.parametrize("junk", ["text", 1, None, {}, True], ids=repr)
def test_a_list_is_a_list(plain: Package, junk: object) -> None:
    for name in ("inners", "colours", "anythings", "children"):
        with pytest.raises(WireError, match=f"^{name}: expected an array"):
            plain.model("Plain").from_dict({name: junk})


def test_the_wrong_json_type_is_an_error_and_never_a_silent_value(plain: Package) -> None:
    wrong: dict[str, list[object]] = {
        "text": [True, Decimal("1.5"), [], {}],
        "number": ["x", Decimal("1.5"), True, []],
        "answer": ["x", 2, Decimal(1), []],
        "colour": [True, []],
        "inner": ["x", 1, []],
    }
    for name, values in wrong.items():
        for key in (name, f"{name}_or_null"):
            for value in values:
                with pytest.raises(WireError) as error:
                    plain.model("Plain").from_dict({key: value})
                assert error.value.path == (key,)


def test_unknown_keys_are_kept_at_every_depth(plain: Package) -> None:
    json = {**FULL, "new": {"deep": [1]}, "inner": {"date": "21/11/2026", "": None}}
    thing = plain.model("Plain").from_dict(json)
    assert thing.additional_properties == {"new": {"deep": [1]}}
    assert thing.inner.additional_properties == {"": None}
    assert thing.to_dict() == json
    assert plain.model("Plain").from_dict(thing.to_dict()) == thing
    assert plain.model("Empty").from_dict({"a": 1}).to_dict() == {"a": 1}


def test_unknown_keys_count_in_comparisons(plain: Package) -> None:
    empty = plain.model("Empty")
    assert empty.from_dict({"a": 1}) != empty.from_dict({"a": 2})


def test_unknown_values_of_enums_are_kept_in_both_directions(plain: Package) -> None:
    json = {"colour": "mauve", "shade": "", "colours": ["red", "mauve"], "colour_or_null": "mauve"}
    thing = plain.model("Plain").from_dict(json)
    assert thing.colour == "mauve"
    assert thing.to_dict() == json
    assert plain.model("Plain")(colour="teal").to_dict() == {"colour": "teal"}


def test_known_values_of_enums_are_listed(plain: Package) -> None:
    colours, shades = plain.module("models.colour"), plain.module("models.plain_shade")
    assert sorted(colours.COLOUR_VALUES) == ["green", "red"]
    assert get_args(colours.Colour) == (Literal["green", "red"], str)
    assert sorted(shades.PLAIN_SHADE_VALUES) == ["dark", "light"]


def test_a_description_beside_a_reference_is_that_of_the_field(plain: Package) -> None:
    source = (plain.folder / "models" / "plain.py").read_text("utf-8")
    assert 'colour: Colour | Unset = UNSET\n    """Seen from afar."""\n' in source


def test_all_of_takes_everything_over(plain: Package) -> None:
    both = plain.model("Both").from_dict({"date": "1/1/2026", "more": 2})
    assert (both.date, both.more) == (datetime.date(2026, 1, 1), Decimal(2))
    for name in ("date", "more"):
        with pytest.raises(WireError, match=f"^{name}: Both lacks this field$"):
            plain.model("Both").from_dict({key: "1/1/2026" for key in ("date", "more") if key != name})


# --- one object, or a list of them ----------------------------------------------------------------

ONE_OR_MANY: Final = """
Entry: {type: object, required: [value], properties: {value: {type: number, format: decimal-number}}}
Answer:
  type: object
  required: [entry]
  properties:
    entry:
      oneOf:
        - $ref: "#/components/schemas/Entry"
          x-wire: observed
        - {type: array, x-wire: documented, items: {$ref: "#/components/schemas/Entry"}}
    more:
      oneOf:
        - {type: array, items: {$ref: "#/components/schemas/Entry"}}
        - $ref: "#/components/schemas/Entry"
    rows:
      type: array
      items:
        oneOf:
          - $ref: "#/components/schemas/Entry"
          - {type: array, items: {$ref: "#/components/schemas/Entry"}}
"""
ENTRY: Final = {"value": Decimal("1.50"), "note": "kept"}


@pytest.fixture(scope="module")
def answers(build: Builder) -> Package:
    """A field seen both as one object and as a list of them."""
    return build(schemas=ONE_OR_MANY)


@pytest.mark.parametrize(
    "json", [ENTRY, [ENTRY], [ENTRY, ENTRY], []], ids=["one", "list of one", "two", "none"]
)
def test_one_object_or_a_list_of_it_is_read_and_written_as_it_came(answers: Package, json: Any) -> None:
    entry, answer = answers.model("Entry"), answers.model("Answer")
    read = answer.from_dict({"entry": json, "more": json, "rows": [json, ENTRY]})
    expected: Any = [entry.from_dict(each) for each in json] if is_array(json) else entry.from_dict(json)
    assert (read.entry, read.more, read.rows) == (expected, expected, [expected, entry.from_dict(ENTRY)])
    assert read.to_dict() == {"entry": json, "more": json, "rows": [json, ENTRY]}
    assert answer.from_dict({"entry": ENTRY}).to_dict() == {"entry": ENTRY}


@pytest.mark.parametrize(
    ("json", "message"),
    [
        ("text", "entry: expected an object, got a text"),
        (None, "entry: expected an object, got null"),
        (True, "entry: expected an object, got"),
        ({}, "entry.value: Entry lacks this field"),
        ([ENTRY, {}], "entry[1].value: Entry lacks this field"),
        ([[ENTRY]], "entry[0]: expected an object, got an array"),
        ([None], "entry[0]: expected an object, got null"),
    ],
)
def test_what_is_neither_one_nor_many_is_an_error_with_its_path(
    answers: Package, json: object, message: str
) -> None:
    with pytest.raises(WireError) as error:
        answers.model("Answer").from_dict({"entry": json})
    assert str(error.value).startswith(message)
