"""Reads a contract: operations, references, schemas, envelopes, and the table of document types.

The expansion, the lint and the code generation share this one reading. Document types are rows of
`x-document-types`; nothing here names one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, NamedTuple

from invoicexpress_wire import is_array, is_object

Tree = Mapping[str, Any]
Wire = Literal["observed", "documented"]

METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
WIRES: Final[tuple[Wire, Wire]] = ("observed", "documented")
"""The two readings of the service, the live one first."""
ENVELOPE_SIBLINGS: Final = ("proprietary_uid", "raw_owner_invoice", "pagination")
"""Keys that may stand beside the root key of an envelope."""
OF_IDEMPOTENT_TYPES: Final = frozenset({"proprietary_uid", "raw_owner_invoice"})
"""Siblings of the invoice family alone, whose creates take an idempotency key."""
FAMILY_LIST: Final = "x-family-list"
"""Marks an operation that is current for the list of a family and deprecated for the list of a single type.
Names the parameters that only the list of the family is known to take.
"""
TYPE_PARAMETER: Final = "document-type"
TYPE_SEGMENT: Final = "{document-type}"

_SCHEMA_REFERENCE: Final = "#/components/schemas/"
_KEYWORDS_WITH_SCHEMAS: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains")
_KEYWORDS_WITH_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_KEYWORDS_WITH_NAMES: Final = ("properties", "patternProperties", "$defs")


class ContractError(ValueError):
    """The contract cannot be read; the message is a sentence."""


class Operation(NamedTuple):
    """One operation, with its path and method."""

    path: str
    method: str
    content: Tree

    @property
    def operation_id(self) -> str:
        """Its id; empty if it has none, which the lint reports."""
        return str(self.content.get("operationId", ""))

    @property
    def place(self) -> str:
        """Method and path, for messages."""
        return f"{self.method.upper()} {self.path}"


class Place(NamedTuple):
    """A schema and its place in the contract."""

    place: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A row of `x-document-types`, complete."""

    segment: str
    root: str
    list_key: str
    type: str
    family: str
    fixed_root: str
    family_list: str
    client: str
    idempotent_create: bool
    events: tuple[str, ...]
    operations: tuple[str, ...]
    evidence: str
    deprecated: bool = False

    @classmethod
    def from_row(cls, row: Tree) -> DocumentType:
        """Raises KeyError with the name of a missing column."""
        return cls(
            **{name: row[name] for name in _TEXTS},
            idempotent_create=bool(row["idempotent_create"]),
            events=tuple(row["events"]),
            operations=tuple(row["operations"]),
            evidence=row["x-evidence"],
            deprecated=bool(row.get("deprecated", False)),
        )


_TEXTS: Final = ("segment", "root", "list_key", "type", "family", "fixed_root", "family_list", "client")
ROW_KEYS: Final = (
    *(field.name for field in fields(DocumentType) if field.name not in ("evidence", "deprecated")),
    "x-evidence",
)
"""The columns that each row needs."""


def document_types(contract: Tree) -> list[DocumentType]:
    """The rows in their order. Raises KeyError for a row without one of its columns."""
    return [DocumentType.from_row(row) for row in contract.get("x-document-types", [])]


def operations(contract: Tree) -> Iterator[Operation]:
    """Every operation, in the order of the file."""
    for path, item in contract.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield Operation(path, method, item[method])


def resolve(document: Tree, reference: str) -> Any:
    """The target of a local reference. Raises ContractError for a dangling one."""
    if not reference.startswith("#/"):
        raise ContractError(f"the reference {reference} leads nowhere")
    found: Any = document
    for token in reference[2:].split("/"):
        key = token.replace("~1", "/").replace("~0", "~")
        if not is_object(found) or key not in found:
            raise ContractError(f"the reference {reference} leads nowhere")
        found = found[key]
    return found


def resolved(document: Tree, node: Tree) -> Tree:
    """The node itself, or the target of its reference, through any number of steps."""
    while is_object(node) and "$ref" in node:
        node = resolve(document, node["$ref"])
    return node


def references(node: Any) -> Iterator[str]:
    """Every `$ref` below a node."""
    if is_object(node):
        reference = node.get("$ref")
        if isinstance(reference, str):
            yield reference
        for value in node.values():
            yield from references(value)
    elif is_array(node):
        for value in node:
            yield from references(value)


def reachable(document: Tree, nodes: Iterable[Any]) -> set[str]:
    """The references reachable from the nodes, directly or through others."""
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        for reference in references(waiting.pop()):
            if reference not in found:
                found.add(reference)
                waiting.append(resolve(document, reference))
    return found


def schema_names(document: Tree, nodes: Iterable[Any]) -> set[str]:
    """Names of the component schemas reachable from the nodes."""
    return {component_schema(reference) for reference in reachable(document, nodes)} - {""}


def component_schema(reference: str) -> str:
    """The name of the component schema that a reference points to; empty for any other reference."""
    return reference.removeprefix(_SCHEMA_REFERENCE) if reference.startswith(_SCHEMA_REFERENCE) else ""


def schema_reference(name: str) -> str:
    """The reference to a component schema."""
    return _SCHEMA_REFERENCE + name


def request_bodies(contract: Tree) -> list[Any]:
    """The request bodies of all operations."""
    return [operation.content["requestBody"] for operation in operations(contract) if _takes(operation)]


def _takes(operation: Operation) -> bool:
    return "requestBody" in operation.content


def responses(contract: Tree) -> list[Any]:
    """The responses of all operations."""
    return [operation.content.get("responses", {}) for operation in operations(contract)]


def schemas_below(place: str, schema: Any) -> Iterator[Place]:
    """A schema and every schema inside it. A property called `format` is a name, not a keyword."""
    if not is_object(schema):
        return
    yield Place(place, schema)
    for keyword in _KEYWORDS_WITH_SCHEMAS:
        yield from schemas_below(f"{place}.{keyword}", schema.get(keyword))
    for keyword in _KEYWORDS_WITH_LISTS:
        for index, entry in enumerate(schema.get(keyword, [])):
            yield from schemas_below(f"{place}.{keyword}[{index}]", entry)
    for keyword in _KEYWORDS_WITH_NAMES:
        for name, entry in schema.get(keyword, {}).items():
            yield from schemas_below(f"{place}.{name}", entry)


def all_schemas(document: Tree) -> Iterator[Place]:
    """Every schema of a document, in components, parameters, headers and bodies, at any depth."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        yield from schemas_below(f"schema {name}", schema)
    for place, node in _holders(document):
        yield from _schemas_held(place, node)


def _holders(document: Tree) -> Iterator[tuple[str, Any]]:
    """The nodes outside the component schemas that may hold schemas."""
    components = document.get("components", {})
    for kind in ("parameters", "headers", "requestBodies", "responses"):
        for name, node in components.get(kind, {}).items():
            yield f"{kind} {name}", node
    yield from document.get("paths", {}).items()


def _schemas_held(place: str, node: Any) -> Iterator[Place]:
    if is_object(node):
        for key, value in node.items():
            if key == "schema":
                yield from schemas_below(place, value)
            else:
                yield from _schemas_held(f"{place} {key}", value)
    elif is_array(node):
        for value in node:
            name = f" {value['name']}" if is_object(value) and "name" in value else ""
            yield from _schemas_held(f"{place}{name}", value)


def properties_of(document: Tree, schema: Tree) -> dict[str, Any]:
    """Properties of an object schema and of its `allOf` parts."""
    schema = resolved(document, schema)
    found: dict[str, Any] = {}
    for part in schema.get("allOf", []):
        found.update(properties_of(document, part))
    found.update(schema.get("properties", {}))
    return found


def types_of(schema: Tree) -> list[str]:
    """The JSON types of a schema, in its order."""
    kind = schema.get("type", "")
    return [str(entry) for entry in kind] if is_array(kind) else [str(kind)]


def is_envelope(schema: Any) -> bool:
    """Whether a schema is an envelope: one root key out of several, with named siblings."""
    return is_object(schema) and bool(schema.get("x-envelope"))


def envelope_roots(envelope: Tree) -> dict[str, Any]:
    """The root keys of an envelope, with their schemas."""
    return {key: value for key, value in envelope["properties"].items() if key not in ENVELOPE_SIBLINGS}


def is_list_envelope(envelope: Tree) -> bool:
    """Whether the roots hold lists."""
    return any("array" in types_of(value) for value in envelope_roots(envelope).values())


def needs_choice(envelope: Tree) -> bool:
    """Whether each place that uses an envelope must choose one of its roots."""
    return len(envelope_roots(envelope)) > 1 and "x-wire" not in envelope
