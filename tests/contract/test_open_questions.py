"""Questions that no source answers: either client does the right thing under both answers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress import InputError, KeyReusedError, ValidationError, legal_number

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .test_read_back_and_emulator import control, one

pytestmark = pytest.mark.anyio

TOTAL = Decimal("12.30")


def requests(account: Account, method: str) -> list[str]:
    """The paths of the account's requests by a method."""
    url = f"{account.base_url}/_emulator/requests"
    answer = httpx.get(url, params={"account": account.name}).json()["requests"]
    return [each["path"] for each in answer if each["method"] == method and each["operation"]]


@pytest.mark.parametrize("names", ["unique", "shared"])
class TestNamesOfClients:
    async def test_a_code_finds_its_own_client(self, ix: AnyClient, account: Account, names: str) -> None:
        control(account, "config", client_names=names)
        first = await got(ix.clients.get_or_create("A1", name="Ana"))
        assert (await got(ix.clients.get_or_create("A1", name="Ana"))).id == first.id
        if names == "unique":
            with pytest.raises(ValidationError):
                await got(ix.clients.get_or_create("A2", name="Ana"))
        else:
            second = await got(ix.clients.get_or_create("A2", name="Ana"))
            assert second.id != first.id
            assert (await got(ix.clients.find_by_code("A2"))).id == second.id
        listed = await entries(ix.clients.list())
        assert len(listed) == (1 if names == "unique" else 2)

    async def test_a_name_finds_a_client_only_if_one_has_it(
        self, ix: AnyClient, account: Account, names: str
    ) -> None:
        control(account, "config", client_names=names)
        first = await got(ix.clients.create(name="Ana", code="A1"))
        await got(ix.clients.create(name="Ana Maria"))
        assert (await got(ix.clients.find_by_name("Ana"))).id == first.id
        if names == "shared":
            await got(ix.clients.create(name="Ana", code="A2"))
            with pytest.raises(InputError, match=r"2 clients have the name 'Ana': .*'A1'.*'A2'"):
                await got(ix.clients.find_by_name("Ana"))

    async def test_a_lost_answer_makes_no_second_client(
        self, ix: AnyClient, account: Account, names: str
    ) -> None:
        control(account, "config", client_names=names)
        effect = {"status": 500, "applied": True}
        control(account, "faults", operation="createClient", effect=effect, times=1)
        made = await got(ix.clients.create(name="Rui"))
        assert made.name == "Rui"
        assert len(await entries(ix.clients.list())) == 1
        assert requests(account, "POST") == ["/clients.json"]


@pytest.mark.parametrize("blanks", ["refuse", "accept"])
async def test_a_serie_with_a_blank_in_its_name(ix: AnyClient, account: Account, blanks: str) -> None:
    control(account, "config", serie_blanks=blanks)
    if blanks == "refuse":
        with pytest.raises(ValidationError):
            await got(ix.sequences.create(serie="A B"))
        return
    serie = await got(ix.sequences.create(serie=" A B "))
    assert serie.serie == "A B"
    draft = await got(ix.invoices.create(**one("10"), sequence=" A B"))
    invoice = await got(ix.invoices.finalize(draft, expect_total=TOTAL))
    assert legal_number(invoice) == "FT A B/1"
    assert (await got(ix.invoices.find_by_number(1, "A B "))).id == invoice.id


@pytest.mark.parametrize("post", ["refuse", "accept"])
async def test_a_state_is_changed_by_put(ix: AnyClient, account: Account, post: str) -> None:
    control(account, "config", post_change_state=post)
    draft = await got(ix.invoices.create(**one("10")))
    assert (await got(ix.invoices.finalize(draft, expect_total=TOTAL))).status == "final"
    assert requests(account, "POST") == ["/invoices.json"]


@pytest.mark.parametrize("dates", ["refuse", "accept"])
async def test_an_update_is_whole(ix: AnyClient, account: Account, dates: str) -> None:
    """Dates alone are refused before anything is sent: a service that takes them as they are would empty the
    draft, or refuse it.
    """
    control(account, "config", dates_alone=dates)
    draft = await got(ix.invoices.create(**one("10")))
    update: Any = ix.invoices.update
    with pytest.raises(InputError, match="items"):
        await got(update(draft, date=draft.date))
    assert requests(account, "PUT") == []
    assert (await got(ix.invoices.update(draft, **one("20")))).total == 2 * TOTAL


@pytest.mark.parametrize("key", ["new", "old"])
class TestTheKeyOfACancelledDocument:
    async def test_a_cancelled_invoice_is_never_taken_for_an_issued_one(
        self, ix: AnyClient, account: Account, key: str
    ) -> None:
        control(account, "config", key_of_canceled=key)
        first = await got(ix.invoices.issue(**one("10"), key="order-1", expect_total=TOTAL))
        await got(ix.invoices.cancel(first, "Engano"))
        if key == "new":
            second = await got(ix.invoices.issue(**one("10"), key="order-1", expect_total=TOTAL))
            assert (second.status, second.id != first.id) == ("final", True)
        else:
            writes: tuple[Callable[[], Any], ...] = (
                lambda: ix.invoices.issue(**one("10"), key="order-1", expect_total=TOTAL),
                lambda: ix.invoices.create(**one("10"), proprietary_uid="order-1"),
            )
            for write in writes:
                with pytest.raises(KeyReusedError, match="it is canceled") as caught:
                    await got(write())
                assert caught.value.document.id == first.id
        assert len(await entries(ix.invoices.list())) == (2 if key == "new" else 1)

    async def test_nor_is_a_cancelled_note(self, ix: AnyClient, account: Account, key: str) -> None:
        control(account, "config", key_of_canceled=key)
        invoice = await got(ix.invoices.issue(**one("10"), key="order-1", expect_total=TOTAL))
        first = await got(ix.credit_notes.issue(invoice, key="refund-1"))
        await got(ix.credit_notes.cancel(first, "Engano"))
        if key == "new":
            assert (await got(ix.credit_notes.issue(invoice, key="refund-1"))).id != first.id
        else:
            with pytest.raises(KeyReusedError, match="it is canceled"):
                await got(ix.credit_notes.issue(invoice, key="refund-1"))
