"""Which id of a série a document takes: a série has one row per document type, each with an id of its own.

The série's own id is that of its row for invoices, and on a receipt it is refused: "A série não corresponde
ao tipo de documento" (suestecreative 2026; the ids recorded in 2019 run in the order of the types).
"""

from __future__ import annotations

from invoicexpress_generated.api.sequences import list_sequences
from invoicexpress_generated.models.sequence import Sequence

from ..errors import InputError
from ..sending.flows import Flow, exchange
from .document_types import INVOICE, DocumentTypeRow


def row_id(sequence: Sequence, row: DocumentTypeRow) -> int:
    """The id of a série's row for a document type, which is what `sequence_id` means.

    Raises InputError when the série has no such row.
    """
    name = f"current_{row.root}_sequence_id"
    # Rows for types that the vendor has dropped, as purchase orders, come as unknown keys (recorded 2019).
    found = getattr(sequence, name, None) or sequence.additional_properties.get(name)
    if isinstance(found, int):
        return found
    if row is INVOICE:
        return sequence.id
    raise InputError("sequence", f"the série {sequence.serie!r} has no row for {row.segment}")


def named(name: str) -> Flow[Sequence]:
    """The série of a name. Raises InputError when there is none, saying which there are."""
    found = (yield from exchange(list_sequences.request(), list_sequences.parse)).value
    for sequence in found:
        if sequence.serie == name:
            return sequence
    names = ", ".join(sequence.serie for sequence in found)
    raise InputError("sequence", f"there is no série {name!r}; there are {names or 'none'}")


def sequence_id(sequence: Sequence | str | None, given: int | None, row: DocumentTypeRow) -> Flow[int | None]:
    """The `sequence_id` of a document, from a série or the name of one, or as it was given.

    Raises InputError for both at once.
    """
    if sequence is None:
        return given
    if given is not None:
        raise InputError("sequence", "a série and a sequence_id were given; one of them says it")
    return row_id((yield from named(sequence)) if isinstance(sequence, str) else _serie(sequence), row)


def _serie(given: object) -> Sequence:
    if isinstance(given, Sequence):
        return given
    raise InputError("sequence", f"expected a Sequence or the name of one, got {given!r}")
