"""The concrete contract spells out the compact one for each document type, and adds nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from generator import concrete
from generator import contract as reading
from generator.contract import METHODS, WIRES, Wire
from invoicexpress_wire import is_array, is_object
from openapi_spec_validator import OpenAPIV31SpecValidator
from ruamel.yaml import YAML

from .contract_files import COMPACT, CONCRETE, Document, PlainValidator, loaded

compact: Final = loaded(COMPACT)
document: Final = loaded(CONCRETE)
validator: Final = PlainValidator(document)
profiles: Final = {wire: concrete.for_profile(document, wire) for wire in WIRES}
profile_validators: Final = {wire: PlainValidator(content) for wire, content in profiles.items()}

ROWS: Final[list[Document]] = compact["x-document-types"]
CREATED: Final = [row for row in ROWS if "createDocument" in row["operations"]]
LISTED: Final = [row for row in ROWS if "listDocuments" in row["operations"]]
ALL_EVENTS: Final[list[str]] = compact["components"]["schemas"]["StateEvent"]["enum"]
FAMILY_LISTS: Final = {row["family_list"] for row in ROWS}

LINE: Final = {"name": "Consulting", "unit_price": "10.00", "quantity": "1"}
ADDRESS: Final = {"detail": "Rua 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
WRITTEN: Final = {"date": "21/11/2026", "items": [LINE], "client": {"name": "Ana"}}
GUIDE: Final = {"loaded_at": "21/11/2026 09:30:00", "address_from": ADDRESS, "address_to": ADDRESS}
READ: Final[dict[str, Any]] = {
    "id": 1,
    "status": "draft",
    "type": "Invoice",
    "date": "21/11/2026",
    "sum": 10,
    "discount": 0,
    "before_taxes": 10,
    "taxes": 2.3,
    "total": 12.3,
    "currency": "Euro",
    "client": {"id": 1, "name": "Ana"},
    "items": [],
}
PAGE: Final = {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 10}


def by_segment(rows: list[Document]) -> pytest.MarkDecorator:
    """One test for each row."""
    return pytest.mark.parametrize("row", rows, ids=[row["segment"] for row in rows])


def written(row: Document) -> Document:
    """The schema that a document of this type is written with."""
    return {**WRITTEN, **GUIDE} if row["family"] == "guide" else {**WRITTEN}


def operations(content: Document) -> dict[tuple[str, str], Document]:
    """Operations by path and method."""
    return {
        (path, method): item[method]
        for path, item in content["paths"].items()
        for method in METHODS
        if method in item
    }


def mappings(node: Any) -> Iterator[Document]:
    """Every mapping of a tree."""
    if is_object(node):
        yield node
        for value in node.values():
            yield from mappings(value)
    elif is_array(node):
        for value in node:
            yield from mappings(value)


# --- the committed file ---------------------------------------------------------------------------


def test_the_committed_file_is_what_the_compact_contract_makes() -> None:
    assert CONCRETE.read_text("utf-8") == concrete.render(concrete.expand(compact))


def test_expanding_shares_nothing() -> None:
    expanded = concrete.expand(compact)
    found = [id(node) for tree in (compact, expanded) for node in mappings(tree)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_hash_seed_does_not_show(seed: str) -> None:
    program = (
        "import sys, yaml; from generator import concrete;"
        "sys.stdout.buffer.write(concrete.render(concrete.expand(yaml.safe_load(sys.stdin.buffer))).encode())"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        input=COMPACT.read_bytes(),
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(concrete.__file__).parents[1])},
    )
    assert made.stdout == CONCRETE.read_bytes()


def test_both_yaml_versions_read_the_same() -> None:
    text = CONCRETE.read_text("utf-8")
    loader: Any = YAML(typ="safe", pure=True)
    assert loader.load(text) == yaml.safe_load(text) == concrete.expand(compact)


def test_text_has_no_anchors_and_says_not_to_edit_it() -> None:
    text = CONCRETE.read_text("utf-8")
    assert text.startswith("# Generated from openapi.yaml by `make generate`. Do not edit.\n")
    assert [
        token for token in yaml.scan(text) if isinstance(token, (yaml.AnchorToken, yaml.AliasToken))
    ] == []


def test_rendering_repeats_what_occurs_twice() -> None:
    shared = {"type": "string"}
    assert "&" not in concrete.render({"one": shared, "other": shared})


# --- operations -----------------------------------------------------------------------------------


def test_each_row_has_its_operations_and_nothing_else_is_there() -> None:
    expected: dict[tuple[str, str], str] = {}
    for (path, method), operation in operations(compact).items():
        name = operation["operationId"]
        if "{document-type}" not in path:
            expected[path, method] = name
        for row in ROWS:
            if "{document-type}" in path and name in row["operations"]:
                literal = path.replace("{document-type}", row["segment"])
                expected[literal, method] = f"{name}_{row['segment']}"
    found = {place: operation["operationId"] for place, operation in operations(document).items()}
    assert found == expected
    pairs = sum(len(row["operations"]) for row in ROWS)
    literals = sum("{document-type}" not in path for path, _ in operations(compact))
    assert len(found) == len(set(found.values())) == pairs + literals


def test_nothing_of_the_compact_form_is_left() -> None:
    keys = {key for node in mappings(document) for key in node}
    compact_only = {"x-document-types", "x-envelope", "x-root", "x-family-list", "x-idempotent-only"}
    assert keys & compact_only == set()
    names = {node.get("name") for node in mappings(document["paths"])}
    assert "document-type" not in names
    assert not any("{document-type}" in path for path in document["paths"])
    assert "{root}" not in concrete.render({"paths": document["paths"]})


def test_filters_of_the_family_stay_on_the_family_list() -> None:
    only = set(compact["paths"]["/{document-type}.json"]["get"]["x-family-list"])
    assert {"type[]", "reference", "date[from]"} <= only
    for row in LISTED:
        path = f"/{row['segment']}.json"
        operation = document["paths"][path]["get"]
        names = {reading.resolved(document, parameter)["name"] for parameter in operation["parameters"]}
        assert names & only == (only if path in FAMILY_LISTS else set()), path
        assert "text" in names
        assert operation.get("deprecated", False) == (
            path not in FAMILY_LISTS or row.get("deprecated", False)
        )


def test_each_operation_says_its_security() -> None:
    assert "security" not in document
    assert {str(operation["security"]) for operation in operations(document).values()} == {"[{'apiKey': []}]"}


def test_evidence_of_an_operation_is_no_better_than_that_of_its_type() -> None:
    for row in ROWS:
        for operation in operations(document).values():
            if operation.get("x-document-type") == row["segment"] and row["x-evidence"] == "legacy":
                is_guess = operation["tags"] == ["legacy"]
                assert operation["x-evidence"] == ("assumed" if is_guess else "legacy")
                assert operation["deprecated"] is True
    assert operations(document)["/invoices.json", "post"]["x-evidence"] == "observed"
    assert "deprecated" not in operations(document)["/invoices.json", "post"]


def test_emulator_is_a_server_beside_the_production_service() -> None:
    production, emulator = document["servers"]
    assert production == compact["servers"][0]
    defaults = {name: variable["default"] for name, variable in emulator["variables"].items()}
    assert emulator["url"].format(**defaults) == "http://127.0.0.1:8080"


def test_only_creates_with_an_idempotency_key_can_conflict() -> None:
    for row in CREATED:
        responses = document["paths"][f"/{row['segment']}.json"]["post"]["responses"]
        assert ("409" in responses) == row["idempotent_create"], row["segment"]


# --- references -----------------------------------------------------------------------------------


def test_every_reference_points_to_something_and_every_component_is_used() -> None:
    found = {node["$ref"] for node in mappings(document) if "$ref" in node}
    components = {
        f"#/components/{kind}/{name}"
        for kind, entries in document["components"].items()
        if kind != "securitySchemes"
        for name in entries
    }
    assert found == components


# --- requests -------------------------------------------------------------------------------------


@by_segment(CREATED)
@pytest.mark.parametrize(("suffix", "method"), [("", "post"), ("/{document-id}", "put")], ids=["post", "put"])
def test_a_document_is_sent_under_its_own_root_or_that_of_its_family(
    row: Document, suffix: str, method: str
) -> None:
    path = f"/{row['segment']}{suffix}.json"
    roots = {entry["root"] for entry in ROWS} | {"document", "x"}
    accepted = {root for root in roots if validator.accepts_request(path, method, {root: written(row)})}
    assert accepted == {row["root"], row["fixed_root"]}


def test_the_wrong_root_is_refused_and_the_fixed_one_accepted() -> None:
    assert not validator.accepts_request("/quotes.json", "post", {"invoice": WRITTEN})
    assert validator.accepts_request("/credit_notes.json", "post", {"invoice": WRITTEN})
    assert not validator.accepts_request("/invoices.json", "post", {"credit_note": WRITTEN})
    assert not validator.accepts_request(
        "/receipts/{document-id}/change-state.json", "put", CANCELLED_INVOICE
    )


CANCELLED_INVOICE: Final = {"invoice": {"state": "canceled", "message": "twice"}}


@by_segment(CREATED)
@pytest.mark.parametrize("wire", WIRES)
def test_either_root_may_be_sent_to_either_wire(row: Document, wire: Wire) -> None:
    for root in (row["root"], row["fixed_root"]):
        assert profile_validators[wire].accepts_request(
            f"/{row['segment']}.json", "post", {root: written(row)}
        )


@by_segment(CREATED)
def test_two_roots_no_root_and_strangers_are_refused(row: Document) -> None:
    path = f"/{row['segment']}.json"
    own = {row["root"]: written(row)}
    assert validator.accepts_request(path, "post", own)
    assert not validator.accepts_request(path, "post", {})
    assert not validator.accepts_request(path, "post", own | {"stranger": 1})
    assert not validator.accepts_request(path, "post", own | {"pagination": PAGE})
    for other in ROWS:
        if other["root"] != row["root"]:
            assert not validator.accepts_request(path, "post", own | {other["root"]: written(other)})


@by_segment(CREATED)
def test_only_creates_of_the_invoice_family_take_an_idempotency_key(row: Document) -> None:
    body = {row["root"]: written(row), "proprietary_uid": "7f"}
    is_invoice_family = row["family"] == "invoice"
    assert validator.accepts_request(f"/{row['segment']}.json", "post", body) == is_invoice_family
    assert not validator.accepts_request(f"/{row['segment']}/{{document-id}}.json", "put", body)
    del body["proprietary_uid"]
    with_another_owner = {row["root"]: written(row), "raw_owner_invoice": "FT 1/7"}
    for path, method in ((row["segment"], "post"), (f"{row['segment']}/{{document-id}}", "put")):
        is_accepted = validator.accepts_request(f"/{path}.json", method, with_another_owner)
        assert is_accepted == is_invoice_family
    assert validator.accepts_request(f"/{row['segment']}/{{document-id}}.json", "put", body)


@by_segment(CREATED)
def test_only_simplified_invoices_do_without_a_client(row: Document) -> None:
    anonymous = {key: value for key, value in written(row).items() if key != "client"}
    for root in (row["root"], row["fixed_root"]):
        is_accepted = validator.accepts_request(f"/{row['segment']}.json", "post", {root: anonymous})
        assert is_accepted == (row["segment"] == "simplified_invoices"), root


@by_segment(ROWS)
def test_each_type_takes_its_own_events(row: Document) -> None:
    path = f"/{row['segment']}/{{document-id}}/change-state.json"
    for root in {row["root"], row["fixed_root"]}:
        accepted = {
            event
            for event in [*ALL_EVENTS, "frozen"]
            if validator.accepts_request(path, "put", {root: {"state": event, "message": "why"}})
        }
        assert accepted == set(row["events"])
        assert not validator.accepts_request(path, "put", {root: {"message": "why"}})


@by_segment(ROWS)
def test_cancelling_wants_a_message_and_nothing_else_does(row: Document) -> None:
    path = f"/{row['segment']}/{{document-id}}/change-state.json"
    for event in row["events"]:
        bare = {row["root"]: {"state": event}}
        empty = {row["root"]: {"state": event, "message": ""}}
        assert validator.accepts_request(path, "put", bare) == (event != "canceled")
        assert validator.accepts_request(path, "put", empty) == (event != "canceled")


def test_receipts_can_only_be_cancelled() -> None:
    assert {path for path in document["paths"] if path.startswith("/receipts")} == {
        "/receipts.json",
        "/receipts/{document-id}.json",
        "/receipts/{document-id}/change-state.json",
        "/receipts/{document-id}/archive.json",
        "/receipts/{document-id}/unarchive.json",
    }
    assert list(document["paths"]["/receipts.json"].keys()) == ["get"]
    path = "/receipts/{document-id}/change-state.json"
    assert validator.accepts_request(path, "put", {"receipt": {"state": "canceled", "message": "bounced"}})
    assert not validator.accepts_request(path, "put", {"receipt": {"state": "settled"}})


def test_wire_formats_bite_in_a_validator_that_does_not_know_them() -> None:
    def accepted(**changes: Any) -> bool:
        return validator.accepts_request("/invoices.json", "post", {"invoice": {**WRITTEN, **changes}})

    assert accepted(due_date="01/12/2026")
    assert not accepted(due_date="2026-12-01")
    assert not accepted(date="1/12/2026")
    assert not accepted(items=[{**LINE, "unit_price": "10,00"}])
    item = {"name": "Consulting", "description": "By the hour", "unit_price": "10.00"}
    assert validator.accepts_request("/items.json", "post", {"item": item})
    assert not validator.accepts_request("/items.json", "post", {"item": {**item, "unit_price": 10.0}})
    assert not accepted(sequence_id="A")
    assert accepted(sequence_id="12")
    assert not accepted(mb_reference="2")


# --- answers --------------------------------------------------------------------------------------


@by_segment(ROWS)
@pytest.mark.parametrize("wire", WIRES)
def test_each_wire_answers_under_its_own_root(row: Document, wire: Wire) -> None:
    path = f"/{row['segment']}/{{document-id}}.json"
    expected = row["root"] if wire == "observed" else row["fixed_root"]
    roots = {entry["root"] for entry in ROWS}
    accepted = {
        root for root in roots if profile_validators[wire].accepts_answer(path, "get", "200", {root: READ})
    }
    assert accepted == {expected}
    assert validator.accepts_answer(path, "get", "200", {expected: READ})


def test_an_operation_of_one_wire_is_not_in_the_other() -> None:
    assert "delete" in document["paths"]["/clients/{client-id}.json"]
    assert "delete" in profiles["observed"]["paths"]["/clients/{client-id}.json"]
    assert "delete" not in profiles["documented"]["paths"]["/clients/{client-id}.json"]
    assert "get" in profiles["documented"]["paths"]["/clients/{client-id}.json"]


@by_segment(LISTED)
@pytest.mark.parametrize("wire", WIRES)
def test_each_wire_lists_under_its_own_key(row: Document, wire: Wire) -> None:
    path = f"/{row['segment']}.json"
    accepted = {
        key
        for key in {entry["list_key"] for entry in ROWS}
        if profile_validators[wire].accepts_answer(path, "get", "200", {key: [READ], "pagination": PAGE})
    }
    assert accepted == {row["list_key"]}, "the vendor's page does not say, so both wires use the observed key"


def test_a_single_sequence_has_the_plural_key_in_the_documentation_only() -> None:
    path, sequence = "/sequences/{sequence-id}.json", {"id": 1, "serie": "A"}
    observed, documented = profile_validators["observed"], profile_validators["documented"]
    for content, root, other in (
        (observed, "sequence", "sequences"),
        (documented, "sequences", "sequence"),
    ):
        assert content.accepts_answer(path, "get", "200", {root: sequence})
        assert not content.accepts_answer(path, "get", "200", {other: sequence})
    assert not validator.accepts_answer(path, "get", "200", {"sequence": sequence, "sequences": sequence})


def test_a_saft_address_has_a_capital_letter_in_the_documentation_only() -> None:
    path, address = "/api/export_saft.json", "https://example.test/saft.zip"
    observed, documented = profile_validators["observed"], profile_validators["documented"]
    for content, root, other in ((observed, "url", "Url"), (documented, "Url", "url")):
        assert content.accepts_answer(path, "get", "200", {root: address})
        assert not content.accepts_answer(path, "get", "200", {other: address})
        assert not content.accepts_answer(path, "get", "200", {root: None})
    assert not validator.accepts_answer(path, "get", "200", {"url": address, "Url": address})


def test_a_new_regularization_is_a_list_in_the_documentation_only() -> None:
    path, entry = "/api/v3/clients/{client-id}/regularization.json", {"id": 1, "date": "2026-11-21"}
    observed, documented = profile_validators["observed"], profile_validators["documented"]
    shapes: list[tuple[PlainValidator, object, object]] = [
        (observed, entry, [entry]),
        (documented, [entry], entry),
    ]
    for content, own, other in shapes:
        assert content.accepts_answer(path, "post", "201", {"regularization": own})
        assert not content.accepts_answer(path, "post", "201", {"regularization": other})
        assert validator.accepts_answer(path, "post", "201", {"regularization": own})


def test_treasury_alone_has_dates_as_the_rest_of_the_world_writes_them() -> None:
    path = "/api/v3/clients/{client-id}/treasury_movements.json"

    def accepted(date: str) -> bool:
        body = {"value": 10.5, "movement_type": "Payment", "date": date}
        return validator.accepts_request(path, "post", {"treasury_movement": body})

    assert accepted("2026-11-21")
    assert not accepted("21/11/2026")
    assert not accepted("2026-11-1")
    answer = {"treasury_movement": {"date": "21/11/2026"}}
    assert not validator.accepts_answer(path, "post", "201", answer)
    assert validator.accepts_answer(path, "post", "201", {"treasury_movement": {"date": ""}})


def test_guides_say_when_and_where_goods_travel() -> None:
    def accepted(**changes: Any) -> bool:
        body = {key: value for key, value in {**WRITTEN, **GUIDE, **changes}.items() if value is not None}
        return validator.accepts_request("/transports.json", "post", {"transport": body})

    assert accepted()
    assert not accepted(loaded_at="21/11/2026")
    assert not accepted(loaded_at="2026-11-21 09:30:00")
    for key in GUIDE:
        assert not accepted(**{key: None}), key
    for key in ADDRESS:
        part = {name: value for name, value in ADDRESS.items() if name != key}
        assert not accepted(address_to=part), key


def test_places_with_one_root_take_that_one_alone() -> None:
    payment = "/documents/{document-id}/partial_payments.json"
    assert validator.accepts_answer(payment, "post", "200", {"receipt": READ})
    assert not validator.accepts_answer(payment, "post", "200", {"invoice": READ})
    of_client = "/clients/{client-id}/invoices.json"
    assert validator.accepts_answer(of_client, "post", "200", {"invoices": [READ], "pagination": PAGE})
    assert not validator.accepts_answer(of_client, "post", "200", {"receipts": [READ]})
    assert not validator.accepts_answer("/clients/{client-id}.json", "get", "200", {"clients": {}})


def test_answers_take_a_number_or_a_text_for_an_amount_but_no_other_text() -> None:
    path = "/invoices/{document-id}.json"

    def accepted(**changes: Any) -> bool:
        return validator.accepts_answer(path, "get", "200", {"invoice": {**READ, **changes}})

    assert accepted(total=12.3)
    assert accepted(total="12.30")
    assert not accepted(total="12,30")
    assert not accepted(total=None)
    assert not accepted(date="2026-11-21")
    assert not accepted(id="one")


@pytest.mark.parametrize("wire", WIRES)
def test_a_profile_is_a_contract_without_alternatives_of_the_other_wire(wire: Wire) -> None:
    content = profiles[wire]
    marks = {node["x-wire"] for node in mappings(content) if isinstance(node.get("x-wire"), str)}
    assert marks <= {wire}
    OpenAPIV31SpecValidator(content).validate()
    ours = {
        place for place, operation in operations(document).items() if operation.get("x-wire", wire) == wire
    }
    assert operations(content).keys() == ours
    single = content["components"]["schemas"]["DocumentEnvelope_invoice_receipts"]
    assert "oneOf" not in single
    assert single["description"] == compact["components"]["schemas"]["DocumentEnvelope"]["description"]


def test_remarks_on_fields_belong_to_both_profiles() -> None:
    for content in profiles.values():
        fields = content["components"]["schemas"]["Document"]["properties"]
        assert fields["sequence_id"]["x-wire"] == {"documented": "string", "observed": "integer"}


# --- links ----------------------------------------------------------------------------------------


def links(content: Document) -> Iterator[tuple[tuple[str, str], str, str, Document]]:
    """Place, status, name and content of every link."""
    for place, operation in operations(content).items():
        for status, response in operation["responses"].items():
            for name, link in response.get("links", {}).items():
                yield place, status, name, link


def path_parameters(operation: Document) -> set[str]:
    """Names of the path parameters of an operation."""
    components = document["components"]["parameters"]
    parameters = [
        components[parameter["$ref"].rpartition("/")[2]] if "$ref" in parameter else parameter
        for parameter in operation.get("parameters", [])
    ]
    return {parameter["name"] for parameter in parameters if parameter["in"] == "path"}


def test_links_lead_to_operations_with_all_that_their_paths_need() -> None:
    targets = {operation["operationId"]: operation for operation in operations(document).values()}
    found = list(links(document))
    assert len(found) > len(CREATED) * 4
    for _, _, name, link in found:
        assert set(link["parameters"]) == path_parameters(targets[link["operationId"]]), name


@pytest.mark.parametrize("wire", WIRES)
def test_links_read_the_id_under_the_root_of_the_answer(wire: Wire) -> None:
    content = profiles[wire]
    assert [(place, link["operationId"]) for place, _, _, link in links(content)] == list(
        dict.fromkeys(
            (place, link["operationId"])
            for place, _, _, link in links(document)
            if link.get("x-wire", wire) == wire
        )
    )
    there = {operation["operationId"] for operation in operations(content).values()}
    for (path, method), status, name, link in links(content):
        assert link["operationId"] in there, "a link that this wire's operations do not have an end for"
        for parameter, expression in link["parameters"].items():
            if expression == f"$request.path.{parameter}":
                assert f"{{{parameter}}}" in path
                continue
            match = re.fullmatch(r"\$response\.body#/(\w+)/id", expression)
            assert match is not None, expression
            schema = content["paths"][path][method]["responses"][status]["content"]["application/json"][
                "schema"
            ]
            envelope = content["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            assert envelope["required"] == [match[1]], (path, name)


def test_a_create_links_to_the_operations_of_its_own_type() -> None:
    targets = {
        link["operationId"] for place, _, _, link in links(document) if place == ("/quotes.json", "post")
    }
    assert targets == {
        "getDocument_quotes",
        "updateDocument_quotes",
        "changeDocumentState_quotes",
        "sendDocumentEmail_quotes",
        "generatePdf",
        "relatedDocuments",
    }


# --- changes that editors may make ----------------------------------------------------------------


def changed(**row_changes: Any) -> Document:
    """A copy of the compact contract with one more document type."""
    copy = deepcopy(compact)
    copy["x-document-types"].append(
        {
            **ROWS[0],
            "segment": "deliveries",
            "root": "delivery",
            "list_key": "deliveries",
            "type": "Delivery",
            "family": "delivery",
            "fixed_root": "delivery",
            "family_list": "/all_deliveries.json",
            "idempotent_create": False,
            **row_changes,
        }
    )
    schemas = copy["components"]["schemas"]
    for name, content in (
        ("DocumentEnvelope", "Invoice"),
        ("DocumentCreateRequest", "InvoiceWrite"),
        ("DocumentUpdateRequest", "InvoiceWrite"),
        ("StateChangeRequest", "StateChange"),
    ):
        schemas[name]["properties"]["delivery"] = {"$ref": f"#/components/schemas/{content}"}
    schemas["DocumentList"]["properties"]["deliveries"] = {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Invoice"},
    }
    return copy


def test_a_new_type_is_a_new_row_and_nothing_else() -> None:
    expanded = concrete.expand(changed(events=["finalized"]))
    assert {path for path in expanded["paths"] if "deliveries" in path} == {
        "/deliveries.json",
        "/deliveries/{document-id}.json",
        "/deliveries/{document-id}/change-state.json",
        "/deliveries/{document-id}/email-document.json",
        "/deliveries/{document-id}/archive.json",
        "/deliveries/{document-id}/unarchive.json",
    }
    content = PlainValidator(expanded)
    assert content.accepts_request("/deliveries.json", "post", {"delivery": WRITTEN})
    assert not content.accepts_request("/deliveries.json", "post", {"invoice": WRITTEN})
    assert not content.accepts_request("/invoices.json", "post", {"delivery": WRITTEN})
    state = "/deliveries/{document-id}/change-state.json"
    assert not content.accepts_request(state, "put", {"delivery": {"state": "settled"}})
    OpenAPIV31SpecValidator(expanded).validate()


def test_operations_that_a_type_lacks_have_no_links() -> None:
    expanded = concrete.expand(changed(operations=["createDocument", "getDocument"]))
    targets = {link["operationId"] for place, _, _, link in links(expanded) if place[0] == "/deliveries.json"}
    assert targets == {"getDocument_deliveries", "generatePdf", "relatedDocuments"}


def test_the_script_knows_no_document_type() -> None:
    for module in ("concrete.py", "contract.py"):
        tree = ast.parse((Path(concrete.__file__).parent / module).read_text("utf-8"))
        documented = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }  # docstrings may give examples
        words = {
            word
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
            for word in re.findall(r"\w+", node.value)
        }
        for row in ROWS:
            assert words.isdisjoint({row[key] for key in ("segment", "root", "list_key", "type", "family")})


def test_a_row_without_its_root_is_refused() -> None:
    copy = changed()
    del copy["components"]["schemas"]["DocumentEnvelope"]["properties"]["delivery"]
    with pytest.raises(ValueError, match="DocumentEnvelope_deliveries would have no target"):
        concrete.expand(copy)


def test_a_literal_path_beside_the_row_that_makes_it_is_refused() -> None:
    copy = deepcopy(compact)
    copy["paths"]["/quotes.json"] = {"post": copy["paths"]["/taxes.json"]["post"]}
    with pytest.raises(ValueError, match=r"/quotes\.json has two of `post`"):
        concrete.expand(copy)


def test_several_roots_without_a_choice_are_refused() -> None:
    copy = deepcopy(compact)
    del copy["paths"]["/documents/{document-id}/partial_payments.json"]["post"]["responses"]["200"]["x-root"]
    with pytest.raises(ValueError, match="DocumentEnvelope has several roots; choose one with x-root"):
        concrete.expand(copy)
