"""Expands the compact contract into the concrete one: literal paths, exact root keys, closed envelopes.

People edit the compact contract, where `/{document-type}.json` stands for one path per document type. It
would accept an `invoice` body on `/quotes.json`, and a fuzzer would report false failures. So validators,
schema checks and fuzzers read the concrete form. This module names no document type: a new type is a new row
of `x-document-types`.

Where the documented and the observed wire differ, a `oneOf` holds both, each marked with `x-wire`;
`for_profile` keeps one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import yaml
from invoicexpress_wire import is_array, is_object

from . import contract as reading
from .contract import DocumentType, Operation, Tree, Wire
from .header import HEADER

LINE_WIDTH: Final = 110

EVENTS_WITH_A_MESSAGE: Final = frozenset({"canceled"})
"""The service refuses to cancel an invoice or a receipt without a message (vendor docs 2026-07; square-bit
2026-04)."""

EMULATOR: Final[Tree] = {
    "url": "http://{host}:{port}",
    "description": "The emulator of this project, `python -m invoicexpress_emulator`.",
    "variables": {
        "host": {"default": "127.0.0.1", "description": "Address it listens on; loopback by default."},
        "port": {"default": "8080", "description": "Its port."},
    },
}

PATTERNS: Final[Mapping[str, str]] = {
    "date-pt": r"^\d{2}/\d{2}/\d{4}$",
    "date-iso": r"^\d{4}-\d{2}-\d{2}$",
    "datetime-pt": r"^\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}$",
    "decimal-string": r"^-?\d+(\.\d+)?$",
    "decimal-number": r"^-?\d+(\.\d+)?$",
    "integer-loose": r"^-?\d+$",
}
"""The pattern of a text in each wire format, for validators that do not know the format. A pattern applies to
texts only, so a JSON number in the same field still passes."""

# Of two kinds of evidence, the weaker counts.
_WEAKNESS: Final = {"documented": 0, "observed": 0, "legacy": 1, "assumed": 2}


class Branch(NamedTuple):
    """A root key of an envelope, and the wire that uses it; None when both wires do."""

    root: str
    wire: Wire | None = None


class Expansion(NamedTuple):
    """The compact contract and its table, read once."""

    contract: Tree
    types: list[DocumentType]
    sent: set[str]
    """Names of the schemas that request bodies reach."""

    @property
    def schemas(self) -> Tree:
        """The component schemas of the compact contract."""
        schemas: Tree = self.contract["components"]["schemas"]
        return schemas

    def envelope(self, node: Any) -> Tree | None:
        """The envelope that a body refers to directly, if any."""
        for media in node.get("content", {}).values():
            schema = reading.resolved(self.contract, media.get("schema", {}))
            if reading.is_envelope(schema):
                return schema
        return None

    def type_of(self, segment: object) -> DocumentType | None:
        """The document type with this path segment."""
        return next((row for row in self.types if row.segment == segment), None)


def expand(contract: Tree) -> dict[str, Any]:
    """The concrete contract. Raises ValueError if the compact one contradicts itself."""
    expansion = Expansion(
        contract,
        reading.document_types(contract),
        reading.schema_names(contract, reading.request_bodies(contract)),
    )
    document: dict[str, Any] = {
        key: value
        for key, value in contract.items()
        if key not in ("x-document-types", "servers", "paths", "components")
    }
    paths = _paths(expansion)
    components = {**contract["components"], "schemas": _schemas(expansion)}
    ordered = {
        "openapi": document.pop("openapi"),
        "info": document.pop("info"),
        "servers": [*contract["servers"], EMULATOR],
        **document,
        "paths": paths,
        "components": components,
    }
    _require_targets(ordered)
    return _with_patterns(_without_unused(ordered))


def render(document: Tree) -> str:
    """The text of a contract: the same bytes for the same content, without anchors."""
    body = yaml.dump(
        document, Dumper=_PlainDumper, sort_keys=False, width=LINE_WIDTH, allow_unicode=True, encoding=None
    )
    return HEADER + str(body)


class _PlainDumper(yaml.SafeDumper):
    """Writes repeated content in full: an alias would tie places that only happen to be equal."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def for_profile(document: Tree, profile: Wire) -> dict[str, Any]:
    """The concrete contract of one wire, for validating the emulator of that profile."""
    kept: dict[str, Any] = _of_profile(document, profile)
    return kept


def _of_profile(node: Any, profile: Wire) -> Any:
    if is_array(node):
        return [_of_profile(entry, profile) for entry in node if not _is_foreign(entry, profile)]
    if not is_object(node):
        return node
    kept = {
        key: _of_profile(value, profile) for key, value in node.items() if not _is_foreign(value, profile)
    }
    alternatives = node.get("oneOf", [])
    if len(alternatives) > len(kept.get("oneOf", [])) == 1:
        only = {key: value for key, value in kept.pop("oneOf")[0].items() if key != "x-wire"}
        return {**kept, **only}
    return kept


def _is_foreign(node: Any, profile: Wire) -> bool:
    """Whether a node belongs to the other wire. On a field, `x-wire` is an object: a remark for readers."""
    wire = node.get("x-wire") if is_object(node) else None
    return isinstance(wire, str) and wire in reading.WIRES and wire != profile


# --- envelopes ------------------------------------------------------------------------------------


def _branches(
    expansion: Expansion, envelope: Tree, row: DocumentType | None, chosen: str | None
) -> list[Branch]:
    """The roots an envelope may have at one place, the observed one first."""
    wires = envelope.get("x-wire")
    if wires is not None:
        return [Branch(wires[wire], wire) for wire in reading.WIRES]
    roots = reading.envelope_roots(envelope)
    if len(roots) == 1:
        return [Branch(root) for root in roots]
    if row is None:
        return [Branch(chosen)] if chosen is not None else []
    if reading.is_list_envelope(envelope):
        # The vendor documents no list of a single type; the live service uses the type's own key.
        return [Branch(row.list_key)]
    own, fixed = row.root, row.fixed_root
    return [Branch(own)] if own == fixed else [Branch(own, "observed"), Branch(fixed, "documented")]


def _schemas(expansion: Expansion) -> dict[str, Any]:
    """Component schemas: each envelope becomes a closed object; one with many roots becomes one per place."""
    found: dict[str, Any] = {}
    for name, schema in expansion.schemas.items():
        if not reading.is_envelope(schema):
            found[name] = schema
        elif reading.needs_choice(schema):
            found.update(_chosen_envelopes(expansion, name, schema))
        else:
            found[name] = _closed(schema, _branches(expansion, schema, None, None), None, expansion, name)
    return found


def _chosen_envelopes(expansion: Expansion, name: str, envelope: Tree) -> Iterator[tuple[str, Any]]:
    """An envelope with many roots, once per document type and once per root named by a place."""
    roots = reading.envelope_roots(envelope)
    for row in expansion.types:
        branches = _branches(expansion, envelope, row, None)
        if all(branch.root in roots for branch in branches):
            yield _name_for_type(name, row), _closed(envelope, branches, row, expansion, name)
    for root in roots:
        branches = _branches(expansion, envelope, None, root)
        yield _name_for_root(name, root), _closed(envelope, branches, None, expansion, name)


def _name_for_type(envelope: str, row: DocumentType) -> str:
    return f"{envelope}_{row.segment}"


def _name_for_root(envelope: str, root: str) -> str:
    return f"{envelope}_under_{root}"


def _closed(
    envelope: Tree, branches: list[Branch], row: DocumentType | None, expansion: Expansion, name: str
) -> dict[str, Any]:
    """A closed object for a single branch, or a `oneOf` of closed objects.

    A request may carry either root (diogopms 2026-06: the service accepts both), so its branches belong to no
    wire.
    """
    is_sent = name in expansion.sent
    remarks = {
        key: value
        for key, value in envelope.items()
        if key not in ("x-envelope", "x-wire", "type", "required", "properties")
    }
    shapes = [
        ({} if is_sent or branch.wire is None else {"x-wire": branch.wire})
        | _closed_object(envelope, branch.root, row, expansion, is_sent=is_sent)
        for branch in branches
    ]
    return {**remarks, **(shapes[0] if len(shapes) == 1 else {"oneOf": shapes})}


def _closed_object(
    envelope: Tree, root: str, row: DocumentType | None, expansion: Expansion, *, is_sent: bool
) -> dict[str, Any]:
    content = envelope["properties"][root]
    if is_sent and row is not None:
        content = _narrowed(content, row, expansion.contract)
    siblings = {
        key: value
        for key, value in envelope["properties"].items()
        if key in reading.ENVELOPE_SIBLINGS and _is_allowed(key, row)
    }
    return {
        "type": "object",
        "required": [root, *(key for key in envelope.get("required", []) if key in siblings)],
        "properties": {root: content, **siblings},
        "additionalProperties": False,
    }


def _is_allowed(sibling: str, row: DocumentType | None) -> bool:
    return sibling not in reading.OF_IDEMPOTENT_TYPES or row is None or row.idempotent_create


def _narrowed(content: Any, row: DocumentType, contract: Tree) -> Any:
    """The content of a body, narrowed to the events of a document type and to its need for a client."""
    properties = reading.properties_of(contract, content)
    conditions: list[Any] = []
    if "client" in properties and row.client == "required":
        conditions.append({"type": "object", "required": ["client"]})
    if "state" in properties:
        conditions.append(_allowed_events(row))
    return {"allOf": [content, *conditions]} if conditions else content


def _allowed_events(row: DocumentType) -> dict[str, Any]:
    quiet = [event for event in row.events if event not in EVENTS_WITH_A_MESSAGE]
    explained = [event for event in row.events if event in EVENTS_WITH_A_MESSAGE]
    shapes: list[dict[str, Any]] = []
    if quiet:
        shapes.append(
            {
                "type": "object",
                "required": ["state"],
                "properties": {"state": {"type": "string", "enum": quiet}},
            }
        )
    if explained:
        message = {"type": "string", "minLength": 1}
        state = {"type": "string", "enum": explained}
        shapes.append(
            {
                "type": "object",
                "required": ["state", "message"],
                "properties": {"state": state, "message": message},
            }
        )
    return shapes[0] if len(shapes) == 1 else {"oneOf": shapes}


# --- paths ----------------------------------------------------------------------------------------


def _paths(expansion: Expansion) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for path, item in expansion.contract["paths"].items():
        for row in _rows_of(expansion, path):
            literal = path if row is None else path.replace(reading.TYPE_SEGMENT, row.segment)
            for key, value in _path_item(expansion, path, literal, item, row).items():
                if key in paths.setdefault(literal, {}):
                    raise reading.ContractError(
                        f"{literal} has two of `{key}`: a literal path and a row of x-document-types"
                    )
                paths[literal][key] = value
    return {path: item for path, item in paths.items() if any(key in reading.METHODS for key in item)}


def _rows_of(expansion: Expansion, path: str) -> list[DocumentType] | list[None]:
    return expansion.types if reading.TYPE_SEGMENT in path else [None]


def _path_item(
    expansion: Expansion, path: str, literal: str, item: Tree, row: DocumentType | None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in item.items():
        if key == "parameters":
            found[key] = _parameters(expansion, value, row)
        elif key not in reading.METHODS:
            found[key] = value
        elif row is None or value["operationId"] in row.operations:
            found[key] = _operation(expansion, Operation(path, key, value), literal, row)
    return found


def _operation(
    expansion: Expansion, operation: Operation, literal: str, row: DocumentType | None
) -> dict[str, Any]:
    content: dict[str, Any] = dict(operation.content)
    of_family: list[str] | None = content.pop(reading.FAMILY_LIST, None)
    if row is not None:
        content = _of_type(content, row)
    if of_family is not None and row is not None and literal != row.family_list:
        content["deprecated"] = True
        content["parameters"] = [
            parameter
            for parameter in content["parameters"]
            if reading.resolved(expansion.contract, parameter)["name"] not in of_family
        ]
    if "parameters" in content:
        content["parameters"] = _parameters(expansion, content["parameters"], row)
        if not content["parameters"]:
            del content["parameters"]
    if "requestBody" in content:
        content["requestBody"] = _body(expansion, content["requestBody"], row, operation)
    content["responses"] = {
        status: _response(expansion, response, row, operation)
        for status, response in content["responses"].items()
        if row is None or row.idempotent_create or not response.get("x-idempotent-only")
    }
    return content


def _of_type(content: dict[str, Any], row: DocumentType) -> dict[str, Any]:
    """An operation for one type: with its own id, and evidence no stronger than the type's."""
    named = {
        **content,
        "operationId": _operation_id(content["operationId"], row),
        "summary": f"{content['summary'].rstrip('.')} ({row.segment}).",
        "x-evidence": max(content["x-evidence"], row.evidence, key=_WEAKNESS.__getitem__),
        "x-document-type": row.segment,
    }
    return {**named, "deprecated": True} if row.deprecated else named


def _operation_id(operation_id: str, row: DocumentType) -> str:
    return f"{operation_id}_{row.segment}"


def _parameters(
    expansion: Expansion, parameters: list[Any], row: DocumentType | None
) -> list[dict[str, Any]]:
    """The parameters, without the document type where the path states it."""
    return [
        dict(parameter)
        for parameter in parameters
        if row is None or reading.resolved(expansion.contract, parameter)["name"] != reading.TYPE_PARAMETER
    ]


def _body(expansion: Expansion, body: Tree, row: DocumentType | None, operation: Operation) -> dict[str, Any]:
    """A body whose references to envelopes with many roots lead to the envelope of this place."""
    names: dict[str, str] = {}
    for name in reading.schema_names(expansion.contract, [body]):
        schema = expansion.schemas[name]
        if not (reading.is_envelope(schema) and reading.needs_choice(schema)):
            continue
        if row is not None:
            names[name] = _name_for_type(name, row)
        elif "x-root" in body:
            names[name] = _name_for_root(name, body["x-root"])
        else:
            raise reading.ContractError(
                f"{operation.place}: {name} has several roots; choose one with x-root"
            )
    replaced: dict[str, Any] = _with_references(body, names)
    return {key: value for key, value in replaced.items() if key not in ("x-root", "x-idempotent-only")}


def _with_references(node: Any, names: Mapping[str, str]) -> Any:
    if is_object(node):
        found = {key: _with_references(value, names) for key, value in node.items()}
        name = reading.component_schema(str(node.get("$ref", "")))
        return found if name not in names else {**found, "$ref": reading.schema_reference(names[name])}
    if is_array(node):
        return [_with_references(entry, names) for entry in node]
    return node


def _response(
    expansion: Expansion, response: Tree, row: DocumentType | None, operation: Operation
) -> dict[str, Any]:
    envelope = expansion.envelope(reading.resolved(expansion.contract, response))
    found = _body(expansion, response, row, operation)
    if "links" in response:
        branches = [] if envelope is None else _branches(expansion, envelope, row, response.get("x-root"))
        found["links"] = _links(expansion, response["links"], branches, row)
    return found


# --- links ----------------------------------------------------------------------------------------


def _links(
    expansion: Expansion, links: Tree, branches: list[Branch], row: DocumentType | None
) -> dict[str, Any]:
    """The links of one place. `{root}` is the root of the answer; where the wires differ, each gets a
    link."""
    templated = {
        operation.operation_id
        for operation in reading.operations(expansion.contract)
        if reading.TYPE_SEGMENT in operation.path
    }
    found: dict[str, Any] = {}
    for name, reference in links.items():
        link = dict(reading.resolved(expansion.contract, reference))
        parameters = link.get("parameters", {})
        target = expansion.type_of(parameters.get(reading.TYPE_PARAMETER)) or row
        if link["operationId"] in templated:
            if target is None:
                raise reading.ContractError(f"link {name}: choose a type with `{reading.TYPE_PARAMETER}`")
            if link["operationId"] not in target.operations:
                continue
            link["operationId"] = _operation_id(link["operationId"], target)
        link["parameters"] = {
            key: value for key, value in parameters.items() if key != reading.TYPE_PARAMETER
        }
        found.update(_rooted(name, link, branches))
    return found


def _rooted(name: str, link: dict[str, Any], branches: list[Branch]) -> Iterator[tuple[str, dict[str, Any]]]:
    parameters: dict[str, str] = link["parameters"]
    if not any("{root}" in value for value in parameters.values()):
        yield name, link
        return
    for index, branch in enumerate(branches):
        filled = {key: value.replace("{root}", branch.root) for key, value in parameters.items()}
        wire = {} if branch.wire is None else {"x-wire": branch.wire}
        yield name if index == 0 else f"{name}_{branch.wire}", {**link, "parameters": filled, **wire}


# --- the whole document ---------------------------------------------------------------------------


def _require_targets(document: Tree) -> None:
    """Raises ValueError for a dangling reference: the table and an envelope disagree."""
    for reference in reading.references(document):
        try:
            reading.resolve(document, reference)
        except (KeyError, reading.ContractError):
            raise reading.ContractError(
                f"{reference} would have no target: does the envelope have the roots of the type?"
            ) from None


def _without_unused(document: Tree) -> dict[str, Any]:
    """The document without the components that no operation uses; the rest keep their order."""
    used = reading.reachable(document, [document["paths"]])
    components = {
        kind: {
            name: value
            for name, value in entries.items()
            if kind == "securitySchemes" or f"#/components/{kind}/{name}" in used
        }
        for kind, entries in document["components"].items()
    }
    return {**document, "components": {kind: entries for kind, entries in components.items() if entries}}


def _with_patterns(document: dict[str, Any]) -> dict[str, Any]:
    """Adds a pattern to each text in a wire format that has neither a pattern nor an enum."""
    complete: dict[str, Any] = _unshared(document)
    for _, schema in reading.all_schemas(complete):
        pattern = PATTERNS.get(schema.get("format", ""))
        types = reading.types_of(schema)
        if pattern is not None and "string" in types and _is_open_text(schema):
            # The service writes null or "" for an absent value (vendor docs 2026-07; recorded 2019).
            schema["pattern"] = f"^$|{pattern}" if "null" in types else pattern
    return complete


def _unshared(node: Any) -> Any:
    """A deep copy in which no two places share an object."""
    if is_object(node):
        return {key: _unshared(value) for key, value in node.items()}
    return [_unshared(entry) for entry in node] if is_array(node) else node


def _is_open_text(schema: Tree) -> bool:
    """Whether nothing limits the texts of a schema yet."""
    return "pattern" not in schema and "enum" not in schema
