"""Names in the contract that clash with Python, the templates or the surrounding modules."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final

import pytest
from generator import driver
from generator.refusals import OWN_FIELDS, OWN_PARAMETERS
from invoicexpress_wire import WireError

from .support import Builder, Package

# Locals and globals of generated models, modules, keywords, builtins, and texts that are no identifiers.
FIELDS: Final = [
    *("value", "source", "model", "get", "at", "key", "fields", "values", "src_dict", "field_dict", "error"),
    *(
        "_value",
        "_source",
        "_get",
        "_at",
        "_model",
        "value_",
        "root",
        "partial",
        "abc",
        "define",
        "known_fields",
    ),
    *("type", "id", "date", "datetime", "decimal", "sum", "list", "str", "int", "bool", "object", "property"),
    *("Any", "Final", "UNSET", "unset", "WireError", "Thing", "thing", "things", "None", "True", "none"),
    *("class", "from", "import", "def", "lambda", "match", "async", "in", "is", "not", "global", "pass"),
    *("parse_text", "format_text", "parse_date", "parse_object", "constrained", "frozenset", "isinstance"),
    *(
        "pdfUrl",
        "e-mail",
        "with space",
        "dotted.name",
        "1st",
        "123",
        "date[from]",
        "type[]",
        "número",
        "ação",
        "ñ",
    ),
]
KINDS: Final[dict[str, tuple[str, object, object]]] = {
    "text": ("type: string", "a", "a"),
    "date": ("type: string, format: date-pt", "02/11/2026", datetime.date(2026, 11, 2)),
    "amount": ("type: string, format: decimal-string", "1.50", Decimal("1.50")),
}
by_kind: Final = pytest.mark.parametrize("kind", KINDS)


def _schema(name: str, kind: str, names: list[str], *, required: bool) -> str:
    properties = ", ".join(f"{entry!r}: {{{KINDS[kind][0]}}}" for entry in names)
    return f"{name}: {{type: object, required: {names if required else []}, properties: {{{properties}}}}}\n"


SEND: Final = """
/things.json:
  post:
    operationId: createThing
    tags: [things]
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
    responses:
      "201": {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
"""
"""Both sent and received, so that the model has all that a model can have."""


@pytest.fixture(scope="module")
def packages(build: Builder) -> dict[tuple[str, bool, bool], Package]:
    """All names in one package, so no two may become the same."""
    apart = [
        name for name in FIELDS if name not in ("_value", "_source", "_get", "_at", "_model", "unset", "none")
    ]
    apart = [name for name in apart if name not in ("Thing", "type[]", "True", "None")]
    return {
        (kind, required, sent): build(
            schemas=_schema("Thing", kind, apart, required=required), paths=SEND if sent else ""
        )
        for kind in KINDS
        for required in (True, False)
        for sent in (True, False)
    }


@by_kind
@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
@pytest.mark.parametrize("sent", [True, False], ids=["sent", "received"])
def test_many_names_beside_one_another(
    packages: dict[tuple[str, bool, bool], Package], kind: str, required: bool, sent: bool
) -> None:
    thing = packages[kind, required, sent].model("Thing")
    _, json, value = KINDS[kind]
    known = sorted(packages[kind, required, sent].module("models.thing")._KNOWN)
    assert len(known) > 50
    read = thing.from_dict(dict.fromkeys(known, json))
    assert read.additional_properties == {}
    assert read.to_dict() == dict.fromkeys(known, json)
    fields = [field for field in thing.__annotations__ if field != "additional_properties"]
    assert len(fields) == len(known)
    assert {name: getattr(read, name) for name in fields} == dict.fromkeys(fields, value)
    if sent:
        assert thing.of(**dict.fromkeys(fields, value)) == read
        assert thing.of(**dict.fromkeys(fields, value)).to_dict() == read.to_dict()
    for name in known:
        with pytest.raises(WireError) as error:
            thing.from_dict({**dict.fromkeys(known, json), name: []})
        assert error.value.path == (name,)


@pytest.fixture(scope="module")
def alone(build: Builder) -> Package:
    """A model with a single field for each name, and one that sends them all."""
    bag = ", ".join(f"n{place}: {{$ref: '#/components/schemas/N{place}'}}" for place in range(len(FIELDS)))
    schemas = "".join(
        _schema(f"N{place}", "date", [name], required=False) for place, name in enumerate(FIELDS)
    )
    return build(schemas=f"Thing: {{type: object, properties: {{{bag}}}}}\n{schemas}", paths=SEND)


@pytest.mark.parametrize("name", FIELDS)
def test_a_name_alone(alone: Package, name: str) -> None:
    """In a model of one field, the module has only that field's imports."""
    thing = alone.model(f"N{FIELDS.index(name)}")
    (field,) = [each for each in thing.__annotations__ if each != "additional_properties"]
    assert thing.from_dict({name: "02/11/2026"}).to_dict() == {name: "02/11/2026"}
    assert thing.of(**{field: datetime.date(2026, 11, 2)}).to_dict() == {name: "02/11/2026"}
    assert thing.from_dict({}).to_dict() == {}


@pytest.mark.parametrize("name", ["type", "date", "id", "sum", "str", "list"])
def test_a_field_keeps_its_own_name(packages: dict[tuple[str, bool, bool], Package], name: str) -> None:
    """`document.type`, as in the documentation, not `document.type_`."""
    assert name in packages["text", True, True].model("Thing").__annotations__


def test_a_field_that_would_hide_a_part_of_the_model_is_refused(build: Builder) -> None:
    schemas = _schema("Thing", "text", sorted(OWN_FIELDS), required=True)
    schemas += _schema("Other", "text", sorted(OWN_FIELDS), required=False)
    with pytest.raises(driver.GenerationError) as error:
        build(schemas=schemas, paths=SEND)
    wanted = {
        f"schema {schema}: {name}: `{name}` clashes with a name in generated models; rename it"
        for schema in ("Thing", "Other")
        for name in OWN_FIELDS
    }
    assert set(str(error.value).splitlines()) == wanted


def test_fields_that_become_the_same_are_kept_apart_or_refused(build: Builder) -> None:
    """`aB` and `a_b` keep their spelling; if even that clashes, generation fails."""
    thing = build(schemas=_schema("Thing", "text", ["aB", "a_b"], required=True)).model("Thing")
    assert thing.from_dict({"aB": "1", "a_b": "2"}).to_dict() == {"aB": "1", "a_b": "2"}
    with pytest.raises(driver.GenerationError, match=r"/components/schemas/Thing"):
        build(schemas=_schema("Thing", "text", ["date[]", "date"], required=True))


# --- parameters -----------------------------------------------------------------------------------

PARAMETERS: Final = [
    *(
        "value",
        "values",
        "name",
        "names",
        "type",
        "date",
        "datetime",
        "decimal",
        "request",
        "response",
        "parse",
    ),
    *(
        "operation",
        "method",
        "path",
        "str",
        "list",
        "int",
        "client",
        "url",
        "self",
        "cls",
        "show",
        "unset",
        "id",
    ),
    *(
        "from",
        "class",
        "lambda",
        "Request",
        "UNSET",
        "per-page",
        "type[]",
        "date[from]",
        "date[to]",
        "a.b",
        "1st",
    ),
]


def _lists(*names: str) -> str:
    """An operation for each name, with one parameter of that name."""
    return "".join(
        f"""
/{place}.json:
  get:
    operationId: list{place}
    tags: [things]
    parameters: [{{name: {name!r}, in: query, description: One., schema: {{type: string, format: date-pt}}}}]
    responses: {{"204": {{description: Done.}}}}
"""
        for place, name in enumerate(names)
    )


@pytest.fixture(scope="module")
def lists(build: Builder) -> Package:
    """All of them."""
    return build(paths=_lists(*PARAMETERS))


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_sent_under_its_name_in_the_contract(lists: Package, name: str) -> None:
    module = lists.module(f"api.things.list{PARAMETERS.index(name)}")
    (argument,) = [each for each in module.request.__annotations__ if each != "return"]
    request = module.request(**{argument: datetime.date(2026, 11, 2)})
    assert request.query == ((name, "02/11/2026"),)
    assert module.request().query == ()


@pytest.mark.parametrize(
    ("name", "argument"), [("date[from]", "date_from"), ("date[to]", "date_to"), ("type[]", "type")]
)
def test_a_parameter_with_brackets_has_a_name_that_can_be_typed(
    lists: Package, name: str, argument: str
) -> None:
    module = lists.module(f"api.things.list{PARAMETERS.index(name)}")
    assert [*module.request.__annotations__] == [argument, "return"]


def test_a_parameter_that_would_hide_what_builds_the_request_is_refused(build: Builder) -> None:
    names = sorted(OWN_PARAMETERS - {"WireError"})  # which becomes `wire_error`
    with pytest.raises(driver.GenerationError) as error:
        build(paths=_lists(*names))
    assert str(error.value).splitlines() == [
        f"GET /{place}.json: {name}: `{name}` clashes with a name in generated endpoints; rename it"
        for place, name in enumerate(names)
    ]


# --- schemas and operations -----------------------------------------------------------------------


def test_a_schema_may_be_called_like_a_module(build: Builder) -> None:
    names = ["Errors", "Type", "Value", "Model", "Types", "List", "Date", "Api", "Client", "Models", "A"]
    package = build(schemas="".join(_schema(name, "text", [name.lower()], required=True) for name in names))
    for name in names:
        assert package.model(name).from_dict({name.lower(): "a"}).to_dict() == {name.lower(): "a"}
    assert package.module("errors").ResponseError


@pytest.mark.parametrize("name", ["Request", "Response", "Decimal", "WireError", "UnexpectedStatus"])
def test_a_schema_that_would_hide_what_a_module_imports_is_refused(build: Builder, name: str) -> None:
    """Ruff finds it: it checks all generated code, with the rules for names on."""
    body = f'content: {{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}'
    paths = f"""
/things.json:
  post:
    operationId: createThing
    tags: [things]
    requestBody: {{required: true, {body}}}
    responses: {{"200": {{description: Done., {body}}}}}
"""
    with pytest.raises(driver.GenerationError, match="ruff failed: F811 Redefinition"):
        build(schemas=_schema(name, "amount", ["value"], required=True), paths=paths)


def test_an_operation_may_be_called_like_something_of_python(build: Builder) -> None:
    names = ["class", "import", "type", "list", "str", "request"]
    paths = _lists(*["date"] * len(names))
    for place, name in enumerate(names):
        paths = paths.replace(f"list{place}", name)
    package = build(paths=paths)
    modules = [package.module(name) for name in package.modules() if name.startswith("api.")]
    assert sorted(module.request().operation for module in modules) == sorted(names)
