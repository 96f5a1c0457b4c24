"""The id of a série for a document type: a série has one row per type, each with its own id.

The série's own id is the id of its row for invoices; other types refuse it: "A série não corresponde ao
tipo de documento" (suestecreative 2026; the ids recorded in 2019 run in the order of the types).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import attrs
from invoicexpress_generated import models
from invoicexpress_generated.api import sequences as api
from invoicexpress_generated.types import Unset
from invoicexpress_wire import did_you_mean, shown

from ..errors import InputError
from ..sending.flows import Flow, exchange
from .document_types import INVOICE, DocumentTypeRow
from .file_names import Numbered
from .legal_number import number_in_serie


class InSerie(Numbered, Protocol):
    """The fields of a document that show its série."""

    @property
    def sequence_id(self) -> int | Unset | None: ...


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
    raise InputError("sequence", f"unknown série {name!r}{did_you_mean(name, names, f'known are {known}')}")


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


def serie_differences(sent: int | None, document: InSerie, remembered: int | None) -> Flow[tuple[str, ...]]:
    """Whether a document is in another série than that of the row `sent`: a text that names both, or none.

    Issued documents show the row (`sequence_id`) and a number, `1/ABC`. A draft at the service shows neither
    (recorded 2019), so there `remembered` counts, the row that this process sent for it, None for the default
    série. With None sent nothing is compared. If the rows differ, the séries are read, for their names.
    """
    number = number_in_serie(document)
    row = document.sequence_id if isinstance(document.sequence_id, int) else None
    if row is None and number is None:
        row = remembered
    if sent is None or sent == row:
        return ()
    known = (yield from exchange(api.list_sequences.request(), api.list_sequences.parse)).value
    found: str | None
    if number is not None:
        found = number.rpartition("/")[0]
    elif row is not None:
        found = _name_of(row, known)
    else:
        found = next((each.serie for each in known if each.default_sequence), None)
    meant = _name_of(sent, known)
    return () if found in (meant, None) else (f"série {found}, sent {meant}",)


def _name_of(row: int, known: list[models.Sequence]) -> str:
    """The name of the série with a row, or the row itself if the account has no such série."""
    return next((each.serie for each in known if has_row(each, row)), f"the unknown sequence_id {row}")
