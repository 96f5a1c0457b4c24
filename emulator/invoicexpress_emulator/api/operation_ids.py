"""The names of an operation: the vendor's id, and the id of a contract that puts all document types under
one path.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

from ..fiscal.document_types import DOCUMENT_TYPES

if TYPE_CHECKING:
    from .routes import Operation

_SEGMENTS: Final = frozenset(row.segment for row in DOCUMENT_TYPES)

_OF_DOCUMENTS: Final = {
    ("GET", ".json"): "listDocuments",
    ("POST", ".json"): "createDocument",
    ("GET", "/{document_id}.json"): "getDocument",
    ("PUT", "/{document_id}.json"): "updateDocument",
    ("PUT", "/{document_id}/change-state.json"): "changeDocumentState",
    ("PUT", "/{document_id}/email-document.json"): "sendDocumentEmail",
    ("PUT", "/{document_id}/archive.json"): "archiveDocument",
    ("PUT", "/{document_id}/unarchive.json"): "unarchiveDocument",
}
_RENAMED: Final = {
    "relatedDocs": "relatedDocuments",
    "setSequenceDefault": "setCurrentSequence",
    "createAccountExisting": "createAccountForExistingUser",
    "atCommunication": "setAtCommunication",
    "getClientRegularizations": "listClientRegularizations",
    "export_saft": "exportSaft",
}


@cache
def names_of(operation: Operation) -> frozenset[str]:
    """Return every name of an operation."""
    segment = operation.path.removeprefix("/").partition("/")[0].removesuffix(".json")
    names = {operation.id, _RENAMED.get(operation.id, operation.id)}
    if segment in _SEGMENTS:
        rest = operation.path.removeprefix(f"/{segment}")
        names.add(_OF_DOCUMENTS.get((operation.method, rest), operation.id))
    return frozenset(names)


def every_name(operations: Iterable[Operation]) -> list[str]:
    """Return all names that these operations have, in order."""
    return sorted({name for operation in operations for name in names_of(operation)})
