"""Answers of the service are explained: what the status and the texts mean, and a remedy that exists."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoicexpress import InvoiceXpress, NotFoundError, reference_data
from invoicexpress.errors import blank_answers, field_hints, from_response, from_wire, service_texts
from invoicexpress.errors.blank_answers import explanation
from invoicexpress.errors.service_texts import TEXTS, hints_for
from invoicexpress_emulator.http.messages import CATALOGUE
from invoicexpress_generated.errors import UnexpectedStatus
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError

from tests.unit.conftest import KEY, Service

ROOT = Path(__file__).parents[2]
HTML = b"<html><title>502 Bad Gateway</title></html>"


def said(status: int, body: bytes = b"", method: str = "GET", path: str = "/invoices/7.json") -> str:
    """The end of the message for an answer."""
    error = from_response(Request("x", method, path), UnexpectedStatus(Response(status, {}, body)))
    return str(error).partition(f" answered {status}: ")[2]


def text(message: str) -> bytes:
    return json.dumps({"errors": [{"error": message}]}).encode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (
            "/invoices/7.json",
            "no invoice 7; it may be a document of another type, which `ix.documents.get(7)`",
        ),
        ("/fees_notes/7/change-state.json", "no fees note 7; it may be a document of another type"),
        ("/clients/7.json", "no client 7; an id is not the client's code"),
        ("/api/v3/clients/7/balance.json", "no client 7; "),
        ("/api/v3/clients/7/regularization/8.json", "no client 7, or no regularization 8 of it"),
        ("/api/v3/clients/7/treasury_movements/8.json", "no client 7, or no movement 8 of it"),
        ("/items/7.json", "no item 7; `ix.items.list()` reads all"),
        ("/taxes/7.json", "no tax 7; `ix.taxes.list()` reads all"),
        ("/sequences/7.json", "no série 7; `ix.sequences.list()` reads all"),
        ("/sequences/7/register.json", "no série 7; `ix.sequences.list()` reads all"),
        ("/api/accounts/7/get.json", "no account 7 for this key"),
        ("/api/pdf/7.json", "no document 7 in this account"),
        ("/document/7/related_documents.json", "no document 7 in this account"),
        ("/documents/7/partial_payments.json", "no document 7 in this account"),
        ("/nowhere", "nothing is at this address; check base_url (INVOICEXPRESS_BASE_URL)"),
    ],
)
def test_a_404_names_the_missing_thing(path: str, sentence: str) -> None:
    assert said(404, path=path).startswith(sentence)
    assert said(404, text("Not here"), path=path).startswith(f"Not here ({sentence}")


def test_each_path_of_the_contract_with_an_id_has_a_sentence_of_its_own() -> None:
    paths = yaml.safe_load((ROOT / "openapi.concrete.yaml").read_text("utf-8"))["paths"]
    with_ids = [re.sub(r"\{[^}]+\}", "7", path) for path in paths if "{" in path]
    assert len(with_ids) > 80
    for path in with_ids:
        assert "7" in explanation("GET", path, 404, is_answered=False), path


@pytest.mark.parametrize(
    ("status", "body", "method", "sentence"),
    [
        (401, text("Invalid API key"), "GET", "Invalid API key (check the account's name and the key"),
        (401, b"", "GET", "the key is missing or wrong, or the account does not exist"),
        (401, text("não disponível durante o período gratuito"), "PUT", "subscribe to a plan"),
        (403, b"", "PUT", "the account or the user of the key may not do this"),
        (406, text("No"), "PUT", "No (the state of the document does not allow this; read it again"),
        (409, b"", "POST", "the same operation is in progress"),
        (409, text("All sequences are registered."), "PUT", "(nothing is left to register"),
        (422, b"", "POST", "the service refuses the values and gives no reason"),
        (429, text("Too Many Requests"), "GET", "share one pace between hosts: Pace(redis=...)"),
        (502, HTML, "GET", "502 Bad Gateway (the service failed; nothing was changed"),
        (502, HTML, "PUT", "it may have carried out the request, so read the state first"),
        (530, HTML, "GET", "no account is at this address; check the account's name (INVOICEXPRESS_ACCOUNT)"),
        (302, b"", "GET", "an undocumented answer; the address may belong to another server"),
    ],
)
def test_each_status_has_a_meaning_and_a_remedy(status: int, body: bytes, method: str, sentence: str) -> None:
    assert sentence in said(status, body, method)


def test_a_list_that_is_read_by_post_changed_nothing() -> None:
    assert "nothing was changed" in said(500, method="POST", path="/clients/7/invoices.json")


def test_a_text_that_says_enough_stands_alone() -> None:
    assert said(422, text("Quantity must be a number greater than 0"), "POST") == (
        "Quantity must be a number greater than 0"
    )


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("Nome não está disponível", "the name is taken; choose another name"),
        ("Nome é um campo obrigatório", "the name is required; pass name="),
        ("Razão de isenção deve ter uma opção selecionada", 'set tax_exemption to a code such as "M07"'),
        ("A série não corresponde ao tipo de documento", "instead of sequence_id="),
        ("O valor deve ser menor ou igual a 9.84", "pay at most the amount in the text"),
        ("Documento já foi finalizado, não pode ser alterado", "correct it with `ix.credit_notes.credit`"),
        ("Country PT was not found", 'reference_data.country_name("PT")'),
    ],
)
def test_a_text_of_the_service_is_explained(message: str, hint: str) -> None:
    shown = said(422, text(message), "POST")
    assert shown.startswith(f"{message} (")
    assert hint in shown
    assert shown.endswith(")")


def test_every_portuguese_text_of_the_emulator_is_explained_in_english() -> None:
    portuguese = [each.pt.text for each in CATALOGUE.values() if each.pt.text != each.en.text]
    assert len(portuguese) > 15
    for words in portuguese:
        shown = re.sub(r"\{\w+\}", "7", words)
        if re.search(r"[áàâãçéêíóôõú]", shown):
            (hint,) = hints_for([shown])
            assert any(row.meaning and hint.startswith(row.meaning) for row in TEXTS), words


def remedies() -> str:
    """All texts that name a method or a function."""
    return " ".join(
        [
            *(f"{row.meaning} {row.remedy}" for row in TEXTS),
            *(place.missing for place in blank_answers.PLACES),
            *blank_answers.BY_STATUS.values(),
            *(hint for _, hint in field_hints.HINTS),
        ]
    )


def test_every_method_and_function_in_a_remedy_exists() -> None:
    ix = InvoiceXpress("acme", KEY, transport=Service().transport)
    methods = set(re.findall(r"ix\.(\w+)\.(\w+)", remedies()))
    assert len(methods) > 10
    for space, method in methods:
        assert callable(getattr(getattr(ix, space), method)), (space, method)
    functions = set(re.findall(r"reference_data\.(\w+)", remedies()))
    assert len(functions) >= 4
    for name in functions:
        assert callable(getattr(reference_data, name)), name


def test_hints_are_separate_from_the_messages_of_the_service() -> None:
    error = from_response(
        Request("x", "POST", "/a"), UnexpectedStatus(Response(422, {}, text("Nome é longo")))
    )
    assert (error.messages, error.hints) == (["Nome é longo"], [])
    assert service_texts.TRIAL.search("período gratuito")


def test_the_types_that_were_tried_survive_pickling() -> None:
    error = NotFoundError("GET", "/receipts/7.json", 404, ())
    error.tried = ("Invoice", "Receipt")
    for each in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301 our own bytes
        assert str(each).endswith("no document of this id among the types Invoice, Receipt")


@pytest.mark.parametrize(
    ("field", "reason", "shown"),
    [
        ("invoice.items[0].tax", "expected TaxReference, got int 23", '{"name": "IVA23"} stands for a tax'),
        ("invoice.items[0].tax.name", 'expected a str, got int 23; use "23"', '{"name": "IVA23"}'),
        (
            "invoice.items[0].tax_exemption",
            'expected a str, got int 7; use "7"',
            'write a code such as "M07"',
        ),
        ("invoice.currency_code", "expected a text", 'write a code such as "USD"'),
        ("partial_payment.payment_mechanism", "expected one of", "`reference_data.payment_mechanisms()`"),
        ("invoice.client", "expected DocumentClientWrite, got int 5", '{"name": "Ana", "code": "A1"}'),
    ],
)
def test_a_field_that_is_often_wrong_shows_its_form(field: str, reason: str, shown: str) -> None:
    found: Any = from_wire(WireError(reason, (field,)))
    assert shown in found.reason
    assert 'use "' not in found.reason
