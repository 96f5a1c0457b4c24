"""The contract is clean, and each lint rule catches the mistake that it targets."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import invoicexpress_wire
import pytest
import yaml
from generator import concrete, lint, wire_formats

from .contract_files import COMPACT, CONCRETE, ROOT, Document, loaded


@dataclass(frozen=True)
class Mistake:
    """A change that breaks one rule, and the names that the finding must contain."""

    rule: str
    says: str
    make: Callable[[Document], object]


def operation(document: Document, path: str, method: str = "get") -> Document:
    """An operation of the contract."""
    found: Document = document["paths"][path][method]
    return found


def schema(document: Document, name: str) -> Document:
    """A component schema."""
    found: Document = document["components"]["schemas"][name]
    return found


def field(document: Document, name: str, key: str) -> Document:
    """A property of a component schema."""
    found: Document = schema(document, name)["properties"][key]
    return found


def row(document: Document, segment: str) -> Document:
    """A row of the table of document types."""
    rows: list[Document] = document["x-document-types"]
    return next(entry for entry in rows if entry["segment"] == segment)


def put(holder: Document, **values: Any) -> None:
    """Sets keys; `x_evidence` becomes `x-evidence`."""
    for key, value in values.items():
        holder[key.replace("_", "-") if key.startswith("x_") else key] = value


def parameter(document: Document, path: str, name: str, method: str = "get") -> Document:
    """A parameter defined in the operation itself."""
    parameters: list[Document] = operation(document, path, method)["parameters"]
    return next(entry for entry in parameters if entry.get("name") == name)


def shared(document: Document, name: str) -> Document:
    """A shared parameter, defined in the components."""
    found: Document = document["components"]["parameters"][name]
    return found


def undescribed(key: str) -> Callable[[Document], object]:
    """Removes a key from an operation."""
    return lambda document: operation(document, TAXES).pop(key)


CONTRIBUTING: Final = ROOT / "CONTRIBUTING.md"
TYPED: Final = "/{document-type}.json"
ONE: Final = "/{document-type}/{document-id}.json"
TAXES: Final = "/taxes.json"
KEY: Final = {"name": "api_key", "in": "query", "schema": {"type": "string"}}
TEXTS: Final = {
    "date-pt": "21/11/2026",
    "datetime-pt": "21/11/2026 09:30:00",
    "date-iso": "2026-11-21",
    "decimal-string": "1.5",
    "decimal-number": "1.5",
    "integer-loose": "1",
    "text-loose": "1",
    "flag": "1",
}
REFERENCE: Final = {"$ref": "#/components/schemas/Sequence"}
TEXT: Final = {"type": "string", "description": "A text."}

MISTAKES: Final[list[Mistake]] = [
    Mistake(
        "references-resolve",
        "#/components/schemas/Taxx",
        lambda d: put(field(d, "TaxEnvelope", "tax"), **{"$ref": "#/components/schemas/Taxx"}),
    ),
    Mistake("rows-complete", "quotes: lacks `events`", lambda d: row(d, "quotes").pop("events")),
    Mistake("rows-complete", "`idempotent_create`", lambda d: row(d, "quotes").pop("idempotent_create")),
    Mistake(
        "rows-complete", "quotes: unknown column `colour`", lambda d: put(row(d, "quotes"), colour="blue")
    ),
    Mistake(
        "rows-complete", "root `invoice` is in two rows", lambda d: put(row(d, "quotes"), root="invoice")
    ),
    Mistake("rows-complete", "quotes: `client`", lambda d: put(row(d, "quotes"), client="maybe")),
    Mistake("rows-complete", "quotes: `x-evidence`", lambda d: put(row(d, "quotes"), x_evidence="guessed")),
    Mistake(
        "rows-agree-with-operations",
        "`fly` is no operation with {document-type}",
        lambda d: row(d, "quotes")["operations"].append("fly"),
    ),
    Mistake(
        "rows-agree-with-operations",
        "POST /{document-type}.json: quotes is in its row",
        lambda d: schema(d, "CreatableDocumentSegment")["enum"].remove("quotes"),
    ),
    Mistake(
        "rows-agree-with-operations",
        "GET /{document-type}.json: quotes is in the enum",
        lambda d: schema(d, "ListableDocumentSegment")["enum"].append("quotes"),
    ),
    Mistake("rows-agree-with-schemas", "type `Offer`", lambda d: put(row(d, "quotes"), type="Offer")),
    Mistake(
        "rows-agree-with-schemas", "event `frozen`", lambda d: row(d, "quotes")["events"].append("frozen")
    ),
    Mistake(
        "rows-agree-with-schemas",
        "family estimate has the lists",
        lambda d: put(row(d, "quotes"), family_list="/quotes.json"),
    ),
    Mistake(
        "envelopes-have-roots",
        "DocumentCreateRequest lacks the root `quote`",
        lambda d: schema(d, "DocumentCreateRequest")["properties"].pop("quote"),
    ),
    Mistake(
        "envelopes-have-roots",
        "DocumentList lacks the root `receipts`",
        lambda d: schema(d, "DocumentList")["properties"].pop("receipts"),
    ),
    Mistake(
        "envelopes-have-roots",
        "POST /clients/{client-id}/invoices.json 200",
        lambda d: operation(d, "/clients/{client-id}/invoices.json", "post")["responses"]["200"].pop(
            "x-root"
        ),
    ),
    Mistake(
        "envelopes-have-roots",
        "lacks the root `bill`",
        lambda d: put(
            operation(d, "/clients/{client-id}/invoices.json", "post")["responses"]["200"], x_root="bill"
        ),
    ),
    Mistake(
        "envelopes-have-roots",
        "no operation uses the root `bill`",
        lambda d: put(
            schema(d, "DocumentEnvelope")["properties"], bill={"$ref": "#/components/schemas/Invoice"}
        ),
    ),
    Mistake(
        "fixed-roots-carry-the-same",
        "`proforma` and `quote` differ",
        lambda d: put(
            schema(d, "DocumentEnvelope")["properties"], proforma={"$ref": "#/components/schemas/Invoice"}
        ),
    ),
    Mistake(
        "operation-ids-unique",
        "listtaxes",
        lambda d: put(operation(d, "/items.json"), operationId="listtaxes"),
    ),
    *(
        Mistake("operations-described", f"GET /taxes.json: lacks `{key}`", undescribed(key))
        for key in ("tags", "summary", "description", "x-source", "x-vendor-operations")
    ),
    Mistake(
        "operations-described",
        "DELETE /items/{item-id}.json: lacks `operationId`",
        lambda d: (
            operation(d, "/items/{item-id}.json", "delete").pop("operationId"),
            operation(d, "/items.json", "post")["responses"]["201"]["links"].pop("delete"),
        ),
    ),
    Mistake(
        "operations-described",
        "GET /taxes.json: `x-evidence`",
        lambda d: operation(d, TAXES).pop("x-evidence"),
    ),
    Mistake(
        "operations-described",
        "GET /taxes.json: covers no vendor operation",
        lambda d: put(operation(d, TAXES), x_vendor_operations=[], x_evidence="documented"),
    ),
    Mistake(
        "operations-described",
        "GET /taxes.json: lacks `x-vendor-operations`",
        lambda d: put(operation(d, TAXES), x_vendor_operations="listTaxes"),
    ),
    Mistake(
        "family-list-parameters-exist",
        "GET /{document-type}.json: `x-family-list` names `type`, an unknown parameter",
        lambda d: operation(d, TYPED)["x-family-list"].append("type"),
    ),
    Mistake(
        "family-list-parameters-exist",
        "GET /clients.json: `x-family-list` is for lists of each type only",
        lambda d: put(operation(d, "/clients.json"), **{"x-family-list": ["fiscal_id"]}),
    ),
    Mistake("security-per-operation", "is at the root", lambda d: put(d, security=[{"apiKey": []}])),
    Mistake(
        "security-per-operation", "GET /taxes.json: lacks", lambda d: operation(d, TAXES).pop("security")
    ),
    Mistake(
        "security-per-operation",
        "GET /taxes.json: lacks",
        lambda d: put(operation(d, TAXES), security=[{"bearer": []}]),
    ),
    Mistake(
        "security-per-operation", "GET /taxes.json: lacks", lambda d: put(operation(d, TAXES), security=[{}])
    ),
    Mistake(
        "security-per-operation",
        "lists the key `api_key` as a parameter",
        lambda d: put(operation(d, TAXES), parameters=[KEY]),
    ),
    Mistake(
        "security-per-operation",
        "lists the key `api_key` as a parameter",
        lambda d: put(d["paths"][TAXES], parameters=[KEY]),
    ),
    Mistake(
        "empty-answers-are-successes",
        "PUT /{document-type}/{document-id}.json 404",
        lambda d: put(d["components"]["responses"]["NotFound"], x_may_be_empty=True),
    ),
    Mistake(
        "links-resolve",
        "no operation `getTaxx`",
        lambda d: put(operation(d, TAXES, "post")["responses"]["201"]["links"]["get"], operationId="getTaxx"),
    ),
    Mistake(
        "links-resolve",
        "has no parameter `id`",
        lambda d: put(operation(d, TAXES, "post")["responses"]["201"]["links"]["get"]["parameters"], id="$x"),
    ),
    Mistake(
        "links-resolve",
        "link GetDocument: lacks the path parameter `document-id`",
        lambda d: d["components"]["links"]["GetDocument"]["parameters"].pop("document-id"),
    ),
    Mistake("no-titles", "schema Tax: has a `title`", lambda d: put(schema(d, "Tax"), title="Steuer")),
    Mistake(
        "no-titles", "schema Tax.name: has a `title`", lambda d: put(field(d, "Tax", "name"), title="Name")
    ),
    Mistake(
        "no-alternatives-beside-properties",
        "schema Tax:",
        lambda d: put(schema(d, "Tax"), oneOf=[{"required": ["code"]}, {"required": ["region"]}]),
    ),
    Mistake(
        "no-alternatives-beside-properties",
        "schema Invoice.allOf[2]:",
        lambda d: put(schema(d, "Invoice")["allOf"][2], anyOf=[{"required": ["mb_reference"]}]),
    ),
    Mistake(
        "no-iso-dates", "schema Document.date:", lambda d: put(field(d, "Document", "date"), format="date")
    ),
    Mistake(
        "no-iso-dates",
        "parameters DateFrom: `format: date-time`",
        lambda d: put(shared(d, "DateFrom")["schema"], format="date-time"),
    ),
    Mistake(
        "no-iso-dates",
        "schema Regularization.date: `format: date` is ISO 8601; use date-pt or datetime-pt, and date-iso",
        lambda d: put(field(d, "Regularization", "date"), format="date"),
    ),
    Mistake(
        "wire-formats-known",
        "schema Tax.name: unknown format `uuid`",
        lambda d: put(field(d, "Tax", "name"), format="uuid"),
    ),
    Mistake(
        "wire-formats-known",
        "schema Tax.value: decimal-string is sent as string",
        lambda d: put(field(d, "Tax", "value"), type=["number", "string"]),
    ),
    Mistake(
        "wire-formats-known",
        "schema Document.due_date: date-pt is sent as string",
        lambda d: put(field(d, "Document", "due_date"), type=["null", "string"]),
    ),
    Mistake(
        "wire-formats-known",
        "schema Sequence.serie: text-loose does not accept a JSON boolean",
        lambda d: put(field(d, "Sequence", "serie"), type=["string", "boolean"]),
    ),
    Mistake(
        "wire-formats-known",
        "schema Regularization.date: date-iso does not accept a JSON integer",
        lambda d: put(field(d, "Regularization", "date"), type=["string", "integer"]),
    ),
    Mistake(
        "wire-formats-known",
        "schema Regularization.date: date-iso is sent as string",
        lambda d: put(field(d, "Regularization", "date"), type="integer"),
    ),
    Mistake(
        "enums-unique",
        "schema Language and schema ClientWrite.language: identical enums",
        lambda d: schema(d, "ClientWrite")["properties"].update(
            language={"type": "string", "enum": ["es", "en", "pt"]}
        ),
    ),
    Mistake(
        "numbers-have-wire-formats",
        "schema Document.total:",
        lambda d: field(d, "Document", "total").pop("format"),
    ),
    Mistake(
        "numbers-have-wire-formats",
        "schema PartialPayment.amount:",
        lambda d: field(d, "PartialPayment", "amount").pop("format"),
    ),
    Mistake(
        "numbers-have-wire-formats",
        "parameters TotalBeforeTaxesTo: a number",
        lambda d: shared(d, "TotalBeforeTaxesTo").update(schema={"type": "number"}),
    ),
    Mistake(
        "integers-of-answers-are-loose",
        "schema Item.id:",
        lambda d: put(schema(d, "Item")["properties"], id={"type": "integer", "description": "Id."}),
    ),
    Mistake(
        "integers-of-answers-are-loose",
        "GET /taxes.json 200",
        lambda d: put(
            operation(d, TAXES)["responses"]["200"]["content"]["application/json"], schema={"type": "integer"}
        ),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema TaxEnvelope.tax: must be a reference to an object",
        lambda d: put(schema(d, "TaxEnvelope")["properties"], tax={"type": "boolean"}),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema SaftResponse.url: must be a reference to an object, a list of such, or a text",
        lambda d: put(field(d, "SaftResponse", "url"), type=["string", "null"]),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema SaftResponse: has roots of several kinds",
        lambda d: put(
            schema(d, "SaftResponse")["properties"], Url={"$ref": "#/components/schemas/SaftProgress"}
        ),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema SequenceEnvelope: has roots of several kinds",
        lambda d: put(
            schema(d, "SequenceEnvelope")["properties"], sequences={"type": "array", "items": REFERENCE}
        ),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema TaxList.taxes:",
        lambda d: put(field(d, "TaxList", "taxes"), items={"type": "object"}),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema TaxEnvelope.tax:",
        lambda d: put(
            schema(d, "TaxEnvelope")["properties"], tax={"$ref": "#/components/schemas/DocumentType"}
        ),
    ),
    Mistake(
        "envelopes-are-envelopes",
        "schema TaxEnvelope: an envelope must be an object with a root",
        lambda d: schema(d, "TaxEnvelope")["properties"].clear(),
    ),
    Mistake(
        "requests-and-answers-separate",
        "schema Tax:",
        lambda d: put(schema(d, "TaxRequest")["properties"], tax={"$ref": "#/components/schemas/Tax"}),
    ),
    Mistake(
        "wires-have-two-sides",
        "schemas.Tax.properties.value",
        lambda d: put(field(d, "Tax", "value"), x_wire={"documented": "number", "seen": "string"}),
    ),
    Mistake(
        "wires-have-two-sides",
        "schemas.Tax.properties.value",
        lambda d: put(field(d, "Tax", "value"), x_wire="observed"),
    ),
    Mistake(
        "wires-have-two-sides",
        "must name its two roots",
        lambda d: put(
            schema(d, "SequenceEnvelope"), **{"x-wire": {"documented": "series", "observed": "sequence"}}
        ),
    ),
    Mistake(
        "wires-have-two-sides",
        "RegularizationCreated.properties.regularization.oneOf[0]",
        lambda d: put(field(d, "RegularizationCreated", "regularization")["oneOf"][0], x_wire="seen"),
    ),
    Mistake(
        "wires-have-two-sides",
        "RegularizationCreated.properties.regularization: every alternative belongs to one wire",
        lambda d: put(field(d, "RegularizationCreated", "regularization")["oneOf"][1], x_wire="observed"),
    ),
    Mistake(
        "wires-have-two-sides",
        "RegularizationCreated.properties.regularization: `x-wire`",
        lambda d: put(field(d, "RegularizationCreated", "regularization"), x_wire="observed"),
    ),
    Mistake(
        "wires-have-two-sides",
        "paths./taxes.json.get: `x-wire`",
        lambda d: put(operation(d, TAXES), x_wire="seen"),
    ),
    Mistake(
        "marks-known",
        "schemas.PdfOutput.properties.pdfUrl: unknown extension `x-secrets`",
        lambda d: put(field(d, "PdfOutput", "pdfUrl"), x_secrets=True),
    ),
    Mistake(
        "marks-known",
        "paths./taxes.json.get: unknown extension `x-vendor-operation`",
        lambda d: put(operation(d, TAXES), x_vendor_operation=["listTaxes"]),
    ),
    Mistake(
        "evidence-known",
        "schemas.Tax.properties.value",
        lambda d: put(field(d, "Tax", "value"), x_evidence="rumoured"),
    ),
    Mistake(
        "defaults-are-iso",
        "schema Document.due_date: the default '31/12/2026'",
        lambda d: put(field(d, "Document", "due_date"), default="31/12/2026"),
    ),
    Mistake(
        "defaults-are-iso",
        "schema Regularization.date: the default 'today'",
        lambda d: put(field(d, "Regularization", "date"), default="today"),
    ),
    Mistake(
        "defaults-are-iso",
        "schema Tax.name: the default '1/2/2026'",
        lambda d: put(field(d, "Tax", "name"), default="1/2/2026"),
    ),
    Mistake(
        "python-names-unique",
        "schema PdfOutput: pdfUrl, pdf_url",
        lambda d: put(schema(d, "PdfOutput")["properties"], pdf_url=TEXT),
    ),
    Mistake(
        "python-names-unique",
        "schema Invoice: due_date, dueDate",
        lambda d: put(schema(d, "Invoice")["allOf"][2]["properties"], dueDate=TEXT),
    ),
    Mistake("python-names-unique", "`to_dict`", lambda d: put(schema(d, "Tax")["properties"], to_dict=TEXT)),
    Mistake(
        "python-names-unique",
        "GET /{document-type}.json: date[from], date_from",
        lambda d: operation(d, TYPED)["parameters"].append(
            {"name": "date_from", "in": "query", "schema": {"type": "string"}}
        ),
    ),
]


def test_the_contract_is_clean() -> None:
    assert lint.lint(COMPACT) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.rule}: {mistake.says}")
def test_a_mistake_is_found_by_its_rule_alone(mistake: Mistake) -> None:
    document = deepcopy(loaded(COMPACT))
    mistake.make(document)
    findings = lint.lint_document(document)
    assert any(mistake.says in finding for finding in findings), findings
    assert {finding.partition(":")[0] for finding in findings} == {mistake.rule}


def test_each_rule_has_a_mistake() -> None:
    assert {mistake.rule for mistake in MISTAKES} == lint.FIRST_RULES.keys() | lint.RULES.keys()


def test_what_was_observed_need_not_be_documented() -> None:
    """An operation that was seen to work need not be on the vendor's pages."""
    document = deepcopy(loaded(COMPACT))
    put(operation(document, TAXES), x_vendor_operations=[], x_evidence="observed")
    assert lint.lint_document(document) == []


def test_each_mark_is_used_and_explained() -> None:
    text = COMPACT.read_text("utf-8")
    assert [mark for mark in lint.MARKS if f"{mark}:" not in text] == []
    guide = CONTRIBUTING.read_text("utf-8")
    assert [mark for mark in lint.MARKS if f"`{mark}" not in guide] == []


def test_each_format_says_what_it_is_read_from() -> None:
    assert wire_formats.READ_TYPES.keys() == wire_formats.FORMAT_NAMES
    for (name, written), wire_format in wire_formats.WIRE_FORMATS.items():
        assert written in wire_formats.READ_TYPES[name]
        parse = getattr(invoicexpress_wire, wire_format.parse)
        values = {"boolean": True, "integer": 1, "string": TEXTS[name], "number": Decimal("1.5")}
        assert {kind for kind, value in values.items() if is_read(parse, value)} == wire_formats.READ_TYPES[
            name
        ]


def is_read(parse: Callable[[object], object], value: object) -> bool:
    """Whether a wire function accepts a value."""
    try:
        parse(value)
    except invoicexpress_wire.WireError:
        return False
    return True


def test_patterns_belong_to_formats_that_exist() -> None:
    assert concrete.PATTERNS.keys() <= wire_formats.FORMAT_NAMES


@pytest.mark.parametrize(
    ("addition", "says"),
    [
        ("x-country: NO\n", "loading: contract.x-country: YAML 1.1 and 1.2 read it differently"),
        ("x-hours: 12:30:00\n", "loading: contract.x-hours: "),
        ("x-codes: [PT, {yes: 1}]\n", "loading: contract.x-codes[1]: "),
        ("x-once: 1\nx-once: 2\n", "a duplicate key"),
        ("x-broken: [\n", "loading: not YAML"),
    ],
)
def test_text_that_loaders_read_differently_is_found(addition: str, says: str) -> None:
    (finding,) = lint.lint(COMPACT.read_text("utf-8") + addition)
    assert says in finding


def test_text_that_is_no_mapping_is_found() -> None:
    assert lint.lint("- openapi\n- 3.1.0\n") == ["loading: the contract must be a mapping"]


@pytest.mark.parametrize("kind", [str, Path])
def test_a_contract_is_given_as_a_path_or_as_text(tmp_path: Path, kind: Callable[[Path], str | Path]) -> None:
    document = deepcopy(loaded(COMPACT))
    schema(document, "Tax")["title"] = "Steuer"
    text = yaml.safe_dump(document, allow_unicode=True)
    path = tmp_path / "openapi.yaml"
    path.write_text(text, "utf-8")
    assert (
        lint.lint(kind(path))
        == lint.lint(text)
        == ["no-titles: schema Tax: has a `title`; remove it: the component's name becomes the class name"]
    )


def test_a_number_is_not_the_flag_that_equals_it() -> None:
    assert list(lint.differences({"a": [1, "x"]}, {"a": [True, "x"]})) == ["contract.a[0]"]
    assert list(lint.differences({"a": 1}, {"a": 1, "b": 2})) == ["contract"]
    assert list(lint.differences([1], [1, 2])) == ["contract"]
    assert list(lint.differences({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]})) == []


def test_the_lint_is_for_the_form_that_people_edit() -> None:
    """The concrete form marks alternatives with one wire, which is forbidden in the hand-written form."""
    assert any(finding.startswith("wires-have-two-sides") for finding in lint.lint_document(loaded(CONCRETE)))
