"""The client turns each of the tax authority's answers about a series into the right error and message."""

from __future__ import annotations

from typing import Any

import pytest
from invoicexpress import ConflictError, ValidationError
from invoicexpress_emulator.control_client import Control

from .both_clients import AnyClient, got
from .conftest import Account

pytestmark = pytest.mark.anyio

TOLD: list[tuple[str, type[Exception], str, str]] = [
    # the emulator's setting; the error; the message on creating; the message on registering
    ("no_credentials", ValidationError, "Invalid AT credentials.", "Invalid AT credentials."),
    ("no_activity", ValidationError, "doesn’t have open activity", "doesn’t have open activity"),
    ("invalid_series", ValidationError, "Invalid sequence.", "Sequence name not allowed."),
    (
        "registered_elsewhere",
        ValidationError,
        "Sequence already exists.",
        "All Sequences are registered in AT.",
    ),
    ("in_progress", ConflictError, "already being registered", "already being registered"),
    ("unknown_error", ValidationError, "Unknown error.", "Unknown error."),
]


@pytest.mark.parametrize("told", TOLD, ids=[each[0] for each in TOLD])
async def test_each_is_an_error_in_words(ix: AnyClient, account: Account, told: Any) -> None:
    setting, kind, created, registered = told
    control = Control(account.base_url, account=account.name)
    control.config.change(language="en", at_registration="manual")
    series = await got(ix.sequences.create(serie="LOJA"))
    control.config.change(at_registration=setting)
    with pytest.raises(kind) as refused:
        await got(ix.sequences.create(serie="OUTRA"))
    error: Any = refused.value
    assert len(error.messages) == 1
    assert created in error.messages[0]
    assert error.messages[0] in str(error)
    with pytest.raises(kind) as refused:
        await got(ix.sequences.register(series.id))
    error = refused.value
    assert len(error.messages) == 1
    assert registered in error.messages[0]
    assert [each.serie for each in await got(ix.sequences.list())][1:] == ["LOJA"]
    control.config.change(at_registration="automatic")
    (made,) = await got(ix.sequences.register(series.id))
    assert str(made.current_invoice_validation_code).startswith("EMU")


async def test_a_name_in_another_case_is_taken(ix: AnyClient, account: Account) -> None:
    Control(account.base_url, account=account.name).config.change(language="en")
    await got(ix.sequences.create(serie="Loja"))
    with pytest.raises(ValidationError, match="Sequence already exists"):
        await got(ix.sequences.create(serie="LOJA"))
