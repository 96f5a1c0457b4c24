# Generated from openapi.yaml by `make generate`. Do not edit.

from collections import abc
from typing import TypedDict

from ...models.document_status_filter import DocumentStatusFilter
from ...models.document_type import DocumentType


class ClientInvoicesFilterFields(TypedDict, total=False):
    """The fields of ClientInvoicesFilter as keyword arguments. None leaves a field out.

    Which documents of a client.

    Optional:
        status (Sequence[DocumentStatusFilter]): Statuses of the documents, by the names of filters.
        by_type (Sequence[DocumentType]): Types of the documents.
        archived (Sequence[str]): Which documents to list: `non_archived`, `archived`, or both.
    """

    status: abc.Sequence[DocumentStatusFilter] | None
    """Statuses of the documents, by the names of filters."""
    by_type: abc.Sequence[DocumentType] | None
    """Types of the documents."""
    archived: abc.Sequence[str] | None
    """Which documents to list: `non_archived`, `archived`, or both."""
