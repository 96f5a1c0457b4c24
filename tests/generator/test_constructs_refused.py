"""A construct that the templates cannot express fails the generation, with a message naming it and its place.

Most of these would otherwise silently generate code that contradicts the contract.
"""

from __future__ import annotations

from typing import Any, Final

import pytest
from generator import driver

from .support import SETTINGS, Builder, contract_of, generate


def thing(properties: str, more: str = "") -> str:
    """A schema `Thing` with these properties."""
    return f"""
Other: {{type: object, properties: {{name: {{type: string}}}}}}
Another: {{type: object, properties: {{name: {{type: string}}}}}}
Thing: {{type: object, properties: {{{properties}}}{more}}}
"""


def operation(parameters: str = "", rest: str = "", method: str = "get") -> str:
    """An operation; `rest` replaces its only answer."""
    return f"""
/things.json:
  {method}:
    operationId: doThing
    tags: [things]
    parameters: [{parameters}]
    {rest or 'responses: {"204": {description: Done.}}'}
"""


def answer(status: str, content: str = "") -> str:
    """The `responses` of an operation, with a single answer."""
    return f'responses: {{"{status}": {{description: An answer.{content}}}}}'


ONE: Final = '{$ref: "#/components/schemas/Other"}'
OTHERS: Final = f'[{ONE}, {{$ref: "#/components/schemas/Another"}}]'
NO_UNION: Final = "a union of ['ModelProperty', 'ModelProperty']; use a wire format"
SCHEMAS: Final = {
    "unknown format": (
        "price: {type: string, format: money}",
        ["price: unknown format 'money'; use one of"],
    ),
    "format of another type": (
        "price: {type: integer, format: date-pt}",
        ["price: format 'date-pt' does not fit type"],
    ),
    "ISO date": ("day: {type: string, format: date}", ["day: unknown format 'date'"]),
    "ISO time": ("at_time: {type: string, format: date-time}", ["at_time: unknown format 'date-time'"]),
    "file": ("scan: {type: string, format: binary}", ["scan: unknown format 'binary'"]),
    "unknown format in a list": (
        "prices: {type: array, items: {type: string, format: money}}",
        ["format 'money'"],
    ),
    "bare number": (
        "price: {type: number}",
        ["price: nothing reads or writes a FloatProperty; use a wire format"],
    ),
    "bare number or null": (
        "price: {type: [number, 'null']}",
        ["price: nothing reads or writes a FloatProperty"],
    ),
    "bare numbers": (
        "prices: {type: array, items: {type: number}}",
        ["prices: nothing reads or writes a Float"],
    ),
    "union": (f"pet: {{oneOf: {OTHERS}}}", [f"pet: {NO_UNION}"]),
    "any of two": (f"pet: {{anyOf: {OTHERS}}}", [f"pet: {NO_UNION}"]),
    "unions": (f"pets: {{type: array, items: {{oneOf: {OTHERS}}}}}", [f"pets: {NO_UNION}"]),
    "text or number": (
        "price: {type: [string, integer]}",
        ["price: a union of ['StringProperty', 'IntProperty']"],
    ),
    "default of a date": (
        "day: {type: string, format: date-pt, default: 21/11/2026}",
        ["day: a wire format allows no default, got '21/11/2026'"],
    ),
    "default of an amount": (
        "price: {type: string, format: decimal-string, default: '1'}",
        ["price: a wire format allows no default"],
    ),
    "default of a flag": (
        "on_it: {type: integer, format: flag, default: 1}",
        ["on_it: a wire format allows no default"],
    ),
    "enum of integers": (
        "level: {type: integer, enum: [1, 2]}",
        ["level: an enum of integers"],
    ),
    "enums of integers": (
        "levels: {type: array, items: {type: integer, enum: [1]}}",
        ["levels: an enum of integers"],
    ),
    "enum of both": ("level: {enum: [1, a]}", ["Got {<class "]),
    "constant": ("kind: {const: cat}", ["kind: nothing reads or writes a ConstProperty"]),
    "nothing but null": ("hole: {type: 'null'}", ["hole: nothing reads or writes a NoneProperty"]),
    "object in an object": (
        "inner: {type: object, properties: {name: {type: string}}}",
        ["schema ThingInner: is not a component"],
    ),
    "a reference to nothing": ('pet: {$ref: "#/components/schemas/Nobody"}', ["Could not find reference"]),
}


@pytest.mark.parametrize(("properties", "findings"), SCHEMAS.values(), ids=SCHEMAS)
@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
def test_a_property_is_refused(build: Builder, properties: str, findings: list[str], required: bool) -> None:
    name = properties.partition(":")[0]
    with pytest.raises(driver.GenerationError) as error:
        build(schemas=thing(properties, f", required: [{name}]" if required else ""))
    assert "Thing" in str(error.value)
    assert [finding for finding in findings if finding not in str(error.value)] == []


@pytest.mark.parametrize(
    ("schemas", "finding"),
    [
        (
            thing("name: {type: string, default: a}", ", required: [name]"),
            "schema Thing: name: is required and has a default; remove one of the two",
        ),
        (thing("name: {type: string}", ", anyOf: [{required: [name]}]"), "schema Thing: was lost"),
        (thing("name: {type: string}", ", title: Other thing"), "schema Thing: was lost"),
        (
            "a_thing: {type: object, properties: {name: {type: string}}}",
            "schema AThing: is not a component",
        ),
        (
            thing("name: {type: string}").replace(
                "Other: {type: object, properties: {",
                'Other: {type: object, properties: {up: {$ref: "#/components/schemas/Ring"}, ',
            )
            + f"Ring: {{type: object, properties: {{down: {{type: array, items: {ONE}}}}}}}",
            "schemas Other -> Ring -> Other: form a cycle; break it",
        ),
        (
            f"""
Other: {{type: object, properties: {{up: {{$ref: "#/components/schemas/Ring"}}}}}}
Ring: {{type: object, properties: {{down: {{oneOf: [{ONE}, {{type: array, items: {ONE}}}]}}}}}}
""",
            "schemas Other -> Ring -> Other: form a cycle; break it",
        ),
        (
            "Fields: {type: object, properties: {name: {type: string}}}",
            "schema Fields: its file would clash with the folder `fields`; rename it",
        ),
    ],
    ids=[
        "required default",
        "properties beside anyOf",
        "title",
        "name that is no class",
        "circle",
        "circle through one or many",
        "name of a folder",
    ],
)
def test_a_schema_is_refused(build: Builder, schemas: str, finding: str) -> None:
    with pytest.raises(driver.GenerationError) as error:
        build(schemas=schemas)
    assert finding in str(error.value)


ENVELOPES: Final = {
    "a text beside a model": f"one: {{type: string}}, other: {ONE}",
    "a list beside a model": f"one: {{type: array, items: {ONE}}}, other: {ONE}",
    "a number": "one: {type: integer}",
    "a format": "one: {type: string, format: date-pt}",
    "a text or null": "one: {type: [string, 'null']}",
    "texts in a list": "one: {type: array, items: {type: string}}",
    "one or many": f"one: {{oneOf: [{ONE}, {{type: array, items: {ONE}}}]}}",
}


@pytest.mark.parametrize("roots", ENVELOPES.values(), ids=ENVELOPES)
def test_an_envelope_whose_roots_are_not_of_one_kind_is_refused(build: Builder, roots: str) -> None:
    with pytest.raises(driver.GenerationError) as error:
        build(schemas=thing(roots, ", x-envelope: true"))
    assert str(error.value) == (
        "schema Thing: all roots of an envelope must hold a model, a list of models, or a text"
    )


def sending(schemas: str) -> dict[str, str]:
    """Schemas, and an operation that takes a `Thing`."""
    content = 'content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}'
    paths = operation(rest=f"requestBody: {{required: true, {content}}}\n    {answer('204')}", method="put")
    return {"schemas": schemas, "paths": paths}


@pytest.mark.parametrize("root", ["{type: string}", f"{{type: array, items: {ONE}}}"], ids=["text", "list"])
def test_an_envelope_that_is_sent_holds_a_model(build: Builder, root: str) -> None:
    build(schemas=thing(f"one: {root}", ", x-envelope: true"))
    with pytest.raises(driver.GenerationError, match=r"^schema Thing: each root of an envelope in a request"):
        build(**sending(thing(f"one: {root}", ", x-envelope: true")))


ONE_OR_MANY: Final = f"{{oneOf: [{ONE}, {{type: array, items: {ONE}}}]}}"
ANOTHER: Final = '{$ref: "#/components/schemas/Another"}'


@pytest.mark.parametrize(
    "schema", [ONE_OR_MANY, f"{{type: array, items: {ONE_OR_MANY}}}"], ids=["field", "entries"]
)
def test_one_or_many_is_read_and_never_sent(build: Builder, schema: str) -> None:
    """A sender knows which of the two it sends."""
    build(schemas=thing(f"pets: {schema}"))
    with pytest.raises(
        driver.GenerationError,
        match=r"^schema Thing: pets: a choice between an object and a list works in answers only",
    ):
        build(**sending(thing(f"pets: {schema}")))
    with pytest.raises(
        driver.GenerationError, match="pets: a choice between an object and a list works in answers only"
    ):
        build(
            schemas=thing("name: {type: string}"),
            paths=operation(f"{{name: pets, in: query, schema: {schema}}}"),
        )


@pytest.mark.parametrize(
    "alternatives",
    [
        f"{ONE}, {{type: array, items: {ANOTHER}}}",
        f"{ONE}, {{type: array, items: {{type: string}}}}",
        f"{ONE}, {{type: array, items: {ONE}}}, {{type: 'null'}}",
        f"{ONE}, {{type: array, items: {ONE}}}, {ANOTHER}",
        "{type: string}, {type: array, items: {type: string}}",
        f"{{type: array, items: {ONE}}}, {{type: array, items: {ANOTHER}}}",
        f"{ONE}, {{type: string}}",
    ],
    ids=["of another", "of texts", "or null", "or another", "texts", "two lists", "or text"],
)
def test_a_union_that_is_not_one_or_many_of_the_same_is_refused(build: Builder, alternatives: str) -> None:
    with pytest.raises(driver.GenerationError, match=r"^schema Thing: pets: a union of \["):
        build(schemas=thing(f"pets: {{oneOf: [{alternatives}]}}"))


JSON: Final = f"application/json: {{schema: {ONE}}}"
FORM: Final = f"application/x-www-form-urlencoded: {{schema: {ONE}}}"
PARTS: Final = f"multipart/form-data: {{schema: {ONE}}}"


def taking(content: str) -> str:
    """An operation with a body."""
    body = f"requestBody: {{required: true, content: {{{content}}}}}"
    return operation(rest=f"{body}\n    {answer('204')}", method="put")


OPERATIONS: Final = {
    "header": (
        operation("{name: X-A, in: header, schema: {type: string}}"),
        "X-A: headers and cookies would not",
    ),
    "cookie": (
        operation("{name: seen, in: cookie, schema: {type: string}}"),
        "seen: headers and cookies would not",
    ),
    "bare number": (
        operation("{name: least, in: query, schema: {type: number}}"),
        "least: nothing reads or writes",
    ),
    "enum of integers": (
        operation("{name: level, in: query, schema: {type: integer, enum: [1, 2]}}"),
        "level: an enum of integers",
    ),
    "union": (operation(f"{{name: pet, in: query, schema: {{oneOf: {OTHERS}}}}}"), f"pet: {NO_UNION}"),
    "default": (
        operation("{name: day, in: query, schema: {type: string, format: date-pt, default: 21/11/2026}}"),
        "day: a wire format allows no default",
    ),
    "date in the path": (
        operation("{name: day, in: path, required: true, schema: {type: string, format: date-pt}}").replace(
            "/things.json", "/things/{day}.json"
        ),
        "day: path parameters must be texts or integers",
    ),
    "no success": (operation(rest=answer("404")), "has no success"),
    "range": (operation(rest=answer("2XX")), "2XX: is a range"),
    "text": (
        operation(rest=answer("200", ", content: {text/plain: {schema: {type: string}}}")),
        "200: only JSON is",
    ),
    "file": (
        operation(rest=answer("200", ", content: {application/pdf: {schema: {}}}")),
        "Unsupported content_type",
    ),
    "number": (
        operation(rest=answer("200", ", content: {application/json: {schema: {type: number}}}")),
        "200: nothing reads or writes a FloatProperty",
    ),
    "form": (taking(FORM), "takes application/x-www-form-urlencoded; the only supported body"),
    "two bodies": (taking(f"{JSON}, {PARTS}"), "takes application/json and multipart/form-data; the only"),
    "no id": (operation().replace("    operationId: doThing\n", ""), "has no operationId"),
    "patch without id": (
        operation(method="patch").replace("    operationId: doThing\n", ""),
        "has no operationId",
    ),
}


@pytest.mark.parametrize(("paths", "finding"), OPERATIONS.values(), ids=OPERATIONS)
def test_an_operation_is_refused(build: Builder, paths: str, finding: str) -> None:
    with pytest.raises(driver.GenerationError) as error:
        build(schemas=thing("name: {type: string}"), paths=paths)
    assert finding in str(error.value)
    assert any(place in str(error.value) for place in ("/things", "do_thing"))


def test_two_operations_that_become_one_module_are_refused(build: Builder) -> None:
    """The last one would silently win."""
    paths = operation() + operation().replace("/things.json", "/other.json").replace("doThing", "DoThing")
    with pytest.raises(
        driver.GenerationError, match=r"^tag things: 2 operations would share the file `do_thing`"
    ):
        build(paths=paths)
    other_tag = paths.replace("DoThing\n    tags: [things]", "DoThing\n    tags: [others]")
    assert build(paths=other_tag).module("api.others.do_thing").request().operation == "DoThing"


def test_everything_is_told_at_once(build: Builder) -> None:
    with pytest.raises(driver.GenerationError) as error:
        build(
            schemas=thing("price: {type: number}, level: {type: integer, enum: [1]}"),
            paths=operation("{name: X-A, in: header, schema: {type: string}}"),
        )
    found = str(error.value).splitlines()
    assert [line.partition(": ")[0] for line in found] == ["schema Thing", "schema Thing", "GET /things.json"]


def test_what_is_refused_leaves_nothing_behind(build: Builder) -> None:
    before = sorted(build.folder.iterdir())
    with pytest.raises(driver.GenerationError):
        build(schemas=thing("price: {type: number}"))
    assert sorted(build.folder.iterdir()) == before


# --- left out on purpose --------------------------------------------------------------------------


def test_errors_are_left_to_their_own_reader(build: Builder) -> None:
    """Otherwise they would be return values without their status."""
    schemas = thing("name: {type: string}") + "Errors: {x-errors: true, type: [object, array]}"
    errors = 'description: No., content: {application/json: {schema: {$ref: "#/components/schemas/Errors"}}}'
    rest = f'responses: {{"204": {{description: Done.}}, "422": {{{errors}}}, default: {{{errors}}}}}'
    package = build(schemas=schemas, paths=operation(rest=rest))
    assert "Errors" not in package.module("models").__all__
    assert package.module("api.things.do_thing").parse.__annotations__["return"] == "None"


def test_a_key_is_no_argument_and_no_part_of_a_request(build: Builder) -> None:
    """The transport adds it, below every log."""
    contract = contract_of(schemas=thing("name: {type: string}"), paths=operation())
    contract["components"]["securitySchemes"] = {
        "apiKey": {"type": "apiKey", "in": "query", "name": "api_key"}
    }
    contract["paths"]["/things.json"]["get"]["security"] = [{"apiKey": []}]
    package = generate(contract, build.folder)
    build.packages.append(package)
    request: Any = package.module("api.things.do_thing").request
    assert [*request.__annotations__] == ["return"]
    assert request().query == ()
    assert "api_key" not in package.text()


@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "patch"])
def test_every_method_is_generated(build: Builder, method: str) -> None:
    package = build(paths=operation(method=method))
    assert package.module("api.things.do_thing").request().method == method.upper()


def test_generating_into_a_folder_that_exists_is_refused(build: Builder) -> None:
    """Old files would remain among the new ones."""
    contract = contract_of(schemas=thing("name: {type: string}"))
    folder = build.folder / "quirks_there"
    folder.mkdir()
    with pytest.raises(driver.GenerationError, match="Directory already exists"):
        driver.generate(contract, SETTINGS, folder)
    assert list(folder.iterdir()) == []
