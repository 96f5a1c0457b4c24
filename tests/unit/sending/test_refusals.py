"""Which answers prove a refusal: the service's own words, and not those of a proxy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from invoicexpress.sending.refusals import proves_refusal

OWN: list[Any] = [
    {"errors": [{"error": "Invalid API key"}]},
    {"errors": {"error": "Document not found"}},
    {"errors": ["Fiscal is invalid"]},
    {"errors": [{"error": ["CantHandle: draft for CreditNote"]}]},
    {"errors": {"name": ["is not available."]}},
    {"errors": {"code": "006", "message": "The sequence doesn't exist."}},
    {"name": ["is not available."]},
    {"error": "No document with ID 24563387 was found in this account"},
    {"reason": "There's an ongoing document creation with the provided UID u1"},
    [["name", "não está disponível."]],
    ["payment_mechanism", "is invalid"],
]
FOREIGN = [
    b"<html><title>403 Forbidden</title></html>",
    b"Forbidden",
    b'{"message": "Refused"}',
    b'{"status": 403}',
    b'{"detail": ["a", 1]}',
    b"{}",
    b"[]",
    b"null",
    b'"no"',
    b'{"errors": []}',
    b'{"errors": [',
    b"[" * 100_000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 409, 422, 429])
@pytest.mark.parametrize("body", [b"", b" ", *(json.dumps(each).encode() for each in OWN)])
def test_the_words_of_the_service_prove_a_refusal(status: int, body: bytes) -> None:
    assert proves_refusal(status, body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422])
@pytest.mark.parametrize("body", FOREIGN)
def test_the_words_of_others_prove_nothing(status: int, body: bytes) -> None:
    assert not proves_refusal(status, body)


@pytest.mark.parametrize("status", [200, 302, 304, 408, 499, 500, 503, 530])
@pytest.mark.parametrize("body", [b"", json.dumps(OWN[0]).encode()])
def test_a_status_that_is_no_refusal_proves_none(status: int, body: bytes) -> None:
    assert not proves_refusal(status, body, retry_after="1")


@pytest.mark.parametrize("body", FOREIGN)
def test_the_door_may_speak_as_it_likes_if_it_says_when_to_return(body: bytes) -> None:
    assert proves_refusal(429, body, retry_after="2")


def test_the_body_of_429_is_not_known_but_it_is_no_page() -> None:
    assert proves_refusal(429, b"Retry later")
    assert not proves_refusal(429, FOREIGN[0])
    assert not proves_refusal(429, FOREIGN[2])
