"""The example files are well-formed, fit the contract's routes, and cover every documented operation."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from generator import concrete
from generator.contract import WIRES, Wire, resolved

from tests.contract.contract_files import COMPACT, CONCRETE, PlainValidator, loaded
from tests.contract.example_files import example_paths, read_example, read_examples, replace_at
from tests.folded import folded

ROOT = Path(__file__).parents[2]
Operations = dict[str, tuple[str, str, dict[str, Any]]]

SHAPE = {"operation", "segment", "source", "request", "response"}

OF_DOCUMENTS = ("createDocument", "getDocument", "updateDocument", "changeDocumentState", "sendDocumentEmail")

# Operations and document types with examples on the vendor's pages of 2017 and 2026.
DOCUMENTED = {
    ("listDocuments", "invoices"),
    ("createDocument", "invoices"),
    ("getDocument", "invoices"),
    ("updateDocument", "invoices"),
    ("changeDocumentState", "invoices"),
    ("changeDocumentState", "receipts"),
    ("sendDocumentEmail", "invoices"),
    ("generatePdf", None),
    ("getQrCode", None),
    ("relatedDocuments", None),
    ("generatePayment", None),
    ("listSequences", None),
    ("createSequence", None),
    ("getSequence", None),
    ("setCurrentSequence", None),
    ("registerSequence", None),
    ("listEstimates", None),
    *((operation, "quotes") for operation in OF_DOCUMENTS),
    ("listGuides", None),
    *((operation, "shippings") for operation in OF_DOCUMENTS),
    ("createDocument", "purchase_orders"),
    ("listDocuments", "purchase_orders"),
    ("exportSaft", None),
    ("createAccount", None),
    ("createAccountForExistingUser", None),
    ("getAccount", None),
    ("updateAccount", None),
    ("setAtCommunication", None),
    ("getClientBalance", None),
    ("updateClientInitialBalance", None),
    ("listClientRegularizations", None),
    ("createClientRegularization", None),
    ("deleteClientRegularization", None),
    ("createClientTreasuryMovement", None),
    ("deleteClientTreasuryMovement", None),
}

# Operations that are in use, but without any published answer.
UNSEEN = {
    "createAccount",
    "createAccountForExistingUser",
    "deleteClientRegularization",
    "getClientBalance",
    "listClientRegularizations",
    "registerSequence",
    "setAtCommunication",
    "updateAccount",
    "updateClientInitialBalance",
    "deleteClientTreasuryMovement",
}

every_file = folded("path", example_paths(), ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture(scope="module")
def operations() -> Operations:
    """The contract's operations: method, path template and description of each."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, item in loaded(COMPACT)["paths"].items()
        for method, operation in item.items()
        if method in {"get", "put", "post", "delete"}
    }


@every_file
def test_a_file_has_its_parts_and_says_where_it_is_from(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert SHAPE <= document.keys() <= SHAPE | {"corrections", "reasons"}
    assert document["request"] or document["response"]
    of_the_pages = document["source"].startswith(("vendor docs 2026-07, ", "vendor docs 2017, "))
    assert of_the_pages == (path.parent.name == "documented")
    assert "api_key" not in json.dumps(document["request"]), "only a new account's key is shown"
    read_example(path)


@every_file
def test_a_correction_changes_what_was_printed_and_says_why(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document.get("corrections", {}).keys() == document.get("reasons", {}).keys()
    for pointer, value in document.get("corrections", {}).items():
        before = json.dumps(document)
        replace_at(document, pointer, value)
        assert json.dumps(document) != before, f"{pointer} was right before"
    assert "…" not in json.dumps([document["request"], document["response"]], ensure_ascii=False)


COMPACT_CONTRACT: dict[str, Any] = loaded(COMPACT)


@every_file
def test_a_file_fits_its_operation(path: Path, operations: Operations) -> None:
    example = read_example(path)
    method, template, operation = operations[example.operation]
    named = [resolved(COMPACT_CONTRACT, each) for each in operation.get("parameters", [])]
    parameters = {each["name"]: each for each in named}
    if "document-type" in parameters:
        schema = resolved(COMPACT_CONTRACT, parameters["document-type"]["schema"])
        assert example.segment in schema["enum"]
    else:
        assert example.segment is None
    if example.request is not None:
        route = template.replace("{document-type}", str(example.segment))
        pattern = re.sub(r"\\\{[^}]*\\\}", r"\\d+", re.escape(route))
        assert example.request.method == method
        assert re.fullmatch(pattern, example.request.path), route
    if example.response is not None and example.response.status < 500:
        assert str(example.response.status) in operation["responses"]


@pytest.fixture(scope="module")
def validators() -> dict[Wire, PlainValidator]:
    """The concrete contract of each wire."""
    return {wire: PlainValidator(concrete.for_profile(loaded(CONCRETE), wire)) for wire in WIRES}


@every_file
def test_a_body_is_what_the_contract_says_of_its_wire(
    path: Path, operations: Operations, validators: dict[Wire, PlainValidator]
) -> None:
    example = read_example(path)
    method, template, _ = operations[example.operation]
    place = template.replace("{document-type}", str(example.segment)), method.lower()
    validator = validators["observed" if example.observed else "documented"]
    status = 200 if example.response is None else example.response.status
    if example.request and example.request.body is not None and status < 400:
        assert validator.accepts_request(*place, example.request.body)
    if example.response and example.response.body is not None and status < 300:
        assert validator.accepts_answer(*place, str(status), example.response.body)


def test_every_documented_operation_has_an_example() -> None:
    shown = {(example.operation, example.segment) for example in read_examples() if not example.observed}
    assert DOCUMENTED - shown == set()


def test_what_is_documented_was_observed_too() -> None:
    observed = {
        example.operation
        for example in read_examples()
        if example.observed and example.response and example.response.status < 300
    }
    assert {operation for operation, _ in DOCUMENTED} - observed == UNSEEN


def test_each_operation_that_is_known_has_an_example(operations: Operations) -> None:
    """Operations known from the XML API alone are guesses, and guesses need no example."""
    shown = {example.operation for example in read_examples()}
    known = {name for name, (_, _, operation) in operations.items() if operation["x-evidence"] != "assumed"}
    assert known - shown == {"deleteClient"}, "only an error without details was observed"


def test_the_printed_example_is_kept() -> None:
    path = next(path for path in example_paths() if path.stem == "2017-invoices-get-answer-200")
    printed, corrected = read_example(path, corrected=False), read_example(path)
    assert printed.response
    assert printed.response.body["invoice"]["retention"] == "foo"
    assert corrected.response
    assert corrected.response.body["invoice"]["retention"] == "0"


def test_a_correction_of_nothing_is_refused() -> None:
    with pytest.raises(LookupError):
        replace_at({"a": [{}]}, "/a/0/b", 1)
