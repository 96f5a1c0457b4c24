"""The judge of the matrix tells truth from lies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

from invoicexpress import AmbiguousResultError, NotFoundError
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_wire import loads

from tests.folded import folded
from tests.unit.conftest import document_json

from .books import Change, Row, change
from .judge import Lie, Outcome, judge, what_exists

DRAFT: Final = {"id": 7, "status": "draft", "total": 1230}
FINAL: Final = {**DRAFT, "status": "final"}
OTHER: Final = {**FINAL, "total": 999}


def added(*rows: Row) -> Change:
    entries: Counter[Hashable] = Counter(("+", "documents", row["status"], row["total"]) for row in rows)
    return Change(entries, {"documents": list(rows)}, frozenset(("documents", (row["id"],)) for row in rows))


NOTHING: Final = added()
STAGES: Final = (added(DRAFT), added(FINAL))


def changed(row: Row) -> Change:
    return Change(Counter({("~", "documents", row["total"]): 1}), {"documents": [row]})


def refusal(path: str = "/invoices.json") -> NotFoundError:
    return NotFoundError("POST", path, 404, ("gone",))


def unknown(look_at: str = "the invoice", key: str | None = None) -> AmbiguousResultError:
    return AmbiguousResultError("POST", "/invoices.json", "reset", key, look_at)


def invoice(id_: int = 7, status: str = "final") -> Invoice:
    return Invoice.from_dict(loads(json.dumps(document_json(id=id_, status=status, total=12.3))))


@dataclass(frozen=True)
class Case:
    """What a caller got, what exists, and the lie."""

    got: Any
    found: Change
    lie: Lie | None
    needs_key: bool = False


CASES: Final = (
    Case(invoice(), added(FINAL), None),
    Case(invoice(), NOTHING, "loss"),
    Case(invoice(), added(DRAFT), "loss"),
    Case(invoice(), added(FINAL, {**FINAL, "id": 8}), "duplicate"),
    Case(invoice(), added(OTHER), "wrong effect"),
    Case(invoice(8), added(FINAL), "wrong value"),
    Case(invoice(status="draft"), added(FINAL), "wrong value"),
    Case(refusal(), NOTHING, None),
    Case(refusal(), added(FINAL), "false refusal"),
    Case(refusal(), added(DRAFT), "false refusal"),
    Case(refusal("/invoices/7/change-state.json"), added(DRAFT), None),
    Case(refusal("/invoices/7/change-state.json"), added(FINAL), "false refusal"),
    Case(refusal(), added(FINAL, {**FINAL, "id": 8}), "duplicate"),
    Case(unknown(), NOTHING, None),
    Case(unknown(), added(FINAL), None),
    Case(unknown(), added(FINAL, {**FINAL, "id": 8}), "duplicate"),
    Case(unknown("the state"), NOTHING, "no place to look"),
    Case(unknown(), NOTHING, "no key", needs_key=True),
    Case(unknown(key="order-17"), NOTHING, None, needs_key=True),
    Case(KeyError("id"), NOTHING, "foreign exception"),
)


@folded("case", CASES)
def test_each_lie_is_found_and_no_truth_is_called_one(case: Case) -> None:
    outcome = Outcome(error=case.got) if isinstance(case.got, BaseException) else Outcome(case.got)
    assert judge(outcome, case.found, STAGES, needs_key=case.needs_key).lie == case.lie


def test_a_refused_change_of_a_draft_that_was_carried_out_is_a_false_refusal() -> None:
    """The path in the error names the draft, but only since the request was about it."""
    stages = (changed(DRAFT),)
    said = judge(Outcome(error=refusal("/invoices/7.json")), changed(DRAFT), stages)
    assert said.lie == "false refusal"


def test_a_success_on_a_forged_answer_is_no_lie_of_the_client() -> None:
    said = judge(Outcome(), NOTHING, STAGES, is_forged=True)
    assert (said.lie, said.is_forged) == (None, True)


@folded(
    "found, exists",
    [
        (NOTHING, "nothing"),
        (added(DRAFT), "part"),
        (added(FINAL), "it"),
        (added(FINAL, DRAFT), "twice"),
        (added(OTHER), "another"),
    ],
)
def test_what_exists_is_compared_with_the_stages_of_the_undisturbed_write(found: Change, exists: str) -> None:
    assert what_exists(found, STAGES) == exists


def test_the_same_write_makes_the_same_change_in_every_account() -> None:
    def books(account: int, *, with_document: bool) -> dict[str, dict[tuple[Any, ...], Row]]:
        number = account * 1_000_000 + 2_000_001
        row = {"id": number, "account_id": account, "status": "draft", "owner_id": None}
        return {"documents": {(number,): row} if with_document else {}}

    first, second = (
        change(books(account, with_document=False), books(account, with_document=True)) for account in (1, 2)
    )
    assert first.entries == second.entries
    assert not first.is_none
