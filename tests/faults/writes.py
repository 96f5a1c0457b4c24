"""Every public method that sends a write: what it needs, and how to call it.

`prepare` brings an account to the state that a write needs, with an undisturbed client. `call` makes the
write on either client.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from invoicexpress import InvoiceXpress, lisbon
from invoicexpress.client import Namespaces
from invoicexpress.namespaces.documents import DocumentNamespace
from invoicexpress.quirks.document_types import NOTES
from invoicexpress.sending.flows import operation

AnyClient = Any
Prepare = Callable[[InvoiceXpress], Any]

READS: Final = frozenset(
    {
        *(
            "get",
            "list",
            "pdf",
            "qr_code",
            "find_by_number",
            "related_documents",
            "left_to_credit",
            "lines",
            "at_code",
        ),
        *("list_estimates", "list_guides", "related", "find_by_code", "find_by_name", "invoices", "find"),
        *("balance", "balances", "regularizations", "export", "account_stats", "typed_list"),
    }
)
"""Public methods that change nothing. Any other has to be in WRITES."""

KEY: Final = "order-17"
REFERENCE: Final = "ORDER-17"
TOTAL: Final = Decimal("12.30")


@dataclass(frozen=True)
class Write:
    """A call that writes."""

    space: str
    method: str
    prepare: Prepare
    call: Callable[[AnyClient, Any], Any]
    way: str = ""
    """Which of several ways of calling the method this is."""
    is_readable: bool = True
    """Whether the service shows afterwards if it was carried out."""
    is_shown_whole: bool = True
    """Whether reads show all of the effect; none shows the key of a document or a password."""
    confirmation: int | None = None
    """The status that confirms it without a body, where the contract has one other than 200."""
    key: str | None = None
    """The caller's key, if the call has one."""
    settings: Mapping[str, object] | None = None
    not_in: str | None = None
    """The profile that lacks the operation."""

    @property
    def name(self) -> str:
        """How reports call it."""
        return f"{self.space}.{self.method}" + (f" ({self.way})" if self.way else "")


def line(**changes: Any) -> dict[str, Any]:
    """A line of 10 EUR at 23 %."""
    return {
        "name": "Caderno",
        "unit_price": Decimal("10.00"),
        "quantity": Decimal(1),
        "tax": {"name": "IVA23"},
        **changes,
    }


GUIDES: Final = frozenset({"shippings", "transports", "devolutions"})
_PLACE: Final = {"detail": "Rua Nova 1", "city": "Braga", "postal_code": "4700-001", "country": "Portugal"}
_LOADED: Final = lisbon.now().replace(microsecond=0) + datetime.timedelta(days=1)


def fields(space: str, **changes: Any) -> dict[str, Any]:
    """The fields that a document needs."""
    today = lisbon.today()
    common: dict[str, Any] = {
        "date": today,
        "due_date": today,
        "client": {"name": "Ana Sousa", "code": "A1", "email": "ana@example.com"},
        "items": [line()],
    }
    if space in GUIDES:
        common |= {"loaded_at": _LOADED, "address_from": _PLACE, "address_to": _PLACE}
    return {**common, **changes}


# Preparations ---------------------------------------------------------------------------------------


def _nothing(_: InvoiceXpress) -> None:
    return None


def _owner(ix: InvoiceXpress, space: str) -> dict[str, Any]:
    """The field that names the document which a note corrects."""
    if getattr(ix, space).row not in NOTES:
        return {}
    invoices = ix.vat_moss_invoices if space == "vat_moss_credit_notes" else ix.invoices
    return {"owner_invoice_id": invoices.finalize(invoices.create(**fields("invoices")).id).id}


def _owned(space: str) -> Prepare:
    return lambda ix: _owner(ix, space)


def _draft(space: str) -> Prepare:
    def prepare(ix: InvoiceXpress) -> Any:
        return getattr(ix, space).create(**fields(space, **_owner(ix, space)))

    return prepare


def _issued(space: str) -> Prepare:
    def prepare(ix: InvoiceXpress) -> Any:
        return getattr(ix, space).finalize(_draft(space)(ix).id)

    return prepare


def _after(space: str, *methods: str) -> Prepare:
    """An issued document after these changes."""

    def prepare(ix: InvoiceXpress) -> Any:
        document = _issued(space)(ix)
        for method in methods:
            document = getattr(getattr(ix, space), method)(document)
        return document

    return prepare


def _receipt(space: str) -> Prepare:
    invoices = "vat_moss_invoices" if space == "vat_moss_receipts" else "invoices"

    def prepare(ix: InvoiceXpress) -> Any:
        payable: Any = getattr(ix, invoices)
        return payable.pay(_issued(invoices)(ix), amount=Decimal("2.30"))

    return prepare


def _client(ix: InvoiceXpress) -> Any:
    return ix.clients.create(name="Carla Reis", code="C3")


def _debtor(ix: InvoiceXpress) -> Any:
    """A client who owes 12.30 EUR."""
    client = _client(ix)
    party = {"client": {"name": "Carla Reis", "code": "C3"}}
    ix.invoices.finalize(ix.invoices.create(**fields("invoices", **party)).id)
    return client


def _regularized(ix: InvoiceXpress) -> Any:
    client = _debtor(ix)
    done = ix.treasury.create_regularization(client, value=Decimal("5.00"), date=lisbon.today())
    return client, done


def _moved(ix: InvoiceXpress) -> Any:
    client = _debtor(ix)
    return client, ix.treasury.create_movement(
        client, value=Decimal("2.30"), movement_type="Payment", date=lisbon.today()
    )


def _serie(ix: InvoiceXpress) -> Any:
    return ix.sequences.create(serie="LOJA")


def _archived(ix: InvoiceXpress) -> Any:
    document = _issued("invoices")(ix)
    ix.legacy.archive(document)
    return document


NEW_ACCOUNT: Final[dict[str, Any]] = {
    "organization_name": "Rita Lda",
    "email": "rita@example.com",
    "password": "correct horse",
    "terms": True,
}


def _account(ix: InvoiceXpress) -> Any:
    return ix.accounts.create(**NEW_ACCOUNT)


def _suspended(ix: InvoiceXpress) -> Any:
    account = _account(ix)
    ix.legacy.suspend_account(account)
    return account


# Calls ----------------------------------------------------------------------------------------------


def _on(space: str, method: str, *args: Any, **kwargs: Any) -> Callable[[AnyClient, Any], Any]:
    """Call a method with the thing that was prepared."""
    return lambda ix, prepared: getattr(getattr(ix, space), method)(prepared, *args, **kwargs)


def _documents(ix: InvoiceXpress) -> Iterator[Write]:
    names = [name for name, kind in Namespaces.__annotations__.items() if kind.endswith("[C_co]")]
    spaces = [name for name in names if isinstance(getattr(ix, name), DocumentNamespace)]
    for space in spaces:
        yield from _of_type(space, getattr(ix, space))


def _has(namespace: object) -> frozenset[str]:
    kind = type(namespace)
    return frozenset(
        name for name in dir(kind) if not name.startswith("_") and isinstance(getattr(kind, name), operation)
    )


def _of_type(space: str, namespace: Any) -> Iterator[Write]:
    methods = _has(namespace)
    draft, issued = _draft(space), _issued(space)
    if "create" in methods:
        yield from _creates(space, has_key=namespace.row.idempotent_create)
        changed = line(unit_price=Decimal("20.00"))
        yield Write(
            space,
            "update",
            draft,
            lambda ix, old: getattr(ix, space).update(
                old, **fields(space, items=[changed], **_owner_of(old))
            ),
            # The live service answers 500 to this (diogopms 2026-06).
            not_in="observed" if space in GUIDES else None,
        )
        yield Write(space, "finalize", draft, lambda ix, old: getattr(ix, space).finalize(old.id), "by id")
        yield Write(space, "finalize", draft, _on(space, "finalize"), "a draft")
        yield Write(space, "finalize", draft, _on(space, "finalize", expect_total=TOTAL), "expect_total")
        yield Write(space, "delete", draft, _on(space, "delete"))
        yield Write(space, "email", issued, _on(space, "email", "ana@example.com"), is_readable=False)
    if "issue" in methods and space != "credit_notes":
        yield from _issues(space, has_key=namespace.row.idempotent_create)
    is_receipt = space in {"receipts", "vat_moss_receipts"}
    cancelled = _receipt(space) if is_receipt else issued
    yield Write(space, "cancel", cancelled, _on(space, "cancel", "Engano"))
    if "settle" in methods:
        yield Write(space, "settle", issued, _on(space, "settle"))
    if "unsettle" in methods:
        yield Write(space, "unsettle", _after(space, "settle"), _on(space, "unsettle"))
    if "pay" in methods:
        yield Write(space, "pay", issued, _on(space, "pay", amount=Decimal("2.30")), "in part")
        yield Write(
            space,
            "pay",
            issued,
            _on(space, "pay", amount=TOTAL, payment_mechanism="TB", payment_date=lisbon.today()),
            "in full",
        )
    for method in ("accept", "refuse", "second_copy"):
        if method in methods:
            yield Write(space, method, issued, _on(space, method))
    if "complete" in methods:
        yield Write(space, "complete", _after(space, "accept"), _on(space, "complete"))
    if space == "credit_notes":
        yield from _credits()


def _owner_of(draft: Any) -> dict[str, Any]:
    owner = getattr(draft, "owner_invoice_id", None)
    return {"owner_invoice_id": owner} if isinstance(owner, int) else {}


def _creates(space: str, *, has_key: bool) -> Iterator[Write]:
    def call(**more: Any) -> Callable[[AnyClient, Any], Any]:
        return lambda ix, owner: getattr(ix, space).create(**fields(space, **(owner or {}), **more))

    if has_key:
        # The client makes a key of its own for the first.
        yield Write(space, "create", _owned(space), call(), is_shown_whole=False)
        yield Write(
            space, "create", _owned(space), call(proprietary_uid=KEY), "key", key=KEY, is_shown_whole=False
        )
    else:
        yield Write(space, "create", _owned(space), call(), "no reference", is_readable=False)
        yield Write(space, "create", _owned(space), call(reference=REFERENCE), "reference")


def _issues(space: str, *, has_key: bool) -> Iterator[Write]:
    more: dict[str, Any] = {"key": KEY} if has_key else {"reference": REFERENCE}

    def call(ix: AnyClient, owner: Any) -> Any:
        return getattr(ix, space).issue(expect_total=TOTAL, **fields(space, **(owner or {}), **more))

    yield Write(space, "issue", _owned(space), call, key=KEY if has_key else None)


def _credits() -> Iterator[Write]:
    space, invoice = "credit_notes", _issued("invoices")
    with_key, some = _on(space, "credit", proprietary_uid=KEY), [line(unit_price=Decimal(4))]
    yield Write(space, "credit", invoice, _on(space, "credit"), is_shown_whole=False)
    yield Write(space, "credit", invoice, with_key, "key", key=KEY, is_shown_whole=False)
    yield Write(space, "credit", invoice, _on(space, "credit", some), "some lines", is_shown_whole=False)
    yield Write(space, "issue", invoice, _on(space, "issue", key=KEY), key=KEY)
    yield Write(
        space,
        "issue",
        invoice,
        _on(space, "issue", some, key=KEY, expect_total=Decimal("4.92")),
        "some lines",
        key=KEY,
    )


_ITEM: Final[dict[str, Any]] = {"name": "Caneta", "description": "Azul", "unit_price": Decimal("1.25")}
_TAX: Final[dict[str, Any]] = {"name": "IVA16", "value": Decimal(16), "region": "PT-AC", "code": "NOR"}


def _catalogue() -> Iterator[Write]:
    yield Write(
        "clients", "create", _nothing, lambda ix, _: ix.clients.create(name="Rui Costa", code="R1"), "code"
    )
    yield Write("clients", "create", _nothing, lambda ix, _: ix.clients.create(name="Rui Costa"), "name")
    yield Write(
        "clients", "get_or_create", _nothing, lambda ix, _: ix.clients.get_or_create("R1", name="Rui Costa")
    )
    yield Write("clients", "update", _client, _on("clients", "update", name="Carla Reis", city="Faro"))
    yield Write("clients", "delete", _client, _on("clients", "delete"), not_in="documented")
    yield Write("items", "create", _nothing, lambda ix, _: ix.items.create(**_ITEM))
    item: Prepare = lambda ix: ix.items.create(**_ITEM)  # noqa: E731 - a checker infers its parameter
    yield Write("items", "update", item, _on("items", "update", **{**_ITEM, "description": "Preta"}))
    yield Write("items", "delete", item, _on("items", "delete"))
    yield Write("taxes", "create", _nothing, lambda ix, _: ix.taxes.create(**_TAX))
    tax: Prepare = lambda ix: ix.taxes.create(**_TAX)  # noqa: E731 - a checker infers its parameter
    yield Write("taxes", "update", tax, _on("taxes", "update", **{**_TAX, "value": Decimal(17)}))
    yield Write("taxes", "delete", tax, _on("taxes", "delete"))
    yield Write("sequences", "create", _nothing, lambda ix, _: ix.sequences.create(serie="LOJA"))
    yield Write("sequences", "set_current", _serie, _on("sequences", "set_current"))
    manual = {"at_registration": "manual"}
    yield Write("sequences", "register", _serie, _on("sequences", "register"), settings=manual)


def _treasury() -> Iterator[Write]:
    day = lisbon.today() - datetime.timedelta(days=40)
    yield Write(
        "treasury",
        "set_initial_balance",
        _client,
        _on("treasury", "set_initial_balance", Decimal("50.00"), day, "Antes"),
        is_shown_whole=False,
    )
    today = lisbon.today()
    yield Write(
        "treasury",
        "create_regularization",
        _debtor,
        _on("treasury", "create_regularization", value=Decimal("5.00"), date=today),
    )
    yield Write(
        "treasury",
        "delete_regularization",
        _regularized,
        lambda ix, prepared: ix.treasury.delete_regularization(*prepared),
    )
    yield Write(
        "treasury",
        "create_movement",
        _debtor,
        _on("treasury", "create_movement", value=Decimal("2.30"), movement_type="Payment", date=today),
        is_readable=False,
    )
    yield Write(
        "treasury",
        "delete_movement",
        _moved,
        lambda ix, prepared: ix.treasury.delete_movement(*prepared),
        is_readable=False,
        confirmation=204,
        not_in="documented",
    )


def _accounts() -> Iterator[Write]:
    yield Write(
        "accounts", "create", _nothing, lambda ix, _: ix.accounts.create(**NEW_ACCOUNT), is_readable=False
    )
    again = {**NEW_ACCOUNT, "organization_name": "Rita Dois Lda"}
    yield Write(
        "accounts",
        "create_for_existing_user",
        _account,
        lambda ix, _: ix.accounts.create_for_existing_user(**again),
        is_readable=False,
    )
    changed = {**NEW_ACCOUNT, "organization_name": "Rita e Filhas Lda"}
    yield Write("accounts", "update", _account, _on("accounts", "update", **changed), is_shown_whole=False)
    yield Write(
        "accounts",
        "set_at_communication",
        _nothing,
        lambda ix, _: ix.accounts.set_at_communication(
            subuser="500100200/1", password="correct horse", communication_type="auto"
        ),
        is_readable=False,
    )
    yield Write("legacy", "archive", _issued("invoices"), _on("legacy", "archive"))
    yield Write("legacy", "unarchive", _archived, _on("legacy", "unarchive"))
    yield Write("legacy", "suspend_account", _account, _on("legacy", "suspend_account"), is_readable=False)
    yield Write(
        "legacy", "activate_account", _suspended, _on("legacy", "activate_account"), is_readable=False
    )


def every_write(ix: InvoiceXpress) -> tuple[Write, ...]:
    """Every way of writing that the namespaces of a client offer."""
    return (*_documents(ix), *_catalogue(), *_treasury(), *_accounts())


def method_of(ix: InvoiceXpress, write: Write) -> object:
    """The one source of a method: namespaces that share it behave alike."""
    namespace: object = getattr(ix, write.space)
    return getattr(type(namespace), write.method)


def _unconnected() -> InvoiceXpress:
    with InvoiceXpress("nobody", "no-key-is-needed", base_url="http://127.0.0.1:9") as ix:
        return ix


UNCONNECTED: Final = _unconnected()
WRITES: Final = every_write(UNCONNECTED)


def _representatives() -> dict[str, Write]:
    first: dict[tuple[int, str], Write] = {}
    kinds = {write.name: (id(method_of(UNCONNECTED, write)), write.way) for write in WRITES}
    return {write.name: first.setdefault(kinds[write.name], write) for write in WRITES}


REPRESENTATIVES: Final = _representatives()
"""By the name of each write, the first of its method and way. The others differ only in type."""
