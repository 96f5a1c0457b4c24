"""`proprietary_uid`: the caller's key for one document. A create with a known key returns that document.

The vendor's own load test sends one key many times and accepts the same id or 409 (weareswat 2020).
Only the invoice family has it. It stands beside the root key, never below it, and answers do not repeat it.
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
    """The key of a create: the caller's, or a new one; UNSET for a type without keys.

    Raises WireError for an empty key, which the service would ignore.
    """
    if not row.idempotent_create:
        return UNSET
    if given == "":
        raise WireError("expected a key, got an empty text; leave it out for a generated key", (KEY_FIELD,))
    return uuid.uuid4().hex if given is None else given
