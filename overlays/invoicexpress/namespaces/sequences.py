"""Sequences (séries): a name, and one counter, id and validation code per document type."""

from __future__ import annotations

from collections.abc import Sequence as Many
from typing import Unpack

from invoicexpress_generated import models
from invoicexpress_generated.api import sequences as api
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Response

from .. import quirks
from ..quirks import envelopes
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..sending.flows import C_co, Flow, Namespace, exchange, operation


class Sequences(Namespace[C_co]):
    """The account's séries. They are never deleted or renamed."""

    @operation
    def list(self) -> Flow[Many[models.Sequence]]:
        """All séries."""
        return (yield from exchange(api.list_sequences.request(), api.list_sequences.parse)).value

    @operation
    def create(self, **fields: Unpack[models.SequenceWriteFields]) -> Flow[models.Sequence]:
        """Creates a série and registers it with the tax authority.

        Names are unique: after an unknown result the série with this name is the result. Raises
        ValidationError, ConflictError, AmbiguousResultError.
        """
        body = envelopes.sequence(lambda: models.SequenceWrite.of(**fields))
        serie = body.value.serie
        write = quirks.attempts.Write(
            api.create_sequence.request(body=body),
            lambda response: the_one(response, api.create_sequence.parse(response).value, serie=serie),
            f"the série {serie!r}",
        )

        def find() -> Flow[models.Sequence | None]:
            every = (yield from exchange(api.list_sequences.request(), api.list_sequences.parse)).value
            return next((sequence for sequence in every if sequence.serie == serie.strip()), None)

        # Only the name is compared: a default sent as 1 was read back as 0 (recorded 2019).
        return (
            yield from quirks.reconciliation.create_unique(
                write, find, lambda _: iter(()), self._core.options
            )
        )

    @operation
    def get(self, sequence: models.Sequence | int) -> Flow[models.Sequence]:
        """Reads a série, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(sequence, models.Sequence)))

    @operation
    def find(self, serie: str) -> Flow[models.Sequence | None]:
        """Finds a série by its name; returns None without a match. Reads the list."""
        for sequence in (yield from exchange(api.list_sequences.request(), api.list_sequences.parse)).value:
            if sequence.serie == serie.strip():
                return sequence
        return None

    @operation
    def set_current(self, sequence: models.Sequence | int) -> Flow[None]:
        """Makes a série the default of the account, and looks whether it is.

        Raises NotFoundError, AmbiguousResultError.
        """
        sequence_id = id_of(sequence, models.Sequence)
        request = api.set_current_sequence.request(sequence_id)
        write = quirks.attempts.Write(
            request, api.set_current_sequence.parse, f"whether série {sequence_id} is the default"
        )

        def look() -> Flow[bool | None]:
            found = yield from self._get(sequence_id)
            return True if found.default_sequence else None

        yield from quirks.reconciliation.change_and_look(write, look, self._core.options)

    def _get(self, sequence_id: int) -> Flow[models.Sequence]:
        def read(response: Response) -> models.Sequence:
            found = api.get_sequence.parse(response).value
            return (
                found
                if quirks.sequence_rows.has_row(found, sequence_id)
                else the_one(response, found, id=sequence_id)
            )

        return (yield from exchange(api.get_sequence.request(sequence_id), read))

    @operation
    def register(self, sequence: models.Sequence | int) -> Flow[Many[models.Sequence]]:
        """Registers a série with the tax authority, and returns the séries with their validation codes.

        After an unknown result the série is read: once it has a new validation code it is the result. Raises
        ValidationError (no valid AT credentials), ConflictError (registration in progress, or all
        registered), AmbiguousResultError.
        """
        sequence_id = id_of(sequence, models.Sequence)
        before = quirks.sequence_rows.validation_codes((yield from self._get(sequence_id)))

        def read(response: Response) -> Many[models.Sequence]:
            found = api.register_sequence.parse(response).value
            if not any(quirks.sequence_rows.has_row(each, sequence_id) for each in found):
                raise UnreadableBody(response, f"expected série {sequence_id} among the registered ones")
            return found

        def look() -> Flow[Many[models.Sequence] | None]:
            found = yield from self._get(sequence_id)
            return [found] if quirks.sequence_rows.validation_codes(found) != before else None

        write = quirks.attempts.Write(
            api.register_sequence.request(sequence_id), read, f"the validation codes of série {sequence_id}"
        )
        return (yield from quirks.reconciliation.send_and_look(write, look, self._core.options))
