"""Root keys: wraps requests, unwraps answers.

A document travels under a key that depends on its type. The live service answers with the type's own
key, the vendor's documentation with one key per family; both are read, and a document under any other key is
refused. Requests carry the type's own key: both were accepted (recorded
2019; diogopms 2026-06). Lists with filters come under the family's key. All other resources have one key
each.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar, cast

from attr import AttrsInstance, fields, has
from invoicexpress_generated import models
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import UNSET, Response, Unset
from invoicexpress_wire import WireError, is_array

if TYPE_CHECKING:
    from .document_types import DocumentTypeRow

V_co = TypeVar("V_co", covariant=True)
M = TypeVar("M")

AnyDocumentWrite: TypeAlias = (
    "models.InvoiceWrite | models.EstimateWrite | models.GuideWrite | models.PurchaseOrderWrite"
)


class Envelope(Protocol[V_co]):
    """A generated envelope: one root key and its value."""

    @property
    def root(self) -> str: ...
    @property
    def value(self) -> V_co: ...


def _under(root: str, make: Callable[[], M]) -> M:
    """Builds the value of a root key, with trimmed names. Errors name the field with its path."""
    try:
        return trimmed(make())
    except WireError as error:
        raise error.inside(root) from None


_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "InvoiceWrite": ("reference",),
    "EstimateWrite": ("reference",),
    "GuideWrite": ("reference",),
    "PurchaseOrderWrite": ("reference",),
    "DocumentClientWrite": ("name", "code"),
    "DocumentItemWrite": ("name",),
    "TaxReference": ("name",),
    "ClientWrite": ("name", "code"),
    "ItemWrite": ("name",),
    "TaxWrite": ("name",),
    "SequenceWrite": ("serie",),
}
"""Texts by which things are found again, by the model that has them."""


def trimmed(value: M) -> M:
    """A value whose names, codes and references have no blanks at their ends.

    The service strips these blanks (suestecreative 2026), and a lookup with them finds nothing. Values of the
    caller stay unchanged: the result is a copy where something was trimmed.
    """
    return cast("M", _trimmed(value))


def _trimmed(value: object, *, is_name: bool = False) -> object:
    if isinstance(value, str):
        return value.strip() if is_name else value
    if is_array(value):
        return [_trimmed(each) for each in value]
    kind = type(value)
    if not has(kind):
        return value
    names = _NAMES.get(kind.__name__, ())
    changed = value
    for name in _fields_of(kind):
        given = getattr(value, name)
        if type(given) in _PLAIN and name not in names:
            continue
        new = _trimmed(given, is_name=name in names)
        if new != given:
            changed = copy(value) if changed is value else changed
            setattr(changed, name, new)
    return changed


_PLAIN: Final = frozenset({str, Decimal, int, bool, datetime.date, Unset, type(None)})
"""Types of values without names inside."""


@cache
def _fields_of(kind: type[AttrsInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def new_document(
    row: DocumentTypeRow,
    make: Callable[[], AnyDocumentWrite],
    proprietary_uid: str | Unset,
    raw_owner_invoice: str | Unset = UNSET,
) -> models.DocumentCreateRequest:
    """A new document under its type's key; the idempotency key and a foreign owner's number beside it."""
    return models.DocumentCreateRequest(
        row.root,
        _under(row.root, make),
        proprietary_uid=proprietary_uid,
        raw_owner_invoice=raw_owner_invoice,
    )


def changed_document(
    row: DocumentTypeRow, make: Callable[[], AnyDocumentWrite], raw_owner_invoice: str | Unset = UNSET
) -> models.DocumentUpdateRequest:
    """A changed document under its type's key; a foreign owner's number beside it."""
    return models.DocumentUpdateRequest(row.root, _under(row.root, make), raw_owner_invoice=raw_owner_invoice)


@contextmanager
def updating() -> Generator[None]:
    """Around a document of an update: a missing field of it is told that the draft is replaced as a whole."""
    try:
        yield
    except WireError as error:
        if len(error.path) == 2 and error.reason.endswith(" needs this field"):
            raise WireError(f"{error.reason} in an update", error.path) from None
        raise


def check_changes(root: str, model: type[AttrsInstance], values: Mapping[str, object]) -> None:
    """Raises WireError for None in an update of single fields, which would keep the old value silently.

    The service stores an empty text as null; other values cannot be removed.
    """
    for each in fields(model):
        if each.default is UNSET and values.get(each.name, UNSET) is None:
            is_text = str(each.type).startswith("str")
            remedy = 'pass "" to remove it, or leave' if is_text else "leave"
            raise WireError(f"None would keep the old value; {remedy} it out to keep it", (root, each.name))


def state_change(row: DocumentTypeRow, change: models.StateChange) -> models.StateChangeRequest:
    """A change of state under the key of the document's type."""
    return models.StateChangeRequest(row.root, change)


def email(make: Callable[[], models.EmailMessage]) -> models.EmailRequest:
    """An e-mail under its key."""
    return models.EmailRequest("message", _under("message", make))


def payment(make: Callable[[], models.PartialPayment]) -> models.PartialPaymentRequest:
    """A payment under its key."""
    return models.PartialPaymentRequest("partial_payment", _under("partial_payment", make))


def client(make: Callable[[], models.ClientWrite]) -> models.ClientRequest:
    """A client under its key."""
    return models.ClientRequest("client", _under("client", make))


def client_invoices(make: Callable[[], models.ClientInvoicesFilter]) -> models.ClientInvoicesRequest:
    """A filter of a client's documents under its key."""
    return models.ClientInvoicesRequest("filter", _under("filter", make))


def item(make: Callable[[], models.ItemWrite]) -> models.ItemRequest:
    """An item under its key."""
    return models.ItemRequest("item", _under("item", make))


def tax(make: Callable[[], models.TaxWrite]) -> models.TaxRequest:
    """A tax under its key."""
    return models.TaxRequest("tax", _under("tax", make))


def sequence(make: Callable[[], models.SequenceWrite]) -> models.SequenceCreateRequest:
    """A série under its key."""
    return models.SequenceCreateRequest("sequence", _under("sequence", make))


def account(make: Callable[[], models.AccountCreate]) -> models.AccountCreateRequest:
    """A new account under its key."""
    return models.AccountCreateRequest("account", _under("account", make))


def changed_account(make: Callable[[], models.AccountUpdate]) -> models.AccountUpdateRequest:
    """A changed account under its key."""
    return models.AccountUpdateRequest("account", _under("account", make))


def at_communication(make: Callable[[], models.AtCommunication]) -> models.AtCommunicationRequest:
    """A way of communication with the tax authority under its key."""
    return models.AtCommunicationRequest("at_communication", _under("at_communication", make))


def initial_balance(make: Callable[[], models.InitialBalanceWrite]) -> models.InitialBalanceRequest:
    """An initial balance under its key; without it the service was seen to answer 500 (diogopms 2026-06)."""
    return models.InitialBalanceRequest("initial_balance", _under("initial_balance", make))


def regularization(make: Callable[[], models.RegularizationWrite]) -> models.RegularizationRequest:
    """A regularization under its key."""
    return models.RegularizationRequest("regularization", _under("regularization", make))


def treasury_movement(make: Callable[[], models.TreasuryMovementWrite]) -> models.TreasuryMovementRequest:
    """A treasury movement under its key."""
    return models.TreasuryMovementRequest("treasury_movement", _under("treasury_movement", make))


def unwrap_regularization(response: Response, created: models.RegularizationCreated) -> models.Regularization:
    """A new regularization: a list of one on the vendor's page, an object at the service.

    Raises UnreadableBody for a list of another length.
    """
    found = created.regularization
    if isinstance(found, models.Regularization):
        return found
    if len(found) == 1:
        return found[0]
    raise UnreadableBody(response, f"expected one regularization, got {len(found)}")


T = TypeVar("T")


def the_one(response: Response, found: T, **due: object) -> T:
    """The thing in an answer, if its fields are the ones asked for: a proxy may answer with another's.

    Texts are compared without case and without the blanks that the service drops, and a field that the answer
    does not show is not compared. Raises UnreadableBody.
    """
    for name, expected in due.items():
        value = getattr(found, name)
        if not isinstance(value, Unset | None) and _folded(value) != _folded(expected):
            raise UnreadableBody(response, f"expected {name} {expected!r}, got {value!r}")
    return found


def _folded(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


D = TypeVar("D", bound="models.Invoice | models.Estimate | models.Guide | models.PurchaseOrder")


def unwrap_document(
    response: Response,
    envelope: Envelope[object],
    row: DocumentTypeRow,
    model: type[D],
    *,
    document_id: int | None = None,
    types: Collection[str] = (),
) -> D:
    """The document of one type, or of `types`, and with an id if that is known.

    Raises UnreadableBody for a document under another root key, of another type, or with another id.
    """
    document = unwrap_any(response, envelope, (row.root, row.fixed_root), model)
    if document.type not in (types or (row.type,)):
        raise UnreadableBody(
            response, f"expected a document of type {row.type}, got {document.type} {document.id}"
        )
    if document_id is not None and document.id != document_id:
        raise UnreadableBody(response, f"expected document {document_id}, got {document.id}")
    return document


def unwrap_any(response: Response, envelope: Envelope[object], roots: Collection[str], model: type[D]) -> D:
    """The document under one of the root keys, whatever its type. Raises UnreadableBody."""
    if envelope.root in roots and isinstance(envelope.value, model):
        return envelope.value
    expected = " or ".join(map(repr, dict.fromkeys(roots)))
    raise UnreadableBody(response, f"expected a document under {expected}, got one under {envelope.root!r}")


def unwrap_documents(
    response: Response,
    envelope: models.DocumentList,
    list_keys: Collection[str],
    model: type[D],
    types: Collection[str] | None = None,
) -> Sequence[D]:
    """The documents of a list. Raises UnreadableBody for the root key of another list, or another type."""
    documents = [entry for entry in envelope.value if isinstance(entry, model)]
    if envelope.root not in list_keys or len(documents) != len(envelope.value):
        expected = " or ".join(map(repr, list_keys))
        raise UnreadableBody(
            response, f"expected documents under {expected}, got some under {envelope.root!r}"
        )
    if types is not None and (strange := [each for each in documents if each.type not in types]):
        first = strange[0]
        raise UnreadableBody(response, f"expected {', '.join(types)}, got {first.type} {first.id}")
    return documents
