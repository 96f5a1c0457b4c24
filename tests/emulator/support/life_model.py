"""A second implementation of a document's life: an in-memory model that predicts the service's answers.

It follows the vendor's documentation and observations of live accounts, and shares no code with the
emulator: where the two disagree, one of them has misread. Amounts are in cents, rates in percent. `Books` is
one account, `Wish` the content of a request, `Refusal` the reason for rejecting one. Behaviour without a
source is marked `assumed`, as in the emulator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

LISBON: Final = ZoneInfo("Europe/Lisbon")
FINAL_CONSUMER: Final = "Consumidor Final"

Moves = Mapping[tuple[str, str], str]
Bound = TypeVar("Bound", date, int)

# What the documentation's tables allow, one per kind of life (vendor docs 2026-07; orders: vendor docs of the
# XML API).
_ISSUED: Final[Moves] = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "canceled"): "canceled",
}
_SETTLED: Final[Moves] = {**_ISSUED, ("final", "settled"): "settled"}
_CORRECTED: Final[Moves] = {**_SETTLED, ("settled", "unsettled"): "final"}
_PAID_AT_ONCE: Final[Moves] = {
    ("draft", "finalized"): "settled",
    ("draft", "deleted"): "deleted",
    ("settled", "canceled"): "canceled",
}
_ANSWERED: Final[Moves] = {
    **_ISSUED,
    ("final", "accepted"): "accepted",
    ("final", "refused"): "refused",
    ("accepted", "refused"): "refused",
    ("refused", "accepted"): "accepted",
    ("accepted", "canceled"): "canceled",
    ("refused", "canceled"): "canceled",
}
_ORDERED: Final[Moves] = {
    **_ISSUED,
    ("final", "second_copy"): "second_copy",
    ("final", "accepted"): "accepted",
    ("final", "refused"): "refused",
    ("second_copy", "canceled"): "canceled",
    ("accepted", "refused"): "refused",
    ("accepted", "completed"): "completed",
    ("refused", "canceled"): "canceled",
    ("refused", "accepted"): "accepted",
}
_RECEIVED: Final[Moves] = {("final", "canceled"): "canceled"}

SPELLINGS: Final = {"accept": "accepted", "refuse": "refused"}
"""The table of the documentation says the one, its schema the other; clients send both."""


@dataclass(frozen=True, repr=False)
class Kind:
    """The documented facts about a type of document."""

    segment: str
    name: str
    listed: str
    """The list of its family, which is also that list's root key."""
    moves: Moves
    payable: bool = False
    paid_by: str = "Receipt"
    creditable: bool = False
    corrects: bool = False
    credits: bool = False
    bills_guides: bool = False
    transported: bool = False
    may_lack_client: bool = False
    needs_registration: bool = True

    def __repr__(self) -> str:
        return self.name

    @property
    def root(self) -> str:
        """The type's own root key for a single document."""
        return self.segment.removesuffix("s")

    @property
    def dashed(self) -> str:
        """The type's name in messages: `invoice-receipt` (suestecreative 2026)."""
        return self.root.replace("_", "-")

    @property
    def is_receipt(self) -> bool:
        """Whether only payments create it."""
        return self.moves is _RECEIVED

    @property
    def takes_uid(self) -> bool:
        """Whether creates honour `proprietary_uid` (vendor docs 2026-07: the invoice family)."""
        return self.listed == "invoices"


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            "invoices", "Invoice", "invoices", _SETTLED, payable=True, creditable=True, bills_guides=True
        ),
        Kind(
            "simplified_invoices", "SimplifiedInvoice", "invoices", _SETTLED,
            payable=True, creditable=True, bills_guides=True, may_lack_client=True,
        ),
        Kind(
            "invoice_receipts", "InvoiceReceipt", "invoices", _PAID_AT_ONCE,
            creditable=True, bills_guides=True,
        ),
        Kind(
            "vat_moss_invoices", "VatMossInvoice", "invoices", _SETTLED,
            payable=True, paid_by="VatMossReceipt", creditable=True, needs_registration=False,
        ),
        Kind("credit_notes", "CreditNote", "invoices", _CORRECTED, corrects=True, credits=True),
        Kind("debit_notes", "DebitNote", "invoices", _CORRECTED, corrects=True, creditable=True),
        Kind(
            "vat_moss_credit_notes", "VatMossCreditNote", "invoices", _SETTLED,
            corrects=True, credits=True, needs_registration=False,
        ),
        Kind("receipts", "Receipt", "invoices", _RECEIVED),
        Kind("vat_moss_receipts", "VatMossReceipt", "invoices", _RECEIVED, needs_registration=False),
        Kind("quotes", "Quote", "estimates", _ANSWERED),
        Kind("proformas", "Proforma", "estimates", _ANSWERED),
        Kind("fees_notes", "FeesNote", "estimates", _ANSWERED, needs_registration=False),
        Kind("shippings", "Shipping", "guides", _ISSUED, transported=True),
        Kind("transports", "Transport", "guides", _ISSUED, transported=True),
        Kind("devolutions", "Devolution", "guides", _ISSUED, transported=True),
        Kind("purchase_orders", "PurchaseOrder", "purchase_orders", _ORDERED, needs_registration=False),
    )
}  # read by rows # fmt: skip
FAMILY_ROOTS: Final = {
    "invoices": "invoice",
    "estimates": "quote",
    "guides": "shipping",
    "purchase_orders": "purchase_order",
}
"""The fixed root that the documentation gives every request of a family."""


@dataclass(frozen=True)
class Reason:
    """Why a request is refused, with the wording of live accounts and of the documentation, if known."""

    name: str
    observed: str | None = None
    documented: str | None = None


def _seen(name: str, words: str | None = None) -> Reason:
    return Reason(name, words, words)


NO_CLIENT: Final = _seen("no client", "Elemento client não fornecido")
NO_ITEMS: Final = _seen("no items", "Document should have at least one item")
NO_EXEMPTION: Final = _seen("no exemption", "Razão de isenção deve ter uma opção selecionada")
WRONG_SERIES: Final = _seen("series of another type", "A série não corresponde ao tipo de documento")
OWNER_UNKNOWN: Final = _seen("owner unknown")
OWNER_UNFIT: Final = _seen("owner unfit")
OWNER_DRAFT: Final = _seen("owner in draft", "Owner document must not be in draft")
OWNER_CANCELED: Final = _seen("owner canceled")
NOT_LOADED: Final = _seen("no loading time")
NOT_A_DRAFT: Final = Reason("not a draft", "não pode ser alterado", "can't be changed anymore")
CANT_HANDLE: Final = _seen("illegal transition", "CantHandle: {verb} for {type}")
BEHIND_SERIES: Final = _seen(
    "behind the series", "Date cannot be earlier than the last {type} of this sequence[{date}]"
)
DUE_TOO_EARLY: Final = Reason(
    "due before its date",
    "Vencimento deve ser igual ou posterior à data do documento",
    "Due date must be later than date",
)
NOT_REGISTERED: Final = _seen("series not registered")
ABOVE_OWNER: Final = _seen(
    "above its owner", "O total não pode ser superior ao total dos documentos relacionados"
)
LOADED_BEFORE: Final = _seen("loaded in the past")
NO_MESSAGE: Final = _seen("no message", "Cancel message can't be blank")
HAS_PAYMENTS: Final = _seen("has payments", "já contém pagamentos")
HAS_CORRECTIONS: Final = _seen("has corrections")
NOT_PAYABLE: Final = _seen("not payable")
BAD_AMOUNT: Final = _seen("bad amount")
BAD_MECHANISM: Final = _seen("bad mechanism", "is invalid")
ABOVE_OPEN: Final = _seen("above what is open", "menor ou igual a {open}")
SERIES_TAKEN: Final = _seen("series taken")
ALL_REGISTERED: Final = _seen("all registered", "All sequences are registered.")
CRASHES: Final = _seen("crashes")


@dataclass(frozen=True)
class Refusal:
    """A refusal: its status, and a part of each of its messages."""

    reasons: tuple[Reason, ...]
    words: tuple[str, ...] = ()
    status: int = 422


class Line(NamedTuple):
    """A line as requested; `tax` is a name, possibly unknown to the account."""

    name: str
    price: Fraction
    quantity: Fraction
    discount: Fraction
    tax: str | None

    @property
    def rate(self) -> int:
        """Percent of VAT: an unknown name silently gets the account's default (voluzi 2026)."""
        return {"IVA13": 13, "IVA6": 6, "Isento": 0}.get(self.tax or "", 23)

    @property
    def net(self) -> Fraction:
        """EUR before VAT, exact."""
        return self.price * self.quantity * (1 - self.discount / 100)


class Amounts(NamedTuple):
    """Amounts of a document."""

    sum: int
    discount: int
    before_taxes: int
    taxes: int
    total: int


def cents(euros: Fraction) -> int:
    """Round half up."""
    return int((euros * 100 + Fraction(1, 2)) // 1)


def amounts_of(lines: Iterable[Line]) -> Amounts:
    """Round once, from lines of full precision (suestecreative 2026). VAT is rounded on its own, and the
    amounts add up as documented; which of them takes the odd cent is assumed.
    """
    lines = list(lines)
    net = sum((line.net for line in lines), Fraction())
    vat = sum((line.net * line.rate / 100 for line in lines), Fraction())
    gross = sum((line.price * line.quantity for line in lines), Fraction())
    total, taxes, discount = cents(net + vat), cents(vat), cents(gross - net)
    return Amounts(total - taxes + discount, discount, total - taxes, taxes, total)


@dataclass(eq=False)
class Client:
    """A client that documents are made out to."""

    name: str
    code: str | None


@dataclass(eq=False)
class Series:
    """A series: the last number and date of each type (weareswat 2020)."""

    name: str
    is_registered: bool
    is_default: bool = False
    last: dict[str, tuple[int, date]] = field(default_factory=dict[str, tuple[int, date]])


@dataclass(frozen=True)
class Wish:
    """The content of a create or an update; None is not sent."""

    lines: tuple[Line, ...]
    client: tuple[str, str | None] | None
    """Name and code."""
    day: date | None = None
    due: date | None = None
    reference: str | None = None
    has_exemption: bool = True
    series: Series | None = None
    series_of: str | None = None
    """The type whose row of the series is named, if not the document's own."""
    owner: Doc | None = None
    owner_is_unknown: bool = False
    loaded_at: datetime | None = None
    """Lisbon time, without a zone."""


@dataclass(eq=False)
class Doc:
    """A document. The service chooses `id`: the model learns it from the answer."""

    kind: Kind
    client: Client
    day: date
    due: date
    amounts: Amounts
    lines: tuple[Line, ...] = ()
    reference: str | None = None
    owner: Doc | None = None
    pays: Doc | None = None
    series: Series | None = None
    uid: str | None = None
    loaded_at: datetime | None = None
    status: str = "draft"
    number: int = 0
    archived: bool = False
    id: int = 0

    @property
    def total(self) -> int:
        """The total."""
        return self.amounts.total

    @property
    def printed_number(self) -> str:
        """`number/series`, once it is issued."""
        return self.numbers[0] if self.numbers else ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """`number/series` and `series/number`, once it is issued."""
        if not self.number or self.series is None:
            return ()
        return f"{self.number}/{self.series.name}", f"{self.series.name}/{self.number}"


@dataclass
class Books:
    """One account: its clock, series, clients and documents."""

    profile: str
    now: datetime
    first_series: str
    series: list[Series] = field(default_factory=list[Series])
    clients: list[Client] = field(default_factory=list[Client])
    documents: list[Doc] = field(default_factory=list[Doc])
    last_entry: datetime | None = None
    """When the last document was entered; the clock may have been set back since."""

    def __post_init__(self) -> None:
        self.series.append(Series(self.first_series, is_registered=True, is_default=True))

    @property
    def today(self) -> date:
        """Portugal's date, wherever the caller is."""
        return self.now.astimezone(LISBON).date()

    @property
    def default_series(self) -> Series:
        """The one for documents that name none."""
        return next(series for series in self.series if series.is_default)

    def refuse(self, *reasons: Reason, status: int = 422, **values: object) -> Refusal:
        """Return a refusal in the words of the account's profile."""
        words = (getattr(reason, self.profile) for reason in reasons)
        return Refusal(reasons, tuple(each.format(**values) for each in words if each), status)

    # Open amounts -----------------------------------------------------------------------------------

    def receipts_of(self, doc: Doc) -> list[Doc]:
        """A document's receipts, without cancelled ones."""
        return [each for each in self.documents if each.pays is doc and each.status != "canceled"]

    def corrections_of(self, doc: Doc) -> list[Doc]:
        """A document's issued notes, without cancelled ones."""
        return [
            each
            for each in self.documents
            if each.owner is doc and each.kind.corrects and each.status in {"final", "settled"}
        ]

    def credited(self, doc: Doc) -> int:
        """The amount credited on a document."""
        return sum(each.total for each in self.corrections_of(doc) if each.kind.credits)

    def paid(self, doc: Doc) -> int:
        """The amount that receipts have paid on a document."""
        return sum(each.total for each in self.receipts_of(doc))

    def owed(self, doc: Doc) -> int:
        """The open amount. A credit after a payment does not make it negative."""
        return max(0, doc.total - self.credited(doc) - self.paid(doc))

    # Writing ----------------------------------------------------------------------------------------

    def create(self, kind: Kind, wish: Wish, uid: str | None = None) -> Doc | Refusal:
        """Make a draft. A known uid returns its earlier document, unless that is cancelled or deleted."""
        if uid is not None and kind.takes_uid:
            for known in self.documents:
                if known.uid == uid and known.status not in {"canceled", "deleted"}:
                    return known
        made = self._written(kind, wish, None)
        if isinstance(made, Refusal):
            return made
        made.uid = uid if kind.takes_uid else None
        self.documents.append(made)
        return made

    def update(self, doc: Doc, wish: Wish) -> Doc | Refusal:
        """Replace a draft as a whole. The live service never updates a guide (diogopms 2026-06)."""
        if doc.kind.transported and self.profile == "observed":
            return self.refuse(CRASHES, status=500)
        if doc.status != "draft":
            return self.refuse(NOT_A_DRAFT)
        written = self._written(doc.kind, wish, doc)
        if isinstance(written, Refusal):
            return written
        for name in ("client", "day", "due", "amounts", "lines", "reference", "owner", "series", "loaded_at"):
            setattr(doc, name, getattr(written, name))
        return doc

    def _written(self, kind: Kind, wish: Wish, old: Doc | None) -> Doc | Refusal:
        reasons: list[Reason] = []
        if wish.client is None and not kind.may_lack_client:
            reasons.append(NO_CLIENT)
        if not wish.lines:
            reasons.append(NO_ITEMS)
        if any(line.rate == 0 for line in wish.lines) and not wish.has_exemption and old is None:
            reasons.append(NO_EXEMPTION)  # an update is stamped M99 instead (suestecreative 2026)
        if wish.series is not None and wish.series_of not in {None, kind.name}:
            reasons.append(WRONG_SERIES)
        owner = self._owner(kind, wish, old, reasons)
        if kind.transported and wish.loaded_at is None:
            reasons.append(NOT_LOADED)
        if reasons:
            return self.refuse(*reasons)
        day = wish.day or self.today
        return Doc(
            kind=kind,
            client=self._client(wish.client or (FINAL_CONSUMER, None)),
            day=day,
            due=wish.due or day,
            amounts=amounts_of(wish.lines),
            lines=wish.lines,
            reference=wish.reference,
            owner=owner,
            series=wish.series,
            loaded_at=wish.loaded_at if kind.transported else None,
        )

    def _owner(self, kind: Kind, wish: Wish, old: Doc | None, reasons: list[Reason]) -> Doc | None:
        """Notes require an invoice; invoices may name a guide, guides an invoice; others are ignored."""
        owner = wish.owner
        if owner is None and not wish.owner_is_unknown:
            return old.owner if old else None
        if kind.corrects:
            fits = owner is not None and owner.kind.creditable
        elif kind.bills_guides:
            fits = owner is not None and owner.kind.transported
        else:
            fits = kind.transported and owner is not None and owner.kind.creditable
        if fits and owner is not None:
            reasons.extend(self._unready(owner))
            return owner
        if kind.corrects:
            reasons.append(OWNER_UNKNOWN if owner is None else OWNER_UNFIT)
        return None

    @staticmethod
    def _unready(owner: Doc) -> list[Reason]:
        if owner.status == "draft":
            return [OWNER_DRAFT]
        return [OWNER_CANCELED] if owner.status in {"canceled", "deleted"} else []

    def _client(self, asked: tuple[str, str | None]) -> Client:
        """Find a client by code, then by name, and leave it unchanged; create an unknown one (suestecreative
        2026)."""
        name, code = asked
        for known in self.clients:
            if code is not None and known.code == code:
                return known
        for known in self.clients:
            if known.name == name:
                return known
        self.clients.append(Client(name, code))
        return self.clients[-1]

    # Living -----------------------------------------------------------------------------------------

    def change(self, doc: Doc, verb: str, message: str | None = None) -> Doc | Refusal:
        """Change a document's state, with all that follows from it."""
        after = doc.kind.moves.get((doc.status, SPELLINGS.get(verb, verb)))
        if after is None:
            return self.refuse(CANT_HANDLE, verb=verb, type=doc.kind.name)
        if verb == "finalized":
            refusal = self._issue(doc)
        elif verb == "settled":
            refusal = self._settle(doc)
        elif verb == "canceled":
            refusal = self._refusal_to_cancel(doc, message)
        else:
            refusal = None
        if refusal is not None:
            return refusal
        doc.status = after
        if verb == "canceled":
            self._give_back(doc)
        return doc

    def _issue(self, doc: Doc) -> Refusal | None:
        series = doc.series or self.default_series
        number, last_day = series.last.get(doc.kind.name, (0, date.min))
        reasons: list[Reason] = []
        if doc.day < last_day:
            reasons.append(BEHIND_SERIES)
        if doc.due < doc.day:
            reasons.append(DUE_TOO_EARLY)
        if doc.kind.needs_registration and not series.is_registered:
            reasons.append(NOT_REGISTERED)
        if doc.owner is not None:
            reasons.extend(self._unready(doc.owner))
            if doc.kind.credits and doc.total > doc.owner.total - self.credited(doc.owner):
                reasons.append(ABOVE_OWNER)
        # Entries never go back (Despacho 8632/2014, 3.2.1).
        entry = max(self.now, self.last_entry or self.now)
        if doc.loaded_at is not None and doc.loaded_at.replace(tzinfo=LISBON).astimezone(UTC) <= entry:
            reasons.append(LOADED_BEFORE)
        if reasons:
            return self.refuse(*reasons, type=doc.kind.dashed, date=f"{last_day:%d %b %y}")
        series.last[doc.kind.name] = number + 1, doc.day
        self.last_entry = entry
        doc.number, doc.series = number + 1, series
        return None

    def _settle(self, doc: Doc) -> Refusal | None:
        """Settling a payable document makes a receipt for the open amount (vendor change log, 2013-09-29)."""
        rest = self.owed(doc)
        if not doc.kind.payable or not rest:
            return None
        receipt = self._receipt(doc, rest, self.today, None)
        return receipt if isinstance(receipt, Refusal) else None

    def _refusal_to_cancel(self, doc: Doc, message: str | None) -> Refusal | None:
        if message is None or not message.strip():
            return self.refuse(NO_MESSAGE)
        if self.receipts_of(doc):
            return self.refuse(HAS_PAYMENTS)
        if self.corrections_of(doc):
            return self.refuse(HAS_CORRECTIONS)
        return None

    def _give_back(self, canceled: Doc) -> None:
        """Reopen the amount that a receipt had paid or a credit note had taken (assumed).

        A document that other receipts and credit notes still cover in full stays settled.
        """
        paid = canceled.pays
        if paid is not None and paid.status == "settled" and (self.owed(paid) or not self.receipts_of(paid)):
            paid.status = "final"
        owner = canceled.owner
        if canceled.kind.credits and owner is not None and owner.kind.payable and owner.status == "settled":
            owner.status = "final" if self.owed(owner) else "settled"

    def pay(
        self,
        doc: Doc,
        amount: int,
        *,
        day: date | None = None,
        serie: str | None = None,
        mechanism: str | None = None,
    ) -> Doc | Refusal:
        """Make a receipt for a partial payment; settle the document once nothing is open."""
        if mechanism == "XX":
            return self.refuse(BAD_MECHANISM)
        if amount < 0:
            return self.refuse(BAD_AMOUNT)
        if not doc.kind.payable or doc.status != "final":
            return self.refuse(NOT_PAYABLE)
        rest = self.owed(doc)
        if amount > rest:
            return self.refuse(ABOVE_OPEN, open=euros_text(rest))
        receipt = self._receipt(doc, amount, day or self.today, serie)
        if not isinstance(receipt, Refusal) and amount == rest:
            doc.status = "settled"
        return receipt

    def _receipt(self, doc: Doc, amount: int, day: date, serie: str | None) -> Doc | Refusal:
        """Make a receipt in the named series, or the document's (vendor docs 2026-07: partial payments)."""
        series = next((each for each in self.series if each.name == serie), doc.series)
        receipt = Doc(
            kind=KINDS[doc.kind.paid_by],
            client=doc.client,
            day=day,
            due=day,
            amounts=Amounts(amount, 0, amount, 0, amount),
            pays=doc,
            series=series,
            status="final",
        )
        refusal = self._issue(receipt)
        if refusal is not None:
            return refusal
        self.documents.append(receipt)
        return receipt

    # Series -----------------------------------------------------------------------------------------

    def add_series(self, name: str, *, is_default: bool, is_registered: bool) -> Series | Refusal:
        """Add a series: it has a row for every type, and its name is unique in the account."""
        if any(series.name == name for series in self.series):
            return self.refuse(SERIES_TAKEN)
        self.series.append(Series(name, is_registered))
        if is_default:
            self.make_default(self.series[-1])
        return self.series[-1]

    def make_default(self, chosen: Series) -> None:
        """Make a series the account's only default."""
        for series in self.series:
            series.is_default = series is chosen

    def register(self, series: Series) -> Refusal | None:
        """Register a series, once only (vendor docs 2026-07: register, 409)."""
        if series.is_registered:
            return self.refuse(ALL_REGISTERED, status=409)
        series.is_registered = True
        return None

    # Reading ----------------------------------------------------------------------------------------

    def related(self, doc: Doc) -> list[Doc]:
        """A document's receipts and notes, or their owner, without deleted drafts (weareswat 2020)."""
        return [
            each
            for each in self.documents
            if each.status != "deleted" and (doc in {each.owner, each.pays} or each in {doc.owner, doc.pays})
        ]

    def listed(self, query: Mapping[str, list[str]], of: Iterable[Doc]) -> list[Doc]:
        """The documents in a list, oldest first; `query` has a list of values for every parameter."""
        return sorted((doc for doc in of if _is_asked_for(doc, query)), key=lambda doc: doc.id)


def _is_asked_for(doc: Doc, query: Mapping[str, list[str]]) -> bool:
    """Whether a document passes a list's filters (vendor docs 2026-07; `sent`: square-bit 2026-04)."""
    one = {name: values[-1] for name, values in query.items()}
    states = [{"sent": "final"}.get(name, name) for name in query.get("status[]", [])]
    here, away = one.get("non_archived") == "true", one.get("archived") == "true"
    text = one.get("text", "").casefold()
    return (
        (doc.status in states if states else doc.status != "deleted")
        and doc.kind.name in query.get("type[]", [doc.kind.name])
        and (here == away or doc.archived is away)
        and one.get("reference", doc.reference) == doc.reference
        and _within(doc.day, one, "date", _day)
        and _within(doc.due, one, "due_date", _day)
        and _within(doc.amounts.before_taxes, one, "total_before_taxes", lambda sent: cents(Fraction(sent)))
        and (
            _within(doc.loaded_at.date(), one, "loaded_at", _day)
            if doc.loaded_at
            else not any(name.startswith("loaded_at") for name in one)
        )
        and (not text or any(text in words.casefold() for words in _words(doc)))
    )


def _words(doc: Doc) -> list[str]:
    """The texts searched by the text filter: details of the document, its client and its items. A receipt's
    items are the documents that it pays (assumed).
    """
    own = [doc.reference, doc.client.name, doc.client.code, *doc.numbers, *(line.name for line in doc.lines)]
    return [words for words in [*own, *(doc.pays.numbers if doc.pays else ())] if words]


def _within(value: Bound, one: Mapping[str, str], name: str, read: Callable[[str], Bound]) -> bool:
    """Whether a value is in a range, ends included."""
    first, last = one.get(f"{name}[from]"), one.get(f"{name}[to]")
    return (first is None or value >= read(first)) and (last is None or value <= read(last))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


def euros_text(amount: int) -> str:
    """Format cents as messages do: with at most one trailing zero (recorded 2019)."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest // 10}" if rest % 10 == 0 else f"{whole}.{rest:02d}"
