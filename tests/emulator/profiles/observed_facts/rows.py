"""The types of rows, and shorthands for the most common requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.emulator.conftest import GOODS
from tests.emulator.support.replay import ANY, Step

Steps = tuple[Step, ...]
SAME: Final[Steps] = ()


@dataclass(frozen=True)
class Fact:
    """A fact to play against the emulator."""

    topic: str
    claim: str
    source: str
    live: Steps
    page: Steps | None = None
    account: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What kind of account it is seen in."""

    @property
    def by_the_page(self) -> Steps | None:
        """The steps under the documented profile."""
        return self.live if self.page == SAME else self.page


@dataclass(frozen=True)
class Unplayed:
    """A fact that cannot be played, and the reason."""

    topic: str
    claim: str
    source: str
    why: str


# Requests ---------------------------------------------------------------------------------------------

LINE: Final = {"name": "Trabalho", "unit_price": "10.0", "quantity": "1.0"}
DOCUMENT: Final = {"client": {"name": "Ana Lda", "code": "ANA"}, "items": [LINE]}
GUIDE: Final = {**DOCUMENT, **GOODS}
JOHN: Final = {
    "date": "13/11/2026",
    "due_date": "14/11/2026",
    "client": {"name": "John", "code": "100"},
    "items": [{"name": "A", "description": "Cleaning", "unit_price": "10.0", "quantity": "1.0"}],
}


def line(**changes: Any) -> dict[str, Any]:
    return {**LINE, **changes}


def document(**changes: Any) -> dict[str, Any]:
    return {**DOCUMENT, **changes}


def with_line(**changes: Any) -> dict[str, Any]:
    return document(items=[line(**changes)])


EXEMPT: Final = with_line(tax={"name": "Isento"})


def create(send: Any = DOCUMENT, answer: Any = ANY, name: str = "it", segment: str = "invoices") -> Step:
    """A create that succeeds; keeps the id."""
    root = segment.removesuffix("s")
    return Step(f"POST /{segment}.json", {root: send}, 201, {root: answer}, {name: f"{root}.id"})


def refused(send: Any, errors: Any, segment: str = "invoices") -> Step:
    """A create refused with these errors."""
    return Step(f"POST /{segment}.json", {segment.removesuffix("s"): send}, 422, {"errors": errors})


def change(verb: str, answer: Any = ANY, *, of: str = "it", segment: str = "invoices", **more: Any) -> Step:
    """A change of state that succeeds."""
    root = segment.removesuffix("s")
    path = f"PUT /{segment}/{{{of}}}/change-state.json"
    return Step(path, {root: {"state": verb, **more}}, 200, {root: answer})


def not_changed(verb: str, errors: Any, *, segment: str = "invoices", **more: Any) -> Step:
    """A refused change of state."""
    root = segment.removesuffix("s")
    return Step(
        f"PUT /{segment}/{{it}}/change-state.json", {root: {"state": verb, **more}}, 422, {"errors": errors}
    )


def config(**settings: Any) -> Step:
    return Step("POST /_emulator/config", settings)


def freeze(moment: str) -> Step:
    return Step("POST /_emulator/clock", {"freeze": True, "set": moment})


def said(*words: str) -> list[dict[str, str]]:
    """The usual error body."""
    return [{"error": each} for each in words]


ISSUED: Final = (create(), change("finalized"))
PAID: Final = (
    *ISSUED,
    Step(
        "POST /documents/{it}/partial_payments.json",
        {"partial_payment": {"amount": 12.3}},
        200,
        {"receipt": {"total": 12.3}},
        {"receipt": "receipt.id"},
    ),
)
JSON_TYPE: Final = "application/json; charset=utf-8"
