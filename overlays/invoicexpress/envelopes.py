"""Root keys: wrapping what is sent, unwrapping what is answered.

A document travels under a key that depends on its type. The live service answers with the type's own key, the
vendor's documentation with one key per family; both are read, and any other document is refused rather than
taken for ours. Lists come under the type's key, the family's key, or another that the documentation shows.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Response

from .document_types import DocumentTypeRow

V_co = TypeVar("V_co", covariant=True)
M = TypeVar("M")


class Envelope(Protocol[V_co]):
    """A generated envelope: one root key and what stands under it."""

    @property
    def root(self) -> str: ...
    @property
    def value(self) -> V_co: ...


def unwrap_document(
    response: Response, envelope: Envelope[object], row: DocumentTypeRow, model: type[M]
) -> M:
    """The document of one type. Raises UnreadableBody when the root key is another type's."""
    if envelope.root in (row.root, row.fixed_root) and isinstance(envelope.value, model):
        return envelope.value
    raise UnreadableBody(response, f"expected a document under {row.root!r}, got one under {envelope.root!r}")
