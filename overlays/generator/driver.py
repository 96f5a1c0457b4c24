"""Runs openapi-python-client on the contract, with our wire formats and templates."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import invoicexpress_wire
from openapi_python_client import Project, strings
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.responses import Response

from . import contract as reading
from . import expressions, field_docs, refusals, wire_formats
from .header import HEADER
from .refusals import FIELDS_FOLDER, properties

TEMPLATES: Final = Path(__file__).parent / "templates"
FIELDS_TEMPLATE: Final = "fields.py.jinja"
"""The one template that replaces none of the generator's."""
_FIELDS_HEAD: Final = '''"""The fields of sent models, as keyword arguments. Each loads on first use."""
'''


class GenerationError(Exception):
    """The generator lost or refused part of the contract; the message is its report."""


class _Package(Project):
    """A package whose models have the types of their fields in modules of their own.

    A program needs those for its types and for `help` alone, so they load when their names are used.
    """

    def _build_models(self) -> None:
        super()._build_models()
        folder = self.package_dir / "models" / FIELDS_FOLDER
        folder.mkdir()
        (folder / "__init__.py").write_text(_FIELDS_HEAD, "utf-8")
        template = self.env.get_template(FIELDS_TEMPLATE)
        has_fields = cast("Callable[[str], bool]", self.env.globals["has_fields"])
        for model in self.openapi.models:
            if has_fields(str(model.class_info.name)):
                path = folder / f"{model.class_info.module_name}.py"
                path.write_text(template.render(model=model), "utf-8")


class NestedModel(NamedTuple):
    """A model inside a sent model, and its module."""

    name: str
    module_name: str


def for_generation(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the contract that becomes code: requests and successes.

    Errors stay out. One hand-written reader takes their eight shapes; as typed return values they would hide
    the status.
    """
    reduced = deepcopy(dict(contract))
    for operation in reading.operations(reduced):
        content = cast("dict[str, Any]", operation.content)  # part of the copy, so safe to change
        content["responses"] = {
            status: response for status, response in content["responses"].items() if status.startswith("2")
        }
        for response in content["responses"].values():
            response.pop("links", None)
        for entry in content.get("parameters", []):
            # The generator reads the description of a parameter from its schema only.
            parameter = reading.resolved(reduced, entry)
            parameter["schema"].setdefault("description", parameter.get("description", ""))
    components = reduced["components"]
    for unused in ("links", "responses"):
        components.pop(unused, None)
    components["schemas"] = {
        name: schema for name, schema in components["schemas"].items() if not schema.get("x-errors")
    }
    return reduced


def parameter_schemas(contract: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The schema of each parameter, by operation id and name."""
    return {
        (operation.operation_id, parameter["name"]): reading.resolved(contract, parameter["schema"])
        for operation in reading.operations(contract)
        for parameter in (
            reading.resolved(contract, entry) for entry in operation.content.get("parameters", [])
        )
    }


def _extra(data: Any, key: str) -> Any:
    extra: dict[str, Any] = data.model_extra or {}
    return extra.get(key)


def _is_sibling(prop: PropertyProtocol) -> bool:
    return prop.name.get_untrusted_value() in reading.ENVELOPE_SIBLINGS


def _envelope_roots(model: ModelProperty) -> list[Any]:
    return [prop for prop in properties(model) if not _is_sibling(prop)]


def _envelope_siblings(model: ModelProperty) -> list[Any]:
    return [prop for prop in properties(model) if _is_sibling(prop)]


def _value_type_of(roots: Iterable[PropertyProtocol]) -> str:
    """The type of the values that the roots of an envelope hold."""
    types = {root.get_type_string(no_optional=True).as_unembedded_code() for root in roots}
    return " | ".join(sorted(types))


def _nested_models(model: ModelProperty) -> list[NestedModel]:
    if _extra(model.data, "x-envelope"):
        return []
    names = {expressions.nested_model(prop) for prop in properties(model)} - {model.class_info.name}
    return [NestedModel(name, strings.snake_case(name)) for name in sorted(filter(None, names))]


def _choices(props: Iterable[PropertyProtocol]) -> list[str]:
    """Imports of the enums' known values in some properties, against which sent values are checked."""
    enums = {enum.class_info.module_name: enum for prop in props for enum in expressions.enums_in(prop)}
    return [f"models.{module} import {expressions.choices(enum)}" for module, enum in sorted(enums.items())]


def _path_expression(endpoint: Endpoint) -> str:
    """The path as the inside of an f-string, with an expression for each parameter."""
    parameters = {str(prop.python_name): prop for prop in endpoint.path_parameters}

    def fill(match: re.Match[str]) -> str:
        prop = parameters[match[1]]
        # The client takes the segment from its own table of document types.
        is_choice = isinstance(prop, LiteralEnumProperty)
        formatter = "format_text" if is_choice else expressions.format_function(prop, {})
        return f"{{segment('{prop.name.get_untrusted_value()}', {match[1]}, {formatter})}}"

    path = endpoint.path.get_untrusted_value()
    if not re.fullmatch(r"[\w./{}-]+", path):
        raise GenerationError(f"a path with unusual characters: {path!r}")
    return re.sub(r"\{(\w+)\}", fill, path)


def template_globals(contract: Mapping[str, Any]) -> dict[str, object]:
    """The names used by the templates, besides the generator's."""
    sent = reading.schema_names(contract, reading.request_bodies(contract))
    answered = reading.schema_names(contract, reading.responses(contract))
    operation_ids: dict[str, str] = {
        str(strings.PythonIdentifier(operation.operation_id, prefix="field_")): operation.operation_id
        for operation in reading.operations(contract)
    }

    def is_sent(model: ModelProperty) -> bool:
        return str(model.class_info.name) in sent

    def is_read(model: ModelProperty) -> bool:
        """Whether it needs `from_dict`: a model that only requests carry is never read."""
        name = str(model.class_info.name)
        return name in answered or name not in sent

    def is_envelope(model: ModelProperty) -> bool:
        return bool(_extra(model.data, "x-envelope"))

    def has_fields(name: str) -> bool:
        """Whether the module of a model also has the type of its fields, for those who make one."""
        schema = contract["components"]["schemas"].get(name, {})
        is_model = bool(reading.properties_of(contract, schema))
        return name in sent and is_model and not schema.get("x-envelope")

    def with_fields(names: Iterable[str]) -> list[str]:
        """Names of models, and of the types of their fields."""
        return sorted({*names, *(f"{name}Fields" for name in names if has_fields(name))})

    def loads_roots_on_use(model: ModelProperty) -> bool:
        """Whether an envelope loads the model of a root when it reads one: it has several, and reads one."""
        roots = _envelope_roots(model)
        kinds = {root.class_info.name for root in roots if isinstance(root, ModelProperty)}
        has_only_models = all(isinstance(root, ModelProperty) for root in roots)
        return is_envelope(model) and not is_sent(model) and has_only_models and len(kinds) > 1

    def may_be_empty(response: Response) -> bool:
        return bool(_extra(response.data, "x-may-be-empty"))

    def schema_of(model: ModelProperty, prop: PropertyProtocol) -> Mapping[str, Any]:
        component = contract["components"]["schemas"][str(model.class_info.name)]
        own = reading.properties_of(contract, component).get(prop.name.get_untrusted_value(), {})
        return reading.resolved(contract, own)

    def is_secret(model: ModelProperty, prop: PropertyProtocol) -> bool:
        return bool(schema_of(model, prop).get("x-secret"))

    def has_secret_root(model: ModelProperty) -> bool:
        return any(is_secret(model, root) for root in _envelope_roots(model))

    def sent_expression(model: ModelProperty, prop: PropertyProtocol, source: str) -> str:
        expression = expressions.format_expression(prop, source, strict=True)
        return expressions.constrained_expression(prop, expression, schema_of(model, prop))

    def is_list(prop: PropertyProtocol) -> bool:
        return isinstance(expressions.is_optional_none(prop)[0], ListProperty)

    def operation_id(endpoint: Endpoint) -> str:
        return operation_ids[str(endpoint.name)]

    schemas = parameter_schemas(contract)

    def parameter_formatter(endpoint: Endpoint, prop: PropertyProtocol) -> str:
        schema = schemas[operation_id(endpoint), prop.name.get_untrusted_value()]
        return expressions.format_function(prop, schema)

    return {
        "wire_names": ", ".join(invoicexpress_wire.__all__),
        "success_statuses": [str(status) for status in range(200, 300)],
        "is_sent": is_sent,
        "is_read": is_read,
        "is_envelope": is_envelope,
        "has_fields": has_fields,
        "with_fields": with_fields,
        "loads_roots_on_use": loads_roots_on_use,
        "is_list": is_list,
        "is_secret": is_secret,
        "has_secret_root": has_secret_root,
        "sent_expression": sent_expression,
        "may_be_empty": may_be_empty,
        "operation_id": operation_id,
        "envelope_roots": _envelope_roots,
        "envelope_siblings": _envelope_siblings,
        "value_type_of": _value_type_of,
        "nested_models": _nested_models,
        "choices": _choices,
        "path_expression": _path_expression,
        "parse_expression": expressions.parse_expression,
        "field_expression": expressions.field_expression,
        "parse_function": expressions.parse_function,
        "format_expression": expressions.format_expression,
        "written_expression": expressions.written_expression,
        "parameter_formatter": parameter_formatter,
        "field_annotation": field_docs.annotation,
        "fields_docstring": field_docs.docstring,
        "nested_model": expressions.nested_model,
    }


def generate(contract: Mapping[str, Any], settings: Path, output: Path) -> None:
    """Writes the package into `output`, a new folder. Raises GenerationError on any loss or warning."""
    wire_formats.register()
    reduced = for_generation(contract)
    config = Config.from_sources(
        ConfigFile.load_from_path(settings),
        meta_type=MetaType.NONE,
        document_source=settings,
        file_encoding="utf-8",
        overwrite=False,
        output_path=output,
    )
    data = GeneratorData.from_dict(reduced, config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(_report([data]))
    refused = list(refusals.findings(data, reduced))
    if refused:
        raise GenerationError("\n".join(refused))
    project = _Package(openapi=data, config=config, custom_template_path=TEMPLATES)
    names: dict[str, Any] = project.env.globals
    names.update(template_globals(reduced))
    # The hooks call ruff: put this environment's pinned version first on the PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with redirect_stdout(StringIO()):  # it prints the name of a temporary folder
        problems = list(project.build())
    if problems:
        raise GenerationError(_report(problems))
    # The client sends requests in its own way (`sending`).
    (output / "client.py").unlink()
    _add_headers(output)
    (output / "py.typed").write_bytes(b"")
    shutil.rmtree(output / ".ruff_cache", ignore_errors=True)


def _add_headers(folder: Path) -> None:
    """Puts the header above each module, after the hooks: isort would move it with the first import."""
    for path in folder.rglob("*.py"):
        path.write_text(f"{HEADER}\n{path.read_text('utf-8')}", "utf-8")


def _report(problems: list[GeneratorError]) -> str:
    return "\n".join(f"{problem.header}: {problem.detail}" for problem in problems)


def rebuild(contract: Mapping[str, Any], settings: Path, target: Path) -> None:
    """Replaces the package at `target` with a fresh one. On an error the old one stays."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        generate(contract, settings, fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def differences(contract: Mapping[str, Any], settings: Path, target: Path) -> list[str]:
    """Files of the package at `target` that differ from a fresh generation."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / target.name
        generate(contract, settings, fresh)
        return sorted(_differing_files(fresh, target))


def _differing_files(fresh: Path, target: Path) -> Iterator[str]:
    def files(folder: Path) -> set[Path]:
        return {
            path.relative_to(folder)
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    new, old = files(fresh), files(target)
    yield from (f"{path} is missing" for path in new - old)
    yield from (f"{path} is not generated" for path in old - new)
    yield from (
        f"{path} differs" for path in new & old if not filecmp.cmp(fresh / path, target / path, shallow=False)
    )
