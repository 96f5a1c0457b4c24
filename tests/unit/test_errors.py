"""Every error answer of the service becomes one of our exceptions, with its status."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress import errors
from invoicexpress.errors import (
    AmbiguousResultError,
    ApiError,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    DocumentInUseError,
    DownloadError,
    DraftMismatchError,
    InputError,
    InvoiceXpressError,
    KeyReusedError,
    NotAcceptableError,
    NotFoundError,
    NotReadyError,
    PermissionDeniedError,
    RateLimitError,
    SaftFileError,
    SearchLimitError,
    ServerError,
    SilentChangeError,
    TransportError,
    UnexpectedResponseError,
    UnstableListError,
    ValidationError,
    from_response,
    from_wire,
    messages_of,
)
from invoicexpress.errors.silent_change import SilentChange
from invoicexpress_generated.api.documents import change_document_state, create_document, generate_pdf
from invoicexpress_generated.api.taxes import delete_tax
from invoicexpress_generated.errors import ResponseError, UnexpectedStatus, UnreadableBody
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError, is_object, loads

from tests.unit.conftest import document_json

REQUEST = Request("getDocument", "GET", "/invoices/7.json")
HTML = b"<!DOCTYPE html><html><title> The page you were looking for\n doesn't exist (404) </title></html>"


def answered(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> ApiError:
    """The exception raised for an answer that is no success of its operation."""
    return from_response(REQUEST, UnexpectedStatus(Response(status, headers or {}, body)))


# Observed (recorded 2019, tim-online 2023-11, digitaldev 2026-07), then documented (vendor docs 2026-07).
SHAPES: list[tuple[int, Any, list[str], type[ApiError]]] = [
    (401, {"errors": [{"error": "Invalid API key"}]}, ["Invalid API key"], AuthenticationError),
    (422, [["name", "não está disponível."]], ["name não está disponível."], ValidationError),
    (422, [["name", "is taken"], ["code", "is taken"]], ["name is taken", "code is taken"], ValidationError),
    (
        422,
        {
            "errors": {
                "error": "Document creation limit reached for the period from 15/12/2022 to 15/01/2023."
            }
        },
        ["Document creation limit reached for the period from 15/12/2022 to 15/01/2023."],
        ValidationError,
    ),
    (
        422,
        {"errors": ["Fiscal is invalid", "Client is invalid"]},
        ["Fiscal is invalid", "Client is invalid"],
        ValidationError,
    ),
    (
        422,
        {"errors": [{"error": ["CantHandle: draft for CreditNote"]}]},
        ["CantHandle: draft for CreditNote"],
        ValidationError,
    ),
    (
        422,
        {"errors": {"name": ["is too long", "is odd"]}},
        ["name is too long", "name is odd"],
        ValidationError,
    ),
    (422, {"name": ["is not available."]}, ["name is not available."], ValidationError),
    (422, {"base": ["Tax region is empty"]}, ["base Tax region is empty"], ValidationError),
    (401, {"errors": {"error": "Invalid API key"}}, ["Invalid API key"], AuthenticationError),
    (404, {"errors": {"error": "Document not found"}}, ["Document not found"], NotFoundError),
    (404, {"error": "No document with ID 1 was found"}, ["No document with ID 1 was found"], NotFoundError),
    (
        404,
        {"errors": {"code": "006", "message": "The sequence doesn't exist."}},
        ["The sequence doesn't exist. (code 006)"],
        NotFoundError,
    ),
    (404, {"errors": [{"error": "Client not found"}]}, ["Client not found"], NotFoundError),
    (
        404,
        {"error": {"code": "404", "message": "The account doesn't exist."}},
        ["The account doesn't exist. (code 404)"],
        NotFoundError,
    ),
    (
        409,
        {"reason": "There's an ongoing document creation with the provided UID u1"},
        ["There's an ongoing document creation with the provided UID u1"],
        ConflictError,
    ),
    (
        409,
        {"errors": {"code": "005", "message": "All sequences are registered."}},
        ["All sequences are registered. (code 005)"],
        ConflictError,
    ),
    (
        422,
        {"errors": {"error": "undefined method `match' for 1:Integer"}},
        ["undefined method `match' for 1:Integer"],
        ValidationError,
    ),
    (422, ["payment_mechanism", "is invalid"], ["payment_mechanism is invalid"], ValidationError),
    (422, ["fiscal_id", "is invalid"], ["fiscal_id is invalid"], ValidationError),
    (
        422,
        {"errors": [{"error": "Price is a required field"}, {"error": "Name is a required field"}]},
        ["Price is a required field", "Name is a required field"],
        ValidationError,
    ),
    (
        500,
        {"message": "Something went wrong"},
        ["Something went wrong"],
        ServerError,
    ),
    (406, {"errors": [{"error": "Invalid state"}]}, ["Invalid state"], NotAcceptableError),
    (403, {"errors": {"error": "Not allowed"}}, ["Not allowed"], PermissionDeniedError),
    (400, {"errors": [{"error": "Date is not valid"}]}, ["Date is not valid"], ValidationError),
    (429, {"errors": [{"error": "Too many requests"}]}, ["Too many requests"], RateLimitError),
    # Two full sentences in a bare array are two messages, not a field and its message.
    (422, ["Name is taken", "Code is taken"], ["Name is taken", "Code is taken"], ValidationError),
    # Within `errors` a list of two texts is two messages, even where the first could be a field's name.
    (422, {"errors": ["invalid", "Name is taken"]}, ["invalid", "Name is taken"], ValidationError),
    (422, {"errors": [{"error": "Same"}, {"error": "Same"}]}, ["Same"], ValidationError),
    (422, {"errors": []}, [], ValidationError),
    (422, {"errors": {"error": None}}, [], ValidationError),
    (422, {"errors": {"error": " "}}, [], ValidationError),
    (422, "Just a text", ["Just a text"], ValidationError),
    (422, {"errors": {"code": "001"}}, ["code 001"], ValidationError),
]


@pytest.mark.parametrize(
    ("status", "body", "messages", "kind"),
    SHAPES,
    ids=[f"{row[0]}-{json.dumps(row[1])[:60]}" for row in SHAPES],
)
def test_each_shape_of_error_body_becomes_texts(
    status: int, body: Any, messages: list[str], kind: type[ApiError]
) -> None:
    error = answered(status, json.dumps(body).encode())
    assert type(error) is kind
    assert error.status == status
    assert error.messages == messages


@pytest.mark.parametrize("blank", [b"", b" ", b"\r\n", b"\xc2\xa0"])
def test_a_blank_body_has_no_messages_and_still_a_status(blank: bytes) -> None:
    """The 404 of /clients/0.json is empty, that of /taxes/0.json one space (recorded 2019)."""
    error = answered(404, blank)
    assert type(error) is NotFoundError
    assert error.messages == []
    assert str(error) == (
        "GET /invoices/7.json answered 404: no invoice 7; it may be a document of another type, "
        "which `ix.documents.get(7)` reads"
    )


def test_an_html_page_is_named_by_its_title() -> None:
    error = answered(404, HTML)
    assert type(error) is NotFoundError
    assert error.messages == ["an HTML page: The page you were looking for\n doesn't exist (404)"]
    assert error.body == HTML


def test_an_html_page_of_502_keeps_its_status() -> None:
    error = answered(502, b"<html><center><h1>502 Bad Gateway</h1></center></html>")
    assert type(error) is ServerError
    assert (error.status, error.messages) == (502, ["an HTML page: 502 Bad Gateway"])


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ValidationError),
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (406, NotAcceptableError),
        (409, ConflictError),
        (422, ValidationError),
        (429, RateLimitError),
        (500, ServerError),
        (502, ServerError),
        (503, ServerError),
        (530, ServerError),
        (599, ServerError),
        (100, UnexpectedResponseError),
        (204, UnexpectedResponseError),
        (301, UnexpectedResponseError),
        (302, UnexpectedResponseError),
        (402, UnexpectedResponseError),
        (405, UnexpectedResponseError),
        (418, UnexpectedResponseError),
        (600, UnexpectedResponseError),
    ],
)
def test_each_status_has_its_class(status: int, kind: type[ApiError]) -> None:
    error = answered(status)
    assert type(error) is kind
    assert error.status == status


@pytest.mark.parametrize(
    "text",
    [
        "Esta funcionalidade não está disponível durante o período gratuito",
        "não disponível no PERIODO GRATUITO",
        "Not available in the trial period",
        "Not available during the free period.",
    ],
)
def test_a_401_that_means_a_trial_is_not_about_the_key(text: str) -> None:
    """Entering the key again would not help (diogopms 2026-06)."""
    error = answered(401, json.dumps({"errors": [{"error": text}]}).encode())
    assert type(error) is PermissionDeniedError
    assert error.status == 401
    assert type(answered(403, json.dumps({"error": text}).encode())) is PermissionDeniedError
    assert type(answered(422, json.dumps({"error": text}).encode())) is ValidationError


def test_a_401_without_a_body_is_about_the_key() -> None:
    assert type(answered(401)) is AuthenticationError


def test_retry_after_is_told_where_the_service_says_it() -> None:
    error = answered(429, headers={"retry-after": "17"})
    assert isinstance(error, RateLimitError)
    assert error.retry_after == "17"
    plain = answered(429)
    assert isinstance(plain, RateLimitError)
    assert plain.retry_after is None


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["errors", "error", "code", "message", "name"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=12,
)
# Plain JSON, JSON in another encoding or cut off, and arbitrary bytes.
bodies = (
    st.binary(max_size=200)
    | json_values.map(lambda value: json.dumps(value).encode())
    | json_values.map(lambda value: json.dumps(value).encode()[:-1])
    | st.text().map(lambda text: f"<html><title>{text}</title>".encode("utf-8", "surrogatepass"))
    | json_values.map(lambda value: json.dumps(value).encode("utf-16"))
)


@given(st.integers(100, 999), bodies)
@example(422, b"1e99999999999999999999")
@example(422, b"9" * 5000)
@example(422, b'"\\ud800"')
@example(422, b"NaN")
def test_any_answer_becomes_an_exception_that_keeps_status_and_body(status: int, body: bytes) -> None:
    error = answered(status, body)
    assert error.status == status
    assert error.body == body
    assert all(message.strip() for message in error.messages)
    assert str(error).startswith(f"GET /invoices/7.json answered {status}: ")
    assert repr(error).startswith(f"<{type(error).__name__} GET /invoices/7.json answered {status}: ")


words = st.text("abcçéõ ", min_size=1, max_size=8).filter(str.strip)
said = st.recursive(
    words,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(
            st.sampled_from(["errors", "error", "message", "reason", "name", "fiscal_id"]),
            inner,
            min_size=1,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def leaves(value: Any) -> list[str]:
    """Every text in a body of any shape."""
    if isinstance(value, str):
        return [value.strip()]
    inner: list[Any] = list(value.values()) if is_object(value) else value
    return [leaf for entry in inner for leaf in leaves(entry)]


@given(said)
def test_of_whatever_shape_a_body_is_all_that_it_says_is_in_the_messages(body: Any) -> None:
    messages = messages_of(json.dumps(body).encode())
    for leaf in leaves(body):
        assert any(leaf in message for message in messages)
    assert len(set(messages)) == len(messages)


# Not among the examples above, since Hypothesis raises the recursion limit.
@pytest.mark.parametrize("depth", [300, 500, 700, 900, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"errors":', b"}")])
def test_a_body_of_any_depth_becomes_an_exception(opening: bytes, closing: bytes, depth: int) -> None:
    error = answered(422, opening * depth + b'"x"' + closing * depth)
    assert type(error) is ValidationError
    assert len(error.messages) == 1


@pytest.mark.parametrize(
    ("endpoint", "status", "body"),
    [
        (create_document, 201, b""),
        (create_document, 201, b" "),
        (create_document, 201, HTML),
        (create_document, 201, b"[]"),
        (create_document, 201, b'{"shipping": {}}'),
        (create_document, 201, b'{"invoice": {}, "quote": {}}'),
        (create_document, 201, b'{"invoice": {"id": 1'),
        (create_document, 200, b"{}"),
        (create_document, 204, b""),
        (change_document_state, 200, HTML),
        (change_document_state, 202, b""),
        (generate_pdf, 200, b""),
        (generate_pdf, 200, b'{"output": {"pdf_url": "x"}}'),
        (delete_tax, 204, b""),
        (delete_tax, 302, b""),
    ],
)
def test_a_success_that_nobody_promised_is_unexpected(endpoint: Any, status: int, body: bytes) -> None:
    response = Response(status, {}, body)
    with pytest.raises(ResponseError) as caught:
        endpoint.parse(response)
    error = from_response(REQUEST, caught.value)
    assert type(error) is UnexpectedResponseError
    assert (error.status, error.body) == (status, body)


def test_an_unreadable_success_says_which_field() -> None:
    response = Response(200, {}, b'{"output": {"pdfUrl": null}}')
    with pytest.raises(UnreadableBody) as caught:
        generate_pdf.parse(response)
    assert from_response(REQUEST, caught.value).messages == ["output.pdfUrl: expected a text, got null"]


def in_use() -> DocumentInUseError:
    """A cancellation refused because of two documents."""
    refusal = ValidationError("PUT", "/x.json", 422, ("no",), b'{"secret": 1}', None, "uid-1")
    resting = [
        document_json(id=8, type="Receipt", sequence_number="3/A", permalink="https://example.com/bearer"),
        document_json(id=9, type="CreditNote", sequence_number=None),
    ]
    return DocumentInUseError.of(refusal, [Invoice.from_dict(loads(json.dumps(each))) for each in resting])


def test_what_is_in_use_names_what_stands_in_the_way_and_no_link_to_it() -> None:
    error = in_use()
    assert str(error) == (
        "PUT /x.json answered 422: no. Cancel first the documents that depend on it: "
        "Receipt 3/A (id 8), CreditNote (id 9)"
    )
    assert [each.id for each in error.documents] == [8, 9]
    assert (error.status, error.messages, error.proprietary_uid) == (422, ["no"], "uid-1")
    assert "bearer" not in repr(error)


def made(**changes: Any) -> Invoice:
    """A document as the service shows it."""
    return Invoice.from_dict(loads(json.dumps(document_json(**changes))))


EVERY: list[InvoiceXpressError] = [
    InvoiceXpressError("text"),
    ConfigurationError("account: wrong"),
    InputError("invoice.items[2].quantity", "not a number"),
    SilentChangeError((SilentChange("country", "invoice.client.country", "there is none of that name"),)),
    SilentChangeError(
        (
            SilentChange("tax_changed", "invoice.items[0].tax", "another tax"),
            SilentChange("total_changed", "invoice.items", "another total"),
        ),
        made(),
    ),
    DraftMismatchError(7, ("its total is 1, expected 2", "its client is 4, it was 3"), "final"),
    KeyReusedError("order-17", made(), ("date 2026-11-21, sent 2026-11-22",)),
    KeyReusedError("R-1", made(), ("1 lines, sent 2",), "reference"),
    NotReadyError("the PDF of document 7", 61.25, 19),
    UnstableListError("invoices changed during the walk"),
    DownloadError("the link answered 403"),
    SaftFileError("the file is empty"),
    SearchLimitError("28/A", 5000),
    TransportError("GET", "/invoices/7.json", "ReadTimeout"),
    AmbiguousResultError("PUT", "/invoices/7/change-state.json", "ReadTimeout"),
    AmbiguousResultError("POST", "/invoices.json", "ReadTimeout", "uid-1"),
    *(
        kind("GET", "/x.json", 400, ("one", "two"), b'{"secret": 1}', "17", "uid-1")
        for kind in (
            ApiError,
            AuthenticationError,
            PermissionDeniedError,
            NotFoundError,
            NotAcceptableError,
            ConflictError,
            ValidationError,
            RateLimitError,
            ServerError,
            UnexpectedResponseError,
        )
    ),
    in_use(),
    KeyReusedError("order-7", in_use().documents[0], ("date 2026-11-28, sent 2026-11-29",)),
]


def classes() -> set[type[InvoiceXpressError]]:
    """Every exception of the module."""
    return {
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, InvoiceXpressError)
    }


def test_the_table_of_exceptions_is_complete() -> None:
    assert {type(error) for error in EVERY} == classes()


def test_the_tree_in_the_docstring_names_every_exception() -> None:
    for kind in classes():
        assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_an_exception_survives_pickling_and_copying(error: InvoiceXpressError) -> None:
    """Worker processes pass exceptions on as pickles."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 our own
        assert type(twin) is type(error)
        assert twin.args == error.args
        assert vars(twin) == vars(error)
        assert str(twin) == str(error)
        assert repr(twin) == repr(error)
    if isinstance(error, RateLimitError):
        assert pickle.loads(pickle.dumps(error)).retry_after == "17"  # noqa: S301 our own


def test_an_error_of_the_generated_code_survives_pickling() -> None:
    for error in (
        UnexpectedStatus(Response(500, {}, b"x")),
        UnreadableBody(Response(200, {}, b"x"), "blank"),
    ):
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301 our own pickle
        assert (twin.response, twin.reason, str(twin)) == (error.response, error.reason, str(error))


def test_exceptions_can_be_caught_by_what_they_mean() -> None:
    assert issubclass(InputError, ValueError)
    assert issubclass(ConfigurationError, ValueError)
    assert issubclass(NotReadyError, TimeoutError)
    assert not issubclass(AmbiguousResultError, TransportError), "a retry of safe errors must not catch it"
    assert not issubclass(AmbiguousResultError, ApiError)


@pytest.mark.parametrize("status", [200, 401, 404, 422, 500, 530])
def test_neither_str_nor_repr_has_the_body(status: int) -> None:
    body = json.dumps({"errors": {"error": "no"}, "invoice": {"permalink": "https://x/bearer"}}).encode()
    failure = UnreadableBody if status == 200 else UnexpectedStatus
    error = from_response(REQUEST, failure(Response(status, {}, body), "not of the shape"))
    for text in (str(error), repr(error)):
        assert body.decode() not in text
        assert "GET" in text
        assert "/invoices/7.json" in text
        assert str(status) in text
    assert "bearer" not in repr(UnexpectedStatus(Response(status, {}, body)))


def called(name: str, error: DraftMismatchError) -> DraftMismatchError:
    error.called = name
    return error


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InputError("items[0].name", "is blank"), "items[0].name: is blank"),
        (InputError("", "is blank"), "is blank"),
        (TransportError("GET", "/x.json", "ReadTimeout"), "GET /x.json: ReadTimeout"),
        (
            AmbiguousResultError("PUT", "/x.json", "ReadTimeout"),
            "PUT /x.json: ReadTimeout; it may have been carried out, so read the state before trying again",
        ),
        (
            AmbiguousResultError("POST", "/x.json", "ReadTimeout", "u1"),
            "POST /x.json: ReadTimeout; it may have been carried out, so call `create` again with "
            "proprietary_uid='u1' and the same content to get the same document",
        ),
        (
            NotReadyError("the PDF", 60.04, 18),
            "the PDF was not ready after 60.0 s; call again to resume, or pass a longer timeout",
        ),
        (
            DraftMismatchError(7, ("its total is 1, expected 2",)),
            "draft 7 was not finalized: its total is 1, expected 2. Correct it with update, or delete it.",
        ),
        (
            called("issue", DraftMismatchError(7, ("its total is 1, expected 2",))),
            "draft 7 was not finalized: its total is 1, expected 2. If the draft is right, call `issue` "
            "again with the same key or reference, the same content and the right `expect_total`: it "
            "finalizes this draft. If it is wrong, delete it or correct it with `update` first",
        ),
        (
            called("issue", DraftMismatchError(7, ("its client is 3, it was 4",))),
            "draft 7 was not finalized: its client is 3, it was 4. Correct it with update, or delete it.",
        ),
        (
            DraftMismatchError(7, ("its total is 1, expected 2",), "final"),
            "document 7 is final, and not as expected: its total is 1, expected 2. "
            "Check which total is right; if the document is right, correct expect_total. "
            "If the document is wrong, it cannot be changed: cancel it, or correct an invoice with a credit "
            "note.",
        ),
        (
            DraftMismatchError(7, ("its client is 3, it was 4",), "final"),
            "document 7 is final, and not as expected: its client is 3, it was 4. "
            "Check which is right; if the document is right, keep it. "
            "If the document is wrong, it cannot be changed: cancel it, or correct an invoice with a credit "
            "note.",
        ),
        (
            DraftMismatchError(7, ("its total is 1, expected 2",), "canceled"),
            "document 7 is canceled, and not as expected: its total is 1, expected 2. "
            "Create another document.",
        ),
        (
            KeyReusedError("order-17", made(status="final"), ("1 lines, sent 2", "currency Euro, sent USD")),
            "key 'order-17' belongs to final Invoice 7, which differs: 1 lines, sent 2; currency Euro, sent "
            "USD. If this is the same sale, its document exists: read it with documents.get(7) and issue no "
            "other. Use another key for another sale",
        ),
        (
            SilentChangeError((SilentChange("total_changed", "invoice.items", "another total"),), made()),
            "draft Invoice 7 exists, and differs: invoice.items: another total. "
            "Correct it with update, or delete it.",
        ),
        (
            SearchLimitError("28/A", 5000),
            "28/A is not among the first 5000 documents; pass a larger limit",
        ),
        (
            ServerError("GET", "/x.json", 503, ("a", "b")),
            "GET /x.json answered 503: a; b (the service failed; nothing was changed, so try again later)",
        ),
    ],
)
def test_a_message_says_what_happened_and_what_to_do(error: InvoiceXpressError, text: str) -> None:
    assert str(error) == text


def test_a_wire_error_becomes_an_input_error_of_the_same_field() -> None:
    error = from_wire(WireError("not a number", ("invoice", "items", 2, "quantity")))
    assert (error.field, error.reason) == ("invoice.items[2].quantity", "not a number")


def test_messages_are_never_endless() -> None:
    assert len(messages_of(b"x" * 100_000)[0]) < 300
    assert len(messages_of(b"<title>" + b"x" * 100_000 + b"</title>")[0]) < 300
