"""The contract covers all that the vendor's document declares: operations, parameters, fields, statuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

import pytest

from .contract_files import COMPACT, Document, loaded
from .vendor_facts import FACTS, Coverage, VendorOperation, vendor_operations


class Deviation(NamedTuple):
    """A deliberate contradiction between the contract and the vendor's document."""

    operation: str
    status: str
    documented: str
    ours: str
    reason: str


DEVIATIONS: Final = [
    Deviation(
        "listGuides",
        "200",
        "guides.",
        "guides[].",
        "typed as one object; the pages of 2017 and the live service have a list "
        "(square-bit 2026-04, diogopms 2026-06)",
    ),
]

VENDOR: Final = vendor_operations()
BY_NAME: Final = {operation.name: operation for operation in VENDOR}


def intended(vendor: VendorOperation) -> VendorOperation:
    """An operation with the deliberate deviations applied."""
    answers = dict(vendor.answers)
    for deviation in DEVIATIONS:
        if deviation.operation == vendor.name:
            answers[deviation.status] = frozenset(
                re.sub(f"^{re.escape(deviation.documented)}", deviation.ours, name)
                for name in answers[deviation.status]
            )
    return replace(vendor, answers=answers)


@cache
def coverage() -> Coverage:
    """The committed contract."""
    return Coverage(loaded(COMPACT))


by_operation: Final = pytest.mark.parametrize("vendor", VENDOR, ids=lambda vendor: vendor.name)


@by_operation
def test_the_contract_has_all_that_the_vendor_declares(vendor: VendorOperation) -> None:
    assert list(coverage().findings(intended(vendor))) == []


def test_there_are_58_operations_and_all_of_their_places_were_compared() -> None:
    assert len(VENDOR) == len(BY_NAME) == 58
    segments = sum(len(vendor.segments) or 1 for vendor in VENDOR)
    places = [place for vendor in VENDOR for place in coverage().places(vendor)]
    assert len([place for place in places if place.is_listed]) == segments == 98
    others = {place.row.segment for place in places if place.row is not None and not place.is_listed}
    assert others == {"receipts", "vat_moss_invoices", "vat_moss_credit_notes", "vat_moss_receipts"}


@pytest.mark.parametrize("deviation", DEVIATIONS, ids=lambda deviation: deviation.operation)
def test_a_deviation_is_one_and_has_a_reason(deviation: Deviation) -> None:
    """A deviation that the contract no longer needs must be removed."""
    vendor = BY_NAME[deviation.operation]
    found = list(coverage().findings(vendor))
    start = f"{deviation.operation} {deviation.status}: {deviation.documented}"
    assert found
    assert [finding for finding in found if not finding.startswith(start)] == []
    assert deviation.reason


def test_the_facts_are_names_and_nothing_else() -> None:
    """The repository holds no sentence of the vendor's."""
    lines = [line for line in FACTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if re.search(r"[^\w\[\]{}\",:./ -]", line)] == []
    words = re.findall(r"[^\s\[\]{}\",:]+ [^\s\[\]{}\",:]+", " ".join(line.strip(" -") for line in lines))
    keys = ("operation", "method", "path", "segments", "query", "sends", "answers", "refuses")
    assert [pair for pair in words if pair.split(" ")[1] not in keys] == []


# --- omissions are found --------------------------------------------------------------------------


@dataclass(frozen=True)
class Loss:
    """A removal from the contract, and the findings that it must cause."""

    what: str
    make: Callable[[Document], object]
    findings: list[str]


def schema(document: Document, name: str) -> Document:
    """The properties of a component schema."""
    found: Document = document["components"]["schemas"][name]
    properties: Document = found["allOf"][-1]["properties"] if "allOf" in found else found["properties"]
    return properties


def operation(document: Document, path: str, method: str) -> Document:
    """An operation of the compact contract."""
    found: Document = document["paths"][path][method]
    return found


def without_query(document: Document, path: str, method: str, reference: str) -> None:
    """Removes a referenced parameter from an operation."""
    parameters = operation(document, path, method)["parameters"]
    parameters.remove({"$ref": f"#/components/parameters/{reference}"})


def without_row(document: Document, segment: str) -> None:
    """Removes a document type."""
    rows = document["x-document-types"]
    rows.remove(next(row for row in rows if row["segment"] == segment))


TYPED: Final = "/{document-type}"
LOSSES: Final[list[Loss]] = [
    Loss(
        "a field that is sent",
        lambda d: schema(d, "AtCommunication").pop("at_subuser"),
        ["atCommunication request: at_communication.at_subuser"],
    ),
    Loss(
        "a field of what is sent in another",
        lambda d: schema(d, "AccountCredentials").pop("context"),
        ["updateAccount request: account.credentials.context"],
    ),
    Loss(
        "a field of a line that is sent",
        lambda d: schema(d, "DocumentItemWrite").pop("discount"),
        [
            f"{verb}{family} request: {root}.items[].discount"
            for verb in ("create", "update")
            for family, root in (("Invoice", "invoice"), ("Estimate", "quote"), ("Guide", "shipping"))
        ],
    ),
    Loss(
        "the idempotency key",
        lambda d: schema(d, "DocumentCreateRequest").pop("proprietary_uid"),
        ["createInvoice request: proprietary_uid"],
    ),
    Loss(
        "a field that is read",
        lambda d: schema(d, "AccountDetails").pop("trial"),
        ["getAccount 200: account.trial"],
    ),
    Loss(
        "a field of one family",
        lambda d: schema(d, "Guide").pop("at_doc_code_id"),
        [
            "createGuide 201: shipping.at_doc_code_id",
            *(
                f"{name} 200: shipping.at_doc_code_id"
                for name in ("getGuide", "updateGuide", "changeGuideState")
            ),
            "listGuides 200: guides[].at_doc_code_id",
        ],
    ),
    Loss(
        "a field of a flat answer",
        lambda d: schema(d, "BalanceRemaining").pop("total"),
        ["getClientBalance 200: remaining_balance.total"],
    ),
    Loss(
        "a field of a page",
        lambda d: schema(d, "RegularizationList").pop("pagination"),
        [
            f"getClientRegularizations 200: pagination.{name}"
            for name in ("total_entries", "current_page", "total_pages", "per_page")
        ],
    ),
    Loss(
        "the documented root of a file",
        lambda d: (
            schema(d, "SaftResponse").pop("Url"),
            d["components"]["schemas"]["SaftResponse"].pop("x-wire"),
        ),
        ["export_saft 200: Url"],
    ),
    Loss(
        "the message of what is not ready",
        lambda d: schema(d, "SaftProgress").pop("message"),
        ["export_saft 202: message"],
    ),
    Loss(
        "the documented one of two shapes",
        lambda d: schema(d, "RegularizationCreated")["regularization"]["oneOf"].pop(1),
        [
            f"createClientRegularization 201: regularization[].{name}"
            for name in ("id", "number", "value", "date", "observation")
        ],
    ),
    Loss(
        "a query name",
        lambda d: without_query(d, "/estimates.json", "get", "DueDateTo"),
        ["listEstimates query: due_date[to]"],
    ),
    Loss(
        "a query name of a family's own list",
        lambda d: without_query(d, f"{TYPED}.json", "get", "Reference"),
        ["listInvoices query: reference"],
    ),
    Loss(
        "a success",
        lambda d: operation(d, "/api/accounts/create.json", "post")["responses"].update(
            {"200": operation(d, "/api/accounts/create.json", "post")["responses"].pop("201")}
        ),
        ["createAccount status: 201"],
    ),
    Loss(
        "a refusal",
        lambda d: operation(d, "/sequences/{sequence-id}/register.json", "put")["responses"].pop("404"),
        ["registerSequence status: 404"],
    ),
    Loss(
        "a body",
        lambda d: operation(d, "/api/accounts/{account-id}/get.json", "get")["responses"]["200"].pop(
            "content"
        ),
        [
            f"getAccount 200: account.{name}"
            for name in ("organization_name", "fiscal_id", "email", "state", "at_configured", "trial")
        ],
    ),
    Loss(
        "an operation",
        lambda d: d["paths"].pop("/api/v3/clients/{client-id}/balance.json"),
        ["getClientBalance path: get /api/v3/clients/{client_id}/balance.json"],
    ),
    Loss(
        "the name of the vendor's operation",
        lambda d: operation(d, "/api/v3/accounts/at_communication.json", "post").update(
            {"x-vendor-operations": []}
        ),
        ["atCommunication path: post /api/v3/accounts/at_communication.json"],
    ),
    Loss(
        "a method",
        lambda d: d["paths"]["/clients/{client-id}/invoices.json"].update(
            get=d["paths"]["/clients/{client-id}/invoices.json"].pop("post")
        ),
        ["listClientInvoices path: post /clients/{client_id}/invoices.json"],
    ),
    Loss(
        "a document type",
        lambda d: without_row(d, "devolutions"),
        [
            f"{name} path: devolutions"
            for name in ("createGuide", "getGuide", "updateGuide", "changeGuideState", "sendGuideEmail")
        ],
    ),
]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.what)
def test_what_goes_missing_is_found(loss: Loss) -> None:
    document = deepcopy(loaded(COMPACT))
    loss.make(document)
    mutilated = Coverage(document)
    found = {finding for vendor in VENDOR for finding in mutilated.findings(intended(vendor))}
    # A field missing below the root is also missing under the documented root.
    assert {finding for finding in found if " below the root: " not in finding} == set(loss.findings)


def test_what_the_observed_wire_alone_lacks_is_found() -> None:
    """A document has the same fields under its type's own root as under the documented one."""
    document = deepcopy(loaded(COMPACT))
    schema(document, "DocumentEnvelope")["proforma"] = {"$ref": "#/components/schemas/Pagination"}
    found = list(Coverage(document).findings(BY_NAME["getEstimate"]))
    assert "getEstimate 200 below the root: items[].tax.name" in found
    assert [finding for finding in found if " below the root: " not in finding] == []
