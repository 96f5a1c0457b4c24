"""The client reads every documented example and every observed shape without losing anything."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from importlib import import_module
from types import ModuleType
from typing import Final, get_type_hints

import pytest
from invoicexpress import ApiError, errors
from invoicexpress_generated.errors import ResponseError, UnexpectedStatus
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import is_array, is_object, loads

from tests.folded import folded
from tests.generator.built_models import model_of

from .contract_files import COMPACT, loaded
from .example_files import Example, read_examples

EXAMPLES: Final = list(read_examples())
CLASSES: Final = {
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    406: errors.NotAcceptableError,
    409: errors.ConflictError,
    422: errors.ValidationError,
    500: errors.ServerError,
}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def endpoints() -> dict[str, ModuleType]:
    """The generated module of each operation."""
    return {
        operation["operationId"]: import_module(
            f"invoicexpress_generated.api.{operation['tags'][0]}.{snake(operation['operationId'])}"
        )
        for item in loaded(COMPACT)["paths"].values()
        for operation in item.values()
    }


ENDPOINTS: Final = endpoints()


def number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def same(one: object, other: object) -> bool:
    """Equal up to the wire's spellings of one value: 1 and "1", 1 and true, a day without its zero."""
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if is_array(one) and is_array(other):
        return len(one) == len(other) and all(map(same, one, other))
    if one == other and type(one) is type(other):
        return True
    numbers = number(one), number(other)
    if None not in numbers:
        return numbers[0] == numbers[1]
    pair = [repr(one), repr(other)]
    return pair in FLAGS or sorted(pair) == sorted([repr(None), repr("")]) or f"0{one}" == other


TRUE: Final = [repr(value) for value in (True, 1, "1")]
FALSE: Final = [repr(value) for value in (False, 0, "0")]
FLAGS: Final = [[one, other] for kind in (TRUE, FALSE) for one in kind for other in kind]


def answer_of(example: Example) -> Response:
    assert example.response is not None
    content = example.response.text
    if content is None:
        content = "" if example.response.body is None else json.dumps(example.response.body)
    return Response(
        example.response.status, {"content-type": example.response.content_type}, content.encode()
    )


SUCCESSES: Final = [example for example in EXAMPLES if example.response and example.response.status < 300]
FAILURES: Final = [example for example in EXAMPLES if example.response and example.response.status >= 300]
BODIES: Final = [
    example
    for example in EXAMPLES
    if example.request and example.request.body is not None
    # The models need not be able to express a body that is shown for its refusal.
    if example.response is None or example.response.status < 400
]


@folded("example", SUCCESSES, ids=lambda example: example.name)
def test_an_answer_is_read_without_loss(example: Example) -> None:
    assert example.response is not None
    response = answer_of(example)
    parsed = ENDPOINTS[example.operation].parse(response)
    if response.is_blank:
        assert parsed is None
    else:
        assert same(json.loads(json.dumps(parsed.to_dict(), default=float)), example.response.body)


@folded("example", FAILURES, ids=lambda example: example.name)
def test_an_error_keeps_its_status_and_its_words(example: Example) -> None:
    assert example.response is not None
    response = answer_of(example)
    with pytest.raises(UnexpectedStatus) as caught:
        ENDPOINTS[example.operation].parse(response)
    error: ResponseError = caught.value
    api_error: ApiError = errors.from_response(Request(example.operation, "GET", "/path"), error)
    assert api_error.status == example.response.status
    assert bool(api_error.messages) != response.is_blank
    expected = CLASSES[example.response.status]
    trial = any("gratuito" in message for message in api_error.messages)
    assert type(api_error) is (errors.PermissionDeniedError if trial else expected)


@folded("example", BODIES, ids=lambda example: example.name)
def test_a_body_is_what_the_client_can_say(example: Example) -> None:
    """Each documented body can be built from the models, so callers can send it."""
    assert example.request is not None
    model = get_type_hints(ENDPOINTS[example.operation].request)["body"]
    said = model_of(model.__name__, loads(json.dumps(example.request.body))).to_dict()
    assert same(json.loads(json.dumps(said, default=float)), example.request.body)


def test_a_placeholder_for_a_number_is_refused_by_name() -> None:
    """The page of 2017 prints "foo" as `retention`; the client says which field it cannot read."""
    (printed,) = (
        example
        for example in read_examples("getDocument", corrected=False)
        if example.name == "documented/2017-invoices-get-answer-200"
    )
    with pytest.raises(ResponseError, match=r"invoice\.retention: not a decimal number: 'foo'"):
        ENDPOINTS["getDocument"].parse(answer_of(printed))
