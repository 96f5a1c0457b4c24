"""The vendor's document restated as names, and a comparison with the concrete contract.

A field is its path, `invoice.items[].tax.name`. Where the wires differ, each profile of the concrete
contract has the documented names under a root of its own, so fields are compared twice: whole, as the
documented wire has them, and below the root, as the observed one has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from generator import concrete
from generator import contract as reading
from generator.contract import ENVELOPE_SIBLINGS, WIRES, DocumentType, Operation
from invoicexpress_wire import is_object

from .contract_files import Document

FACTS: Final = Path(__file__).with_name("vendor_facts.yaml")
_JSON: Final = "application/json"


@dataclass(frozen=True)
class VendorOperation:
    """An operation as declared by the vendor."""

    name: str
    method: str
    path: str
    segments: frozenset[str]
    query: frozenset[str]
    sends: frozenset[str] | None
    answers: Mapping[str, frozenset[str]]
    refuses: frozenset[str]


def vendor_operations() -> list[VendorOperation]:
    """All of them, in the vendor's order."""
    entries: list[Document] = yaml.safe_load(FACTS.read_text("utf-8"))
    return [
        VendorOperation(
            name=entry["operation"],
            method=entry["method"].lower(),
            path=entry["path"],
            segments=frozenset(entry.get("segments", ())),
            query=frozenset(entry.get("query", ())),
            sends=frozenset(_listed(entry["sends"])) if "sends" in entry else None,
            answers={status: frozenset(_listed(names)) for status, names in entry["answers"].items()},
            refuses=frozenset(entry["refuses"]),
        )
        for entry in entries
    ]


def _listed(names: list[Any], above: str = "") -> Iterator[str]:
    """Paths of the leaves; an entry is a name, or a name with its children."""
    for name in names:
        if is_object(name):
            for key, below in name.items():
                yield from _listed(below, f"{above}{key}.")
        else:
            yield above + name


# --- the contract's side --------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """An operation of the concrete contract that covers one of the vendor's."""

    operation: Operation
    row: DocumentType | None
    is_listed: bool
    """Whether the vendor names the path itself, rather than others of the family."""


class Coverage:
    """Compares a contract, given in its compact form, with the vendor's facts."""

    def __init__(self, compact: Document) -> None:
        self.types = reading.document_types(compact)
        self.document = concrete.expand(compact)
        self.profiles = {wire: concrete.for_profile(self.document, wire) for wire in WIRES}

    def places(self, vendor: VendorOperation) -> list[Place]:
        """Where the contract covers an operation: on the vendor's paths, and on those of further types of
        the same family."""
        families = {row.family for row in self.types if row.segment in vendor.segments}
        rows: list[DocumentType] | list[None] = [None]
        if vendor.segments:
            rows = [row for row in self.types if row.family in families]
        wanted = {(_shape(vendor.path, row), vendor.method): row for row in rows}
        return [
            Place(operation, row, row is None or row.segment in vendor.segments)
            for operation in reading.operations(self.document)
            if vendor.name in operation.content["x-vendor-operations"]
            and (_shape(operation.path), operation.method) in wanted
            for row in [wanted[_shape(operation.path), operation.method]]
        ]

    def findings(self, vendor: VendorOperation) -> Iterator[str]:
        """The parts of an operation missing from the contract, as `<operation> <place>: <name>`."""
        places = self.places(vendor)
        covered = {place.row.segment for place in places if place.row is not None}
        for segment in sorted(vendor.segments - covered):
            yield f"{vendor.name} path: {segment}"
        if not places:
            yield f"{vendor.name} path: {vendor.method} {vendor.path}"
        found = {finding for place in places for finding in self._findings(vendor, place)}
        yield from (f"{vendor.name} {finding}" for finding in sorted(found))

    def _findings(self, vendor: VendorOperation, place: Place) -> Iterator[str]:
        content = place.operation.content
        parameters = [reading.resolved(self.document, entry) for entry in content.get("parameters", [])]
        names = {parameter["name"] for parameter in parameters if parameter["in"] == "query"}
        yield from (f"query: {name}" for name in vendor.query - names)
        statuses = content["responses"].keys()
        yield from (f"status: {status}" for status in {*vendor.answers, *vendor.refuses} - statuses)
        for wire, profile in self.profiles.items():
            mine = profile["paths"][place.operation.path][vendor.method]
            if vendor.sends is not None:
                body = mine.get("requestBody", {})
                yield from self._missing("request", vendor.sends, profile, body, whole=place.is_listed)
            for status in vendor.answers.keys() & statuses:
                whole = place.is_listed and wire == "documented"
                fields = vendor.answers[status]
                yield from self._missing(status, fields, profile, mine["responses"][status], whole=whole)

    def _missing(
        self, where: str, wanted: frozenset[str], profile: Document, body: Document, *, whole: bool
    ) -> Iterator[str]:
        media = reading.resolved(profile, body).get("content", {}).get(_JSON)
        shapes = [frozenset[str]()] if media is None else _shapes(profile, media["schema"])
        if whole:  # as documented, under either root
            fewest = min((wanted - shape for shape in shapes), key=len)
            yield from (f"{where}: {name}" for name in fewest)
        if _has_root(wanted):
            for shape in shapes:
                lacking = _below_root(wanted) - _below_root(shape)
                yield from (f"{where} below the root: {name}" for name in lacking)


def _shape(path: str, row: DocumentType | None = None) -> str:
    """A path with unnamed parameters. The first one is a document type if it has a row."""
    if row is not None:
        path = re.sub(r"^/\{[^}]*\}", f"/{row.segment}", path)
    return re.sub(r"\{[^}]*\}", "{}", path)


def _shapes(document: Document, schema: Document) -> list[frozenset[str]]:
    """The fields of a body, for each of its alternatives."""
    whole = reading.resolved(document, schema)
    alternatives = whole.get("oneOf", [whole])
    return [frozenset(_fields(document, each, "")) for each in alternatives]


def _fields(document: Document, schema: Any, at: str) -> Iterator[str]:
    schema = reading.resolved(document, schema)
    if at and schema.keys() & {"properties", "allOf", "oneOf", "items"} == set():
        yield at
    for part in [*schema.get("allOf", []), *schema.get("oneOf", [])]:
        if reading.resolved(document, part).get("type") != "null":
            yield from _fields(document, part, at)
    if "items" in schema:
        yield from _fields(document, schema["items"], f"{at}[]")
    for name, below in schema.get("properties", {}).items():
        yield from _fields(document, below, f"{at}.{name}" if at else name)


def _root_of(path: str) -> str:
    return path.partition(".")[0].removesuffix("[]")


def _has_root(paths: frozenset[str]) -> bool:
    roots = {_root_of(path) for path in paths} - {*ENVELOPE_SIBLINGS}
    return len(roots) == 1 and all("." in path or _root_of(path) in ENVELOPE_SIBLINGS for path in paths)


def _below_root(paths: frozenset[str]) -> frozenset[str]:
    return frozenset(
        path if _root_of(path) in ENVELOPE_SIBLINGS else path.partition(".")[2] for path in paths
    )
