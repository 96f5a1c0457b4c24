"""Reads documents as the class of their type, also where an answer mixes types.

Related documents mix receipts, notes, guides and estimates under one key (vendor docs 2026-07;
Webdados 2025). The contract reads them as documents of the invoice family, which have every field that all
types share, and keeps fields of guides beside them. So no field is lost on the way to the right class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, TypeGuard, TypeVar

from invoicexpress_generated import models
from invoicexpress_generated.api import documents as api
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Response
from invoicexpress_wire import WireError

from ..sending.flows import Flow, exchange
from .document_types import Family, row_of
from .envelopes import unwrap_document
from .identity import Identified, id_of

if TYPE_CHECKING:
    from .document_types import DocumentTypeRow

D = TypeVar("D", bound="models.Invoice | models.Estimate | models.Guide | models.PurchaseOrder")

AnyDocument: TypeAlias = "models.Invoice | models.Estimate | models.Guide | models.PurchaseOrder"

_MODELS: Final[Mapping[Family, str]] = {
    "invoice": "Invoice",
    "estimate": "Estimate",
    "guide": "Guide",
    "purchase_order": "PurchaseOrder",
}


def model_of(family: Family) -> type[AnyDocument]:
    """The class of a family's documents."""
    model: type[AnyDocument] = getattr(models, _MODELS[family])
    return model


def is_document(given: object) -> TypeGuard[AnyDocument]:
    """Whether it is a document of any type."""
    return isinstance(given, tuple(map(model_of, _MODELS)))


def document_id_of(document: Identified | int) -> int:
    """The id of a document of any type, or as given."""
    return id_of(document, *map(model_of, _MODELS))


def read_document(row: DocumentTypeRow, model: type[D], document_id: int) -> Flow[D]:
    """Reads a document of one type. Raises NotFoundError, also for an id of another type."""

    def read(response: Response) -> D:
        envelope = api.get_document.parse(response)
        return unwrap_document(response, envelope, row, model, document_id=document_id)

    return (yield from exchange(api.get_document.request(row.segment, document_id), read))


def read_relatives(document_id: int) -> Flow[Sequence[AnyDocument]]:
    """Reads the related documents of a document, each as the class of its type."""
    return (yield from exchange(api.related_documents.request(document_id), relatives))


def relatives(response: Response) -> Sequence[AnyDocument]:
    """Related documents, each as the class of its type.

    Raises UnreadableBody, also for a document that lacks a field of its type.
    """
    found = api.related_documents.parse(response).value
    try:
        return [of_its_type(each) for each in found]
    except WireError as error:
        raise UnreadableBody(response, str(error)) from error


def of_its_type(document: models.Invoice) -> AnyDocument:
    """A document as the class of its type; a document of an unknown type stays unchanged.

    Raises WireError for an unreadable field.
    """
    try:
        model = model_of(row_of(document.type).family)
    except KeyError:
        return document
    return document if model is models.Invoice else model.from_dict(document.to_dict())
