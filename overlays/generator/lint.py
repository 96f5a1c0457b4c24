"""Finds mistakes in the contract that validators miss, and that would lose a class, an endpoint or a fact.

openapi-python-client silently drops some constructs, even with `--fail-on-warning`: two operation ids that
differ only in case, properties beside a `oneOf`, names that become equal in Python. Other rules are this
project's own: each operation states its evidence, money has a wire format, the table of document types and
the envelopes agree. Each rule is a function in `RULES`; a finding names the rule, the place and the remedy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import yaml
from invoicexpress_wire import is_array, is_object
from openapi_python_client import strings
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError as RuamelError

from . import contract as reading
from .contract import DocumentType, Operation, Tree
from .wire_formats import FORMAT_NAMES, READ_TYPES, WIRE_FORMATS, register

Findings = Iterator[str]
Rule = Callable[[Tree], Findings]

EVIDENCE: Final = ("documented", "observed", "legacy", "assumed")
MARKS: Final = frozenset(
    {
        "x-document-types",
        "x-envelope",
        "x-errors",
        "x-evidence",
        "x-family-list",
        "x-idempotent-only",
        "x-may-be-empty",
        "x-root",
        "x-secret",
        "x-source",
        "x-vendor-operations",
        "x-wire",
    }
)
"""The extensions of OpenAPI that the contract uses."""
RESERVED_NAMES: Final = frozenset({"from_dict", "to_dict", "additional_properties", "cls", "self"})
"""Members of generated models."""
_ISO_FORMATS: Final = ("date", "date-time")
_DATES: Final = {"date-pt": date, "date-iso": date, "datetime-pt": datetime}
_MAY_BE_OF_ONE_WIRE: Final = re.compile(
    rf"\.oneOf\[\d+\]$|^contract\.paths\./.*\.({'|'.join(reading.METHODS)})$"
)
_NON_ISO_DATE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def lint(text_or_path: str | Path) -> list[str]:
    """Findings on a contract, given as text or as the path of its file; none for a clean contract."""
    text = _text(text_or_path)
    findings = list(loading_findings(text))
    return findings if findings else lint_document(yaml.safe_load(text))


def _text(text_or_path: str | Path) -> str:
    if isinstance(text_or_path, str) and "\n" in text_or_path:
        return text_or_path
    return Path(text_or_path).read_text("utf-8")


def lint_document(document: Tree) -> list[str]:
    """Findings on a loaded contract."""
    # A dangling reference or an incomplete row would crash the later rules.
    for rules in (FIRST_RULES, RULES):
        findings = [f"{name}: {text}" for name, rule in rules.items() for text in rule(document)]
        if findings:
            return findings
    return []


# --- loading --------------------------------------------------------------------------------------


def loading_findings(text: str) -> Findings:
    """YAML 1.1 and 1.2 must read the file alike: `NO` is false in one and Norway in the other."""
    loader: Any = YAML(typ="safe", pure=True)
    try:
        older: Any = yaml.safe_load(text)
        newer: Any = loader.load(text)
    except (yaml.YAMLError, RuamelError) as error:
        yield f"loading: not YAML, or a duplicate key: {error}"
        return
    if not is_object(older):
        yield "loading: the contract must be a mapping"
        return
    for place in differences(older, newer):
        yield f"loading: {place}: YAML 1.1 and 1.2 read it differently; quote the value"


def differences(one: Any, other: Any, place: str = "contract") -> Iterator[str]:
    """Places where two trees differ, in value or in type."""
    if is_object(one) and is_object(other) and one.keys() == other.keys():
        for key, value in one.items():
            yield from differences(value, other[key], f"{place}.{key}")
    elif is_array(one) and is_array(other) and len(one) == len(other):
        for index, value in enumerate(one):
            yield from differences(value, other[index], f"{place}[{index}]")
    elif type(one) is not type(other) or one != other:
        yield place


# --- the table of document types ------------------------------------------------------------------


def references_resolve(contract: Tree) -> Findings:
    """Every reference has a target."""
    for reference in sorted(set(reading.references(contract))):
        try:
            reading.resolve(contract, reference)
        except (KeyError, reading.ContractError):
            yield f"{reference}: has no target; correct the name or add the component"


def rows_complete(contract: Tree) -> Findings:
    """Each row of `x-document-types` has every column, and shares no segment, root, list key or type."""
    rows: list[Tree] = contract.get("x-document-types", [])
    for index, row in enumerate(rows):
        place = f"x-document-types[{index}] {row.get('segment', '')}".rstrip()
        for key in reading.ROW_KEYS:
            if key not in row:
                yield f"{place}: lacks `{key}`; add it"
        for key in row.keys() - set(reading.ROW_KEYS) - {"deprecated"}:
            yield f"{place}: unknown column `{key}`; remove it"
        if row.get("client") not in ("required", "optional"):
            yield f"{place}: `client` must be `required` or `optional`"
        if row.get("x-evidence") not in EVIDENCE:
            yield f"{place}: `x-evidence` has to be one of {', '.join(EVIDENCE)}"
    for key in ("segment", "root", "list_key", "type"):
        for value in _repeated(row.get(key) for row in rows):
            yield f"x-document-types: {key} `{value}` is in two rows; give each type its own"


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def rows_agree_with_operations(contract: Tree) -> Findings:
    """A row lists an operation exactly if the operation's `{document-type}` takes the row."""
    types = reading.document_types(contract)
    templated = {
        operation.operation_id: operation
        for operation in reading.operations(contract)
        if reading.TYPE_SEGMENT in operation.path
    }
    for row in types:
        for name in row.operations:
            if name not in templated:
                yield f"x-document-types {row.segment}: `{name}` is no operation with {reading.TYPE_SEGMENT}"
    for name, operation in templated.items():
        listed = {row.segment for row in types if name in row.operations}
        allowed = set(_allowed_segments(contract, operation))
        for segment in sorted(listed ^ allowed):
            where = "its row but not in the enum" if segment in listed else "the enum but not in its row"
            yield f"{operation.place}: {segment} is in {where}; add or remove it"


def _allowed_segments(contract: Tree, operation: Operation) -> list[str]:
    for parameter in _parameters(contract, operation):
        if parameter["name"] == reading.TYPE_PARAMETER:
            segments: list[str] = reading.resolved(contract, parameter["schema"]).get("enum", [])
            return segments
    return []


def rows_agree_with_schemas(contract: Tree) -> Findings:
    """The schemas know the `type` and `events` of each row, and a family has one list."""
    types = reading.document_types(contract)
    known = contract["components"]["schemas"].get("DocumentType", {}).get("enum", [])
    for row in types:
        place = f"x-document-types {row.segment}"
        if row.type not in known:
            yield f"{place}: type `{row.type}` is not in the enum of DocumentType; add it"
        for event in sorted(set(row.events) - _events(contract, row)):
            yield f"{place}: event `{event}` cannot be sent by any operation of the row; add it to the enum"
    for family in dict.fromkeys(row.family for row in types):
        lists = {row.family_list for row in types if row.family == family}
        if len(lists) > 1:
            yield f"x-document-types: family {family} has the lists {', '.join(sorted(lists))}; keep one"


def _events(contract: Tree, row: DocumentType) -> set[str]:
    """Values of `state` that the request bodies of a row's operations allow."""
    found: set[str] = set()
    for operation in reading.operations(contract):
        if operation.operation_id not in row.operations:
            continue
        for name in reading.schema_names(contract, [operation.content.get("requestBody", {})]):
            state = contract["components"]["schemas"][name].get("properties", {}).get("state", {})
            found.update(reading.resolved(contract, state).get("enum", []))
    return found


def envelopes_have_roots(contract: Tree) -> Findings:
    """Each use of an envelope with several roots gets the roots of its types, or names one with `x-root`.

    No root is unused.
    """
    schemas: Tree = contract["components"]["schemas"]
    types = reading.document_types(contract)
    used: dict[str, set[str]] = {name: set() for name in schemas if _offers_choice(schemas[name])}
    for operation, place, body in _bodies(contract):
        for name in sorted(reading.schema_names(contract, [body]) & used.keys()):
            wanted = _wanted_roots(types, operation, body, schemas[name])
            if not wanted:
                yield f"{place}: {name} has several roots; choose one with `x-root`"
            for root in sorted(wanted - reading.envelope_roots(schemas[name]).keys()):
                yield f"{place}: {name} lacks the root `{root}`; add it, or correct the table"
            used[name] |= wanted
    for name, roots in used.items():
        for root in sorted(reading.envelope_roots(schemas[name]).keys() - roots):
            yield f"schema {name}: no operation uses the root `{root}`; remove it, or add its row"


def _offers_choice(schema: Tree) -> bool:
    return reading.is_envelope(schema) and reading.needs_choice(schema)


def _bodies(contract: Tree) -> Iterator[tuple[Operation, str, Tree]]:
    for operation in reading.operations(contract):
        if "requestBody" in operation.content:
            yield operation, f"{operation.place} request", operation.content["requestBody"]
        for status, response in operation.content.get("responses", {}).items():
            yield operation, f"{operation.place} {status}", reading.resolved(contract, response)


def _wanted_roots(types: list[DocumentType], operation: Operation, body: Tree, envelope: Tree) -> set[str]:
    if reading.TYPE_SEGMENT not in operation.path:
        return {body["x-root"]} if "x-root" in body else set()
    rows = [row for row in types if operation.operation_id in row.operations]
    if reading.is_list_envelope(envelope):
        return {row.list_key for row in rows}
    return {key for row in rows for key in (row.root, row.fixed_root)}


def fixed_roots_carry_the_same(contract: Tree) -> Findings:
    """A document has the same schema under its own root and under the fixed root of its family."""
    for name, schema in contract["components"]["schemas"].items():
        if not _offers_choice(schema) or reading.is_list_envelope(schema):
            continue
        roots = reading.envelope_roots(schema)
        for row in reading.document_types(contract):
            if row.root in roots and row.fixed_root in roots and roots[row.root] != roots[row.fixed_root]:
                yield f"schema {name}: `{row.root}` and `{row.fixed_root}` differ; both are {row.segment}"


# --- operations -----------------------------------------------------------------------------------


def operation_ids_unique(contract: Tree) -> Findings:
    """Ids that differ only in case silently overwrite each other's module."""
    ids = [operation.operation_id for operation in reading.operations(contract)]
    for folded in _repeated(name.casefold() for name in ids):
        same = ", ".join(name for name in ids if name.casefold() == folded)
        yield f"operations {same or '(no id)'}: differ at most in case; rename all but one"


def operations_described(contract: Tree) -> Findings:
    """Each operation has a description, its evidence, and the vendor's operations that it covers."""
    for operation in reading.operations(contract):
        content = operation.content
        for key in ("operationId", "tags", "summary", "description", "x-source"):
            if not content.get(key):
                yield f"{operation.place}: lacks `{key}`; add it"
        if content.get("x-evidence") not in EVIDENCE:
            yield f"{operation.place}: `x-evidence` has to be one of {', '.join(EVIDENCE)}"
        covered = content.get("x-vendor-operations")
        if not is_array(covered):
            yield f"{operation.place}: lacks `x-vendor-operations`; add it, empty if the vendor has none"
        elif not covered and content.get("x-evidence") == "documented":
            yield f"{operation.place}: covers no vendor operation; name one, or correct `x-evidence`"


def family_list_parameters_exist(contract: Tree) -> Findings:
    """`x-family-list` names parameters of the operation: a misspelt one would silently stay."""
    for operation in reading.operations(contract):
        named: list[str] | None = operation.content.get(reading.FAMILY_LIST)
        if named is None:
            continue
        if reading.TYPE_SEGMENT not in operation.path:
            yield f"{operation.place}: `{reading.FAMILY_LIST}` is for lists of each type only; remove it"
        for name in sorted(set(named) - {entry["name"] for entry in _parameters(contract, operation)}):
            yield f"{operation.place}: `{reading.FAMILY_LIST}` names `{name}`, an unknown parameter"


def security_per_operation(contract: Tree) -> Findings:
    """The generator ignores security at the root, and turns a key among the parameters into an argument."""
    schemes: Tree = contract.get("components", {}).get("securitySchemes", {})
    key_names = {scheme["name"] for scheme in schemes.values() if "name" in scheme}
    if "security" in contract:
        yield "security: is at the root; move it to each operation"
    for operation in reading.operations(contract):
        required: list[Tree] = operation.content.get("security", [])
        if not required or any(not entry or entry.keys() - schemes.keys() for entry in required):
            yield f"{operation.place}: lacks `security` with a scheme from the components; add it"
        for parameter in _parameters(contract, operation):
            if parameter["name"] in key_names:
                yield f"{operation.place}: lists the key `{parameter['name']}` as a parameter; remove it"


def _parameters(contract: Tree, operation: Operation) -> list[Tree]:
    shared: list[Tree] = contract["paths"][operation.path].get("parameters", [])
    return [
        reading.resolved(contract, parameter)
        for parameter in [*shared, *operation.content.get("parameters", [])]
    ]


def empty_answers_are_successes(contract: Tree) -> Findings:
    """`x-may-be-empty` makes a success type optional, and has no meaning on an error."""
    for operation in reading.operations(contract):
        for status, response in operation.content.get("responses", {}).items():
            if reading.resolved(contract, response).get("x-may-be-empty") and not status.startswith("2"):
                yield f"{operation.place} {status}: `x-may-be-empty` belongs to 2xx answers; remove it"


def links_resolve(contract: Tree) -> Findings:
    """A link names an existing operation, sets all its path parameters, and sets no unknown parameter."""
    targets = {operation.operation_id: operation for operation in reading.operations(contract)}
    for place, link in _links(contract):
        target = targets.get(link.get("operationId", ""))
        if target is None:
            yield f"{place}: no operation `{link.get('operationId')}`; correct the name"
            continue
        parameters = _parameters(contract, target)
        given: set[str] = set(link.get("parameters", {}))
        for name in sorted(given - {parameter["name"] for parameter in parameters}):
            yield f"{place}: `{target.operation_id}` has no parameter `{name}`; remove it"
        for name in sorted({entry["name"] for entry in parameters if entry["in"] == "path"} - given):
            yield f"{place}: lacks the path parameter `{name}`; add it"


def _links(contract: Tree) -> Iterator[tuple[str, Tree]]:
    for name, link in contract.get("components", {}).get("links", {}).items():
        yield f"link {name}", link
    for operation in reading.operations(contract):
        for status, response in operation.content.get("responses", {}).items():
            for name, link in reading.resolved(contract, response).get("links", {}).items():
                if "$ref" not in link:
                    yield f"{operation.place} {status} link {name}", link


# --- schemas --------------------------------------------------------------------------------------


def no_titles(contract: Tree) -> Findings:
    """A `title` renames the class."""
    for place, schema in reading.all_schemas(contract):
        if "title" in schema:
            yield f"{place}: has a `title`; remove it: the component's name becomes the class name"


def no_alternatives_beside_properties(contract: Tree) -> Findings:
    """The generator silently loses the properties, and the class with them."""
    for place, schema in reading.all_schemas(contract):
        if "properties" in schema and schema.keys() & {"anyOf", "oneOf"}:
            yield f"{place}: has alternatives beside properties; make each alternative its own schema"


def no_iso_dates(contract: Tree) -> Findings:
    """The service writes dd/mm/yyyy, treasury yyyy-mm-dd; `date` would leave open which."""
    for place, schema in reading.all_schemas(contract):
        if schema.get("format") in _ISO_FORMATS:
            yield (
                f"{place}: `format: {schema['format']}` is ISO 8601; use date-pt or datetime-pt, "
                "and date-iso in treasury"
            )


def wire_formats_known(contract: Tree) -> Findings:
    """An unknown format, or one of another type, would end the generation; here it has a place."""
    for place, schema in reading.all_schemas(contract):
        name = schema.get("format")
        if name is None or name in _ISO_FORMATS:
            continue  # `no_iso_dates` reports these with a remedy
        first_types = [kind for known, kind in WIRE_FORMATS if known == name]
        if not first_types:
            yield f"{place}: unknown format `{name}`; use one of {', '.join(sorted(FORMAT_NAMES))}"
        elif reading.types_of(schema)[0] not in first_types:
            yield f"{place}: {name} is sent as {' or '.join(first_types)}; put that type first"
        for kind in sorted(set(reading.types_of(schema)) - READ_TYPES.get(name, frozenset[str]()) - {"null"}):
            if first_types:
                yield f"{place}: {name} does not accept a JSON {kind}; remove that type"


def enums_unique(contract: Tree) -> Findings:
    """Each inline enum becomes its own type, so two with the same values become two equal types."""
    places: dict[frozenset[str], list[str]] = {}
    for place, schema in reading.all_schemas(contract):
        if "enum" in schema and schema.get("format") not in FORMAT_NAMES:
            places.setdefault(frozenset(map(str, schema["enum"])), []).append(place)
    for same in places.values():
        if len(same) > 1:
            yield f"{' and '.join(same)}: identical enums; make them one component"


def numbers_have_wire_formats(contract: Tree) -> Findings:
    """A bare number becomes a float, and floats are not exact."""
    for place, schema in reading.all_schemas(contract):
        if "number" in reading.types_of(schema) and schema.get("format") not in FORMAT_NAMES:
            yield f"{place}: a number without a wire format; use decimal-number or decimal-string"


def integers_of_answers_are_loose(contract: Tree) -> Findings:
    """Answers hold ids and counts as integers or as texts, whatever the documentation says."""
    for place, schema in _schemas_of_responses(contract):
        if "integer" in reading.types_of(schema) and schema.get("format") not in FORMAT_NAMES:
            yield f"{place}: an integer in an answer; add `format: integer-loose`"


def _schemas_of_responses(contract: Tree) -> Iterator[reading.Place]:
    for name in sorted(reading.schema_names(contract, reading.responses(contract))):
        yield from reading.schemas_below(f"schema {name}", contract["components"]["schemas"][name])
    for _, place, response in _bodies(contract):
        for media in response.get("content", {}).values():
            if not place.endswith(" request"):
                yield from reading.schemas_below(place, media.get("schema"))


def envelopes_are_envelopes(contract: Tree) -> Findings:
    """A root holds a component, a list of components, or a text; all roots of an envelope are of one kind."""
    for name, schema in contract["components"]["schemas"].items():
        if not reading.is_envelope(schema):
            continue
        properties: Tree = schema.get("properties", {})
        if reading.types_of(schema) != ["object"] or not set(properties) - set(reading.ENVELOPE_SIBLINGS):
            yield f"schema {name}: an envelope must be an object with a root key; add one"
        kinds = {
            key: _kind_of_root(contract, content)
            for key, content in properties.items()
            if key not in reading.ENVELOPE_SIBLINGS
        }
        for key, kind in kinds.items():
            if kind is None:
                yield f"schema {name}.{key}: must be a reference to an object, a list of such, or a text"
        if len(set(kinds.values()) - {None}) > 1:
            yield f"schema {name}: has roots of several kinds; split it by kind"


def _kind_of_root(contract: Tree, content: Tree) -> str | None:
    if reading.types_of(content) == ["string"]:
        return "text"
    is_list = content.get("type") == "array"
    entry: Any = content.get("items", {}) if is_list else content
    if "$ref" not in entry:
        return None
    meant = reading.resolved(contract, entry)
    if meant.get("type") != "object" and "allOf" not in meant:
        return None
    return "list" if is_list else "object"


def requests_and_answers_separate(contract: Tree) -> Findings:
    """Requests and answers differ in types and required fields, even where their names agree."""
    sent = reading.schema_names(contract, reading.request_bodies(contract))
    read = reading.schema_names(contract, reading.responses(contract))
    for name in sorted(sent & read):
        schema = contract["components"]["schemas"][name]
        if schema.get("type") != "string" or "enum" not in schema:
            yield f"schema {name}: is both sent and read; split it in two (only enums of text may be shared)"


def wires_have_two_sides(contract: Tree) -> Findings:
    """`x-wire` gives the documented and the observed side; on an envelope it names the two roots.

    Each wire keeps at least one alternative. An operation may belong to a single wire.
    """
    for place, node in _objects(contract, "contract"):
        alternatives = {each.get("x-wire") for each in node.get("oneOf", []) if is_object(each)}
        if len(alternatives) == 1 and alternatives <= set(reading.WIRES):
            yield f"{place}: every alternative belongs to one wire; add one for the other"
        wire = node.get("x-wire")
        if wire is None:
            continue
        if wire in reading.WIRES and _MAY_BE_OF_ONE_WIRE.search(place):
            continue  # one shape of two, or an operation of a single wire; `for_profile` leaves it out
        if not is_object(wire) or wire.keys() != set(reading.WIRES):
            yield f"{place}: `x-wire` must have exactly `documented` and `observed`"
        elif reading.is_envelope(node) and set(wire.values()) != set(reading.envelope_roots(node)):
            yield f"{place}: `x-wire` of an envelope must name its two roots"


def evidence_known(contract: Tree) -> Findings:
    """Fields and operations use the four kinds of evidence."""
    for place, node in _objects(contract, "contract"):
        if node.get("x-evidence", EVIDENCE[0]) not in EVIDENCE:
            yield f"{place}: `x-evidence` has to be one of {', '.join(EVIDENCE)}"


def _objects(node: Any, place: str) -> Iterator[tuple[str, Tree]]:
    if is_object(node):
        yield place, node
        for key, value in node.items():
            yield from _objects(value, f"{place}.{key}")
    elif is_array(node):
        for index, value in enumerate(node):
            yield from _objects(value, f"{place}[{index}]")


def marks_known(contract: Tree) -> Findings:
    """A misspelt extension has no effect: `x-secrets` would reveal a secret."""
    for place, node in _objects(contract, "contract"):
        for key in sorted(key for key in node if str(key).startswith("x-") and key not in MARKS):
            yield f"{place}: unknown extension `{key}`; correct or remove it"


def defaults_are_iso(contract: Tree) -> Findings:
    """A default that its Python type cannot read loses the schema or the endpoint."""
    for place, schema in reading.all_schemas(contract):
        default = schema.get("default")
        kind = _DATES.get(schema.get("format", ""))
        is_wrong = kind is not None and default is not None and not _is_iso(kind, default)
        if is_wrong or (isinstance(default, str) and _NON_ISO_DATE.search(default)):
            yield f"{place}: the default {default!r} is not an ISO date; write yyyy-mm-dd, or remove it"


def _is_iso(kind: type[date], value: object) -> bool:
    try:
        kind.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def python_names_unique(contract: Tree) -> Findings:
    """Names that become equal in Python lose the schema or the operation."""
    register()  # our naming differs from the stock generator's
    for name, schema in contract["components"]["schemas"].items():
        # The roots of an envelope become values of its `root`, not Python names.
        names = {} if reading.is_envelope(schema) else reading.properties_of(contract, schema)
        yield from _clashes(f"schema {name}", names)
        for taken in sorted(RESERVED_NAMES & {_python_name(entry) for entry in names}):
            yield f"schema {name}: `{taken}` clashes with a member of generated models; rename the property"
    for operation in reading.operations(contract):
        parameters = _parameters(contract, operation)
        yield from _clashes(operation.place, [parameter["name"] for parameter in parameters])


def _clashes(place: str, names: Iterable[str]) -> Findings:
    by_python_name: dict[str, list[str]] = {}
    for name in names:
        by_python_name.setdefault(_python_name(name), []).append(name)
    for python_name, same in by_python_name.items():
        if len(same) > 1:
            yield f"{place}: {', '.join(same)} all become `{python_name}` in Python; rename all but one"


def _python_name(name: str) -> str:
    """The generator's Python name for a name."""
    return str(strings.PythonIdentifier(name, prefix="field_"))


FIRST_RULES: Final[Mapping[str, Rule]] = {
    "references-resolve": references_resolve,
    "rows-complete": rows_complete,
}
"""The rules on which all others rely."""

RULES: Final[Mapping[str, Rule]] = {
    "rows-agree-with-operations": rows_agree_with_operations,
    "rows-agree-with-schemas": rows_agree_with_schemas,
    "envelopes-have-roots": envelopes_have_roots,
    "fixed-roots-carry-the-same": fixed_roots_carry_the_same,
    "operation-ids-unique": operation_ids_unique,
    "operations-described": operations_described,
    "family-list-parameters-exist": family_list_parameters_exist,
    "security-per-operation": security_per_operation,
    "empty-answers-are-successes": empty_answers_are_successes,
    "links-resolve": links_resolve,
    "no-titles": no_titles,
    "no-alternatives-beside-properties": no_alternatives_beside_properties,
    "no-iso-dates": no_iso_dates,
    "wire-formats-known": wire_formats_known,
    "enums-unique": enums_unique,
    "numbers-have-wire-formats": numbers_have_wire_formats,
    "integers-of-answers-are-loose": integers_of_answers_are_loose,
    "envelopes-are-envelopes": envelopes_are_envelopes,
    "requests-and-answers-separate": requests_and_answers_separate,
    "wires-have-two-sides": wires_have_two_sides,
    "evidence-known": evidence_known,
    "marks-known": marks_known,
    "defaults-are-iso": defaults_are_iso,
    "python-names-unique": python_names_unique,
}
