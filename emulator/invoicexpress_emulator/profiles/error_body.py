"""Bodies of refusals: the shapes that the service's errors have, on either wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from ..http.answer import Answer, json_answer
from ..http.errors import Missing
from ..http.wire_values import JsonValue


class Said(NamedTuple):
    """A complaint in words: the attribute that it is about, and the sentence."""

    field: str
    words: str


ErrorBody = Callable[[Sequence[Said]], JsonValue]


# Error bodies (recorded 2019, tim-online 2023-11; vendor docs 2026-07: shapes per status) -------------


def objects(said: Sequence[Said]) -> JsonValue:
    return {"errors": [{"error": each.words} for each in said]}


def objects_of_lists(said: Sequence[Said]) -> JsonValue:
    return {"errors": [{"error": [each.words]} for each in said]}


def pairs(said: Sequence[Said]) -> JsonValue:
    return [[each.field, each.words] for each in said]


def bare_error(said: Sequence[Said]) -> JsonValue:
    return {"error": said[0].words}


def bare_message(said: Sequence[Said]) -> JsonValue:
    return {"message": said[0].words}


def reason(said: Sequence[Said]) -> JsonValue:
    return {"reason": said[0].words}


def code_and_message(said: Sequence[Said]) -> JsonValue:
    return {"errors": {"code": said[0].field, "message": said[0].words}}


def one_object(said: Sequence[Said]) -> JsonValue:
    return {"errors": {"error": ", ".join(each.words for each in said)}}


def texts(said: Sequence[Said]) -> JsonValue:
    return {"errors": [each.words for each in said]}


def keyed(said: Sequence[Said]) -> JsonValue:
    by_field: dict[str, list[JsonValue]] = {}
    for each in said:
        by_field.setdefault(each.field, []).append(each.words)
    return {**by_field}


def one_pair(said: Sequence[Said]) -> JsonValue:
    return [said[0].field, said[0].words]


# Bodies of 404, each endpoint its own (recorded 2019) -------------------------------------------------

NOTHING: Final = Answer(404)
DOCUMENT_NOT_FOUND: Final = "Document not found"


def not_found(sentence: str) -> Answer:
    """Return a 404 with a list of one error."""
    return json_answer({"errors": [{"error": sentence}]}, 404)


TREASURY_MISSING: Final[Mapping[Missing, Answer]] = {
    Missing.CLIENT_OF_TREASURY: not_found("Client not found"),
    Missing.REGULARIZATION: not_found("Regularization not found"),
    Missing.MOVEMENT: not_found("Treasury movement not found"),
}
"""The 404s of treasury, the same on both wires (vendor docs 2026-07)."""
