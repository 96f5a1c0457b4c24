"""Everything in the contract reaches the generated package.

The generator silently drops some things: an operation whose id differs from another's only in case, an object
with properties and `anyOf`, a misspelt setting.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, Final, NamedTuple, get_args, get_type_hints

import attrs
import invoicexpress_generated
import pytest
import yaml
from generator import contract as reading
from invoicexpress_generated import models
from invoicexpress_generated.types import Request
from invoicexpress_wire import is_object
from openapi_python_client.config import ConfigFile

from tests.folded import folded

from .support import IMPORT_PATH, SETTINGS, TARGET, load_contract

CONTRACT: Final = load_contract()
SCHEMAS: Final[dict[str, Any]] = {
    name: schema for name, schema in CONTRACT["components"]["schemas"].items() if not schema.get("x-errors")
}
PACKAGE: Final = "invoicexpress_generated"


class Operation(NamedTuple):
    """An operation of the contract and the module generated from it."""

    path: str
    method: str
    content: Mapping[str, Any]

    @property
    def operation_id(self) -> str:
        """The id in the contract."""
        return str(self.content["operationId"])

    @property
    def module_name(self) -> str:
        """The module's name in the package: `listDocuments` becomes `list_documents`."""
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.operation_id).lower()
        return f"api.{self.content['tags'][0]}.{name}"

    def module(self) -> ModuleType:
        """Its module."""
        return importlib.import_module(f"{PACKAGE}.{self.module_name}")


OPERATIONS: Final = [Operation(*entry) for entry in reading.operations(CONTRACT)]
by_id: Final = folded("operation", OPERATIONS, ids=lambda entry: entry.operation_id)


def module_names() -> list[str]:
    """Every module of the generated package."""
    return sorted(
        ".".join((PACKAGE, *path.relative_to(TARGET).with_suffix("").parts)).removesuffix(".__init__")
        for path in TARGET.rglob("*.py")
    )


# --- operations -----------------------------------------------------------------------------------


def test_each_operation_has_a_module_and_each_module_an_operation() -> None:
    found = {name.removeprefix(f"{PACKAGE}.") for name in module_names() if f"{PACKAGE}.api." in name}
    tags = {f"api.{operation.content['tags'][0]}" for operation in OPERATIONS}
    assert found - tags == {operation.module_name for operation in OPERATIONS}
    assert len(OPERATIONS) == sum(
        isinstance(content, dict) and "responses" in content
        for item in CONTRACT["paths"].values()
        for content in item.values()
    )


@by_id
def test_the_module_builds_the_operation_s_request(operation: Operation) -> None:
    module = operation.module()
    parameters = inspect.signature(module.request).parameters
    values = {
        name: _argument(name, operation) for name, each in parameters.items() if each.default is each.empty
    }
    request: Request = module.request(**values)
    assert request.operation == operation.operation_id
    assert request.method == operation.method.upper()
    template = re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(operation.path))
    assert re.fullmatch(template, request.path)
    assert (request.body is not None) == ("requestBody" in operation.content)


def _argument(name: str, operation: Operation) -> Any:
    """Any valid argument for the operation."""
    if name != "body":
        named = [_resolved(each) for each in operation.content["parameters"]]
        schema = _resolved(next(each["schema"] for each in named if _python_name(each) == name))
        return 7 if schema["type"] == "integer" else "invoices"
    reference = operation.content["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    model: Any = getattr(models, reference.rpartition("/")[2])

    class Body(model):  # type: ignore[misc, unused-ignore] # its class is known at run time only
        def to_dict(self) -> dict[str, Any]:
            return {}

    return Body("", None)


@by_id
def test_the_module_takes_every_parameter(operation: Operation) -> None:
    parameters = [_resolved(parameter) for parameter in operation.content.get("parameters", [])]
    wanted = [_python_name(each) for each in parameters]
    if "requestBody" in operation.content:
        wanted.append("body")
    assert sorted(inspect.signature(operation.module().request).parameters) == sorted(wanted)


def _python_name(parameter: dict[str, Any]) -> str:
    return re.sub(r"\W+", "_", parameter["name"]).strip("_")


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found: Any = CONTRACT
    for key in node["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    return _resolved(found)


@by_id
def test_the_module_reads_each_success_and_nothing_else(operation: Operation) -> None:
    module = operation.module()
    errors = importlib.import_module(f"{PACKAGE}.errors")
    types = importlib.import_module(f"{PACKAGE}.types")
    for status in [*range(100, 600), 999]:
        promised = operation.content["responses"].get(str(status), {})
        response = types.Response(status, {}, b"")
        if not 200 <= status < 300 or not promised:
            with pytest.raises(errors.UnexpectedStatus):
                module.parse(response)
        elif "content" in promised and not promised.get("x-may-be-empty"):
            with pytest.raises(errors.UnreadableBody):
                module.parse(response)
        else:
            assert module.parse(response) is None


# --- schemas --------------------------------------------------------------------------------------


def test_each_component_is_a_class_or_an_alias() -> None:
    # Enums inside parameters and properties have no name in the contract; the generator makes one up.
    inline = {name for name in models.__all__ if name not in SCHEMAS and not _names_fields(name)}
    assert SCHEMAS.keys() <= set(models.__all__)
    assert [name for name in inline if not _is_alias(name)] == []


def _is_alias(name: str) -> bool:
    return not isinstance(getattr(models, name), type)


def _names_fields(name: str) -> bool:
    """Whether it is the type of a sent model's fields, for those who make one."""
    return name not in SCHEMAS and name.endswith("Fields") and name.removesuffix("Fields") in SCHEMAS


@folded("name", SCHEMAS)
def test_the_class_has_what_the_component_has(name: str) -> None:
    schema = SCHEMAS[name]
    if "enum" in schema:
        values, text = get_args(getattr(models, name))
        assert set(get_args(values)) == set(schema["enum"])
        assert text is str, "an unknown value must pass"
        return
    fields = {field.name for field in attrs.fields(getattr(models, name))} - {"additional_properties"}
    properties = reading.properties_of(CONTRACT, CONTRACT["components"]["schemas"][name])
    if schema.get("x-envelope"):
        assert fields == {"root", "value"} | (properties.keys() & set(reading.ENVELOPE_SIBLINGS))
    else:
        assert fields == {_snake(each) for each in properties}


@folded("name", SCHEMAS)
def test_descriptions_stand_in_the_docstrings(name: str) -> None:
    source = inspect.getsource(importlib.import_module(f"{PACKAGE}.models.{_snake(name)}"))
    words = " ".join(source.split())
    descriptions = [SCHEMAS[name]["description"]]
    if "enum" not in SCHEMAS[name] and not SCHEMAS[name].get("x-envelope"):
        own = reading.properties_of(CONTRACT, CONTRACT["components"]["schemas"][name]).values()
        descriptions += [each["description"] for each in own if "description" in each]
    missing = [text for text in descriptions if " ".join(text.split()) not in words]
    assert missing == []


# --- fields of sent models ------------------------------------------------------------------------

FIELDS: Final = [name for name in models.__all__ if _names_fields(name)]
"""Names of the types of fields."""


def _required(schema: Mapping[str, Any]) -> set[str]:
    """The properties that a component requires, with those of its parts."""
    resolved = reading.resolved(CONTRACT, schema)
    return set(resolved.get("required", ())).union(*map(_required, resolved.get("allOf", ())))


def test_every_sent_model_has_the_type_of_its_fields() -> None:
    sent = reading.schema_names(CONTRACT, reading.request_bodies(CONTRACT))
    with_fields = {
        name
        for name in sent
        if not SCHEMAS[name].get("x-envelope") and reading.properties_of(CONTRACT, SCHEMAS[name])
    }
    assert {f"{name}Fields" for name in with_fields} == set(FIELDS)


@folded("name", FIELDS)
def test_the_fields_are_required_as_the_contract_says(name: str) -> None:
    kind, schema = getattr(models, name), SCHEMAS[name.removesuffix("Fields")]
    required = {_snake(each) for each in _required(schema)}
    assert kind.__required_keys__ == required
    assert (
        kind.__optional_keys__
        == {_snake(each) for each in reading.properties_of(CONTRACT, schema)} - required
    )


@folded("name", FIELDS)
def test_only_optional_fields_take_none(name: str) -> None:
    kind = getattr(models, name)
    takes_none = {field for field, hint in get_type_hints(kind).items() if NoneType in get_args(hint)}
    assert takes_none == kind.__optional_keys__


@folded("name", FIELDS)
def test_the_meaning_of_each_field_stands_below_it_and_in_the_docstring(name: str) -> None:
    """An editor shows the former, `help` the latter."""
    kind = getattr(models, name)
    (tree,) = [
        node
        for node in ast.parse(inspect.getsource(sys.modules[kind.__module__])).body
        if isinstance(node, ast.ClassDef)
    ]
    below = {
        field.target.id: " ".join(text.value.value.split())
        for field, text in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
    parts = reading.properties_of(CONTRACT, SCHEMAS[name.removesuffix("Fields")])
    told = {_snake(field): _described(schema) for field, schema in parts.items()}
    assert below == told
    sections = re.split(r"(?:^|\n\n)(?:Required|Optional):\n", inspect.getdoc(kind) or "")[1:]
    entries = [
        {entry.partition(" (")[0]: entry.partition("): ")[2] for entry in _entries(section)}
        for section in sections
    ]
    expected = [
        {field: told[field] for field in keys}
        for keys in (kind.__required_keys__, kind.__optional_keys__)
        if keys
    ]
    assert entries == expected


def _described(schema: Mapping[str, Any]) -> str:
    """The description of a property: its own, or else that of its schema."""
    text: str = schema.get("description") or reading.resolved(CONTRACT, schema)["description"]
    return " ".join(text.split())


def _entries(section: str) -> list[str]:
    """The entries of a section of a docstring, each on one line."""
    return [" ".join(entry.split()) for entry in re.split(r"\n(?=    \S)", section)]


def test_each_field_that_is_sent_is_told_in_a_sentence() -> None:
    """A sentence says more than the name, and ends."""
    poor = [
        f"{name}.{field}: {text}"
        for name in FIELDS
        for field, schema in reading.properties_of(CONTRACT, SCHEMAS[name.removesuffix("Fields")]).items()
        if not (text := _described(schema)).endswith(".") or len(text.split()) < 2
    ]
    assert poor == []


def test_each_amount_that_is_sent_names_its_unit() -> None:
    unit = re.compile(r"percent|currency|units of|2 decimals")
    silent = [
        f"{name}.{field}: {text}"
        for name in FIELDS
        for field, schema in reading.properties_of(CONTRACT, SCHEMAS[name.removesuffix("Fields")]).items()
        if str(schema.get("format")).startswith("decimal-") and not unit.search(text := _described(schema))
    ]
    assert silent == []


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


# --- imports --------------------------------------------------------------------------------------

ALONE: Final = """
import importlib, json, sys
names, failures = json.loads(sys.stdin.read()), {}
for name in names:
    for loaded in [each for each in sys.modules if each.split(".")[0] == "invoicexpress_generated"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        failures[name] = repr(error)
    if "httpx" in sys.modules:
        failures[name] = "loads the HTTP library"
    for loaded in [each for each in sys.modules if each.split(".")[0] in ("httpx", "httpcore")]:
        del sys.modules[loaded]
print(json.dumps(failures))
"""
LAZY: Final = """
import json, sys
from invoicexpress_generated import models
def loaded():
    return sorted(each for each in sys.modules if each.startswith("invoicexpress_generated.models."))
before = loaded()
models.Pagination
after = loaded()
models.EmailRecipient.of(email="ana@example.com", save=False)
sent = loaded()
from invoicexpress_generated.models import *
missing = [name for name in models.__all__ if name not in globals()]
hidden = sorted(set(dir(models)) ^ set(models.__all__))
print(json.dumps([before, after, sent, missing, hidden, "httpx" in sys.modules]))
"""


def run(program: str, given: object = None) -> Any:
    """Runs a program in a separate process, and returns its JSON output."""
    completed = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path[:0] = {IMPORT_PATH!r}\n{program}"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert completed.returncode == 0, completed.stderr
    return json.loads(completed.stdout)


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_each_module_imports_alone_and_without_the_http_library(order: str) -> None:
    """Each starts from a clean slate, so none relies on modules loaded by another."""
    names = module_names() if order == "forwards" else module_names()[::-1]
    assert run(ALONE, names) == {}


def test_the_models_are_loaded_when_they_are_asked_for() -> None:
    before, after, sent, missing, hidden, http = run(LAZY)
    assert before == []
    assert after == ["invoicexpress_generated.models.pagination"]
    assert sent == ["invoicexpress_generated.models.email_recipient", *after], "no type of fields"
    assert missing == []
    assert hidden == []
    assert not http


def test_the_models_name_all_that_they_have() -> None:
    modules = {
        name.removeprefix(f"{PACKAGE}.models.") for name in module_names() if f"{PACKAGE}.models." in name
    }
    fields = {f"fields.{_snake(name.removesuffix('Fields'))}" for name in FIELDS}
    named = {_snake(name) for name in models.__all__ if not _names_fields(name)}
    assert named | fields | {"fields"} == modules
    assert list(models.__all__) == sorted(models.__all__)


def test_a_model_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        # This must fail, and both checkers agree.
        _ = models.Nothing  # type: ignore[attr-defined, unused-ignore]  # pyright: ignore[reportAttributeAccessIssue]


def test_the_package_is_typed() -> None:
    assert (TARGET / "py.typed").read_bytes() == b""
    assert Path(invoicexpress_generated.__file__).parent == TARGET


# --- settings -------------------------------------------------------------------------------------


def test_each_setting_is_one_that_the_generator_knows() -> None:
    """The generator ignores misspelt settings."""
    settings: Any = yaml.safe_load(SETTINGS.read_text("utf-8"))
    assert is_object(settings)
    assert settings.keys() - ConfigFile.model_fields.keys() == set()


def test_each_setting_reaches_the_generator() -> None:
    settings = yaml.safe_load(SETTINGS.read_text("utf-8"))
    loaded = ConfigFile.load_from_path(SETTINGS)
    defaults = ConfigFile()
    assert {name: getattr(loaded, name) for name in settings} == settings
    assert [name for name in settings if settings[name] == getattr(defaults, name)] == []
