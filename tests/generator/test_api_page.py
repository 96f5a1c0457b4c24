"""docs/api.md: fresh, complete, and true to the requests that the client sends."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import invoicexpress
import pytest
from generator import api_page, contract, requests_of
from invoicexpress import InvoiceXpress
from invoicexpress.quirks.document_types import DOCUMENT_TYPES

from tests.contract.contract_files import COMPACT, loaded
from tests.unit.conftest import PDF_LINK, QR_LINK, SAFT_LINK, methods_of, spaces_of
from tests.unit.namespaces.test_every_method import CASES, DOCUMENT_CASES, Case

ROOT: Final = Path(__file__).parents[2]
CLIENT: Final = InvoiceXpress("account", "key")
SPACES: Final = spaces_of(CLIENT)
METHODS: Final = [(name, each) for name, space in SPACES.items() for each in sorted(methods_of(space))]


def kind_of(namespace: str) -> Any:
    """The class of a namespace."""
    return SPACES[namespace].__class__


def operations(namespace: str, method: str) -> list[str]:
    return api_page.operations(kind_of(namespace), method)


@pytest.fixture(scope="module")
def page() -> str:
    return api_page.page()


def test_the_committed_page_is_fresh(page: str) -> None:
    assert (ROOT / "docs" / "api.md").read_text("utf-8") == page, "stale: run `make api`"


def test_the_page_has_every_method_with_its_operations(page: str) -> None:
    sections = {text.partition("\n")[0]: text for text in re.split(r"^## ix\.", page, flags=re.MULTILINE)[1:]}
    assert set(sections) == set(SPACES)
    for name, method in METHODS:
        (entry,) = re.findall(rf"^- `{method}\((.*)\n  - (.*)$", sections[name], flags=re.MULTILINE)
        signature, sent = entry
        assert re.search(r"`: \S", signature), "a docstring"
        assert sent.split(", ") == [f"`{each}`" for each in operations(name, method)] != []


def test_every_operation_of_the_contract_is_behind_some_method() -> None:
    found = [sent for name, method in METHODS for sent in requests_of.sent_by(kind_of(name), method)]
    expected = {each.operation_id: each for each in contract.operations(loaded(COMPACT))}
    assert {each.operation_id for each in found} == set(expected)
    segments = "|".join(row.segment for row in DOCUMENT_TYPES)
    for each in found:
        operation = expected[each.operation_id]
        assert each.method == operation.method.upper()
        assert each.path == operation.path or re.fullmatch(
            operation.path.replace(contract.TYPE_SEGMENT, f"({segments})"), each.path
        )


def test_the_page_has_every_public_name(page: str) -> None:
    for name in invoicexpress.__all__:
        value = getattr(invoicexpress, name)
        assert f"## {value.__name__}\n" in page if value in api_page.modules() else f"`{name}" in page, name
    for module in api_page.modules():
        for name in getattr(module, "__all__", ()):
            assert f"`{name}" in page or f"## {module.__name__}.{name}\n" in page


@pytest.mark.parametrize(
    ("namespace", "method", "expected"),
    [
        ("clients", "get", ["GET /clients/{client-id}.json"]),
        ("clients", "invoices", ["POST /clients/{client-id}/invoices.json"]),
        # Receipts have no list of their own, and estimates one of their family.
        ("receipts", "list", ["GET /invoices.json"]),
        ("quotes", "list", ["GET /estimates.json"]),
        ("purchase_orders", "list", ["GET /purchase_orders.json"]),
        # The read decides if the answer was lost.
        ("items", "delete", ["DELETE /items/{item-id}.json", "GET /items/{item-id}.json"]),
        (
            "invoices",
            "pay",
            [
                "POST /documents/{document-id}/partial_payments.json",
                "GET /document/{document-id}/related_documents.json",
            ],
        ),
        # The type of the document is an argument, or found by trial.
        ("documents", "get", ["GET /{document-type}/{document-id}.json"]),
        ("legacy", "typed_list", ["GET /{document-type}.json"]),
        # A flow that runs another namespace's flow.
        ("credit_notes", "lines", ["GET /taxes.json", "GET /{document-type}/{document-id}.json"]),
    ],
)
def test_the_operations_behind_a_method(namespace: str, method: str, expected: list[str]) -> None:
    assert operations(namespace, method) == expected


SENT: Final = [
    *((name, method, case) for (name, method), case in CASES.items()),
    *(
        (row.segment, method, DOCUMENT_CASES[method](row))
        for row in DOCUMENT_TYPES
        for method in sorted(methods_of(SPACES[row.segment]))
    ),
]
"""The requests that each method sent in its test."""


@pytest.mark.parametrize("name", SPACES)
def test_each_request_that_a_method_sends_is_on_the_page(name: str) -> None:
    cases = [(method, case) for each, method, case in SENT if each == name]
    assert {method for method, _ in cases} == methods_of(SPACES[name])
    for method, case in cases:
        assert unnamed(case, operations(name, method)) == [], method


LINKED: Final = {urlsplit(link).path for link in (PDF_LINK, QR_LINK, SAFT_LINK)}
"""Files, which an answer links to: no operations of the contract."""


def unnamed(case: Case, named: list[str]) -> list[str]:
    """The requests of a case that none of the operations is."""
    patterns = ["[^/]+".join(map(re.escape, re.split(r"\{[^}]+\}", each))) for each in named]
    sent = [f"{each.verb} {each.path}" for each in case.sent if each.path not in LINKED]
    return [each for each in sent if not any(re.fullmatch(pattern, each) for pattern in patterns)]


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("Creates a draft. Takes the fields.", "Creates a draft."),
        ("Reads\n    a client.\n\n    Raises.", "Reads a client."),
        ("A rate (CIVA, art. 18). `on` is a day.", "A rate (CIVA, art. 18)."),
        ("The answer 5.5 of e.g. one. More.", "The answer 5.5 of e.g. one."),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_docstring(docstring: str, sentence: str) -> None:
    def function() -> None: ...

    function.__doc__ = docstring
    assert api_page.first_sentence(function) == sentence
