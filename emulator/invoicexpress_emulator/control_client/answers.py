"""The control plane's answers as objects. Their fields are those of its OpenAPI document."""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import dataclass, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Health:
    """The emulator's status. `seed` determines keys, codes and links."""

    status: Literal["ok"]
    """It answers at all."""
    version: str
    """The emulator's version."""
    profile: Literal["observed", "documented"]
    """Its wire format."""
    seed: int
    """Number from which keys, codes and links derive."""


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account, without its key."""

    id: int
    """Id of the account."""
    name: str
    """First part of its address."""
    state: Literal["active", "deactive", "pending"]
    """Only an active account takes requests of the API."""
    trial: bool
    """Whether it is on trial, with the limits of one."""
    partner: bool
    """Whether its key may make other accounts."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account, with its key."""

    id: int
    """Id of the account."""
    name: str
    """First part of its address."""
    api_key: str
    """The key of its first user."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """The state of a clock; `now` is aware, in Europe/Lisbon."""

    now: dt.datetime
    frozen: bool
    """Whether it stands still."""


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """The answer to a request in the log, with secrets masked.

    Attributes:
        headers: names in lower case.
        body: text; empty if binary.
        body_size: size of the whole body in bytes.
        body_truncated: whether the log lacks the end: it keeps 64 KiB of an answer, and 16 MiB of all.
        body_binary: whether the body is binary.
    """

    headers: dict[str, str]
    body: str
    body_size: int
    body_truncated: bool
    body_binary: bool


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request in the log.

    Attributes:
        number: counts all requests since the emulator started.
        at: the real time, not the account's.
        account: None if the request has no valid key or needs none.
        operation: the vendor's id of the operation; None if the path matches none.
        query: without the API key.
        body: text, with bytes that are not UTF-8 replaced.
        unknown_fields: fields of the body that the emulator does not know.
        remarks: sentences about a request that may not do what its sender means.
        body_size: size of the whole body in bytes.
        body_truncated: whether the log kept only the first 64 KiB.
        body_binary: whether the body is binary.
        status: HTTP status of the answer; 0 if the connection was reset.
        answer: None if the connection was reset before it.
        document_ids: the documents in its path and at the head of its answer.
        curl: a POSIX shell command that repeats the request, with the key in the variable
            `INVOICEXPRESS_API_KEY`; None if the body was cut.
        python: code for the client `invoicexpress` that says the same; None if it has no such call.
    """

    number: int
    at: dt.datetime
    account: str | None
    operation: str | None
    method: str
    """HTTP method."""
    path: str
    """The path, without the query."""
    query: str
    body: str
    unknown_fields: tuple[str, ...]
    remarks: tuple[str, ...]
    body_size: int
    body_truncated: bool
    body_binary: bool
    status: int
    milliseconds: float
    """Time until the answer was complete."""
    answer: LoggedAnswer | None
    document_ids: list[int]
    curl: str | None
    python: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail that the service would have sent; `sent_at` is by the account's clock, `document_number` as
    printed now (`FT DEMO/1`), None for a draft.
    """

    id: int
    """Id of the mail, with which `attachment` finds its PDF."""
    document_id: int
    """Id of the document that it carries."""
    document_type: str
    """Its type, such as `Invoice`."""
    document_number: str | None
    sent_at: dt.datetime
    to: str
    """Address."""
    cc: str | None
    """Address of a copy; None for none."""
    bcc: str | None
    """Address of a hidden copy; None for none."""
    subject: str | None
    """The given subject; None for the service's own."""
    body: str | None
    """The given text; None for the service's own."""
    logo: bool
    """Whether it shows the company's logo."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document at a glance.

    Attributes:
        number: as printed, such as `FT DEMO/1`; None for a draft.
        total: EUR.
        hash: the four printed characters of the signature.
        chain_is_valid: whether the signature matches the document and the previous signature; None if
            unsigned.
        pdf: the path of its PDF on the emulator; None for a deleted document.
    """

    id: int
    """Id at the API."""
    type: str
    """Such as `Invoice` or `CreditNote`."""
    status: str
    """Such as `draft`, `final` or `canceled`."""
    archived: bool
    """Whether it is archived."""
    number: str | None
    serie: str | None
    """Name of its série; None for a draft without one."""
    date: dt.date
    """Date of the document."""
    due_date: dt.date
    """Date when it is due."""
    client: str
    """Name of its client."""
    reference: str | None
    """The caller's own reference."""
    total: Decimal
    atcud: str | None
    """Its unique code; None if it has none."""
    hash: str | None
    chain_is_valid: bool | None
    pdf: str | None


@dataclass(frozen=True, slots=True)
class IssuedInMonth:
    """The documents of one type issued in a month (`2026-11`), without cancelled ones; `total` in EUR."""

    month: str
    """Year and month, `2026-11`."""
    type: str
    """Such as `Invoice`."""
    documents: int
    """Number of documents."""
    total: Decimal


@dataclass(frozen=True, slots=True)
class VatOfRate:
    """Sales at a rate (percent) of a region, credit notes deducted; `base` and `tax` in EUR."""

    region: str
    """`PT`, `PT-AC`, `PT-MA`, or a country."""
    rate: Decimal
    """Percent."""
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class OpenItemsOfAge:
    """Unpaid documents by the time since their due date; `open` in EUR."""

    age: str
    """Days since the due date, in words."""
    documents: int
    """Number of documents."""
    open: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """An account at a glance, by its clock.

    Attributes:
        today: the day of the account's clock.
        months: the last twelve, this one last.
        issued: documents by month and type.
        vat: the sales of this month so far.
        open_items: what clients owe, every age.
    """

    today: dt.date
    months: list[str]
    issued: list[IssuedInMonth]
    vat: list[VatOfRate]
    open_items: list[OpenItemsOfAge]


@dataclass(frozen=True, slots=True)
class Counter:
    """A series' counter for one document type; `id` is the `sequence_id` of its documents."""

    id: int
    type: str
    """Such as `Invoice`."""
    needs_registration: bool
    """Whether documents of the type need a validation code."""
    validation_code: str | None
    """The tax authority's code, with which an ATCUD begins; None until it is registered."""
    last_number: int
    """The number issued last; 0 for none."""
    last_date: dt.date | None
    """Date of the document issued last."""


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A series with its counters."""

    id: int
    """Id of the série."""
    serie: str
    """Its name."""
    is_default: bool
    """Whether documents without a série go there."""
    counters: list[Counter]
    """One for each document type."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line: `unit_price` in EUR before VAT, `discount` and `tax_rate` in percent, `subtotal` in EUR after
    the discount and before VAT.
    """

    name: str
    """Name of the item."""
    description: str | None
    """Its text."""
    unit_price: Decimal
    quantity: Decimal
    """Number of units."""
    unit: str | None
    """Name of the unit."""
    discount: Decimal
    tax_name: str
    """Name of the tax."""
    tax_rate: Decimal
    tax_exemption: str | None
    """Code of the reason for 0 %, such as `M07`."""
    subtotal: Decimal


@dataclass(frozen=True, slots=True)
class VatPart:
    """Base and VAT of one rate, in EUR; `rate` in percent."""

    region: str
    """`PT`, `PT-AC`, `PT-MA`, or a country."""
    code: str
    """`NOR`, `INT`, `RED`, `ISE` or `OUT`."""
    rate: Decimal
    exemption: str | None
    """Code of the reason for 0 %; None at other rates."""
    base: Decimal
    """Amount without VAT."""
    tax: Decimal
    """VAT of the base."""


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """The amounts of a document in EUR.

    Attributes:
        sum: before discounts and VAT.
        withheld: at source; part of the total.
        open: left to pay; None for types that take no payments.
    """

    sum: Decimal
    discount: Decimal
    """All discounts."""
    before_taxes: Decimal
    """`sum` minus `discount`."""
    taxes: Decimal
    """VAT of all rates."""
    total: Decimal
    """With VAT."""
    withheld: Decimal
    open: Decimal | None


@dataclass(frozen=True, slots=True)
class DocumentPayment:
    """What a receipt pays of a document, in EUR; `mechanism` is the code of SAF-T."""

    receipt_id: int
    """Id of the receipt."""
    document_id: int
    """Id of the document that it pays."""
    amount: Decimal
    """The amount paid."""
    mechanism: str


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """Another document: the `origin` of this one, its `successor`, a `receipt` for it, or `paid` by it."""

    relation: Literal["origin", "successor", "receipt", "paid"]
    """What the other document is to this one."""
    document: DocumentInfo
    """The other document."""


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """The documents with the number before and after; `signature` is Base64, None if unsigned."""

    previous: DocumentInfo | None
    """None for the first one."""
    next: DocumentInfo | None
    """None for the last one."""
    signature: str | None


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: its text, and its picture as a PNG in Base64."""

    text: str
    """The fields as the law lays them out, `A:...*B:...`."""
    png: str
    """The picture."""


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """A document in full.

    Attributes:
        client: the client's fields, as they were when the document was written.
        retention: percent.
        issued_at: by the account's clock, as `canceled_at`.
        global_discount: `value_type` and `value`.
        vat: base and VAT of each rate.
        multibanco: `entity`, `reference` and `amount`.
        delivery: `loaded_at`, `license_plate`, `from`, `to` and `at_doc_code`.
        payments: what receipts pay of this document, cancelled ones included, or what this receipt pays.
        qr: None for a draft, and for a document that does not fit a code.
        api: how requests address it: `segment`, `root`, the `states` it can move to, and `credit_note`.
    """

    document: DocumentInfo
    """The document at a glance."""
    client: dict[str, str]
    observations: str | None
    """Remarks that it prints."""
    retention: Decimal | None
    issued_at: dt.datetime | None
    canceled_at: dt.datetime | None
    cancel_message: str | None
    """Why it was cancelled; None if it was not."""
    lines: list[DocumentLine]
    """Its lines, in their order."""
    global_discount: dict[str, str] | None
    vat: list[VatPart]
    totals: DocumentTotals
    """Its amounts."""
    multibanco: dict[str, str] | None
    delivery: dict[str, str | None] | None
    payments: list[DocumentPayment]
    related: list[RelatedDocument]
    """The documents that belong to it."""
    chain: ChainPlace
    """Its neighbours by number."""
    qr: QrCode | None
    api: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FaultInfo:
    """A registered fault.

    Attributes:
        when: `{"nth": n}` or `{"probability": p, "seed": n}`, as registered.
        times: the most times that it fires; None for no limit.
        effect: as registered.
        seen: requests that it could have hit.
        fired: requests that it hit.
    """

    id: int
    """Its number, with which it is cleared."""
    account: str
    """Name of the account, or `*` for all."""
    operation: str
    """The operation that it hits, or `*` for all."""
    when: dict[str, Any]
    times: int | None
    effect: dict[str, Any]
    seen: int
    fired: int


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A saved account; `taken_at` is by the account's clock, `bytes` is the size of the snapshot."""

    name: str
    """With which it is restored."""
    taken_at: dt.datetime
    documents: int
    """Number of documents."""
    bytes: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A tax authority rule that the books break, or a warning; `document` is the printed number."""

    account: str
    """Name of the account."""
    rule: str
    """Name of the rule."""
    clause: str
    """Where the law says so."""
    document_id: int | None
    """Id of the document; None for a finding about a série or the account."""
    document: str | None
    sentence: str
    """What is wrong."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public key that verifies signatures: RSA with SHA-1, PKCS#1 v1.5.

    Attributes:
        public_key: PEM.
        key_version: HashControl in SAF-T.
    """

    public_key: str
    key_version: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the emulator does, and the evidence for it, by operation, behaviour and message of the service;
    `options` are those of the settings.
    """

    operations: list[dict[str, Any]]
    """Each operation of the API."""
    behaviours: list[dict[str, Any]]
    """Each behaviour, with its evidence."""
    messages: list[dict[str, Any]]
    """Each text of the service, with its evidence."""
    options: list[dict[str, Any]]
    not_emulated: list[dict[str, Any]]
    """What the emulator leaves out, and why."""


def part(answer: JsonValue, name: str) -> JsonValue:
    """Return one field of an answer.

    Raises:
        ValueError: the answer has no such field.
    """
    if not isinstance(answer, dict) or name not in answer:
        raise ValueError(f"the answer has no {name}: {answer!r}")
    return answer[name]


def read(kind: type[T], value: JsonValue) -> T:
    """Convert JSON to an object of a kind, and ignore fields that the kind lacks.

    Raises:
        ValueError: the JSON is not of this kind.
    """
    return cast(T, _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return cast(Any, kind)(**{name: _read(hint, part(value, name)) for name, hint in hints.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        (inner,) = (each for each in arguments if each is not types.NoneType)
        return None if value is None else _read(inner, value)
    if origin is list:
        return [_read(arguments[0], each) for each in value]
    if kind in {dt.datetime, dt.date}:
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
