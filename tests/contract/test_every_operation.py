"""Each client calls each operation of the contract once against the emulator, in each profile.

The walks use the client as its users do; the witness checks every request and every success against the
concrete contract. The last test proves that no operation was left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from generator import concrete
from generator import contract as reading
from invoicexpress import AmbiguousResultError, InvoiceXpress, NotFoundError, lisbon
from invoicexpress.namespaces.legacy import AssumedOperationWarning
from invoicexpress_emulator.control_client import Control

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .contract_files import CONCRETE, loaded
from .logged_python import unlike
from .validating_transport import Profile, Witness

pytestmark = pytest.mark.anyio

TODAY: Final = lisbon.today()
GUIDES: Final = ("shippings", "transports", "devolutions")
PLACE: Final = {"detail": "Rua Nova 1", "city": "Braga", "postal_code": "4700-001", "country": "Portugal"}


def operations_of(profile: Profile) -> dict[str, tuple[str, re.Pattern[str]]]:
    """Verb and path of each operation that the wire of a profile has."""
    return {
        operation.operation_id: (
            operation.method.upper(),
            re.compile(re.sub(r"\\\{[^}]+\\\}", r"[^/]+", re.escape(operation.path))),
        )
        for operation in reading.operations(concrete.for_profile(loaded(CONCRETE), profile))
    }


# Operations that never succeed, on the emulator or on the service itself, each with its reason.
REFUSED: Final[Mapping[Profile, Mapping[str, str]]] = {
    "observed": {
        **{
            f"updateDocument_{guide}": "answers 500 to every update of a guide (diogopms 2026-06)"
            for guide in GUIDES
        },
        "deleteClient": "answers an error and deletes the client all the same (square-bit 2026-04)",
        "deleteClientTreasuryMovement": "answers 500 and deletes it all the same (diogopms 2026-06)",
    },
    "documented": {
        "deleteClientTreasuryMovement": "the vendor's page gives a movement no id to delete it by",
    },
}


def line(**changes: Any) -> dict[str, Any]:
    """A line of 10 EUR at 23 %."""
    return {
        "name": "Caderno",
        "unit_price": Decimal("10.00"),
        "quantity": Decimal(1),
        "tax": {"name": "IVA23"},
        **changes,
    }


def fields(segment: str) -> dict[str, Any]:
    """The fields that a document of a type needs."""
    common = {
        "date": TODAY,
        "due_date": TODAY,
        "client": {"name": "Ana Sousa", "code": "A1", "email": "ana@example.com"},
        "items": [line()],
    }
    if segment in GUIDES:
        moment = lisbon.now() + datetime.timedelta(hours=1)
        return {**common, "loaded_at": moment, "address_from": PLACE, "address_to": PLACE}
    return common


CREATED: Final = (
    *("invoices", "simplified_invoices", "invoice_receipts", "credit_notes", "debit_notes"),
    *("vat_moss_invoices", "vat_moss_credit_notes", "quotes", "proformas", "fees_notes"),
    *("shippings", "transports", "devolutions", "purchase_orders"),
)


async def walk_documents(ix: AnyClient, profile: Profile) -> None:
    """Creates, changes, reads, sends, finalizes and archives a document of each type."""
    for segment in CREATED:
        space = getattr(ix, segment)
        owned: dict[str, int] = {}
        if segment.endswith("credit_notes"):
            owner = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields("invoices")))))
            owned = {"owner_invoice_id": owner.id}
        draft = await got(space.create(**fields(segment), **owned))
        if f"updateDocument_{segment}" in REFUSED[profile]:
            # The service answers 500 and does nothing, so the result stays unknown. With the same values the
            # update would be done.
            at_once = getattr(ix.with_options(retries=0, consistency_window=0), segment)
            with pytest.raises(AmbiguousResultError, match=r"answered 500.*it differs: .*observations"):
                await got(at_once.update(draft, **fields(segment), observations="Frágil", **owned))
        else:
            draft = await got(space.update(draft, **fields(segment), **owned))
        assert (await got(space.get(draft))).id == draft.id
        issued = await got(space.finalize(draft, expect_total=Decimal("12.30")))
        assert issued.inverted_sequence_number
        assert (await got(ix.documents.get(issued))).type == issued.type
        await got(space.email(issued, "ana@example.com"))
        assert issued.id in [entry.id for entry in await entries(space.list())]
        if segment in GUIDES:
            assert await got(space.at_code(issued))
        number, _, serie = issued.sequence_number.partition("/")
        assert (await got(space.find_by_number(int(number), serie))).id == issued.id
        await walk_archive(ix, space, issued)


async def walk_archive(ix: AnyClient, space: Any, document: Any) -> None:
    """Puts a document into the archive and takes it out again."""
    with pytest.warns(AssumedOperationWarning):
        await got(ix.legacy.archive(document))
    assert (await got(space.get(document))).archived is True
    with pytest.warns(AssumedOperationWarning):
        await got(ix.legacy.unarchive(document))
    assert (await got(space.get(document))).archived is False


async def walk_receipts(ix: AnyClient, profile: Profile) -> None:
    """Pays an invoice and cancels the receipt; reads a VAT MOSS receipt where there is one."""
    for payable, receipts in ((ix.invoices, ix.receipts), (ix.vat_moss_invoices, ix.vat_moss_receipts)):
        invoice = await got(payable.finalize(await got(payable.create(**fields("invoices")))))
        receipt = await got(payable.pay(invoice, amount=Decimal("2.30")))
        assert receipt.id in {entry.id for entry in await got(payable.related_documents(invoice))}
        listed = {entry.id for entry in await entries(receipts.list())}
        if receipt.id in listed:
            assert (await got(receipts.get(receipt))).total == Decimal("2.30")
            await walk_archive(ix, receipts, receipt)
            assert (await got(receipts.cancel(receipt, "Engano"))).status == "canceled"
        else:  # this emulator issues a plain receipt, so there is none of the other type
            for attempt in (receipts.get(receipt.id), receipts.cancel(receipt.id, "Engano")):
                with pytest.raises(NotFoundError):
                    await got(attempt)
    for segment in ("receipts", "vat_moss_receipts", *CREATED[:7]):
        await entries(ix.legacy.typed_list(segment))


async def walk_files(ix: AnyClient, profile: Profile) -> None:
    """Fetches the files that are generated in the background."""
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields("invoices")))))
    assert (await got(ix.documents.pdf(invoice))).content.startswith(b"%PDF-")
    assert (await got(ix.documents.qr_code(invoice))).content.startswith(b"\x89PNG")
    assert b"AuditFile" in (await got(ix.saft.export(TODAY.year, TODAY.month))).content
    assert {entry.type for entry in await entries(ix.documents.list_estimates(["Quote"]))} == {"Quote"}
    assert {entry.type for entry in await entries(ix.documents.list_guides(["Shipping"]))} == {"Shipping"}
    assert invoice.id in {entry.id for entry in await entries(ix.documents.list(["Invoice"]))}


async def walk_catalogue(ix: AnyClient, profile: Profile) -> None:
    """Creates, reads, changes and, where possible, deletes clients, items, taxes and séries."""
    client = await got(ix.clients.get_or_create("B2", name="Bruno Dias"))
    assert (await got(ix.clients.get(client))).name == "Bruno Dias"
    assert (await got(ix.clients.update(client, name="Bruno Dias", city="Faro"))).city == "Faro"
    assert (await got(ix.clients.find_by_name("Bruno Dias"))).id == client.id
    assert (await got(ix.clients.find_by_code("B2"))).id == client.id
    assert await entries(ix.clients.invoices(client)) == []
    assert "Bruno Dias" in {entry.name for entry in await entries(ix.clients.list())}
    if profile == "observed":
        await got(ix.clients.delete(client))
        with pytest.raises(NotFoundError):
            await got(ix.clients.get(client))
    item = await got(ix.items.create(name="Caneta", description="Azul", unit_price=Decimal("1.25")))
    assert (await got(ix.items.get(item))).unit_price == Decimal("1.25")
    await got(ix.items.update(item, name="Caneta", description="Preta", unit_price=Decimal("1.25")))
    assert item.id in {entry.id for entry in await entries(ix.items.list())}
    await got(ix.items.delete(item))
    tax = await got(ix.taxes.create(name="IVA16", value=Decimal(16), region="PT-AC", code="NOR"))
    assert (await got(ix.taxes.get(tax))).value == 16
    await got(ix.taxes.update(tax, name="IVA16", value=Decimal(16), region="PT-AC"))
    assert tax.id in {entry.id for entry in await got(ix.taxes.list())}
    await got(ix.taxes.delete(tax))
    sequence = await got(ix.sequences.create(serie="LOJA2"))
    assert (await got(ix.sequences.get(sequence))).serie == "LOJA2"
    await got(ix.sequences.set_current(sequence))
    assert (await got(ix.sequences.find("LOJA2"))).id == sequence.id


async def walk_treasury(ix: AnyClient, profile: Profile) -> None:
    """A client's balances, write-offs, and payments that name no document."""
    client = await got(ix.clients.create(name="Carla Reis", code="C3"))
    day = TODAY - datetime.timedelta(days=40)
    balance = await got(ix.treasury.set_initial_balance(client, Decimal("50.00"), day, "Antes"))
    assert (balance.value, balance.date) == (Decimal("50.00"), day)
    invoice: Any = {**fields("invoices"), "client": {"name": "Carla Reis", "code": "C3"}}
    draft = await got(ix.invoices.create(**invoice))
    await got(ix.invoices.finalize(draft))
    owed = await got(ix.treasury.balance(client))
    assert owed.currency.code == "EUR"
    assert owed.balance.with_vat == Decimal("62.30")
    written_off = await got(ix.treasury.create_regularization(client, value=Decimal("5.00"), date=TODAY))
    assert [entry.id for entry in await entries(ix.treasury.regularizations(client))] == [written_off.id]
    await got(ix.treasury.delete_regularization(client, written_off))
    assert await entries(ix.treasury.regularizations(client)) == []
    movement = await got(
        ix.treasury.create_movement(client, value=Decimal("2.30"), movement_type="Payment", date=TODAY)
    )
    if profile == "observed":
        await got(ix.treasury.delete_movement(client, movement))
    else:  # the vendor's page shows no id to delete it by
        with pytest.raises(NotFoundError):
            await got(ix.treasury.delete_movement(client, 999_999))


async def walk_accounts(ix: AnyClient, profile: Profile) -> None:
    """Accounts of a partner, and the credentials of the tax authority."""
    new: Any = {"email": "rita@example.com", "password": "correct horse", "terms": True}
    account = await got(ix.accounts.create(organization_name="Rita Lda", **new))
    assert account.api_key
    second = await got(ix.accounts.create_for_existing_user(organization_name="Rita Dois Lda", **new))
    assert second.id != account.id
    assert (await got(ix.accounts.get(account))).organization_name == "Rita Lda"
    await got(ix.accounts.update(account, organization_name="Rita e Filhas Lda", **new))
    assert (await got(ix.accounts.get(account))).organization_name == "Rita e Filhas Lda"
    await got(
        ix.accounts.set_at_communication(
            subuser="500100200/1", password="correct horse", communication_type="auto"
        )
    )
    with pytest.warns(AssumedOperationWarning):
        assert await got(ix.legacy.account_stats(account)) is not None
    with pytest.warns(AssumedOperationWarning):
        await got(ix.legacy.suspend_account(account))
    with pytest.warns(AssumedOperationWarning):
        await got(ix.legacy.activate_account(account))


# Requests with a password, which no log shows.
WITHOUT_PYTHON: Final = {"createAccount", "createAccountExisting", "updateAccount", "atCommunication"}

WALKS: Final[Mapping[str, Callable[[AnyClient, Profile], Awaitable[None]]]] = {
    "documents": walk_documents,
    "receipts": walk_receipts,
    "files": walk_files,
    "catalogue": walk_catalogue,
    "treasury": walk_treasury,
    "accounts": walk_accounts,
}


async def walk_registration(ix: AnyClient, account: Account) -> None:
    """Registers a série that was created unregistered."""
    settings = {"account": account.name, "at_registration": "manual"}
    assert httpx.post(f"{account.base_url}/_emulator/config", json=settings).is_success
    sequence = await got(ix.sequences.create(serie="LOJA3"))
    registered = {entry.serie for entry in await got(ix.sequences.register(sequence))}
    assert "LOJA3" in registered


async def test_each_operation_was_done(
    ix: AnyClient, account: Account, profile: Profile, witness: Witness
) -> None:
    for walk in WALKS.values():
        await walk(ix, profile)
    await walk_registration(ix, account)
    operations = operations_of(profile)
    done: dict[str, set[int]] = {}
    for method, path, status in witness.exchanges:
        for name, (verb, template) in operations.items():
            if verb == method and template.fullmatch(path):
                done.setdefault(name, set()).add(status)
    assert sorted(operations.keys() - done.keys()) == []
    failed = {name for name, found in done.items() if not any(200 <= status < 300 for status in found)}
    assert failed == {*REFUSED[profile]}
    if not isinstance(ix, InvoiceXpress):
        return
    logged = Control(account.base_url, account=account.name).requests()
    found = unlike(logged)
    assert found == [], "\n".join(found)
    assert {each.operation for each in logged if each.python is None} == WITHOUT_PYTHON
