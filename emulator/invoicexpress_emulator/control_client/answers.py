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
    version: str
    profile: Literal["observed", "documented"]
    seed: int


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account, without its key."""

    id: int
    name: str
    state: Literal["active", "deactive", "pending"]
    trial: bool
    partner: bool


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account, with its key."""

    id: int
    name: str
    api_key: str


@dataclass(frozen=True, slots=True)
class ClockState:
    """The state of a clock; `now` is aware, in Europe/Lisbon."""

    now: dt.datetime
    frozen: bool


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
    path: str
    query: str
    body: str
    unknown_fields: tuple[str, ...]
    remarks: tuple[str, ...]
    body_size: int
    body_truncated: bool
    body_binary: bool
    status: int
    milliseconds: float
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
    document_id: int
    document_type: str
    document_number: str | None
    sent_at: dt.datetime
    to: str
    cc: str | None
    bcc: str | None
    subject: str | None
    body: str | None
    logo: bool


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
    type: str
    status: str
    archived: bool
    number: str | None
    serie: str | None
    date: dt.date
    due_date: dt.date
    client: str
    reference: str | None
    total: Decimal
    atcud: str | None
    hash: str | None
    chain_is_valid: bool | None
    pdf: str | None


@dataclass(frozen=True, slots=True)
class IssuedInMonth:
    """The documents of one type issued in a month (`2026-11`), without cancelled ones; `total` in EUR."""

    month: str
    type: str
    documents: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class VatOfRate:
    """Sales at a rate (percent) of a region, credit notes deducted; `base` and `tax` in EUR."""

    region: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class OpenItemsOfAge:
    """Unpaid documents by the time since their due date; `open` in EUR."""

    age: str
    documents: int
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
    needs_registration: bool
    validation_code: str | None
    last_number: int
    last_date: dt.date | None


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A series with its counters."""

    id: int
    serie: str
    is_default: bool
    counters: list[Counter]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line: `unit_price` in EUR before VAT, `discount` and `tax_rate` in percent, `subtotal` in EUR after
    the discount and before VAT.
    """

    name: str
    description: str | None
    unit_price: Decimal
    quantity: Decimal
    unit: str | None
    discount: Decimal
    tax_name: str
    tax_rate: Decimal
    tax_exemption: str | None
    subtotal: Decimal


@dataclass(frozen=True, slots=True)
class VatPart:
    """Base and VAT of one rate, in EUR; `rate` in percent."""

    region: str
    code: str
    rate: Decimal
    exemption: str | None
    base: Decimal
    tax: Decimal


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
    before_taxes: Decimal
    taxes: Decimal
    total: Decimal
    withheld: Decimal
    open: Decimal | None


@dataclass(frozen=True, slots=True)
class DocumentPayment:
    """What a receipt pays of a document, in EUR; `mechanism` is the code of SAF-T."""

    receipt_id: int
    document_id: int
    amount: Decimal
    mechanism: str


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """Another document: the `origin` of this one, its `successor`, a `receipt` for it, or `paid` by it."""

    relation: Literal["origin", "successor", "receipt", "paid"]
    document: DocumentInfo


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """The documents with the number before and after; `signature` is Base64, None if unsigned."""

    previous: DocumentInfo | None
    next: DocumentInfo | None
    signature: str | None


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: its text, and its picture as a PNG in Base64."""

    text: str
    png: str


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
    client: dict[str, str]
    observations: str | None
    retention: Decimal | None
    issued_at: dt.datetime | None
    canceled_at: dt.datetime | None
    cancel_message: str | None
    lines: list[DocumentLine]
    global_discount: dict[str, str] | None
    vat: list[VatPart]
    totals: DocumentTotals
    multibanco: dict[str, str] | None
    delivery: dict[str, str | None] | None
    payments: list[DocumentPayment]
    related: list[RelatedDocument]
    chain: ChainPlace
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
    account: str
    operation: str
    when: dict[str, Any]
    times: int | None
    effect: dict[str, Any]
    seen: int
    fired: int


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A saved account; `taken_at` is by the account's clock, `bytes` is the size of the snapshot."""

    name: str
    taken_at: dt.datetime
    documents: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A tax authority rule that the books break, or a warning; `document` is the printed number."""

    account: str
    rule: str
    clause: str
    document_id: int | None
    document: str | None
    sentence: str


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
    behaviours: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    options: list[dict[str, Any]]
    not_emulated: list[dict[str, Any]]


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
