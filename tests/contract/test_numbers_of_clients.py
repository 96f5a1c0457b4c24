"""Tax numbers of clients: no document goes to another customer, or to the final consumer, by mistake.

Documents are counted in the emulator's own store.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import httpx
import pytest
from invoicexpress import (
    Checks,
    DraftMismatchError,
    InputError,
    InvoiceXpress,
    KeyReusedError,
    SilentChangeError,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, got
from .conftest import Account
from .validating_transport import ValidatingTransport, Witness

pytestmark = pytest.mark.anyio

LINE: dict[str, Any] = {
    "name": "Caneca",
    "unit_price": Decimal("8.13"),
    "quantity": Decimal(1),
    "tax": {"name": "IVA23"},
}
NOT_SHOWN = r"shows another tax number|its answer does not show it"
NUMBER, OTHER = "123456789", "501413197"
PLACE = {"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
LOOKUPS = ("/clients/find-by-code.json", "/clients/find-by-name.json")


def document(**client: Any) -> dict[str, Any]:
    given = {"name": "Ana Sousa", "code": "A1", "fiscal_id": NUMBER, **client}
    return {
        "date": lisbon.today(),
        "client": {name: value for name, value in given.items() if value is not None},
        "items": [LINE],
    }


def sale(key: str = "a", **client: Any) -> dict[str, Any]:
    return {"key": key, "expect_total": Decimal("10.00"), **document(**client)}


def stored(account: Account) -> list[int]:
    """The ids of the account's documents."""
    answer = httpx.get(f"{account.base_url}/_emulator/documents", params={"account": account.name})
    return sorted(each["id"] for each in answer.json()["documents"])


def issued(account: Account) -> list[int]:
    """The ids of the account's legal documents."""
    answer = httpx.get(f"{account.base_url}/_emulator/documents", params={"account": account.name})
    return sorted(
        each["id"] for each in answer.json()["documents"] if each["status"] not in ("draft", "deleted")
    )


def reads(witness: Witness) -> list[str]:
    return [path for verb, path, _ in witness.exchanges if verb == "GET" and path.startswith("/clients")]


CALLS: dict[str, Callable[[Any], Any]] = {
    "issue": lambda ix: ix.invoices.issue(**sale()),
    "quote": lambda ix: ix.quotes.issue(reference="Q1", expect_total=Decimal("10.00"), **document()),
    "guide": lambda ix: ix.transports.create(
        loaded_at=lisbon.now() + timedelta(hours=1), address_from=PLACE, address_to=PLACE, **document()
    ),
    "get_or_create": lambda ix: ix.clients.get_or_create("A1", name="Ana Sousa", fiscal_id=NUMBER),
}


NO_NUMBER = "has no tax number, and the service ignores this one: documents go to the final consumer"


@pytest.mark.parametrize(
    ("call", "known", "said"),
    [
        *((call, {}, NO_NUMBER) for call in CALLS.values()),
        (CALLS["issue"], {"fiscal_id": "999999990"}, NO_NUMBER),
        (CALLS["issue"], {"fiscal_id": OTHER}, "has another tax number"),
        (CALLS["get_or_create"], {"fiscal_id": OTHER}, "has another tax number"),
    ],
    ids=[*CALLS, "final consumer", "another", "another found"],
)
async def test_the_number_of_a_known_client_is_compared_before_anything_is_issued(
    ix: AnyClient, account: Account, call: Callable[[Any], Any], known: dict[str, Any], said: str
) -> None:
    client = await got(ix.clients.create(name="Ana Sousa", code="A1", **known))
    with pytest.raises(SilentChangeError, match=said) as caught:
        await got(call(ix))
    assert f"`ix.clients.update({client.id}, name='Ana Sousa', fiscal_id=...)`" in str(caught.value)
    assert caught.value.field.endswith("client.fiscal_id")
    assert NUMBER not in str(caught.value)
    draft = caught.value.document
    assert draft is None or draft.status == "draft"
    assert stored(account) == ([] if draft is None else [draft.id])
    await got(ix.clients.update(client, name="Ana Sousa", fiscal_id=NUMBER))
    done = await got(call(ix))
    if call in (CALLS["issue"], CALLS["quote"]):
        assert draft is not None
        assert done.id == draft.id, "the key, or the reference, finds the draft"


@pytest.mark.parametrize("by", ["id", "code", "name"])
async def test_it_is_the_client_that_the_service_found(ix: AnyClient, by: str) -> None:
    quiet: Any = ix.with_options(checks=Checks(client_changed="off"))
    client = await got(ix.clients.create(name="Ana Sousa", code="A1"))
    given = {
        "id": {"id": client.id, "name": "Rui", "code": None},
        "code": {"name": "Rui"},
        "name": {"code": None},
    }[by]
    with pytest.raises(SilentChangeError, match=f"client {client.id} has no tax number"):
        await got(quiet.invoices.create(**document(**given)))


async def test_an_update_is_compared_where_it_has_a_number(ix: AnyClient, witness: Witness) -> None:
    draft = await got(ix.invoices.create(**document(fiscal_id=None)))
    for number in (None, "", " "):
        await got(ix.invoices.update(draft, **document(fiscal_id=number)))
    assert reads(witness) == []
    with pytest.raises(SilentChangeError, match="has no tax number"):
        await got(ix.invoices.update(draft, **document()))


async def test_a_repeat_with_another_number_is_refused_and_with_the_same_one_is_not(
    ix: AnyClient, account: Account
) -> None:
    first = await got(ix.invoices.issue(**sale()))
    assert (await got(ix.invoices.issue(**sale()))).id == first.id
    assert (await got(ix.invoices.issue(**sale(fiscal_id=f" {NUMBER} ")))).id == first.id
    for _ in range(2):
        with pytest.raises(SilentChangeError, match=NOT_SHOWN) as caught:
            await got(ix.invoices.issue(**sale(fiscal_id=OTHER)))
        assert caught.value.document is not None
        assert caught.value.document.id == first.id
    quote: dict[str, Any] = {"reference": "Q1", "expect_total": Decimal("10.00")}
    found = await got(ix.quotes.issue(**quote, **document()))
    assert (await got(ix.quotes.issue(**quote, **document()))).id == found.id
    with pytest.raises(SilentChangeError, match=NOT_SHOWN):
        await got(ix.quotes.issue(**quote, **document(fiscal_id=OTHER)))
    assert stored(account) == [first.id, found.id]


async def test_a_client_changed_by_another_program_is_found(ix: AnyClient, account: Account) -> None:
    """Nothing is remembered: a number that was right a moment ago may be another customer's now."""
    await got(ix.invoices.issue(**sale("a")))
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url) as other:
        client = other.clients.find_by_code("A1")
        assert client is not None
        other.clients.update(client, name="Ana Sousa", fiscal_id=OTHER)
    with pytest.raises(SilentChangeError, match="has another tax number"):
        await got(ix.invoices.issue(**sale("b")))
    answer = httpx.get(f"{account.base_url}/_emulator/documents", params={"account": account.name})
    assert sorted(each["status"] for each in answer.json()["documents"]) == ["draft", "final"]


async def test_a_note_of_a_client_whose_number_changed_is_refused(ix: AnyClient, account: Account) -> None:
    """The note would be made out to another number than its invoice."""
    invoice = await got(ix.invoices.issue(**sale()))
    client = await got(ix.clients.find_by_code("A1"))
    await got(ix.clients.update(client, name="Ana Sousa", fiscal_id=OTHER))
    if account.profile == "documented":
        # Its documents show no tax numbers.
        return
    said = f"client {client.id} has another tax number now than the invoice shows. Set the old one with "
    calls: list[tuple[Callable[[], Any], type[Exception]]] = [
        (lambda: ix.credit_notes.issue(invoice, key="n"), InputError),
        (lambda: ix.credit_notes.credit(invoice), DraftMismatchError),
    ]
    for call, error in calls:
        with pytest.raises(error, match=re.escape(said)) as caught:
            await got(call())
        assert "issue the note, then set the new one again" in str(caught.value)
        remedy = f"ix.clients.update({client.id}, name='Ana Sousa', fiscal_id=invoice.client.fiscal_id)"
        assert remedy in str(caught.value)
    await got(ix.clients.update(client.id, name="Ana Sousa", fiscal_id=invoice.client.fiscal_id))
    note = await got(ix.credit_notes.issue(invoice, key="n"))
    await got(ix.clients.update(client, name="Ana Sousa", fiscal_id=OTHER))
    assert (note.status, note.client.fiscal_id) == ("final", NUMBER)


@pytest.mark.parametrize("checks", ["fiscal_id", "raise"])
async def test_a_finished_sale_that_is_repeated_leaves_the_clients_new_number_alone(
    ix: AnyClient, account: Account, checks: Any
) -> None:
    ix = ix.with_options(checks=Checks(client_ignored=checks))
    first = await got(ix.invoices.issue(**sale()))
    quote: dict[str, Any] = {"reference": "Q1", "expect_total": Decimal("10.00"), **document()}
    other: dict[str, Any] = quote | document(fiscal_id="509442013")
    offer = await got(ix.quotes.issue(**quote))
    client = await got(ix.clients.find_by_code("A1"))
    await got(ix.clients.update(client, name="Ana Sousa", fiscal_id=OTHER))
    if account.profile == "observed":
        # The documents show their own numbers.
        assert (await got(ix.invoices.issue(**sale()))).id == first.id
        assert (await got(ix.quotes.issue(**quote))).id == offer.id
    else:
        with pytest.raises(
            SilentChangeError, match="Look at its PDF: with the number sent this sale is done"
        ):
            await got(ix.invoices.issue(**sale()))
    with pytest.raises(SilentChangeError, match=NOT_SHOWN):
        await got(ix.quotes.issue(**other))
    assert stored(account) == [first.id, offer.id]


async def test_an_invoice_to_the_final_consumer_is_credited_once_its_client_has_a_number(
    ix: AnyClient,
) -> None:
    """The way out of the mistake."""
    wrong = await got(ix.invoices.issue(**sale(fiscal_id=None)))
    client = await got(ix.clients.find_by_code("A1"))
    await got(ix.clients.update(client, name="Ana Sousa", fiscal_id=NUMBER))
    note = await got(ix.credit_notes.issue(wrong, key="n"))
    right = await got(ix.invoices.issue(**sale("b")))
    assert (note.status, right.status) == ("final", "final")


async def test_a_document_costs_a_read_where_its_answer_leaves_the_number_out(
    ix: AnyClient, account: Account, witness: Witness
) -> None:
    for key in "ab":
        await got(ix.invoices.issue(**sale(key)))
    shown = account.profile == "observed"
    assert [path.rpartition("/")[0] for path in reads(witness)] == ([] if shown else ["/clients"] * 2)


async def test_the_final_consumer_s_number_is_that_of_a_client_without_one(ix: AnyClient) -> None:
    await got(ix.clients.create(name="Ana Sousa", code="A1"))
    assert (await got(ix.invoices.issue(**sale(fiscal_id="999999990")))).status == "final"


async def test_all_fields_are_compared_where_that_is_asked_and_none_where_it_is_off(
    account: Account, witness: Witness
) -> None:
    def opened(checks: Checks) -> InvoiceXpress:
        return InvoiceXpress(
            account.name,
            account.api_key,
            base_url=account.base_url,
            transport=ValidatingTransport(witness),
            checks=checks,
        )

    with opened(Checks(client_ignored="raise")) as ix:
        ix.clients.create(name="Ana Sousa", code="A1", email="a@example.com")
        with pytest.raises(SilentChangeError) as caught:
            ix.invoices.create(**document(email="b@example.com"))
        assert [each.field for each in caught.value.changes] == ["invoice.client.email"]
        assert caught.value.document is None, "only the number waits for the answer"
        with pytest.raises(SilentChangeError, match="has another email"):
            ix.clients.get_or_create("A1", name="Ana Sousa", email="b@example.com")
    before = len(witness.exchanges)
    with opened(Checks.off()) as ix:
        assert ix.invoices.create(**document()).status == "draft"
        assert ix.clients.get_or_create("A1", name="Ana Sousa", fiscal_id=NUMBER).name == "Ana Sousa"
    assert [path for _, path, _ in witness.exchanges[before:]] == ["/invoices.json", LOOKUPS[0]]


async def test_the_key_of_another_customer_without_a_code_is_refused(ix: AnyClient, account: Account) -> None:
    bruno = document(name="Bruno Costa", code=None, fiscal_id=None)
    rita = await got(ix.clients.create(name="Rita", code="R1"))
    draft = await got(ix.invoices.create(proprietary_uid="a", **bruno))
    others: list[Any] = [{"name": "Rita", "code": "R1"}, {"id": rita.id, "name": "Bruno Costa", "code": None}]
    for other in others:
        with pytest.raises(KeyReusedError, match=r"client (name|code|id) ") as caught:
            await got(ix.invoices.issue(**sale(fiscal_id=None, **other)))
        assert caught.value.document.id == draft.id
    assert issued(account) == []


async def test_a_note_to_another_client_than_its_invoice_is_refused(ix: AnyClient, account: Account) -> None:
    """The code of the invoice's client is another customer's by now."""
    ana = await got(ix.clients.create(name="Ana Sousa", code="A1"))
    invoice = await got(ix.invoices.issue(**sale(fiscal_id=None)))
    await got(ix.clients.update(ana, name="Ana Sousa", code="Z9"))
    await got(ix.clients.create(name="Bruno", code="A1", fiscal_id=OTHER))
    quiet: Any = ix.with_options(checks=Checks(client_changed="off"))
    with pytest.raises(InputError, match=f"and the invoice to client {ana.id}"):
        await got(quiet.credit_notes.issue(invoice, key="n"))
    assert issued(account) == [invoice.id]


@pytest.mark.parametrize(
    ("client", "is_refused"),
    [
        ({"fiscal_id": "IE1234567T"}, False),
        ({"fiscal_id": "DE123456789"}, False),
        ({"fiscal_id": "123456780"}, True),
        ({"fiscal_id": "123456780", "country": "Narnia"}, True),
        ({"fiscal_id": "123456780", "country": "PT"}, True),
        ({"fiscal_id": "DE123456789", "country": "Portugal"}, True),
        ({"fiscal_id": "123456780", "country": "Spain"}, False),
    ],
)
async def test_a_number_is_judged_by_its_country_or_its_prefix(
    ix: AnyClient, client: dict[str, Any], is_refused: bool
) -> None:
    """A country that the service does not know is dropped, which leaves the home country."""
    quiet: Any = ix.with_options(checks=Checks(country="off"))
    if is_refused:
        with pytest.raises(SilentChangeError, match=r"client\.fiscal_id: not a Portuguese tax number"):
            await got(quiet.clients.create(name="Ana Sousa", **client))
    else:
        # The service may refuse a new client without a country; a known one may have one.
        with contextlib.suppress(ValidationError):
            await got(quiet.clients.create(name="Ana Sousa", **client))


WRITES: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "invoice": lambda ix, client: ix.invoices.issue(**sale(**client)),
    "quote": lambda ix, client: ix.quotes.create(**document(**client)),
    "client": lambda ix, client: ix.clients.create(name="Ana Sousa", **client),
    "get_or_create": lambda ix, client: ix.clients.get_or_create("A1", name="Ana Sousa", **client),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_a_wrong_portuguese_number_is_refused_and_the_plain_one_named(
    ix: AnyClient, account: Account, witness: Witness, write: Callable[[Any, dict[str, Any]], Any]
) -> None:
    for number, said in (
        ("123456788", "not a Portuguese tax number"),
        ("PT123456789", "write 123456789: "),
        ("123 456 789", "write 123456789: "),
        ("123.456.789", "write 123456789: "),
    ):
        for place in ({}, {"country": "Portugal"}):
            with pytest.raises(SilentChangeError, match=said):
                await got(write(ix, {"fiscal_id": number, **place}))
    assert witness.exchanges == []
    await got(write(ix, {"fiscal_id": "PT 123 456 788", "country": "Spain"}))
    found = await got(ix.clients.find_by_name("Ana Sousa"))
    assert found.fiscal_id == "PT 123 456 788", "a number from abroad stays as it is"


async def test_an_update_of_a_client_keeps_its_country_and_so_the_rule_for_its_number(ix: AnyClient) -> None:
    abroad = await got(ix.clients.create(name="Rui", country="Spain"))
    assert (await got(ix.clients.update(abroad, name="Rui", fiscal_id="B-12345678"))).country == "Spain"
    here = await got(ix.clients.create(name="Ana"))
    same: list[Any] = [{}, {"country": "Portugal"}]
    for changes in same:
        with pytest.raises(SilentChangeError, match="write 123456789: "):
            await got(ix.clients.update(here, name="Ana", fiscal_id="PT123456789", **changes))
    with pytest.raises(SilentChangeError, match="not a Portuguese tax number"):
        await got(ix.clients.update(here, name="Ana", fiscal_id="B-12345678"))
    assert not (await got(ix.clients.get(here))).fiscal_id


NAMESAKES: dict[str, Callable[[Any], Any]] = {
    "create": lambda ix: ix.invoices.create(**document(code="A2", fiscal_id=None)),
    "keyed": lambda ix: ix.invoices.create(proprietary_uid="a", **document(code="A2", fiscal_id=None)),
    "issue": lambda ix: ix.invoices.issue(**sale(code="A2", fiscal_id=None)),
    "quote": lambda ix: ix.quotes.issue(
        reference="Q1", expect_total=Decimal("10.00"), **document(code="A2", fiscal_id=None)
    ),
}


@pytest.mark.parametrize("call", NAMESAKES.values(), ids=NAMESAKES)
@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"code": "A1"}, "a client 'Ana Sousa' with code A1, and names are unique: sending this again"),
        ({}, "`ix.clients.update(ID, name='Ana Sousa', code='A2')`; for another person"),
    ],
    ids=["code", "none"],
)
async def test_a_namesake_gets_no_document_and_the_way_out_is_said(
    ix: AnyClient, account: Account, call: Callable[[Any], Any], known: dict[str, Any], said: str
) -> None:
    client = await got(ix.clients.create(name="Ana Sousa", **known))
    if not known and account.profile == "observed":
        # Its documents leave out what a client does not have (recorded 2019), so the code is unknown.
        return
    with pytest.raises(SilentChangeError) as caught:
        await got(call(ix))
    text = str(caught.value)
    assert said.replace("ID", str(client.id)) in text
    assert "another person use another name, such as 'Ana Sousa (A2)'" in text
    assert "Correct it with update, or delete it" in text
    assert [each.kind for each in caught.value.changes] == ["client_ignored"]
    draft: Any = caught.value.document
    assert draft.status == "draft"
    assert stored(account) == [draft.id]


async def test_a_namesake_with_a_tax_number_is_refused_as_that(ix: AnyClient, account: Account) -> None:
    """No word about the number, which is another person's."""
    await got(ix.clients.create(name="Ana Sousa", code="A1", fiscal_id=OTHER))
    for number in (NUMBER, OTHER):
        with pytest.raises(SilentChangeError, match="with code A1, and names are unique") as caught:
            await got(ix.invoices.issue(**sale(code="A2", fiscal_id=number)))
        assert len(caught.value.changes) == 1
        assert caught.value.document is not None
        await got(ix.invoices.delete(caught.value.document.id))
    await got(ix.invoices.issue(**sale(name="Ana Sousa (A2)", code="A2")))


async def test_the_draft_for_a_namesake_is_used_or_deleted_with_its_key(
    ix: AnyClient, account: Account
) -> None:
    await got(ix.clients.create(name="Ana Sousa", code="A1"))
    wrong = sale(code="A2", fiscal_id=None)
    with pytest.raises(SilentChangeError) as caught:
        await got(ix.invoices.issue(**wrong))
    draft: Any = caught.value.document
    with pytest.raises(SilentChangeError, match="names are unique"):
        await got(ix.invoices.update(draft, **document(code="A2", fiscal_id=None)))
    await got(ix.invoices.delete(draft))
    other = await got(ix.invoices.issue(**sale(name="Ana Sousa (A2)", code="A2", fiscal_id=None)))
    assert (other.client.code, other.status) == ("A2", "final")
    same = await got(ix.invoices.issue(**sale("b", fiscal_id=None)))
    assert (same.client.code, same.status) == ("A1", "final")
    with pytest.raises(KeyReusedError, match=r"client code A1, sent A2\. If this is the same sale"):
        await got(ix.invoices.issue(**sale("b", code="A2", fiscal_id=None)))


async def test_no_check_lets_a_document_be_issued_for_a_namesake(account: Account, witness: Witness) -> None:
    with InvoiceXpress(
        account.name,
        account.api_key,
        base_url=account.base_url,
        transport=ValidatingTransport(witness),
        checks=Checks.off(),
    ) as ix:
        ix.clients.create(name="Ana Sousa", code="A1")
        for call in ("issue", "quote"):
            with pytest.raises(SilentChangeError, match="names are unique"):
                NAMESAKES[call](ix)
        assert NAMESAKES["create"](ix).status == "draft"


async def test_an_update_refuses_none_and_an_empty_text_removes_the_old_one(
    ix: AnyClient, witness: Witness
) -> None:
    client = await got(
        ix.clients.create(name="Ana", fiscal_id=NUMBER, email="a@example.com", payment_days=30)
    )
    item = await got(ix.items.create(name="Caneca", unit_price=Decimal(1), description="Azul"))
    sent, nothing = len(witness.exchanges), cast("Any", None)
    calls: list[tuple[Callable[[], Any], str]] = [
        (
            lambda: ix.clients.update(client, name="Ana", fiscal_id=None),
            r'client\.fiscal_id: .*pass "" to remove',
        ),
        (lambda: ix.clients.update(client, name="Ana", email=None), r'client\.email: .*pass "" to remove'),
        (
            lambda: ix.clients.update(client, name="Ana", payment_days=None),
            r"payment_days: .*old value; leave it",
        ),
        (
            lambda: ix.items.update(item, name="Caneca", unit_price=Decimal(1), description=None),
            r'item\.description: .*pass "" to remove',
        ),
        (lambda: ix.accounts.update(1, phone=None), r'account\.phone: .*pass "" to remove'),
        (lambda: ix.taxes.update(1, name="IVA23", value=Decimal(23), region="PT", code=None), r"tax\.code: "),
        (lambda: ix.clients.update(client, name=nothing), r"client\.name: it is required"),
    ]
    for call, said in calls:
        with pytest.raises(InputError, match=said):
            await got(call())
    assert len(witness.exchanges) == sent
    assert not (await got(ix.clients.update(client, name="Ana", fiscal_id=""))).fiscal_id
    changed = await got(ix.items.update(item, name="Caneca", unit_price=Decimal(1), description=""))
    assert not changed.description


async def test_a_note_of_a_client_whose_code_changed_says_how_to_issue_it(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.issue(**sale(fiscal_id=None)))
    client = await got(ix.clients.find_by_code("A1"))
    await got(ix.clients.update(client, name="Ana Sousa", code="B9"))
    said = f"`ix.clients.update({client.id}, name='Ana Sousa', code='A1')`, issue the note, then set the new"
    with pytest.raises(SilentChangeError, match=re.escape(said)) as caught:
        await got(ix.credit_notes.issue(invoice, key="n"))
    draft: Any = caught.value.document
    await got(ix.clients.update(client.id, name="Ana Sousa", code="A1"))
    await got(ix.credit_notes.delete(draft))
    assert (await got(ix.credit_notes.issue(invoice, key="n"))).status == "final"


async def test_a_price_with_vat_is_said_by_its_total(ix: AnyClient, account: Account) -> None:
    given: dict[str, Any] = {**sale(), "items": [{**LINE, "unit_price": Decimal("9.99")}]}
    given["expect_total"] = Decimal("9.99")
    with pytest.raises(DraftMismatchError) as caught:
        await got(ix.invoices.issue(**given))
    assert "; 12.29 is 9.99 plus 23 %: `unit_price` is without VAT, and `net_prices.of_line` finds it" in str(
        caught.value
    )
    for total in ("9.98", "12.28"):
        given["expect_total"] = Decimal(total)
        with pytest.raises(DraftMismatchError) as caught:
            await got(ix.invoices.issue(**given))
        assert "net_prices" not in str(caught.value)


async def test_a_settled_document_and_a_payment_without_an_amount_say_what_to_do(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.issue(**sale()))
    with pytest.raises(InputError, match=r"`amount` is required, such as .*`settle` pays a document in full"):
        await got(cast("Any", ix).invoices.pay(invoice))
    await got(ix.invoices.settle(invoice))
    calls: list[Callable[[], Any]] = [
        lambda: ix.invoices.settle(invoice),
        lambda: ix.invoices.pay(invoice, amount=Decimal("10.00")),
    ]
    for call in calls:
        with pytest.raises(ValidationError, match=r"settled already|until they are settled"):
            await got(call())
