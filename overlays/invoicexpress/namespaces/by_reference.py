"""Documents without an idempotency key: quotes, proformas, fees notes, guides and purchase orders.

Their `reference` is the only mark that tells two with the same content apart, and the service allows it
twice. So what this module promises holds within one process.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Container, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from invoicexpress_generated import models
from invoicexpress_generated.api import documents as api
from invoicexpress_generated.types import Request, Response, Unset

import invoicexpress

from .. import namespaces, quirks
from ..errors import (
    AmbiguousResultError,
    InputError,
    InvoiceXpressError,
    KeyReusedError,
    SilentChangeError,
)
from ..quirks import envelopes
from ..quirks.document_types import is_issued
from ..quirks.envelopes import AnyDocumentWrite, unwrap_document
from ..sending.flows import C_co, Flow, pause
from ..sending.in_flight import WriteScope
from ..sending.interruptions import Interrupted
from .documents import ID_SPACE, D, F, Issuing, check_total, row_of_serie

_TURN: Final = 0.05
"""Seconds between two tries for the turn of a reference."""
_FREED: Final = ("canceled", "deleted")
"""Statuses of a document whose reference is free again."""


class ByReference(Issuing[C_co, D]):
    """Types without an idempotency key: `reference` tells their documents apart."""

    @abstractmethod
    def _with_reference(self, reference: str) -> Flow[Sequence[D]]:
        """The documents of this type with a reference."""

    def _create_once(
        self,
        request: Request,
        body: AnyDocumentWrite,
        proprietary_uid: str | None,
        unchosen: Container[str],
    ) -> Flow[D]:
        """Sends a create once. With a reference, an unknown result is looked up."""
        look_at = f"the list of {self.row.segment}"
        reference = body.reference

        def answered(response: Response) -> D:
            return unwrap_document(response, api.create_document.parse(response), self.row, self.model)

        if isinstance(reference, Unset) or not reference:
            look_at = f"{look_at} (with a unique `reference` the client could decide)"
            return (
                yield from quirks.reconciliation.send_once(quirks.attempts.Write(request, answered, look_at))
            )

        def read() -> Flow[Sequence[D]]:
            return (yield from self._with_reference(reference))

        def differing(found: D) -> Iterator[str]:
            return quirks.comparison.lookup_differences(self.row.type, body, found)

        write = quirks.attempts.Write(request, answered, f"{look_at} with reference {reference!r}")
        options, scope = (
            self._core.options,
            WriteScope(self._core.in_flight, ID_SPACE, self.row.segment, reference),
        )
        return (
            yield from quirks.reconciliation.create_with_snapshot(
                write,
                read,
                differing,
                options,
                scope,
                read_one=self._get,
                answer_differences=partial(quirks.comparison.document_differences, self.row.type, body),
            )
        )

    def _issue(
        self,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: models.Sequence | str | None,
        expect_total: Decimal | invoicexpress.Totals,
        *,
        meant: Callable[[F], AnyDocumentWrite] | None = None,
    ) -> Flow[D]:
        """Issues the document of a reference once, within this process.

        `meant` turns the fields into a model for comparison with a known document, by default `written`.
        """
        check_total(expect_total)
        if "key" in fields:
            raise InputError(
                "key",
                f"{self.row.segment} have no keys; `reference` is required instead: issue finds its document "
                "again by it",
            )
        given = fields.get("reference")
        reference = given.strip() if isinstance(given, str) else ""
        if not reference:
            raise InputError(
                f"{self.row.root}.reference",
                "`reference` is required: issue finds its document again by it; give each of your "
                f"{self.row.segment} one of its own",
            )
        known, scope = self._core.in_flight.references, (self.row.segment, reference)
        while not known.enter(scope):
            yield from pause(_TURN)
        try:
            document = yield from self._of_reference(reference)
            if document is None:
                document = yield from self._create_for_reference(fields, written, sequence, reference)
            else:
                yield from self._pick_sequence(fields, sequence)
                body = envelopes.changed_document(self.row, lambda: (meant or written)(fields)).value
                is_own = not isinstance(document.client, Unset) and bool(document.client.fiscal_id)
                if not (is_own and is_issued(document.status)):
                    # A number of its own is compared in `after`; the client's may have changed since.
                    yield from namespaces.account_checks.check_client(self._core, self.row.root, body.client)
                different = tuple(quirks.comparison.document_differences(self.row.type, body, document))
                if not different:
                    different = yield from self._serie_differences(
                        document, row_of_serie(fields), reference, "reference"
                    )
                if different:
                    raise KeyReusedError(reference, document, different, "reference")
                document = yield from namespaces.account_checks.after(
                    self._core, self.row.root, body, document, None
                )
            return (
                yield from self._issue_once(
                    document, expect_total, reference, "reference", row_of_serie(fields)
                )
            )
        finally:
            known.leave(scope)

    def _create_for_reference(
        self,
        fields: F,
        written: Callable[[F], AnyDocumentWrite],
        sequence: models.Sequence | str | None,
        reference: str,
    ) -> Flow[D]:
        """Creates the draft of a reference, and remembers it, or the doubt about it."""
        known, scope = self._core.in_flight.references, (self.row.segment, reference)
        try:
            document = yield from self._create(fields, written, sequence, issues=True)
        except Interrupted as interrupted:
            if interrupted.in_doubt:
                known.remember(scope, None)
            raise
        except SilentChangeError as error:
            if error.document is not None:
                known.remember(scope, error.document.id)
            raise
        except Exception as error:
            if isinstance(error, AmbiguousResultError) or not isinstance(error, InvoiceXpressError):
                known.remember(scope, None)
            raise
        known.remember(scope, document.id)
        self._core.in_flight.row_of(document.id, reference, row_of_serie(fields))
        return document

    def _of_reference(self, reference: str) -> Flow[D | None]:
        """The document of a reference that is neither cancelled nor deleted; None without one.

        Raises AmbiguousResultError while a create with this reference is in doubt, and InputError if several
        documents have it.
        """
        known, scope = self._core.in_flight.references, (self.row.segment, reference)
        if (document_id := known.id_of(scope)) is not None:
            document = yield from quirks.lookups.gone_or_read(lambda: self._get(document_id))
            if document is not None and document.status not in _FREED:
                return document
            known.forget(scope)

        def look() -> Flow[D | None]:
            listed = yield from self._with_reference(reference)
            ids = [each.id for each in listed if each.reference == reference and each.status not in _FREED]
            if len(ids) > 1:
                raise InputError(
                    f"{self.row.root}.reference",
                    f"{len(ids)} {self.row.segment} have reference {reference!r}: "
                    f"{', '.join(map(str, sorted(ids)))}; use another",
                )
            return (yield from self._get(ids[0])) if ids else None

        if not known.is_in_doubt(scope):
            found = yield from look()
        else:
            failure: InvoiceXpressError | None = None
            try:
                found = yield from quirks.lookups.look_for(look, self._core.options)
            except InvoiceXpressError as error:
                found, failure = None, error
            if found is None:
                path = f"/{self.row.segment}.json"
                look_at = f"the list of {self.row.segment} with reference {reference!r}"
                reason = "an earlier create got no answer"
                raise AmbiguousResultError("POST", path, reason, look_at=look_at) from failure
        if found is not None:
            known.remember(scope, found.id)
        return found
