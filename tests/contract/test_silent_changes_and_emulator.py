"""The emulator changes documents silently, as the service does, and both clients notice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import httpx
import pytest
from invoicexpress import (
    AsyncInvoiceXpress,
    Checks,
    DraftMismatchError,
    InvoiceWrite,
    InvoiceXpress,
    SilentChangeError,
    SilentChangeWarning,
    lisbon,
    totals,
)
from invoicexpress.totals import TaxRates

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .validating_transport import AsyncValidatingTransport, ValidatingTransport, Witness

pytestmark = pytest.mark.anyio

TODAY = lisbon.today()


def line(**changes: Any) -> dict[str, Any]:
    """A line of 10 EUR at 23 %."""
    return {
        "name": "Caderno",
        "unit_price": Decimal("10.00"),
        "quantity": Decimal(1),
        "tax": {"name": "IVA23"},
        **changes,
    }


def document(**changes: Any) -> dict[str, Any]:
    """A document of one line."""
    return {"date": TODAY, "client": {"name": "Ana Sousa", "code": "A1"}, "items": [line()], **changes}


@pytest.fixture(params=["sync", "async"])
async def strict(
    request: pytest.FixtureRequest, account: Account, witness: Witness, anyio_backend: str
) -> AsyncIterator[AnyClient]:
    """Each client in turn, in a fresh account, with every check set to raise."""
    checks = Checks.each("raise")
    if request.param == "sync":
        with InvoiceXpress(
            account.name,
            account.api_key,
            base_url=account.base_url,
            transport=ValidatingTransport(witness),
            checks=checks,
        ) as client:
            yield client
    else:
        async with AsyncInvoiceXpress(
            account.name,
            account.api_key,
            base_url=account.base_url,
            transport=AsyncValidatingTransport(witness),
            checks=checks,
        ) as client:
            yield client


@contextmanager
def raises(*kinds: str) -> Generator[list[SilentChangeError]]:
    """Expects a SilentChangeError for these kinds, in this order."""
    caught: list[SilentChangeError] = []
    with pytest.raises(SilentChangeError) as error:
        yield caught
    caught.append(error.value)
    assert [change.kind for change in error.value.changes] == list(kinds)


async def test_documents_that_are_right_pass_every_check(strict: AnyClient) -> None:
    first = await got(strict.invoices.create(**document()))
    again = await got(strict.invoices.create(**document()))
    await got(strict.invoices.update(again, **document(reference="r")))
    await got(strict.quotes.create(**document()))
    assert (await got(strict.invoices.finalize(first))).status == "final"


async def test_an_unknown_tax_is_found_beforehand(strict: AnyClient, witness: Witness) -> None:
    with raises("tax_unknown"):
        await got(strict.invoices.create(**document(items=[line(tax={"name": "IVA99"})])))
    assert [(verb, path) for verb, path, _ in witness.exchanges] == [("GET", "/taxes.json")]


async def test_an_unknown_tax_is_found_afterwards(ix: AnyClient) -> None:
    """Found by the default check, which sends no request of its own. A wrong VAT is an error."""
    with pytest.raises(SilentChangeError, match=r"items\[0\]\.tax: the draft has 'IVA23'") as caught:
        await got(ix.invoices.create(**document(items=[line(tax={"name": "IVA99"})])))
    draft = caught.value.document
    assert draft is not None
    assert await got(ix.invoices.get(draft.id)) == draft


async def test_a_misspelt_tax_gets_the_one_meant(ix: AnyClient) -> None:
    said = (
        r"the draft has 'IVA23' \(23(\.0+)? %\), sent 'IVA 23'; for a tax that the account does not have the "
        r"service takes the default; did you mean 'IVA23'\?"
    )
    with pytest.raises(SilentChangeError, match=said):
        await got(ix.invoices.create(**document(items=[line(tax={"name": "IVA 23"})])))
    await got(ix.taxes.list())
    with pytest.raises(SilentChangeError, match=r"the account has no tax 'IVA 23'.*did you mean 'IVA23'"):
        await got(ix.invoices.create(**document(items=[line(tax={"name": "IVA 23"})])))


async def test_a_tax_made_meanwhile_is_known(strict: AnyClient) -> None:
    await got(strict.invoices.create(**document()))
    await got(strict.taxes.create(name="IVA16", value=Decimal(16), region="PT-AC"))
    draft = await got(strict.invoices.create(**document(items=[line(name="Açorda", tax={"name": "IVA16"})])))
    assert draft.total == Decimal("11.60")


async def test_fields_of_a_known_client_are_ignored(strict: AnyClient, ix: AnyClient) -> None:
    await got(strict.clients.create(name="Ana Sousa", code="A1", email="a@example.com", country="Spain"))
    wrong = {"name": "Ana Sousa", "code": "A1", "email": "b@example.com", "country": "Portugal"}
    with raises("client_ignored", "client_ignored") as caught:
        await got(strict.invoices.create(**document(client=wrong)))
    assert [change.field for change in caught[0].changes] == [
        "invoice.client.email",
        "invoice.client.country",
    ]
    assert caught[0].document is None


async def test_a_client_that_was_not_taken_is_seen_in_the_draft(account: Account) -> None:
    with InvoiceXpress(
        account.name, account.api_key, base_url=account.base_url, checks=Checks(client_changed="raise")
    ) as ix:
        ix.clients.create(name="Ana Sousa", code="A1")
        with raises("client_changed") as caught:
            ix.invoices.create(**document(client={"name": "Rui Sousa", "code": "A1"}))
        draft = caught[0].document
        assert draft is not None
        assert ix.invoices.get(draft.id).client.name == "Ana Sousa"


async def test_a_known_item_would_be_overwritten(strict: AnyClient) -> None:
    await got(strict.items.create(name="Caderno", unit_price=Decimal("9.5"), tax={"name": "IVA23"}))
    with raises("item_overwritten"):
        await got(strict.invoices.create(**document()))
    assert [item.unit_price for item in await entries(strict.items.list())] == [Decimal("9.5")]


async def test_an_exemption_that_is_left_out_of_an_update_becomes_m99(
    ix: AnyClient, account: Account
) -> None:
    exempt = line(tax={"name": "Isento", "value": Decimal(0)})
    draft = await got(ix.invoices.create(**document(items=[exempt], tax_exemption="M07")))
    with pytest.warns(SilentChangeWarning, match="needs an exemption code"):
        changed = await got(ix.invoices.update(draft, **document(items=[exempt])))
    assert changed.tax_exemption == "M99", "the warning must be right"


async def test_a_wrong_tax_number_may_become_the_final_consumer(account: Account, ix: AnyClient) -> None:
    """Sources disagree on the outcome; the check runs before either can happen."""
    answer = httpx.post(
        f"{account.base_url}/_emulator/config",
        json={"account": account.name, "fiscal_id": "final_consumer"},
    )
    assert answer.is_success, answer.text
    client = {"name": "Ana Sousa", "code": "A1", "fiscal_id": "501413198"}
    with pytest.raises(SilentChangeError, match="not a Portuguese tax number"):
        await got(ix.invoices.create(**document(client=client)))
    allowing: Any = ix.with_options(checks=Checks(fiscal_id="warn", client_ignored="off"))
    with pytest.warns(SilentChangeWarning, match="not a Portuguese tax number"):
        await got(allowing.invoices.create(**document(client=client)))
    assert not (await got(ix.clients.find_by_code("A1"))).fiscal_id


async def test_amounts_that_were_worked_out_are_expected_of_a_draft(ix: AnyClient, witness: Witness) -> None:
    fields = document(items=[line(), line(name="Livro", tax={"name": "IVA6"})])
    expected = totals.of_document(InvoiceWrite.of(**fields), TaxRates.of(await got(ix.taxes.list())))
    draft = await got(ix.invoices.create(**fields))
    # The same total, with the rates the other way round.
    swapped = [line(tax={"name": "IVA6"}), line(name="Livro")]
    await got(ix.invoices.update(draft, **document(items=swapped)))
    with pytest.raises(DraftMismatchError, match=r"tax of line 1 is IVA6 6 %, expected 23 %"):
        await got(ix.invoices.finalize(draft.id, expect_total=expected))
    assert not [path for _, path, _ in witness.exchanges if path.endswith("change-state.json")]
    await got(ix.invoices.update(draft, **fields))
    assert (await got(ix.invoices.finalize(draft.id, expect_total=expected))).total == expected.total
