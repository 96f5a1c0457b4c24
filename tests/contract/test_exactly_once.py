"""Exactly once over real sockets: the emulator loses requests and answers, commits late, lists late.

The scenes mostly wait: for windows, lags and late writes. So each runs four times at once, by either client
in each profile, each in its own account.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
from invoicexpress import AmbiguousResultError, AsyncInvoiceXpress, InvoiceXpress, NotFoundError
from invoicexpress_emulator import Emulator

from .both_clients import AnyClient, got
from .conftest import Account, new_account
from .test_client_against_emulator import document, issued
from .validating_transport import Profile

pytestmark = pytest.mark.anyio

AMPLE = 30.0
"""A window that ends with the result, on the slowest machine."""

BRIEF = 0.5
"""A window that is waited out, because nothing will arrive."""

LAG = 0.25
LATE = 0.25
REFERENCE = "R-2026/17"


class Control:
    """The emulator's control plane, for one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def fault(self, operation: str, effect: dict[str, Any], times: int = 1) -> None:
        """Sets a fault for the next requests of an operation."""
        self._post("faults", {"operation": operation, "effect": effect, "times": times})

    def lag(self, seconds: float) -> None:
        """Sets how far lists lag behind writes."""
        self._post("config", {"list_lag": {"seconds": seconds}})

    def fired(self) -> int:
        """How many requests have met a fault."""
        listed = httpx.get(self._at("faults"), params={"account": self._account.name}).json()["faults"]
        return sum(each["fired"] for each in listed if each["account"] == self._account.name)

    def _at(self, path: str) -> str:
        return f"{self._account.base_url}/_emulator/{path}"

    def _post(self, path: str, body: dict[str, Any]) -> None:
        answer = httpx.post(self._at(path), json={"account": self._account.name, **body})
        assert answer.status_code in (200, 201), answer.text


@pytest.fixture
def control(account: Account) -> Control:
    """The control plane of this test's account."""
    return Control(account)


@dataclass(frozen=True)
class Player:
    """One client with its own account."""

    ix: AnyClient
    control: Control
    account: Account
    look: InvoiceXpress
    """A client that only reads, to check the outcome."""


Scene = Callable[[Player], Awaitable[None]]
Everybody = Callable[[Scene, float], None]
"""Plays a scene with either client in each profile, and this consistency window in seconds."""


@pytest.fixture
def everybody(emulators: Mapping[Profile, Emulator]) -> Everybody:
    """Plays a scene with either client in each profile, all at once."""

    async def play(scene: Scene, window: float, emulator: Emulator, profile: Profile, kind: str) -> None:
        account = new_account(emulator, profile)
        name, key, url = account.name, account.api_key, account.base_url
        with InvoiceXpress(name, key, base_url=url) as look:
            if kind == "sync":
                with InvoiceXpress(name, key, base_url=url, consistency_window=window) as ix:
                    await scene(Player(ix, Control(account), account, look))
            else:
                async with AsyncInvoiceXpress(name, key, base_url=url, consistency_window=window) as aix:
                    await scene(Player(aix, Control(account), account, look))

    def play_all(scene: Scene, window: float) -> None:
        casts: list[tuple[Emulator, Profile, str]] = [
            (emulator, profile, kind) for profile, emulator in emulators.items() for kind in ("sync", "async")
        ]
        failures: list[BaseException] = []
        with ThreadPoolExecutor(len(casts)) as pool:
            plays = [
                pool.submit(anyio.run, play, scene, window, emulator, profile, kind)
                for emulator, profile, kind in casts
            ]
        for (_, profile, kind), played in zip(casts, plays, strict=True):
            if error := played.exception():
                error.add_note(f"This was the {kind} client in the {profile} profile.")
                failures.append(error)
        if failures:
            raise BaseExceptionGroup("not everybody came through", failures)

    return play_all


@pytest.fixture
def witness_client(account: Account) -> Iterator[InvoiceXpress]:
    """A client that only reads, to check the outcome."""
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url) as client:
        yield client


@dataclass(frozen=True)
class Case:
    """A write, its preparation, and how to read the result."""

    operation: str
    prepare: Callable[[AnyClient], Awaitable[Any]]
    act: Callable[[Any, Any], Any]
    made: Callable[[InvoiceXpress, Any], list[Any]]


async def nothing(_: AnyClient) -> None:
    return None


async def a_final_invoice(ix: AnyClient) -> Any:
    return await issued(ix.invoices)


async def a_draft(ix: AnyClient) -> Any:
    return await got(ix.invoices.create(**document()))


async def an_item(ix: AnyClient) -> Any:
    return await got(ix.items.create(name="Chá", unit_price=Decimal(2)))


def settled_into(look: InvoiceXpress, draft: Any, *statuses: str) -> list[Any]:
    found = look.invoices.get(draft.id)
    return [found] if found.status in statuses else []


CASES = {
    "create with a key": Case(
        "createDocument",
        nothing,
        lambda ix, _: ix.invoices.create(**document()),
        lambda look, _: list(look.invoices.list()),
    ),
    "create with a reference": Case(
        "createDocument",
        nothing,
        lambda ix, _: ix.quotes.create(**document(reference=REFERENCE)),
        lambda look, _: list(look.quotes.list()),
    ),
    "pay": Case(
        "generatePayment",
        a_final_invoice,
        lambda ix, invoice: ix.invoices.pay(invoice, amount=Decimal("2.50")),
        lambda look, invoice: list(look.invoices.related_documents(invoice)),
    ),
    "finalize": Case(
        "changeDocumentState",
        a_draft,
        lambda ix, draft: ix.invoices.finalize(draft, expect_total=Decimal("12.30")),
        lambda look, draft: settled_into(look, draft, "final"),
    ),
    "settle": Case(
        "changeDocumentState",
        a_final_invoice,
        lambda ix, invoice: ix.invoices.settle(invoice),
        lambda look, invoice: list(look.invoices.related_documents(invoice)),
    ),
    "cancel": Case(
        "changeDocumentState",
        a_final_invoice,
        lambda ix, invoice: ix.invoices.cancel(invoice, "Emitida em duplicado"),
        lambda look, invoice: settled_into(look, invoice, "canceled"),
    ),
    "create a client": Case(
        "createClient",
        nothing,
        lambda ix, _: ix.clients.create(name="Rui Costa", code="R1", email="rui@example.com"),
        lambda look, _: [each for each in look.clients.list() if each.name == "Rui Costa"],
    ),
    "create a client without a code": Case(
        "createClient",
        nothing,
        lambda ix, _: ix.clients.create(name="Rui Costa", email="rui@example.com"),
        lambda look, _: [each for each in look.clients.list() if each.name == "Rui Costa"],
    ),
    "create an item": Case(
        "createItem",
        nothing,
        lambda ix, _: ix.items.create(name="Chá", unit_price=Decimal("1.2345"), tax={"name": "IVA23"}),
        lambda look, _: [each for each in look.items.list() if each.name == "Chá"],
    ),
    "create a tax": Case(
        "createTax",
        nothing,
        lambda ix, _: ix.taxes.create(name="IVA5", value=Decimal(5), region="PT-MA"),
        lambda look, _: [each for each in look.taxes.list() if each.name == "IVA5"],
    ),
}
EFFECTS: dict[str, dict[str, Any]] = {
    "reset before": {"reset": "before"},
    "reset after": {"reset": "after"},
    "late": {"commit": "late", "seconds": LATE},
    "500 instead": {"status": 500},
    "500 after": {"status": 500, "applied": True},
    "truncated": {"truncate": 20},
    "html": {"html": True},
}


NOT_DONE = ("reset before", "500 instead")
WITHOUT_A_KEY = ("create with a reference", "pay", "create a client without a code")


def eventually(count: Callable[[], list[Any]], seconds: float = 5) -> list[Any]:
    """Polls until there is a result, and returns it."""
    deadline = time.monotonic() + seconds
    while not (found := count()):
        assert time.monotonic() < deadline, "nothing arrived before the deadline"
        time.sleep(0.01)
    return found


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("case", CASES)
def test_a_write_is_carried_out_once(everybody: Everybody, case: str, effect: str) -> None:
    wanted = CASES[case]

    async def scene(player: Player) -> None:
        prepared = await wanted.prepare(player.ix)
        player.control.lag(LAG)
        player.control.fault(wanted.operation, EFFECTS[effect])
        if case in WITHOUT_A_KEY and effect in NOT_DONE:
            # A second one might join a first one that is merely late, so it is not sent again.
            with pytest.raises(AmbiguousResultError, match="no result was found"):
                await got(wanted.act(player.ix, prepared))
            player.control.lag(0)
            assert wanted.made(player.look, prepared) == []
            return
        result = await got(wanted.act(player.ix, prepared))
        player.control.lag(0)
        (found,) = eventually(lambda: wanted.made(player.look, prepared))
        if case != "settle":
            assert (
                (found.name, found.email) == (result.name, result.email)
                if wanted.operation == "createClient"
                else (found.id == result.id)
            )

    everybody(scene, BRIEF if effect in NOT_DONE else AMPLE)


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_deletion_is_carried_out(everybody: Everybody, effect: str) -> None:
    async def scene(player: Player) -> None:
        ix = player.ix
        item = await an_item(ix)
        draft = await a_draft(ix)
        player.control.fault("deleteItem", EFFECTS[effect])
        player.control.fault("changeDocumentState", EFFECTS[effect])
        assert await got(ix.items.delete(item)) is None
        assert await got(ix.invoices.delete(draft)) is None
        with pytest.raises(NotFoundError):
            await got(ix.items.get(item))

    everybody(scene, AMPLE)


@pytest.mark.parametrize("effect", EFFECTS)
def test_an_email_goes_out_once_or_not_at_all(everybody: Everybody, effect: str) -> None:
    async def scene(player: Player) -> None:
        ix, account = player.ix, player.account
        final = await a_final_invoice(ix)
        player.control.fault("sendDocumentEmail", EFFECTS[effect])
        if effect == "truncated":
            # The answer to sending an e-mail is a bare 200, with an empty body anyway.
            await got(ix.invoices.email(final, "ana@example.com"))
        else:
            with pytest.raises(AmbiguousResultError, match="recipient's mailbox"):
                await got(ix.invoices.email(final, "ana@example.com"))
        url = f"{account.base_url}/_emulator/outbox"
        if effect in NOT_DONE:
            assert httpx.get(url, params={"account": account.name}).json()["messages"] == []
        else:
            sent = eventually(lambda: httpx.get(url, params={"account": account.name}).json()["messages"])
            assert len(sent) == 1

    everybody(scene, BRIEF)


@pytest.mark.parametrize("case", ["create with a key", "create with a reference", "pay", "finalize"])
def test_a_service_that_never_answers_leaves_one_at_most(everybody: Everybody, case: str) -> None:
    wanted = CASES[case]

    async def scene(player: Player) -> None:
        prepared = await wanted.prepare(player.ix)
        player.control.fault(wanted.operation, {"reset": "before"}, times=10)
        with pytest.raises(AmbiguousResultError) as caught:
            await got(wanted.act(player.ix, prepared))
        assert wanted.made(player.look, prepared) == []
        assert (caught.value.proprietary_uid is not None) == (case == "create with a key")

    everybody(scene, BRIEF)


@pytest.mark.parametrize("effect", [{"commit": "late", "seconds": LATE}, {"reset": "after"}, {"delay": LATE}])
def test_threads_that_create_with_one_key_get_one_document(
    account: Account, control: Control, witness_client: InvoiceXpress, effect: dict[str, Any]
) -> None:
    """Eight workers get the same order; a create still in progress answers 409."""
    control.fault("createDocument", effect, times=2)
    together = threading.Barrier(8)

    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url, consistency_window=10) as ix:

        def work(_: int) -> int:
            together.wait()
            return ix.invoices.create(**document(), proprietary_uid="order-17").id

        with ThreadPoolExecutor(8) as pool:
            ids = set(pool.map(work, range(8)))
    assert {each.id for each in witness_client.invoices.list()} == ids
    assert len(ids) == 1


async def test_tasks_that_create_with_one_key_get_one_document(
    account: Account, control: Control, witness_client: InvoiceXpress
) -> None:
    control.fault("createDocument", {"commit": "late", "seconds": LATE}, times=1)
    ids: set[int] = set()
    async with AsyncInvoiceXpress(
        account.name, account.api_key, base_url=account.base_url, consistency_window=10
    ) as ix:

        async def work() -> None:
            ids.add((await ix.invoices.create(**document(), proprietary_uid="order-17")).id)

        async with anyio.create_task_group() as tasks:
            for _ in range(8):
                tasks.start_soon(work)
    assert {each.id for each in witness_client.invoices.list()} == ids
    assert len(ids) == 1


def patient(account: Account, window: float) -> InvoiceXpress:
    """A client that looks longer than lists lag."""
    return InvoiceXpress(account.name, account.api_key, base_url=account.base_url, consistency_window=window)


@pytest.mark.parametrize("clients", [1, 4], ids=["one client", "a client each"])
@pytest.mark.parametrize("effect", ["reset after", "reset before", "late"])
def test_threads_that_create_the_same_are_not_given_each_others_documents(
    account: Account, control: Control, witness_client: InvoiceXpress, effect: str, clients: int
) -> None:
    """The same reference and content, at the same moment; one of them gets no answer."""
    together = threading.Barrier(4)
    window = BRIEF if effect in NOT_DONE else AMPLE
    control.lag(LAG)
    control.fault("createDocument", EFFECTS[effect])
    with ExitStack() as open_clients:
        ixs = [open_clients.enter_context(patient(account, window)) for _ in range(clients)]

        def work(number: int) -> int | None:
            together.wait()
            try:
                return ixs[number % clients].quotes.create(**document(reference=REFERENCE)).id
            except AmbiguousResultError:
                return None

        with ThreadPoolExecutor(4) as pool:
            ids = [each for each in pool.map(work, range(4)) if each is not None]
    control.lag(0)
    made = eventually(lambda: list(witness_client.quotes.list()))
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {each.id for each in made}
    assert len(made) <= 4
    assert len(ids) >= 3


@pytest.mark.parametrize("clients", [1, 2], ids=["one client", "a client each"])
@pytest.mark.parametrize(
    "effects", [("reset after",), ("reset after", "reset after"), ("reset after", "reset before")], ids=str
)
def test_two_payments_of_one_invoice_are_not_given_the_same_receipt(
    account: Account,
    control: Control,
    witness_client: InvoiceXpress,
    effects: tuple[str, ...],
    clients: int,
) -> None:
    """Half of it each, at the same moment."""
    invoice = witness_client.invoices.finalize(witness_client.invoices.create(**document()))
    half = invoice.total / 2
    together = threading.Barrier(2)
    window = BRIEF if "reset before" in effects else AMPLE
    for effect in effects:
        control.fault("generatePayment", EFFECTS[effect])
    with ExitStack() as open_clients:
        ixs = [open_clients.enter_context(patient(account, window)) for _ in range(clients)]

        def work(number: int) -> int | None:
            together.wait()
            try:
                return ixs[number % clients].invoices.pay(invoice, amount=half).id
            except AmbiguousResultError:
                return None

        with ThreadPoolExecutor(2) as pool:
            ids = [each for each in pool.map(work, range(2)) if each is not None]
    assert len(set(ids)) == len(ids)
    made = {each.id for each in witness_client.invoices.related_documents(invoice)}
    assert set(ids) <= made
    assert len(made) == 2 - effects.count("reset before")


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_an_issue_repeated_after_a_cancellation_makes_one_document(
    account: Account, control: Control, witness_client: InvoiceXpress
) -> None:
    """By another client, while the lists do not show the first document yet."""
    control.lag(LAG)
    control.fault("createDocument", {"delay": LATE})

    async def issue() -> int:
        async with AsyncInvoiceXpress(
            account.name, account.api_key, base_url=account.base_url, consistency_window=AMPLE
        ) as ix:
            return (await ix.quotes.issue(**document(reference=REFERENCE), expect_total=Decimal("12.30"))).id

    async with anyio.create_task_group() as group:
        group.start_soon(issue)
        with anyio.fail_after(10):
            while not await anyio.to_thread.run_sync(control.fired):
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    repeated = await issue()
    control.lag(0)
    assert [each.id for each in witness_client.quotes.list()] == [repeated]


async def test_a_cancelled_task_leaves_the_others_alone(account: Account, control: Control) -> None:
    """Cancelled while looking for its quote; the next create with the same reference still succeeds."""
    control.fault("createDocument", {"reset": "before"})
    async with AsyncInvoiceXpress(
        account.name, account.api_key, base_url=account.base_url, consistency_window=60
    ) as ix:
        with anyio.move_on_after(0.3) as scope:
            await ix.quotes.create(**document(reference=REFERENCE))
        assert scope.cancelled_caught
        control.fault("createDocument", {"reset": "after"})
        quote = await ix.quotes.create(**document(reference=REFERENCE))
        assert [each.id async for each in ix.quotes.list()] == [quote.id]
