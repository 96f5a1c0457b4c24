"""Operations known only from the XML API. Their JSON forms are guesses, so each use warns.

Lists of single types are here too, without a warning: production code relies on them (suestecreative 2026
2026-08), yet the list of the family has the same entries and more filters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from invoicexpress_generated import models
from invoicexpress_generated.api import documents as documents_api
from invoicexpress_generated.api import legacy as legacy_api
from invoicexpress_generated.types import UNSET, Request, Response

import invoicexpress

from .. import quirks
from ..errors import InputError
from ..quirks.document_filters import ArchiveFilters, archive_query
from ..quirks.document_types import DocumentTypeRow, row_of
from ..quirks.identity import id_of
from ..quirks.polymorphism import document_id_of, is_document, model_of, read_document
from ..sending.caller import warn
from ..sending.flows import C_co, Flow, Namespace, exchange, listing, operation
from ..sending.pagination import PER_PAGE, PageReader
from .document_lists import pages_of


class AssumedOperationWarning(UserWarning):
    """The operation is known only from the XML API: its JSON form is a guess."""


def _warn(what: str) -> None:
    warn(AssumedOperationWarning(f"{what} is known only from the XML API; the JSON request is a guess"))


def _row(document_type: str) -> DocumentTypeRow:
    try:
        return row_of(document_type)
    except (KeyError, TypeError):
        raise InputError(
            "document_type", f"unknown document type {document_type!r}; use a type such as `invoices`"
        ) from None


class Legacy(Namespace[C_co]):
    """Operations of the XML API, which warn (AssumedOperationWarning), and lists of single types."""

    @operation
    def archive(
        self, document: invoicexpress.AnyDocument | int, document_type: str | None = None
    ) -> Flow[None]:
        """Archives a document, and looks whether it is archived; an id needs its type, `invoices`.

        Raises NotFoundError, AmbiguousResultError.
        """
        segment, document_id = _address(document, document_type)
        _warn("archiving")
        request = legacy_api.archive_document.request(segment, document_id)
        yield from self._archive(
            request, legacy_api.archive_document.parse, document_id, row_of(segment), archived=True
        )

    @operation
    def unarchive(
        self, document: invoicexpress.AnyDocument | int, document_type: str | None = None
    ) -> Flow[None]:
        """Unarchives a document, and looks whether it is archived; an id needs its type.

        Raises NotFoundError, AmbiguousResultError.
        """
        segment, document_id = _address(document, document_type)
        _warn("taking out of the archive")
        request = legacy_api.unarchive_document.request(segment, document_id)
        yield from self._archive(
            request, legacy_api.unarchive_document.parse, document_id, row_of(segment), archived=False
        )

    def _archive(
        self,
        request: Request,
        parse: Callable[[Response], None],
        document_id: int,
        row: DocumentTypeRow,
        *,
        archived: bool,
    ) -> Flow[None]:
        def look() -> Flow[bool | None]:
            found = yield from read_document(row, model_of(row.family), document_id)
            return True if found.archived is archived else None

        write = quirks.attempts.Write(request, parse, "whether the document is archived")
        yield from quirks.reconciliation.change_and_look(write, look, self._core.options)

    @operation
    def account_stats(self, account: models.Account | int) -> Flow[models.AccountStats]:
        """An account's use of its plan. Raises NotFoundError."""
        _warn("the use of an account")
        request = legacy_api.get_account_stats.request(id_of(account, models.Account))
        return (yield from exchange(request, legacy_api.get_account_stats.parse)).value

    @operation
    def suspend_account(self, account: models.Account | int) -> Flow[None]:
        """Suspends an account, for partners. Raises NotFoundError."""
        _warn("suspending an account")
        request = legacy_api.suspend_account.request(id_of(account, models.Account))
        yield from quirks.reconciliation.send_once(
            quirks.attempts.Write(
                request,
                quirks.attempts.blank(legacy_api.suspend_account.parse),
                "whether the account is suspended",
            )
        )

    @operation
    def activate_account(self, account: models.Account | int) -> Flow[None]:
        """Activates a suspended account, for partners. Raises NotFoundError."""
        _warn("activating an account")
        request = legacy_api.activate_account.request(id_of(account, models.Account))
        yield from quirks.reconciliation.send_once(
            quirks.attempts.Write(
                request,
                quirks.attempts.blank(legacy_api.activate_account.parse),
                "whether the account is active",
            )
        )

    @listing
    def typed_list(
        self, document_type: str, *, per_page: int = PER_PAGE, **filters: Unpack[ArchiveFilters]
    ) -> PageReader[models.Invoice]:
        """The list of a single type of the invoice family, `credit_notes` for example. It has few filters.

        Takes the filters of ArchiveFilters. `ix.credit_notes.list()` returns the same entries.
        Raises InputError for a type without such a list.
        """
        row = _row(document_type)
        if row.family != "invoice":
            raise InputError("document_type", f"{row.segment} have no such list; use ix.{row.segment}.list")
        query = archive_query(filters)
        # The list of invoices holds the whole family.
        types = [row.type] if row.segment == row.family_segment else UNSET

        def request(number: int, per_page: int) -> Request:
            return documents_api.list_documents.request(
                row.segment, type=types, **query, page=number, per_page=per_page
            )

        return pages_of(
            request,
            documents_api.list_documents.parse,
            (row.list_key, row.family_segment),
            models.Invoice,
            types=[row.type],
            per_page=per_page,
            what=row.segment,
        )


def _address(document: invoicexpress.AnyDocument | int, document_type: str | None) -> tuple[str, int]:
    if document_type is not None:
        return _row(document_type).segment, document_id_of(document)
    if not is_document(document):
        raise InputError("document_type", "an id needs its type; pass `invoices`, for example")
    return _row(document.type).segment, document.id
