"""The documents that a logged request is about: the one of its path, and the one of its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..fiscal.document_types import DOCUMENT_TYPES, FAMILIES

if TYPE_CHECKING:
    from ..http.request_log import LogEntry

_SEGMENTS: Final = "|".join(sorted({*(row.segment for row in DOCUMENT_TYPES), "documents?"}))
_ROOTS: Final = "|".join(sorted({row.root for row in DOCUMENT_TYPES} | {each.root for each in FAMILIES}))

_IN_PATH: Final = re.compile(rf"/(?:{_SEGMENTS}|api/pdf|api/qr_codes)/(\d{{1,18}})(?:\.json|/)")
_IN_ANSWER: Final = re.compile(rf'\s*{{\s*"(?:{_ROOTS})"\s*:\s*{{\s*"id"\s*:\s*"?(\d{{1,18}})'.encode())
"""The id is the first field of a document on both wires."""


def documents_of(entry: LogEntry) -> list[int]:
    """Return the ids of a request's documents: one in most cases, two where a receipt pays an invoice."""
    found = (_IN_PATH.match(entry.path), _IN_ANSWER.match(entry.answer))
    return list(dict.fromkeys(int(each[1]) for each in found if each is not None))
