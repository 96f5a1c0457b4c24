"""The sync client, and what it shares with the async one. Only the core that drives the flows differs."""

from __future__ import annotations

import os
import ssl
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, ClassVar, Final, Generic, Self, TypeVar, Unpack

from . import namespaces
from .options import OptionChanges, Options, options_with
from .redaction import hides_arguments
from .sending.address import address, from_environment
from .sending.connections import Transport
from .sending.delivery import Terms, deliver
from .sending.flows import C_co, RawSyncCore, SyncCore
from .sending.hooks import Hook, check_hook
from .sending.http_library import HttpLibrary, SyncTransport, library
from .sending.in_flight import in_flight_at
from .sending.pacing import Pace
from .sending.transport import AnyNetworkSender, NetworkSender

PACE: Final = Pace()
"""780 requests in 60 seconds."""


S = TypeVar("S", bound=AnyNetworkSender[Any])


class ClientOptions(OptionChanges, Generic[Transport], total=False):
    """Keyword arguments of both clients, except account, key and address."""

    pace: Pace | None
    transport: Transport | None
    http: HttpLibrary | None
    proxy: str | None
    verify: bool | ssl.SSLContext
    on_request: Hook | None
    on_response: Hook | None
    allow_insecure_http: bool


class Namespaces(Generic[C_co]):
    """The namespaces of an account, one per document type and per resource. Each loads on first use."""

    invoices: namespaces.invoice_family.Invoices[C_co]
    """Invoices (FT)."""
    simplified_invoices: namespaces.invoice_family.SimplifiedInvoices[C_co]
    """Simplified invoices (FS)."""
    invoice_receipts: namespaces.invoice_family.InvoiceReceipts[C_co]
    """Invoice-receipts (FR)."""
    credit_notes: namespaces.invoice_family.CreditNotes[C_co]
    """Credit notes (NC)."""
    debit_notes: namespaces.invoice_family.DebitNotes[C_co]
    """Debit notes (ND)."""
    vat_moss_invoices: namespaces.invoice_family.VatMossInvoices[C_co]
    """VAT MOSS invoices, of older documentation."""
    receipts: namespaces.invoice_family.Receipts[C_co]
    """Receipts (RG), which payments issue."""
    vat_moss_credit_notes: namespaces.invoice_family.VatMossCreditNotes[C_co]
    """VAT MOSS credit notes, of older documentation."""
    vat_moss_receipts: namespaces.invoice_family.VatMossReceipts[C_co]
    """VAT MOSS receipts, of older documentation."""
    quotes: namespaces.estimates.Quotes[C_co]
    """Quotes (orçamentos)."""
    proformas: namespaces.estimates.Proformas[C_co]
    """Pro-forma invoices."""
    fees_notes: namespaces.estimates.FeesNotes[C_co]
    """Fees notes."""
    shippings: namespaces.guides.Shippings[C_co]
    """Shipping guides (GR)."""
    transports: namespaces.guides.Transports[C_co]
    """Transport guides (GT)."""
    devolutions: namespaces.guides.Devolutions[C_co]
    """Devolution guides (GD)."""
    purchase_orders: namespaces.purchase_orders.PurchaseOrders[C_co]
    """Purchase orders."""
    documents: namespaces.any_document.AnyDocuments[C_co]
    """Documents of any type."""
    clients: namespaces.clients.Clients[C_co]
    """The account's clients."""
    items: namespaces.items.Items[C_co]
    """The account's items."""
    sequences: namespaces.sequences.Sequences[C_co]
    """The account's séries."""
    taxes: namespaces.taxes.Taxes[C_co]
    """The account's taxes."""
    saft: namespaces.saft.Saft[C_co]
    """The SAF-T files of the account."""
    treasury: namespaces.treasury.Treasury[C_co]
    """Balances, regularizations and movements of clients."""
    accounts: namespaces.accounts.Accounts[C_co]
    """Accounts, for partners."""
    legacy: namespaces.legacy.Legacy[C_co]
    """Operations of the XML API, which warn."""

    def __init__(self, core: C_co, label: str) -> None:
        self._core = core
        self._label = label

    def __getattr__(self, name: str) -> Any:
        try:
            module, kind = _NAMESPACES[name]
        except KeyError:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self
            ) from None
        namespace = getattr(getattr(namespaces, module), kind)[type(self._core)](self._core)
        setattr(self, name, namespace)
        return namespace

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_NAMESPACES})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._label}>"


_NAMESPACES: Final[Mapping[str, Sequence[str]]] = {
    name: annotation.removesuffix("[C_co]").split(".")[1:]
    for name, annotation in Namespaces.__annotations__.items()
}
"""Module and class of each namespace."""


class AnyClient(Namespaces[C_co], Generic[C_co, S, Transport]):
    """Arguments and set-up of both clients."""

    _sender_type: type[S]
    _may_await: ClassVar[bool]
    """Whether hooks may be coroutine functions."""

    @hides_arguments
    def __init__(
        self,
        account: str | None = None,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        pace: Pace | None = PACE,
        transport: Transport | None = None,
        http: HttpLibrary | None = None,
        proxy: str | None = None,
        verify: bool | ssl.SSLContext = True,
        on_request: Hook | None = None,
        on_response: Hook | None = None,
        allow_insecure_http: bool = False,
        **options: Unpack[OptionChanges],
    ) -> None:
        """Makes a client of one account. Nothing is sent.

        Args:
            account: First part of the account's address, `https://ACCOUNT.app.invoicexpress.com`.
            api_key: Key of a user of the account. A secret: it shows in no log, exception or repr.
            base_url: Another address, for an emulator. Plain HTTP is accepted for loopback only.
            pace: Limit of requests over time. All clients, threads and tasks of a process share it, each
                account separately; with `Pace(redis=...)` processes and hosts do too. None: no limit.
            http: The HTTP library, as a module: httpx (the default), or httpx2, which is maintained and
                trusts the system's certificates; install it first. The other one is not imported.
            transport: Any transport of that library, asynchronous for AsyncInvoiceXpress. It is closed with
                the client. It may raise httpx.ConnectError only if it has not sent the request: a write
                then counts as not carried out. After a fork the child needs a client of its own. If it keeps
                no connections, give it a true attribute `any_event_loop`, so that each event loop may use the
                client.
            proxy: Address of a proxy, `http://USER:PASSWORD@HOST:PORT`, also `https://`, and `socks5://` with
                httpx[socks]. A secret like the key. Proxies of the environment are not used.
            verify: Whether to check the service's certificate, or the ssl.SSLContext for the check.
            on_request: Called with an Exchange before each attempt; AsyncInvoiceXpress accepts a coroutine
                function. An exception from it is logged and goes no further.
            on_response: Called with an Exchange after each attempt.
            allow_insecure_http: Accepts plain HTTP to other machines too, which shows the key on the way.
            **options: Fields of Options: `timeout` (30 s, 5 of them for the connection), `deadline` (120 s
                for an attempt as a whole, whatever `timeout` says), `max_answer` (32 MiB), `retries` (2),
                `max_retry_after` (60 s), `consistency_window` (5 s), `checks` (a wrong VAT, total, date or
                tax number raises, other changes that show without a request warn). `with_options` changes
                them for some calls.

        Raises:
            ConfigurationError: The name, the key, the address or a setting is invalid.
        """
        check_hook("on_request", on_request, may_be_awaited=self._may_await)
        check_hook("on_response", on_response, may_be_awaited=self._may_await)
        module = library(http)
        where = address(account, api_key, base_url, allow_insecure_http=allow_insecure_http, http=module)
        terms = Terms(
            options=options_with(Options(), options, of_a_client=True),
            place=where.place,
            pace=pace,
            in_flight=in_flight_at(where.place),
            on_request=on_request,
            on_response=on_response,
        )
        sender = self._sender_type(
            where, options=terms.options, transport=transport, proxy=proxy, verify=verify, http=module
        )
        self._open(sender, terms, where.base_url.host)

    @abstractmethod
    def _core_over(self, sender: S, terms: Terms) -> C_co:
        """Return the core that drives flows over a sender."""

    def _open(self, sender: S, terms: Terms, label: str) -> None:
        self._sender = sender
        self._terms = terms
        super().__init__(self._core_over(sender, terms), label)

    def with_options(self, **changes: Unpack[OptionChanges]) -> Self:
        """Return this client with other settings: `ix.with_options(timeout=120, retries=0).invoices.list()`.

        It shares connections and pace with this one. Closing it leaves the connections open; closing this
        one closes them. Raises ConfigurationError.
        """
        terms = replace(self._terms, options=options_with(self._terms.options, changes))
        other = type(self).__new__(type(self))
        vars(other).update({name: value for name, value in vars(self).items() if name not in _NAMESPACES})
        other._open(self._sender.sharing(terms.options), terms, self._label)
        return other

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{type(self).__name__} holds the key and open connections, and cannot be pickled or copied; "
            "with_options makes one with other settings, and each process makes its own"
        )

    @classmethod
    @hides_arguments
    def from_env(
        cls, environment: Mapping[str, str] | None = None, **options: Unpack[ClientOptions[Transport]]
    ) -> Self:
        """Return a client of the account in INVOICEXPRESS_ACCOUNT, _API_KEY and _BASE_URL.

        Nothing else reads these variables. Raises ConfigurationError when the key or the account is missing
        or invalid, or the base URL is empty.
        """
        found = from_environment(os.environ if environment is None else environment)
        return cls(found.account, found.api_key, base_url=found.base_url, **options)


class InvoiceXpress(AnyClient[SyncCore, NetworkSender, SyncTransport]):
    """A client of one account. Threads may share it; keep one, since opening connections takes time.

    The child of a fork may use it too, on connections of its own.
    """

    _sender_type = NetworkSender
    _may_await = False

    def _core_over(self, sender: NetworkSender, terms: Terms) -> SyncCore:
        return SyncCore(sender, terms.options, partial(deliver, terms=terms), terms.in_flight)

    @property
    def with_raw_response(self) -> Namespaces[RawSyncCore]:
        """The same methods, each with a RawResult: the value, and the answers that it was read from.

        A list that is read page by page, such as `invoices.list`, stays as it is: its answers come later.
        """
        return Namespaces(RawSyncCore(self._core), self._label)

    def close(self) -> None:
        """Closes the connections. Later calls raise ConfigurationError, with nothing sent.

        A call under way in another thread ends soon: a read with TransportError or ConfigurationError, and a
        write, which may have been carried out, with AmbiguousResultError.
        """
        self._sender.close()

    def __enter__(self) -> Self:
        """Raises ConfigurationError if it is closed."""
        self._sender.check()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
