"""The id of a série for a document type: a série has one row per type, each with its own id.

The série's own id is the id of its row for invoices; other types refuse it: "A série não corresponde ao
tipo de documento" (suestecreative 2026; the ids recorded in 2019 run in the order of the types).
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from invoicexpress_generated import models
from invoicexpress_generated.api import sequences as api
from invoicexpress_wire import did_you_mean, shown

from ..errors import InputError
from ..sending.flows import Flow, exchange
from .document_types import INVOICE, DocumentTypeRow


def row_id(sequence: models.Sequence, row: DocumentTypeRow) -> int:
    """The id of a série's row for a document type: the value of `sequence_id`.

    Raises InputError if the série has no such row.
    """
    name = f"current_{row.root}_sequence_id"
    # Rows of dropped types, such as purchase orders, come as unknown keys (recorded 2019).
    found = getattr(sequence, name, None) or sequence.additional_properties.get(name)
    if isinstance(found, int):
        return found
    if row is INVOICE:
        return sequence.id
    raise InputError("sequence", f"the série {sequence.serie!r} has no row for {row.segment}")


def has_row(sequence: models.Sequence, row_id: int) -> bool:
    """Whether an id is that of a série, or of one of its rows."""
    return row_id == sequence.id or row_id in _columns(sequence, "_sequence_id").values()


def validation_codes(sequence: models.Sequence) -> Mapping[str, object]:
    """The validation codes of a série, by column; `N/D` stands for none."""
    return _columns(sequence, "_validation_code")


def _columns(sequence: models.Sequence, ending: str) -> dict[str, object]:
    every = {**attrs.asdict(sequence, recurse=False), **sequence.additional_properties}
    return {name: value for name, value in every.items() if name.endswith(ending)}


def named(name: str) -> Flow[models.Sequence]:
    """Finds a série by its name. Raises InputError, with the known names, without a match."""
    found = (yield from exchange(api.list_sequences.request(), api.list_sequences.parse)).value
    for sequence in found:
        if sequence.serie == name.strip():
            return sequence
    names = [sequence.serie for sequence in found]
    known = ", ".join(names) or "none"
    raise InputError("sequence", f"unknown série {name!r}{did_you_mean(name, names)}; known are {known}")


def sequence_id(
    sequence: models.Sequence | str | None, given: int | None, row: DocumentTypeRow
) -> Flow[int | None]:
    """The `sequence_id` of a document: from a série or its name, or as given.

    Raises InputError for both at once.
    """
    if sequence is None:
        return given
    if given is not None:
        raise InputError("sequence", "pass either a série or a sequence_id, not both")
    return row_id((yield from named(sequence)) if isinstance(sequence, str) else _serie(sequence), row)


def _serie(given: object) -> models.Sequence:
    if isinstance(given, models.Sequence):
        return given
    hint = f"; for the id of a row use sequence_id={given}" if isinstance(given, int) else ""
    raise InputError("sequence", f"expected a Sequence or its name, got {shown(given)}{hint}")
