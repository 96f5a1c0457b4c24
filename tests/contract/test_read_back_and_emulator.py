"""Lines that the service shows rounded, or without their tax's name, between either client and the emulator.

Effects are counted and read in the emulator, with its settings changed back so that it shows all it has.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress import Checks, DraftMismatchError, InputError, KeyReusedError, SilentChangeError, lisbon

from .both_clients import AnyClient, entries, got
from .conftest import Account

pytestmark = pytest.mark.anyio

LINES = (
    (Decimal("8.1301"), Decimal(3), Decimal(0)),
    (Decimal("2.0244"), Decimal("1.25"), Decimal("12.5")),
    (Decimal("24.3902"), Decimal("0.33"), Decimal(0)),
)


ALIKE = (("2.0244", "2.02"), ("2.02", "2.0244"), ("2.0244", "2.0243"))
"""Prices that are shown alike."""


def fields(*lines: tuple[Decimal, Decimal, Decimal], **changes: Any) -> dict[str, Any]:
    """A document of lines of price, quantity and discount."""
    items = [
        {"name": f"L{number}", "unit_price": price, "quantity": quantity, "discount": discount}
        | {"tax": {"name": "IVA23"}}
        for number, (price, quantity, discount) in enumerate(lines)
    ]
    return {"date": lisbon.today(), "client": {"name": "Ana Sousa", "code": "A1"}, "items": items, **changes}


def one(price: str, **changes: Any) -> dict[str, Any]:
    return fields((Decimal(price), Decimal(1), Decimal(0)), **changes)


def control(account: Account, path: str, **body: Any) -> None:
    answer = httpx.post(f"{account.base_url}/_emulator/{path}", json={"account": account.name, **body})
    assert answer.is_success, answer.text


async def stored(ix: AnyClient, account: Account, document: Any) -> list[tuple[Any, ...]]:
    """The lines of a document as the emulator has them."""
    control(account, "config", line_decimals="stored", line_tax="whole")
    found = await got(ix.documents.get(document.id, types=[document.type]))
    return [(each.unit_price, each.quantity, each.discount) for each in found.items]


@pytest.mark.parametrize("decimals", [2, 1, "stored"])
class TestRounded:
    async def test_a_note_repeats_the_exact_lines(
        self, ix: AnyClient, account: Account, decimals: Any
    ) -> None:
        control(account, "config", line_decimals=decimals)
        draft = await got(ix.invoices.create(**fields(*LINES)))
        invoice = await got(ix.invoices.finalize(draft))
        note = await got(ix.credit_notes.issue(invoice, key="refund-1"))
        assert note.total == invoice.total
        again = await got(ix.credit_notes.issue(invoice, key="refund-1"))
        assert again.id == note.id
        assert await stored(ix, account, note) == list(LINES)

    async def test_a_key_is_known_by_the_exact_price(
        self, ix: AnyClient, account: Account, decimals: Any
    ) -> None:
        control(account, "config", line_decimals=decimals)
        for first, second in ALIKE:
            key = f"order-{first}-{second}"
            made = await got(ix.invoices.create(**one(first), proprietary_uid=key))
            again = await got(ix.invoices.create(**one(first), proprietary_uid=key))
            assert again.id == made.id
            with pytest.raises(KeyReusedError) as caught:
                await got(ix.invoices.create(**one(second), proprietary_uid=key))
            assert caught.value.document.id == made.id
        assert len(await entries(ix.invoices.list())) == len(ALIKE)

    async def test_an_update_without_an_answer_is_known_by_the_exact_price(
        self, ix: AnyClient, account: Account, decimals: Any
    ) -> None:
        """The old price looks like the new one, so that the read alone proves nothing."""
        control(account, "config", line_decimals=decimals)
        quick = ix.with_options(consistency_window=0.05)
        draft = await got(ix.invoices.create(**one("2.0211")))
        control(account, "faults", operation="updateDocument", effect={"status": 500}, times=1)
        updated = await got(quick.invoices.update(draft, **one("2.0244")))
        assert updated.id == draft.id
        assert await stored(ix, account, draft) == [(Decimal("2.0244"), Decimal(1), Decimal(0))]


async def test_lines_that_look_alike_are_not_guessed(ix: AnyClient, account: Account) -> None:
    """2.04 x 1 and 2 x 1.02 are both "2.0" x "1.0", with one subtotal."""
    control(account, "config", line_decimals=1)
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**one("2.04")))))
    if account.profile == "documented":
        assert (await got(ix.credit_notes.credit(invoice))).total == invoice.total
        return
    with pytest.raises(InputError, match=r"pass the items of the note instead"):
        await got(ix.credit_notes.credit(invoice))
    assert len(await entries(ix.invoices.list())) == 1
    items = one("2.04")["items"]
    assert (await got(ix.credit_notes.credit(invoice, items))).total == invoice.total


async def test_some_lines_are_credited_at_their_exact_price(ix: AnyClient, account: Account) -> None:
    """A shown price would credit 0.0151 as 0.02, so 24.60 of 18.57."""
    lines = ((Decimal("0.0151"), Decimal(1000), Decimal(0)), (Decimal(50), Decimal(1), Decimal(0)))
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields(*lines)))))
    shown = (await got(ix.invoices.get(invoice))).items[0]
    written: dict[str, Any] = {"name": shown.name, "unit_price": shown.unit_price, "quantity": shown.quantity}
    items: list[Any] = [{**written, "tax": {"name": "IVA23"}}]
    if account.profile == "observed":
        with pytest.raises(SilentChangeError, match=r"is how the service shows the price 0\.0151"):
            await got(ix.credit_notes.issue(invoice, items, key="refund-1"))
        assert len(await entries(ix.invoices.list())) == 1
        meant = ix.with_options(checks=Checks.off())
        draft = await got(meant.credit_notes.credit(invoice, items))
        assert draft.total == Decimal("24.60")
    first, _ = await got(ix.credit_notes.lines(invoice))
    note = await got(ix.credit_notes.issue(invoice, [first], key="refund-2"))
    assert note.total == Decimal("18.57")
    assert await got(ix.credit_notes.left_to_credit(invoice)) == invoice.total - note.total


class TestNamelessTaxes:
    async def test_a_document_is_read_finalized_and_found_again(
        self, ix: AnyClient, account: Account
    ) -> None:
        draft = await got(ix.invoices.create(**one("10"), proprietary_uid="order-1"))
        control(account, "config", line_tax="id_only")
        read = await got(ix.invoices.get(draft))
        assert (read.items[0].tax.name, read.items[0].tax.value) == (None, None)
        assert (await got(ix.invoices.create(**one("10"), proprietary_uid="order-1"))).id == draft.id
        issued = await got(ix.invoices.finalize(draft, expect_total=Decimal("12.30")))
        assert issued.status == "final"

    async def test_a_note_gets_the_name_from_the_accounts_taxes(
        self, ix: AnyClient, account: Account
    ) -> None:
        invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**one("10")))))
        control(account, "config", line_tax="id_only")
        if account.profile == "documented":
            # This wire does not show the id either.
            with pytest.raises(InputError, match="has no name; pass the items"):
                await got(ix.credit_notes.credit(invoice))
            return
        note = await got(ix.credit_notes.issue(invoice, key="refund-1"))
        assert (note.status, note.total) == ("final", invoice.total)

    async def test_another_tax_is_noticed_before_the_irreversible_step(
        self, ix: AnyClient, account: Account
    ) -> None:
        draft = await got(ix.invoices.create(**one("10")))
        other = one("10")
        other["items"][0]["tax"] = {"name": "IVA6"}
        await got(ix.invoices.update(draft, **other))
        control(account, "config", line_tax="id_only")
        with pytest.raises(DraftMismatchError):
            await got(ix.invoices.finalize(draft))
