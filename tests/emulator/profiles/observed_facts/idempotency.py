"""Creates sent more than once."""

from __future__ import annotations

from typing import Any, Final

from tests.emulator.support.replay import ABSENT, ANY, NO_ANSWER, Count, Kept, Step

from .rows import DOCUMENT, SAME, Fact, Unplayed, change


def with_uid(status: int, answer: Any = ANY, keep: str = "it", uid: str = "u-1", **headers: str) -> Step:
    """A create with an idempotency key."""
    return Step(
        "POST /invoices.json",
        {"invoice": DOCUMENT, "proprietary_uid": uid},
        status,
        answer,
        {keep: "invoice.id"} if status == 201 else {},
        with_headers=headers,
    )


FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    Fact(
        "idempotency",
        "the same create again is the same document",
        "weareswat 2020",
        (
            with_uid(201),
            with_uid(201, {"invoice": {"id": Kept("it")}}, "again"),
            Step("GET /invoices.json", answer={"invoices": Count(1)}),
        ),
        SAME,
    ),
    Fact(
        "idempotency",
        "while the first is still running, another is told 409",
        "weareswat 2020; vendor docs 2026-07",
        (
            Step(
                "POST /_emulator/faults",
                {"operation": "createInvoice", "effect": {"commit": "late", "seconds": 3600}, "times": 1},
                201,
            ),
            Step(
                "POST /invoices.json",
                {"invoice": DOCUMENT, "proprietary_uid": "u-1"},
                NO_ANSWER,
            ),
            with_uid(409, {"reason": "There's an ongoing document creation with the provided UID u-1"}),
            Step("POST /_emulator/clock", {"advance": 3601}),
            with_uid(201),
            Step("GET /invoices.json", answer={"invoices": Count(1)}),
        ),
        SAME,
    ),
    Fact(
        "idempotency",
        "after a cancellation it may be used again",
        "clients 2026",
        (
            with_uid(201),
            change("finalized"),
            change("canceled", message="engano"),
            with_uid(201, keep="again"),
            Step("GET /invoices.json", answer={"invoices": [{"id": Kept("it")}, {"id": Kept("again")}]}),
        ),
        SAME,
    ),
    Fact(
        "idempotency",
        "it is not shown, and means nothing to an update",
        "voluzi 2026",
        (
            with_uid(201, {"invoice": {"proprietary_uid": ABSENT}}),
            Step("PUT /invoices/{it}.json", {"invoice": DOCUMENT, "proprietary_uid": "u-2"}),
            with_uid(201, {"invoice": {"id": Kept("it")}}, "again"),
        ),
        SAME,
    ),
    Unplayed(
        "idempotency",
        "after a 409 the document is looked up elsewhere",
        "clients 2026",
        "what a client does with its own database",
    ),
)
