"""Sequences (séries): a name, and one counter, id and validation code per document type."""

from __future__ import annotations

from collections.abc import Sequence as Many
from typing import Unpack

from invoicexpress_generated.api.sequences import (
    create_sequence,
    get_sequence,
    list_sequences,
    register_sequence,
    set_current_sequence,
)
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.models.sequence import Sequence
from invoicexpress_generated.models.sequence_write import SequenceWrite, SequenceWriteFields
from invoicexpress_generated.types import Response

from ..quirks import envelopes
from ..quirks.attempts import Write
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..quirks.reconciliation import change_and_look, create_unique, send_and_look
from ..quirks.sequence_rows import has_row, validation_codes
from ..sending.flows import C_co, Flow, Namespace, exchange, operation


class Sequences(Namespace[C_co]):
    """The account's séries. They are never deleted or renamed."""

    @operation
    def list(self) -> Flow[Many[Sequence]]:
        """All séries."""
        return (yield from exchange(list_sequences.request(), list_sequences.parse)).value

    @operation
    def create(self, **fields: Unpack[SequenceWriteFields]) -> Flow[Sequence]:
        """Creates a série and registers it with the tax authority.

        Names are unique: after an unknown result the série with this name is the result. Raises
        ValidationError, ConflictError, AmbiguousResultError.
        """
        body = envelopes.sequence(lambda: SequenceWrite.of(**fields))
        serie = body.value.serie
        write = Write(
            create_sequence.request(body=body),
            lambda response: the_one(response, create_sequence.parse(response).value, serie=serie),
            f"the série {serie!r}",
        )

        def find() -> Flow[Sequence | None]:
            every = (yield from exchange(list_sequences.request(), list_sequences.parse)).value
            return next((sequence for sequence in every if sequence.serie == serie.strip()), None)

        # Only the name is compared: a default sent as 1 was read back as 0 (recorded 2019).
        return (yield from create_unique(write, find, lambda _: iter(()), self._core.options))

    @operation
    def get(self, sequence: Sequence | int) -> Flow[Sequence]:
        """Reads a série, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(sequence, Sequence)))

    @operation
    def find(self, serie: str) -> Flow[Sequence | None]:
        """Finds a série by its name; returns None without a match. Reads the list."""
        for sequence in (yield from exchange(list_sequences.request(), list_sequences.parse)).value:
            if sequence.serie == serie.strip():
                return sequence
        return None

    @operation
    def set_current(self, sequence: Sequence | int) -> Flow[None]:
        """Makes a série the default of the account, and looks whether it is.

        Raises NotFoundError, AmbiguousResultError.
        """
        sequence_id = id_of(sequence, Sequence)
        request = set_current_sequence.request(sequence_id)
        write = Write(request, set_current_sequence.parse, f"whether série {sequence_id} is the default")

        def look() -> Flow[bool | None]:
            found = yield from self._get(sequence_id)
            return True if found.default_sequence else None

        yield from change_and_look(write, look, self._core.options)

    def _get(self, sequence_id: int) -> Flow[Sequence]:
        def read(response: Response) -> Sequence:
            found = get_sequence.parse(response).value
            return found if has_row(found, sequence_id) else the_one(response, found, id=sequence_id)

        return (yield from exchange(get_sequence.request(sequence_id), read))

    @operation
    def register(self, sequence: Sequence | int) -> Flow[Many[Sequence]]:
        """Registers a série with the tax authority, and returns the séries with their validation codes.

        After an unknown result the série is read: once it has a new validation code it is the result. Raises
        ValidationError (no valid AT credentials), ConflictError (registration in progress, or all
        registered), AmbiguousResultError.
        """
        sequence_id = id_of(sequence, Sequence)
        before = validation_codes((yield from self._get(sequence_id)))

        def read(response: Response) -> Many[Sequence]:
            found = register_sequence.parse(response).value
            if not any(has_row(each, sequence_id) for each in found):
                raise UnreadableBody(response, f"expected série {sequence_id} among the registered ones")
            return found

        def look() -> Flow[Many[Sequence] | None]:
            found = yield from self._get(sequence_id)
            return [found] if validation_codes(found) != before else None

        write = Write(
            register_sequence.request(sequence_id), read, f"the validation codes of série {sequence_id}"
        )
        return (yield from send_and_look(write, look, self._core.options))
