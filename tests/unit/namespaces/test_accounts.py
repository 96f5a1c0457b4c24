"""Accounts: passwords travel in base64, stay out of sight, and the caller's values are not changed."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import (
    Account,
    AccountCreate,
    AccountCredentials,
    AccountUpdate,
    AmbiguousResultError,
    InputError,
    NotFoundError,
    PermissionDeniedError,
    Unset,
)
from invoicexpress.namespaces.accounts import in_base64
from invoicexpress_generated.models.at_communication import AtCommunication
from invoicexpress_wire import WireError

from tests.unit.conftest import Answer, Run, Service

Call = Callable[[Any], Any]

SECRET = "pLanted-pässword"
CODED = base64.b64encode(SECRET.encode()).decode()
NEW: dict[str, Any] = {"organization_name": "Acme", "email": "ana@example.com", "terms": True}
MADE = {"account": {"id": 11, "name": "acme", "url": None, "api_key": SECRET, "state": "active"}}


def updating(credentials: Any) -> Call:
    return lambda ix: ix.accounts.update(11, credentials=credentials)


def communicating(password: Any, kind: Any = "auto") -> Call:
    return lambda ix: ix.accounts.set_at_communication(
        subuser="500100200/1", password=password, communication_type=kind
    )


@given(st.text())
def test_base64_is_undone_to_the_same_password(password: str) -> None:
    coded = in_base64(password)
    assert coded.isascii()
    assert base64.b64decode(coded, validate=True).decode() == password


@pytest.mark.parametrize(
    "given", [{"username": "u/1", "password": SECRET}, AccountCredentials("u/1", SECRET)]
)
def test_credentials_are_given_as_they_are(service: Service, run: Run, given: Any) -> None:
    service.will(*[Answer()] * 2)
    for _ in range(2):
        run(service, updating(given))
    for sent in service.sent:
        assert sent.body == {"account": {"credentials": {"username": "u/1", "password": CODED}}}
    # If the caller's object were changed, the second call would encode the password twice.
    assert SECRET in (given.values() if isinstance(given, dict) else [given.password])


def test_what_the_contract_does_not_know_of_credentials_is_sent(service: Service, run: Run) -> None:
    given = AccountCredentials("u/1", SECRET)
    given.additional_properties["novelty"] = 1
    service.will(Answer())
    run(service, updating(given))
    assert service.sent[0].body["account"]["credentials"]["novelty"] == 1


def test_passwords_of_users_are_not_coded(service: Service, run: Run) -> None:
    """Only passwords for the tax authority are encoded (vendor docs 2026-07)."""
    service.will(Answer(201, MADE), Answer(200, MADE), Answer())
    run(service, lambda ix: ix.accounts.create(password=SECRET, **NEW))
    run(service, lambda ix: ix.accounts.create_for_existing_user(password=SECRET, **NEW))
    run(service, lambda ix: ix.accounts.update(11, password=SECRET))
    assert [sent.body["account"]["password"] for sent in service.sent] == [SECRET] * 3


BAD_INPUT: list[tuple[Call, str]] = [
    (updating({"username": "u/1", "password": 12345}), "account.credentials.password"),
    (updating(AccountCredentials("u/1", 12345)), "account.credentials.password"),  # type: ignore[arg-type] # must fail
    (updating({"username": "u/1"}), "account.credentials.password"),
    (updating({"username": 5, "password": SECRET}), "account.credentials.username"),
    (updating(f"u/1:{SECRET}"[:3]), "account.credentials"),
    (communicating(12345), "at_communication.at_password"),
    (communicating(None), "at_communication.at_password"),
    (communicating(SECRET, 5), "at_communication.communication_type"),
    (lambda ix: ix.accounts.update(11, fiscal=1), "account.fiscal"),
    (lambda ix: ix.accounts.create(password=SECRET, **{**NEW, "terms": 1}), "account.terms"),
    (lambda ix: ix.accounts.create(**NEW), "account.password"),
    (lambda ix: ix.accounts.get(0), "account"),
]


@pytest.mark.parametrize(("call", "field"), BAD_INPUT)
def test_what_cannot_be_right_is_named_without_secrets(
    service: Service, run: Run, call: Call, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        run(service, call)
    assert caught.value.field == field
    said = f"{caught.value} {caught.value!r} {''.join(traceback.format_exception_only(caught.value))}"
    assert not any(secret in said for secret in (SECRET, CODED, "12345"))
    assert service.requests == []


@pytest.mark.parametrize("password", [None, 12345, b"secret", ["secret"]])
def test_what_is_no_password_is_refused_and_not_shown(password: Any) -> None:
    with pytest.raises(WireError) as caught:
        in_base64(password, "credentials", "password")
    assert str(caught.value) == f"credentials.password: expected a str, got {type(password).__name__}"


SECRETIVE = [
    Account(11, SECRET),
    AccountCreate("Acme", "ana@example.com", SECRET, True, password_confirmation=SECRET),
    AccountUpdate(password=SECRET, credentials=AccountCredentials("u/1", SECRET)),
    AtCommunication("500100200/1", SECRET, "auto"),
]


@pytest.mark.parametrize("model", SECRETIVE, ids=lambda model: type(model).__name__)
def test_secrets_are_not_printed(model: Any) -> None:
    assert SECRET not in repr(model)
    assert SECRET not in str(model)


def test_the_key_of_a_new_account_is_there_and_not_printed(service: Service, run: Run) -> None:
    service.will(Answer(201, MADE))
    account = run(service, lambda ix: ix.accounts.create(password=SECRET, **NEW))
    assert (account.id, account.api_key) == (11, SECRET)
    assert SECRET not in repr(account)


WITHOUT_A_TRACE: list[Call] = [
    lambda ix: ix.accounts.create(password=SECRET, **NEW),
    lambda ix: ix.accounts.create_for_existing_user(password=SECRET, **NEW),
    communicating(SECRET),
]


@pytest.mark.parametrize("call", WITHOUT_A_TRACE)
def test_without_an_answer_it_is_not_done_again(service: Service, run: Run, call: Call) -> None:
    """The outcome cannot be checked: a normal key does not see other accounts."""
    service.will(httpx.ReadTimeout("too late"))
    with pytest.raises(AmbiguousResultError) as caught:
        run(service, call)
    assert len(service.requests) == 1
    assert SECRET not in f"{caught.value} {caught.value!r}"


def test_an_account_stands_for_its_id(service: Service, run: Run) -> None:
    service.will(Answer(404), Answer(body={"account": {"trial": None, "at_configured": False}}))
    with pytest.raises(NotFoundError):
        run(service, lambda ix: ix.accounts.get(Account(11, SECRET)))
    details = run(service, lambda ix: ix.accounts.get(11))
    assert [sent.path for sent in service.sent] == ["/api/accounts/11/get.json"] * 2
    assert (details.trial, details.at_configured) == (None, False)
    assert isinstance(details.fiscal_id, Unset)


def test_what_a_trial_account_may_not_do_is_said(service: Service, run: Run) -> None:
    service.will(Answer(401, {"errors": [{"error": "Não está disponível durante o período gratuito."}]}))
    with pytest.raises(PermissionDeniedError):
        run(service, communicating(SECRET))


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ({"success": "false"}, "'false'"),
        ({"success": None}, "None"),
        ({}, "none"),
        ({"quote": "true"}, "none"),
    ],
)
def test_a_success_that_does_not_say_so_proves_nothing(
    service: Service, run: Run, body: dict[str, str | None], got: str
) -> None:
    service.will(Answer(body=body))
    with pytest.raises(AmbiguousResultError, match=f"expected success: true, got {got}"):
        run(service, communicating(SECRET))


@pytest.mark.parametrize("said", ["true", "True"])
def test_a_success_that_says_so_is_one(service: Service, run: Run, said: str) -> None:
    service.will(Answer(body={"success": said}))
    assert run(service, communicating(SECRET)) is None
