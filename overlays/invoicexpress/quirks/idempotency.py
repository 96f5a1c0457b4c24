"""`proprietary_uid`: the caller's key for one document. A create with a key that is known gives the
same document.

The vendor's own load test sends one key many times and accepts the same id or 409 (weareswat 2020).
Only the invoice family has it. It stands beside the root key, never within, and answers do not repeat
it.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import WireError

from ..errors import KEY_FIELD

if TYPE_CHECKING:
    from .document_types import DocumentTypeRow


def key_for(row: DocumentTypeRow, given: str | None) -> str | Unset:
    """The key of a create: the caller's, or a new one, or none where the type takes none.

    Raises WireError for an empty key, which would be no key at all.
    """
    if not row.idempotent_create:
        return UNSET
    if given == "":
        raise WireError("expected a key, got an empty text", (KEY_FIELD,))
    return uuid.uuid4().hex if given is None else given
