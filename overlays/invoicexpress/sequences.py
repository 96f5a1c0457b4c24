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
from invoicexpress_generated.models.sequence import Sequence
from invoicexpress_generated.models.sequence_write import SequenceWrite, SequenceWriteFields

from . import envelopes
from .flows import C_co, Flow, Namespace, exchange, operation
from .identity import id_of


class Sequences(Namespace[C_co]):
    """The account's séries. They are never deleted or renamed."""

    @operation
    def list(self) -> Flow[Many[Sequence]]:
        """All séries."""
        return (yield from exchange(list_sequences.request(), list_sequences.parse)).value

    @operation
    def create(self, **fields: Unpack[SequenceWriteFields]) -> Flow[Sequence]:
        """Creates a série and registers it with the tax authority. Raises ValidationError, ConflictError."""
        body = envelopes.sequence(lambda: SequenceWrite.of(**fields))
        return (yield from exchange(create_sequence.request(body=body), create_sequence.parse)).value

    @operation
    def get(self, sequence: Sequence | int) -> Flow[Sequence]:
        """Reads a série, by its id or again. Raises NotFoundError."""
        return (yield from exchange(get_sequence.request(id_of(sequence)), get_sequence.parse)).value

    @operation
    def find(self, serie: str) -> Flow[Sequence | None]:
        """The série of a name; None when there is none. Reads the list."""
        for sequence in (yield from exchange(list_sequences.request(), list_sequences.parse)).value:
            if sequence.serie == serie:
                return sequence
        return None

    @operation
    def set_current(self, sequence: Sequence | int) -> Flow[None]:
        """Makes a série the default of the account. Raises NotFoundError."""
        yield from exchange(set_current_sequence.request(id_of(sequence)), set_current_sequence.parse)

    @operation
    def register(self, sequence: Sequence | int) -> Flow[Many[Sequence]]:
        """Registers a série with the tax authority, and returns the séries with their validation codes.

        Raises ValidationError (no working AT credentials), ConflictError (being registered, or all
        registered).
        """
        request = register_sequence.request(id_of(sequence))
        return (yield from exchange(request, register_sequence.parse)).value
