"""A value missing from an answer is UNSET, not None or False, and type checkers enforce the distinction."""

from __future__ import annotations

import copy
import pickle
from typing import Any, get_args, get_type_hints

import invoicexpress
import pytest
from invoicexpress import (
    UNSET,
    AccountDetails,
    Client,
    ClientListEntry,
    Estimate,
    Guide,
    Invoice,
    PurchaseOrder,
    Sequence,
    Tax,
    Unset,
    known,
)

from tests.unit.conftest import as_read, client_json, document_json, sequence_json, tax_json

# Booleans that an answer may omit, each with a body of its model.
MAY_BE_ABSENT: list[tuple[Any, str, dict[str, Any]]] = [
    (Invoice, "archived", document_json()),
    (Estimate, "archived", document_json()),
    (Guide, "archived", document_json()),
    (PurchaseOrder, "archived", document_json()),
    (Sequence, "default_sequence", sequence_json()),
    (AccountDetails, "trial", {}),
    (AccountDetails, "at_configured", {}),
]


def read(model: Any, field: str, body: dict[str, Any], *given: Any) -> Any:
    """A model of a body with the given field, or without it."""
    without = {name: value for name, value in body.items() if name != field}
    return model.from_dict(as_read(without | dict(zip([field], given, strict=False))))


@pytest.mark.parametrize(("model", "field", "body"), MAY_BE_ABSENT)
def test_absent_false_and_true_are_three_things(model: Any, field: str, body: dict[str, Any]) -> None:
    absent = getattr(read(model, field, body), field)
    false = getattr(read(model, field, body, False), field)
    true = getattr(read(model, field, body, True), field)
    assert absent is UNSET
    assert isinstance(absent, Unset)
    assert false is False
    assert true is True
    # In a condition UNSET is falsy, so telling it from False takes an explicit check.
    assert not absent


@pytest.mark.parametrize(("model", "field", "body"), MAY_BE_ABSENT)
def test_what_was_absent_stays_absent(model: Any, field: str, body: dict[str, Any]) -> None:
    assert field not in read(model, field, body).to_dict()
    assert field in read(model, field, body, False).to_dict()


def test_null_is_a_fourth() -> None:
    assert read(Sequence, "default_sequence", sequence_json(), None).default_sequence is None
    assert read(AccountDetails, "trial", {}, None).trial is None


def test_every_boolean_that_may_be_absent_says_so_in_its_type() -> None:
    """mypy and pyright then refuse it in place of a bool: see wrong_uses.py, absent_is_not_false."""
    booleans = {
        (model, name)
        for model in (Invoice, Estimate, Guide, PurchaseOrder, Sequence, AccountDetails)
        for name, hint in get_type_hints(model).items()
        if bool in (hint, *get_args(hint))
    }
    assert booleans == {(model, name) for model, name, _ in MAY_BE_ABSENT}
    assert all(Unset in get_args(get_type_hints(model)[name]) for model, name in booleans)


@pytest.mark.parametrize(
    "value",
    [
        Client.from_dict(as_read(client_json())).phone,
        ClientListEntry.from_dict({"name": "Ana"}).id,
        Tax.from_dict(as_read(tax_json())).code,
    ],
)
def test_unset_is_one_thing_wherever_it_comes_from(value: Any) -> None:
    assert value is UNSET is invoicexpress.UNSET
    assert copy.copy(value) is copy.deepcopy(value) is UNSET
    assert type(value)() is UNSET
    assert pickle.loads(pickle.dumps(value)) is UNSET  # noqa: S301 our own
    assert repr(value) == "UNSET"


@pytest.mark.parametrize(
    ("value", "result"), [(UNSET, "none"), (None, "none"), (False, False), (0, 0), ("", ""), ("A", "A")]
)
def test_a_default_stands_for_absent_and_null_only(value: object, result: object) -> None:
    assert known(value, "none") == result
