"""`proprietary_uid`: the caller's key for one document. A create with a key that is known gives the
same document.

The vendor's own load test sends one key many times and accepts the same id or 409 (weareswat 2020).
Only the invoice family has it. It stands beside the root key, never within, and answers do not repeat
it.
"""

from __future__ import annotations

import uuid
from typing import Final

from invoicexpress_generated.types import UNSET, Request, Unset
from invoicexpress_wire import WireError

from .document_types import DocumentTypeRow

FIELD: Final = "proprietary_uid"


def key_for(row: DocumentTypeRow, given: str | None) -> str | Unset:
    """The key of a create: the caller's, or a new one, or none where the type takes none.

    Raises WireError for an empty key, which would be no key at all.
    """
    if not row.idempotent_create:
        return UNSET
    if given == "":
        raise WireError("expected a key, got an empty text", (FIELD,))
    return uuid.uuid4().hex if given is None else given


def key_of(request: Request) -> str | None:
    """The key that a request carries."""
    key = (request.body or {}).get(FIELD)
    return key if isinstance(key, str) else None
