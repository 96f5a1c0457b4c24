"""The client, sync and async, against the emulator in both profiles, with the contract as a witness."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import (
    UNSET,
    AuthenticationError,
    ConflictError,
    DraftMismatchError,
    InputError,
    InvoiceXpress,
    NotFoundError,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .validating_transport import Witness

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
    return {
        "date": TODAY,
        "due_date": TODAY,
        "client": {"name": "Ana Sousa", "code": "A1"},
        "items": [line()],
        **changes,
    }


async def issued(namespace: Any, **changes: Any) -> Any:
    """A finalized document."""
    draft = await got(namespace.create(**document(**changes)))
    return await got(namespace.finalize(draft))


FINALIZED_STATUS = {
    "invoices": "final",
    "simplified_invoices": "final",
    "invoice_receipts": "settled",
    "debit_notes": "final",
    "vat_moss_invoices": "final",
    "quotes": "final",
    "proformas": "final",
    "fees_notes": "final",
}
LISTED = ("invoices", "simplified_invoices", "invoice_receipts", "debit_notes", "vat_moss_invoices")


@pytest.mark.parametrize("segment", FINALIZED_STATUS)
async def test_a_draft_becomes_a_numbered_document(ix: AnyClient, segment: str) -> None:
    namespace = getattr(ix, segment)
    draft = await got(namespace.create(**document()))
    assert draft.status == "draft"
    assert (draft.date, draft.due_date) == (TODAY, TODAY)
    assert (draft.before_taxes, draft.taxes, draft.total) == (
        Decimal("10.00"),
        Decimal("2.30"),
        Decimal("12.30"),
    )
    changed = await got(namespace.update(draft, **document(items=[line(quantity=Decimal("2.5"))])))
    assert changed.id == draft.id
    assert changed.total == Decimal("30.75")
    final = await got(namespace.finalize(changed, expect_total=Decimal("30.75")))
    assert final.status == FINALIZED_STATUS[segment]
    assert final.inverted_sequence_number.endswith("/1")
    again = await got(namespace.get(draft.id))
    assert again == final


@pytest.mark.parametrize("segment", FINALIZED_STATUS)
async def test_a_draft_can_be_deleted_and_not_finalized_afterwards(ix: AnyClient, segment: str) -> None:
    namespace = getattr(ix, segment)
    draft = await got(namespace.create(**document()))
    assert await got(namespace.delete(draft)) is None
    assert (await got(namespace.get(draft))).status == "deleted"
    with pytest.raises((ValidationError, NotFoundError)):
        await got(namespace.finalize(draft.id))


@pytest.mark.parametrize("segment", FINALIZED_STATUS)
async def test_cancelling_wants_a_reason_and_cannot_be_done_twice(ix: AnyClient, segment: str) -> None:
    namespace = getattr(ix, segment)
    final = await issued(namespace)
    with pytest.raises(InputError, match="message"):
        await got(namespace.cancel(final, " "))
    canceled = await got(namespace.cancel(final, "Emitida em duplicado"))
    assert canceled.status == "canceled"
    with pytest.raises(ValidationError):
        await got(namespace.cancel(final, "Outra vez"))


@pytest.mark.parametrize("segment", LISTED)
async def test_a_list_gives_one_type_only_and_everything_of_it(ix: AnyClient, segment: str) -> None:
    for other in LISTED:
        await got(getattr(ix, other).create(**document()))
    wanted = {(await got(getattr(ix, segment).create(**document()))).id for _ in range(4)}
    found = await entries(getattr(ix, segment).list(per_page=2))
    assert len(found) == 5
    assert wanted < {entry.id for entry in found}
    assert len({entry.type for entry in found}) == 1


async def test_filters_find_what_they_say(ix: AnyClient) -> None:
    later = TODAY + datetime.timedelta(days=3)
    await got(ix.invoices.create(**document(reference="R-1")))
    final = await issued(ix.invoices, reference="R-2", due_date=later, items=[line(quantity=Decimal(9))])

    async def ids(**filters: Any) -> list[int]:
        return [entry.id for entry in await entries(ix.invoices.list(**filters))]

    assert await ids(status=["final"]) == [final.id]
    assert await ids(reference="R-2") == [final.id]
    assert await ids(due_date_from=later, due_date_to=later) == [final.id]
    assert await ids(total_before_taxes_from=Decimal(90)) == [final.id]
    assert await ids(total_before_taxes_from=Decimal("90.01")) == []
    assert len(await ids(date_from=TODAY, date_to=TODAY)) == 2
    assert await ids(date_from=later) == []
    assert len(await ids(text="R-", status=["draft", "final"])) == 2


async def test_payments_open_and_settle_an_invoice(ix: AnyClient) -> None:
    invoice = await issued(ix.invoices)
    first = await got(ix.invoices.pay(invoice, amount=Decimal("2.30"), payment_mechanism="MB"))
    assert (first.type, first.total) == ("Receipt", Decimal("2.30"))
    with pytest.raises(ValidationError, match=r"10[.,]0"):
        await got(ix.invoices.pay(invoice, amount=Decimal("10.01")))
    second = await got(ix.invoices.pay(invoice, amount=Decimal("10.00")))
    assert (await got(ix.invoices.get(invoice))).status == "settled"
    related = await got(ix.invoices.related_documents(invoice))
    assert {entry.id for entry in related} == {first.id, second.id}
    with pytest.raises(ValidationError):
        await got(ix.invoices.cancel(invoice, "Com recibos"))
    for receipt in (first, second):
        assert (await got(ix.receipts.cancel(receipt, "Engano"))).status == "canceled"
    assert (await got(ix.invoices.get(invoice))).status == "final"
    assert (await got(ix.invoices.cancel(invoice, "Engano"))).status == "canceled"


async def test_settling_an_invoice_issues_a_receipt(ix: AnyClient) -> None:
    invoice = await issued(ix.invoices)
    assert (await got(ix.invoices.settle(invoice))).status == "settled"
    (receipt,) = await entries(ix.receipts.list())
    assert receipt.total == invoice.total
    assert (await got(ix.receipts.get(receipt))).id == receipt.id


async def test_a_credit_note_takes_back_what_is_left_and_no_more(ix: AnyClient) -> None:
    invoice = await issued(ix.invoices)
    note = await issued(ix.credit_notes, owner_invoice_id=invoice.id, items=[line(quantity=Decimal("0.5"))])
    assert note.total == Decimal("6.15")
    excess = await got(ix.credit_notes.create(**document(owner_invoice_id=invoice.id)))
    with pytest.raises(ValidationError):
        await got(ix.credit_notes.finalize(excess))
    related = await got(ix.invoices.related_documents(invoice))
    assert [entry.id for entry in related] == [note.id, excess.id]
    settled = await got(ix.credit_notes.settle(note))
    assert settled.status == "settled"
    assert (await got(ix.credit_notes.unsettle(settled))).status == "final"


async def test_estimates_are_accepted_and_refused(ix: AnyClient) -> None:
    for namespace in (ix.quotes, ix.proformas, ix.fees_notes):
        final = await issued(namespace)
        assert (await got(namespace.accept(final))).status == "accepted"
        assert (await got(namespace.refuse(final))).status == "refused"


async def test_a_draft_that_is_not_what_was_meant_is_not_finalized(ix: AnyClient, witness: Witness) -> None:
    draft = await got(ix.invoices.create(**document()))
    with pytest.raises(DraftMismatchError, match=r"total is 12\.30 EUR, expected 12\.31 EUR"):
        await got(ix.invoices.finalize(draft, expect_total=Decimal("12.31")))
    assert not [path for _, path, _ in witness.exchanges if path.endswith("change-state.json")]
    await got(ix.invoices.update(draft.id, **document(items=[line(tax={"name": "IVA6"})])))
    with pytest.raises(DraftMismatchError, match="tax of line 1"):
        await got(ix.invoices.finalize(draft))


async def test_a_known_key_gives_the_same_document(ix: AnyClient) -> None:
    first = await got(ix.invoices.create(proprietary_uid="order-1", **document()))
    again = await got(ix.invoices.create(proprietary_uid="order-1", **document()))
    other = await got(ix.invoices.create(**document()))
    assert first.id == again.id != other.id


async def test_pdf_and_qr_code_arrive_after_a_while(ix: AnyClient, witness: Witness) -> None:
    invoice = await issued(ix.invoices)
    pdf = await got(ix.invoices.pdf(invoice))
    assert pdf.content.startswith(b"%PDF-")
    qr_code = await got(ix.invoices.qr_code(invoice))
    assert qr_code.content.startswith(b"\x89PNG")
    assert [status for _, path, status in witness.exchanges if path.startswith("/api/pdf")] == [202, 200]
    draft = await got(ix.invoices.create(**document()))
    with pytest.raises(ValidationError, match="draft"):
        await got(ix.invoices.qr_code(draft))
    assert (await got(ix.invoices.pdf(draft))).content.startswith(b"%PDF-")


async def test_an_email_goes_out(ix: AnyClient) -> None:
    invoice = await issued(ix.invoices)
    assert await got(ix.invoices.email(invoice, "ana@example.com", subject="Fatura")) is None
    with pytest.raises(ValidationError):
        await got(ix.invoices.email(invoice, "not an address"))


async def test_clients_are_found_by_name_and_by_code(ix: AnyClient) -> None:
    created = await got(
        ix.clients.create(name="Rui Melo", code="RM", country="Portugal", fiscal_id="999999990")
    )
    assert (await got(ix.clients.find_by_name("Rui Melo"))).id == created.id
    assert (await got(ix.clients.find_by_code("RM"))).id == created.id
    assert await got(ix.clients.find_by_name("Rui")) is None
    assert await got(ix.clients.find_by_code("nobody")) is None
    changed = await got(ix.clients.update(created, name="Rui Melo", code="RM", city="Braga"))
    assert changed.city == "Braga"
    assert "Rui Melo" in {entry.name for entry in await entries(ix.clients.list(per_page=1))}
    with pytest.raises(ValidationError):
        await got(ix.clients.create(name="Rui Melo", code="other"))
    invoice = await issued(ix.invoices, client={"name": "Rui Melo", "code": "RM"})
    assert [entry.id for entry in await entries(ix.clients.invoices(created))] == [invoice.id]
    assert await entries(ix.clients.invoices(created, status=["draft"])) == []
    with pytest.raises(NotFoundError):
        await entries(ix.clients.invoices(1))


async def test_items_are_kept_and_overwritten_by_documents(ix: AnyClient) -> None:
    created = await got(ix.items.create(name="Caneta", description="Azul", unit_price=Decimal("1.25")))
    assert created.unit_price == Decimal("1.25")
    await got(ix.invoices.create(**document(items=[line(name="Caneta", unit_price=Decimal("1.5"))])))
    assert (await got(ix.items.get(created))).unit_price == Decimal("1.5")
    assert created.id in {entry.id for entry in await entries(ix.items.list(per_page=1))}
    spare = await got(ix.items.create(name="Lápis", description="HB", unit_price=Decimal("0.40")))
    changed = await got(ix.items.update(spare, name="Lápis", description="2B", unit_price=Decimal("0.45")))
    assert (changed.description, changed.unit_price) == ("2B", Decimal("0.45"))
    await got(ix.items.delete(spare))
    with pytest.raises(NotFoundError):
        await got(ix.items.get(spare))


async def test_taxes_have_exact_values(ix: AnyClient) -> None:
    names = {tax.name: tax for tax in await got(ix.taxes.list())}
    assert names["IVA23"].value == 23
    assert names["IVA23"].default_tax is True
    created = await got(ix.taxes.create(name="IVA16", value=Decimal("16.0"), region="PT-AC", code="NOR"))
    assert created.value == 16
    changed = await got(ix.taxes.update(created, name="IVA16", value=Decimal("16.5"), region="PT-AC"))
    assert changed.value == Decimal("16.5")
    await got(ix.taxes.delete(created))
    with pytest.raises(NotFoundError):
        await got(ix.taxes.get(created))


async def test_a_serie_numbers_its_own_documents(ix: AnyClient) -> None:
    created = await got(ix.sequences.create(serie="LOJA2", default_sequence=False))
    assert created.serie == "LOJA2"
    await got(ix.sequences.set_current(created))
    current = await got(ix.sequences.get(created))
    assert current.default_sequence is True
    registered = await got(ix.sequences.list())
    assert created.id in {sequence.id for sequence in registered}
    final = await issued(ix.invoices)
    assert final.inverted_sequence_number == "LOJA2/1"
    assert final.sequence_id == created.current_invoice_sequence_id
    note = await got(ix.debit_notes.create(**document(sequence_id=created.current_debit_note_sequence_id)))
    assert note.id
    with pytest.raises(ValidationError, match="série"):
        await got(ix.debit_notes.create(**document(sequence_id=created.current_invoice_sequence_id)))


async def test_registering_a_registered_serie_is_a_conflict(ix: AnyClient) -> None:
    (first, *_) = await got(ix.sequences.list())
    with pytest.raises((ConflictError, ValidationError)):
        await got(ix.sequences.register(first))


async def test_exempt_lines_want_a_reason(ix: AnyClient) -> None:
    exempt = line(name="Consulta", tax={"name": "Isento"})
    with pytest.raises(ValidationError):
        await issued(ix.invoices, items=[exempt])
    final = await issued(ix.invoices, items=[line(), exempt], tax_exemption="M07")
    assert final.tax_exemption == "M07"
    assert final.total == Decimal("22.30")


async def test_a_cent_is_rounded_once(ix: AnyClient) -> None:
    # 3 x 2.37 at 23 %: 8.7453 rounds to 8.75 as a document; rounded line by line it would be 8.76.
    lines = [line(name=f"Linha {n}", unit_price=Decimal("2.37")) for n in range(3)]
    final = await issued(ix.invoices, items=lines)
    assert final.total == Decimal("8.75")


async def test_what_a_draft_lacks_is_unset_or_says_so(ix: AnyClient) -> None:
    draft = await got(ix.invoices.create(**document()))
    assert draft.mb_reference is UNSET
    assert draft.archived is False


async def test_nobody_is_there_under_another_type(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.create(**document()))
    for namespace in (ix.credit_notes, ix.receipts):
        with pytest.raises(NotFoundError) as caught:
            await got(namespace.get(invoice.id))
        assert caught.value.status == 404
    with pytest.raises(NotFoundError):
        await got(ix.invoices.pdf(999_999_999))
    with pytest.raises(NotFoundError):
        await got(ix.invoices.pay(999_999_999, amount=Decimal(1)))


async def test_a_wrong_key_is_an_authentication_error(account: Account) -> None:
    with InvoiceXpress(account.name, "wrong-key", base_url=account.base_url) as client:
        with pytest.raises(AuthenticationError) as caught:
            client.invoices.list().first()
        assert caught.value.messages == ["Invalid API key"]
