"""Calls that no type checker let through: the errors name the public method, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress.client import Namespaces
from invoicexpress.namespaces import absent_methods

from .conftest import KEY

Call = Callable[[Any], object]

CALLS: list[tuple[Call, str]] = [
    (
        lambda ix: ix.invoices.issue(),
        "Invoices.issue() missing 2 required keyword-only arguments: 'key' and 'expect_total': "
        "issue(key=, expect_total=, sequence=, raw_owner_invoice=, date=, items=, ...). "
        "Creates and finalizes a document, once for each `key`, and returns the issued document.",
    ),
    (
        lambda ix: ix.invoices.pay(7, Decimal(5)),
        "Invoices.pay() takes document alone by position; name the other arguments: "
        "pay(document, amount=, ...). Takes a payment, in part or in full, and returns its receipt.",
    ),
    (
        lambda ix: ix.invoices.find_by_number("FT DEMO/149"),
        "Invoices.find_by_number() missing 1 required positional argument: 'sequence': "
        "find_by_number(number, sequence, limit=). Finds a document by its number and série, "
        '`find_by_number(28, "A")`; returns None without a match.',
    ),
    (lambda ix: ix.receipts.cancel(7), "Receipts.cancel() missing 1 required positional argument: 'message'"),
    (lambda ix: ix.quotes.get(id=7), "Quotes.get() got an unexpected keyword argument 'id': get(document). "),
    (lambda ix: ix.invoices.list(["final"]), "Invoices.list() takes nothing by position; name the other"),
    (
        lambda ix: ix.taxes.list(1),
        "Taxes.list() takes nothing by position; name the other arguments: list().",
    ),
]


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
@pytest.mark.parametrize(("call", "said"), CALLS)
def test_wrong_arguments_are_told_of_the_public_method(kind: Any, call: Call, said: str) -> None:
    with pytest.raises(TypeError) as caught:
        call(kind("acme", KEY))
    prefix = "Async" if kind is AsyncInvoiceXpress else ""
    assert str(caught.value).startswith(f"{prefix}{said}")


def test_values_of_wrong_calls_do_not_show() -> None:
    ix: Any = InvoiceXpress("acme", KEY)
    with pytest.raises(TypeError) as caught:
        ix.accounts.create("hunter2")
    assert "hunter2" not in str(caught.value)


ABSENT: list[tuple[str, str, str]] = [
    ("invoice_receipts", "pay", "an invoice-receipt is paid already: finalizing it settles it"),
    ("invoice_receipts", "settle", "an invoice-receipt is paid already"),
    ("receipts", "finalize", "payments issue receipts"),
    ("receipts", "create", "`ix.invoices.pay(invoice, amount=...)`"),
    ("quotes", "pay", "takes no payment; issue an invoice"),
    ("transports", "settle", "a guide takes no payment"),
    ("credit_notes", "pay", "`settle` marks it as paid in full"),
    ("invoices", "accept", "only quotes, proformas"),
    ("invoices", "unsettle", "`ix.receipts.cancel` reopens the amount"),
    ("invoices", "credit", "`ix.credit_notes.issue(invoice, key=...)`"),
    ("documents", "finalize", "such as `ix.invoices.finalize`"),
]


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
@pytest.mark.parametrize(("space", "name", "said"), ABSENT)
def test_a_method_that_a_type_does_not_have_is_explained(kind: Any, space: str, name: str, said: str) -> None:
    namespace = getattr(kind("acme", KEY), space)
    assert not hasattr(namespace, name)
    with pytest.raises(AttributeError) as caught:
        getattr(namespace, name)
    text = str(caught.value)
    assert text.startswith(f"{type(namespace).__name__!r} object has no attribute {name!r}: ")
    assert said in text


def test_another_name_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match=r"^'Invoices' object has no attribute 'colour'$"):
        getattr(InvoiceXpress("acme", KEY).invoices, "colour")  # noqa: B009 no type checker allows it


def test_the_advice_is_about_methods_that_are_absent() -> None:
    ix = InvoiceXpress("acme", KEY)
    spaces = {type(space := getattr(ix, name)).__name__: space for name in Namespaces.__annotations__}
    for kind, methods in absent_methods.ADVICE.items():
        assert [name for name in methods if hasattr(spaces[kind], name)] == []
