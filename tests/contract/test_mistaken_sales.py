"""Mistakes that would bill a sale twice, or credit the wrong one: refused, with the right advice."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from invoicexpress import (
    Checks,
    DraftMismatchError,
    InputError,
    KeyReusedError,
    SilentChangeError,
    SilentChangeWarning,
    Unset,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, entries, got
from .validating_transport import Witness

LINE: dict[str, Any] = {
    "name": "Caneca",
    "unit_price": Decimal("8.13"),
    "quantity": Decimal(1),
    "tax": {"name": "IVA23"},
}
TOTAL = Decimal("10.00")


def sale(**changes: Any) -> dict[str, Any]:
    client = {"name": "Ana Sousa", "code": "A1"}
    return {"date": lisbon.today(), "client": client, "items": [LINE], "expect_total": TOTAL, **changes}


@pytest.mark.parametrize("method", ["issue", "credit", "create"])
async def test_the_key_of_a_note_for_another_invoice_is_refused(ix: AnyClient, method: str) -> None:
    """Two invoices with the same content: only its relatives show which of them a note corrects."""
    first = await got(ix.invoices.issue(key="a", **sale()))
    second = await got(ix.invoices.issue(key="b", **sale()))
    notes: Any = ix.credit_notes

    async def note_for(invoice: Any) -> Any:
        if method == "issue":
            return await got(notes.issue(invoice, key="refund"))
        if method == "credit":
            return await got(notes.credit(invoice, proprietary_uid="refund"))
        fields = {name: value for name, value in sale().items() if name != "expect_total"}
        return await got(notes.create(owner_invoice_id=invoice.id, proprietary_uid="refund", **fields))

    note = await note_for(first)
    assert (await note_for(first)).id == note.id
    with pytest.raises(KeyReusedError) as caught:
        await note_for(second)
    assert caught.value.differences == (f"it corrects document {first.id}, sent {second.id}",)
    assert len(await entries(ix.credit_notes.list())) == 1
    assert await got(ix.credit_notes.left_to_credit(second)) == TOTAL


async def test_the_key_of_an_issued_sale_says_that_it_exists(ix: AnyClient) -> None:
    document = await got(ix.invoices.issue(key="a", **sale()))
    yesterday = lisbon.today() - datetime.timedelta(1)
    for changes in ({"expect_total": Decimal(9)}, {"date": yesterday}):
        with pytest.raises(KeyReusedError) as caught:
            await got(ix.invoices.issue(key="a", **sale(**changes)))
        assert f"read it with documents.get({document.id}) and issue no other" in str(caught.value)
    assert len(await entries(ix.invoices.list())) == 1


@pytest.mark.parametrize("field", ["description", "unit"])
async def test_other_words_of_a_line_are_another_content(ix: AnyClient, field: str) -> None:
    await got(ix.invoices.issue(key="a", **sale(items=[{**LINE, field: "hour"}])))
    await got(ix.invoices.issue(key="a", **sale(items=[{**LINE, field: " hour "}])))
    with pytest.raises(KeyReusedError, match=f"line 1: {field} hour, sent service"):
        await got(ix.invoices.issue(key="a", **sale(items=[{**LINE, field: "service"}])))


async def in_serie(space: Any, method: str, key: str, **serie: Any) -> Any:
    """One sale under its key or reference, in a série."""
    fields = sale(**serie)
    if method == "create":
        del fields["expect_total"]
        return await got(space.create(proprietary_uid=key, **fields))
    name = "key" if space.row.idempotent_create else "reference"
    return await got(space.issue(**fields, **{name: key}))


async def test_the_key_of_a_document_in_another_serie_is_refused(ix: AnyClient) -> None:
    """The same sale, once in each of two séries: the first document is no answer to the second call."""
    shop = await got(ix.sequences.create(serie="LOJA"))
    web = await got(ix.sequences.create(serie="WEB"))
    spaces: list[tuple[Any, str]] = [
        (ix.invoices, "issue"),
        (ix.invoice_receipts, "create"),
        (ix.quotes, "issue"),
    ]
    for space, method in spaces:
        row = getattr(web, f"current_{space.row.root}_sequence_id")
        key = space.row.root
        first = await in_serie(space, method, key, sequence=shop)
        assert (await in_serie(space, method, key, sequence="LOJA")).id == first.id
        assert (await in_serie(space, method, key)).id == first.id
        for other in ({"sequence": web}, {"sequence": "WEB"}, {"sequence_id": row}):
            with pytest.raises(KeyReusedError) as caught:
                await in_serie(space, method, key, **other)
            assert caught.value.differences == ("série LOJA, sent WEB",)
            assert caught.value.document.id == first.id
        assert [each.id for each in await entries(space.list())] == [first.id]


async def test_the_key_of_a_note_in_another_serie_is_refused(ix: AnyClient) -> None:
    for name in ("LOJA", "WEB"):
        await got(ix.sequences.create(serie=name))
    notes: Any = ix.credit_notes
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    note = await got(notes.issue(invoice, key="refund", sequence="LOJA"))
    assert (await got(notes.issue(invoice, key="refund", sequence="LOJA"))).id == note.id
    with pytest.raises(KeyReusedError, match="série LOJA, sent WEB"):
        await got(notes.issue(invoice, key="refund", sequence="WEB"))
    assert len(await entries(ix.credit_notes.list())) == 1


async def test_a_draft_moved_to_another_serie_keeps_its_key_there(ix: AnyClient) -> None:
    for name in ("LOJA", "WEB"):
        await got(ix.sequences.create(serie=name))
    draft = await in_serie(ix.invoices, "create", "order-7", sequence="LOJA")
    moved: dict[str, Any] = {**sale(sequence="WEB")}
    del moved["expect_total"]
    await got(ix.invoices.update(draft, **moved))
    assert (await in_serie(ix.invoices, "create", "order-7", sequence="WEB")).id == draft.id
    with pytest.raises(KeyReusedError, match="série WEB, sent LOJA"):
        await in_serie(ix.invoices, "create", "order-7", sequence="LOJA")
    assert (
        await in_serie(ix.invoices, "issue", "order-7", sequence="WEB")
    ).inverted_sequence_number == "WEB/1"


async def test_a_draft_of_this_process_in_the_default_serie_is_not_issued_for_another(ix: AnyClient) -> None:
    await got(ix.sequences.create(serie="WEB"))
    draft = await in_serie(ix.invoices, "create", "order-7")
    default = next(each.serie for each in await got(ix.sequences.list()) if each.default_sequence)
    for method in ("create", "issue"):
        with pytest.raises(KeyReusedError, match=f"série {default}, sent WEB"):
            await in_serie(ix.invoices, method, "order-7", sequence="WEB")
    assert (await got(ix.invoices.get(draft))).status == "draft"
    assert (await in_serie(ix.invoices, "issue", "order-7", sequence=default)).id == draft.id


async def test_a_draft_that_shows_no_serie_is_compared_once_it_is_issued(ix: AnyClient) -> None:
    """Another process left the draft, in the default série; at the service a draft shows no série."""
    await got(ix.sequences.create(serie="WEB"))
    draft = await in_serie(ix.invoices, "create", "order-7")
    with pytest.raises((DraftMismatchError, KeyReusedError), match=r"série .*, sent WEB") as caught:
        await in_serie(ix.invoices, "issue", "order-7", sequence="WEB")
    now = await got(ix.invoices.get(draft))
    if isinstance(caught.value, DraftMismatchError):
        assert (caught.value.document_id, caught.value.status) == (draft.id, "final")
        assert now.status == "final"
    else:
        assert now.status == "draft"
    assert len(await entries(ix.invoices.list())) == 1


async def test_a_refused_draft_of_a_reference_keeps_its_serie(ix: AnyClient) -> None:
    """At the service the draft shows no série, so the process remembers it."""
    for name in ("LOJA", "WEB"):
        await got(ix.sequences.create(serie=name))
    with pytest.raises(DraftMismatchError):
        await in_serie(ix.quotes, "issue", "offer-7", sequence="LOJA", expect_total=Decimal(9))
    with pytest.raises(KeyReusedError, match="série LOJA, sent WEB"):
        await in_serie(ix.quotes, "issue", "offer-7", sequence="WEB")
    assert (await in_serie(ix.quotes, "issue", "offer-7", sequence="LOJA")).status == "final"


async def test_a_refused_issue_names_its_draft_and_the_way_out(ix: AnyClient) -> None:
    """The same key with a corrected date differs from the draft, and another key would leave that draft."""
    await got(ix.invoices.issue(key="a", **sale()))
    late = sale(date=lisbon.today() - datetime.timedelta(5))
    with pytest.raises(ValidationError) as refused:
        await got(ix.invoices.issue(key="b", **late))
    (draft,) = [each for each in await entries(ix.invoices.list()) if each.status == "draft"]
    advice = f"Draft {draft.id} exists: delete it or update it, then issue again with the same key"
    assert str(refused.value).endswith(advice)
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301 our own
    with pytest.raises(KeyReusedError, match="Delete that draft or update it, then send this again"):
        await got(ix.invoices.issue(key="b", **sale()))
    await got(ix.invoices.delete(draft))
    issued = await got(ix.invoices.issue(key="b", **sale()))
    assert issued.status == "final"


@pytest.mark.parametrize("kind", ["invoice", "quote"])
async def test_a_wrong_expectation_is_corrected_by_the_same_call(ix: AnyClient, kind: str) -> None:
    def issued(**changes: Any) -> Any:
        fields = sale(**changes)
        return (
            ix.invoices.issue(key="a", **fields)
            if kind == "invoice"
            else ix.quotes.issue(reference="Q1", **fields)
        )

    with pytest.raises(
        DraftMismatchError, match="call `issue` again with the same key or reference"
    ) as caught:
        await got(issued(expect_total=Decimal(9)))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 our own
    assert (await got(issued())).id == caught.value.document_id


async def test_an_update_of_a_part_says_that_it_replaces_the_whole(ix: AnyClient) -> None:
    fields = {name: value for name, value in sale().items() if name != "expect_total"}
    draft = await got(ix.invoices.create(**fields))
    updating: Any = ix.invoices.update
    with pytest.raises(
        InputError, match=r"invoice\.date: it is required.*update replaces the draft as a whole"
    ):
        await got(updating(draft, observations="x"))
    with pytest.raises(InputError, match=r"unit_price: it is required") as caught:
        await got(updating(draft, **{**fields, "items": [{"name": "x", "quantity": Decimal(1)}]}))
    assert "replaces" not in str(caught.value)
    with pytest.raises(InputError, match=r"client\.name: it is required") as caught:
        await got(ix.clients.update(await got(ix.clients.find_by_code("A1")), city="Faro"))  # type: ignore[call-arg]
    assert "replaces" not in str(caught.value), "fields of a client that are left out stay"


async def test_a_thing_of_another_kind_is_refused_before_anything_is_sent(ix: AnyClient) -> None:
    """Ids of different things may be equal."""
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    client: Any = await got(ix.clients.find_by_code("A1"))
    client.id = invoice.id
    calls: list[Any] = [
        lambda: ix.invoices.cancel(client, "mistake"),
        lambda: ix.invoices.pdf(client),
        lambda: ix.documents.get(client),
        lambda: ix.taxes.get(client),
        lambda: ix.clients.delete(invoice),
        lambda: ix.treasury.balance(invoice),
        lambda: ix.sequences.set_current(invoice),
        lambda: ix.items.delete(client),
    ]
    for call in calls:
        with pytest.raises(InputError, match=rf"or its id, got (Client|Invoice) {invoice.id}$"):
            await got(call())
    assert (await got(ix.invoices.get(invoice))).status == "final"


async def test_a_credited_invoice_is_called_that(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    await got(ix.credit_notes.issue(invoice, key="r1"))
    with pytest.raises(InputError, match=rf"Invoice {invoice.id} is credited in full already"):
        await got(ix.credit_notes.issue(invoice, key="r2"))
    assert len(await entries(ix.credit_notes.list())) == 1


async def test_money_moves_in_whole_cents(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    client = await got(ix.clients.find_by_code("A1"))
    owed: dict[str, Any] = {"value": Decimal("1.005"), "date": lisbon.today()}
    movement: dict[str, Any] = {"movement_type": "Payment", "payment_method": "TB", "serie": "A"}
    calls: list[Any] = [
        lambda: ix.invoices.pay(invoice, amount=Decimal("1.005")),
        lambda: ix.treasury.set_initial_balance(client, **owed),
        lambda: ix.treasury.create_regularization(client, **owed),
        lambda: ix.treasury.create_movement(client, **owed, **movement),
    ]
    for call in calls:
        with pytest.raises(InputError, match=r"expected at most two decimals, got 1\.005"):
            await got(call())
    assert (await got(ix.invoices.pay(invoice, amount=Decimal("1.000")))).total == 1


AHEAD = lisbon.today() + datetime.timedelta(200)


async def test_a_receipt_dated_ahead_is_refused_before_anything_is_sent(
    ix: AnyClient, witness: Witness
) -> None:
    """Its série would be closed until that day."""
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    client = await got(ix.clients.find_by_code("A1"))
    sent = len(witness.exchanges)
    movement: dict[str, Any] = {"movement_type": "Payment", "payment_method": "TB", "serie": "A"}
    with pytest.raises(SilentChangeError, match="issuing it closes its série"):
        await got(ix.invoices.pay(invoice, amount=Decimal(1), payment_date=AHEAD))
    with pytest.raises(SilentChangeError, match=r"treasury_movement\.date: .* closes its série"):
        await got(ix.treasury.create_movement(client, value=Decimal(1), date=AHEAD, **movement))
    with pytest.raises(
        SilentChangeError, match=r"initial_balance\.date: .* would refuse documents of the client"
    ):
        await got(ix.treasury.set_initial_balance(client, Decimal(1), AHEAD))
    assert len(witness.exchanges) == sent


@pytest.mark.parametrize("kind", ["invoice", "quote", "note"])
async def test_a_document_dated_ahead_is_refused_before_there_is_a_draft(
    ix: AnyClient, witness: Witness, kind: str
) -> None:
    invoice = await got(ix.invoices.issue(key="a", **sale()))
    written = len([verb for verb, _, _ in witness.exchanges if verb != "GET"])
    calls: dict[str, Any] = {
        "invoice": lambda: ix.invoices.issue(key="b", **sale(date=AHEAD)),
        "quote": lambda: ix.quotes.issue(reference="Q1", **sale(date=AHEAD)),
        "note": lambda: ix.credit_notes.issue(invoice, key="n", date=AHEAD),
    }
    with pytest.raises(SilentChangeError, match=r"Checks\(dated_ahead=\"warn\"\) allows it") as caught:
        await got(calls[kind]())
    assert caught.value.document is None
    assert len([verb for verb, _, _ in witness.exchanges if verb != "GET"]) == written
    assert (await got(ix.invoices.issue(key="c", **sale()))).status == "final", "the série is open"


async def test_a_draft_may_be_dated_ahead_and_is_not_finalized(ix: AnyClient) -> None:
    fields = {name: value for name, value in sale(date=AHEAD).items() if name != "expect_total"}
    draft = await got(ix.invoices.create(**fields))
    with pytest.raises(SilentChangeError, match="ahead of today") as caught:
        await got(ix.invoices.finalize(draft))
    assert caught.value.document is not None
    assert (await got(ix.invoices.get(draft))).status == "draft"


async def test_a_document_dated_ahead_is_issued_where_that_is_allowed(ix: AnyClient) -> None:
    allowing: Any = ix.with_options(checks=Checks(dated_ahead="warn"))
    with pytest.warns(SilentChangeWarning, match="issuing it closes its série") as caught:
        assert (await got(allowing.invoices.issue(key="b", **sale(date=AHEAD)))).status == "final"
    assert len(caught) == 1


async def test_today_is_lisbon_s_whatever_the_zone_of_the_machine(ix: AnyClient) -> None:
    """On the evening of the 29th in New York it is the 30th in Lisbon."""
    evening = datetime.datetime(2026, 11, 29, 20, tzinfo=ZoneInfo("America/New_York"))
    with lisbon.clock(lambda: evening):
        assert (
            await got(ix.invoices.issue(key="b", **sale(date=datetime.date(2026, 11, 30))))
        ).status == "final"
        with pytest.raises(SilentChangeError, match="2026-12-01 is ahead of today, 2026-11-30 in Lisbon"):
            await got(ix.invoices.issue(key="c", **sale(date=datetime.date(2026, 12, 1))))


async def test_a_known_reference_with_the_taxes_swapped_is_refused(ix: AnyClient) -> None:
    """The total is the same."""

    def quote(first: str, second: str) -> Any:
        lines = [{**LINE, "tax": {"name": first}}, {**LINE, "name": "Livro", "tax": {"name": second}}]
        fields = sale(items=lines, expect_total=Decimal("18.62"))
        return ix.quotes.issue(reference="Q1", **fields)

    document = await got(quote("IVA23", "IVA6"))
    assert (await got(quote("IVA23", "IVA6"))).id == document.id
    with pytest.raises(SilentChangeError) as caught:
        await got(quote("IVA6", "IVA23"))
    assert {change.kind for change in caught.value.changes} == {"tax_changed"}
    assert len(await entries(ix.quotes.list())) == 1


@pytest.mark.parametrize("field", ["loaded_at", "address_to", "license_plate"])
async def test_the_papers_of_another_transport_are_refused(ix: AnyClient, field: str) -> None:
    place = {"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
    moved: dict[str, Any] = {
        "loaded_at": lisbon.now() + datetime.timedelta(hours=1),
        "address_from": place,
        "address_to": place,
        "license_plate": "11-AA-22",
    }
    other = {
        "loaded_at": moved["loaded_at"] + datetime.timedelta(hours=1),
        "address_to": {**place, "city": "Porto"},
        "license_plate": "33-BB-44",
    }

    def guide(**changes: Any) -> Any:
        return ix.transports.issue(reference="T1", **sale(**{**moved, **changes}))

    document = await got(guide())
    assert (await got(guide())).id == document.id
    if isinstance(getattr(document, field), Unset):
        # The documented wire does not show it, so it cannot be compared.
        assert field == "loaded_at"
        assert (await got(guide(**{field: other[field]}))).id == document.id
    else:
        with pytest.raises(KeyReusedError, match=field):
            await got(guide(**{field: other[field]}))
    assert len(await entries(ix.transports.list())) == 1
