"""`proprietary_uid`: the caller's key for one document. A create with a known key returns that document.

The vendor's own load test sends one key many times and accepts the same id or 409 (weareswat 2020).
Only the invoice family has it. It stands beside the root key, never below it, and answers do not repeat it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import WireError, format_text

from ..errors import KEY_FIELD, InputError

if TYPE_CHECKING:
    from .document_types import DocumentTypeRow


def key_for(row: DocumentTypeRow, given: str | None) -> str | Unset:
    """The key of a create: the caller's, trimmed, or a new one; UNSET for a type without keys.

    Raises WireError for a blank key, which the service would ignore.
    """
    if not row.idempotent_create:
        return UNSET
    if given is None:
        return os.urandom(16).hex()
    try:
        key = format_text(given).strip()
        key.encode()
    except WireError as error:
        raise error.inside(KEY_FIELD) from None
    except UnicodeEncodeError:
        raise WireError("holds half a character, a lone surrogate", (KEY_FIELD,)) from None
    if not key:
        raise WireError("expected a key, got a blank text; leave it out for a generated key", (KEY_FIELD,))
    return key


def own_key(key: object) -> str:
    """The key of `issue`. Raises InputError for anything but a text that is not blank."""
    if isinstance(key, str) and key.strip():
        return key.strip()
    raise InputError("key", f"expected your own key of the document, such as an order number, got {key!r}")
