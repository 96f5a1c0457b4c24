"""State machines of documents, as tables: (current state, verb in the request) -> next state.

Source: the transition tables of the vendor's documentation for invoices, estimates and guides, and of its
first version for purchase orders. A pair missing from the table is refused with
`CantHandle: <verb> for <Type>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Status = Literal[
    "draft", "final", "settled", "canceled", "deleted", "second_copy", "accepted", "refused", "completed"
]
StateMachine = Mapping[tuple[Status, str], Status]

_COMMON: Final[dict[tuple[Status, str], Status]] = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "canceled"): "canceled",
}

INVOICE: Final[StateMachine] = MappingProxyType({**_COMMON, ("final", "settled"): "settled"})

INVOICE_RECEIPT: Final[StateMachine] = MappingProxyType(
    {
        ("draft", "finalized"): "settled",
        ("draft", "deleted"): "deleted",
        ("settled", "canceled"): "canceled",
    }
)
"""An invoice-receipt is paid on issuing, so it is never `final`."""

CORRECTION: Final[StateMachine] = MappingProxyType({**INVOICE, ("settled", "unsettled"): "final"})
"""Credit and debit notes: the only types whose settling can be undone."""

RECEIPT: Final[StateMachine] = MappingProxyType({("final", "canceled"): "canceled"})

ESTIMATE: Final[StateMachine] = MappingProxyType(
    {
        **_COMMON,
        ("final", "accepted"): "accepted",
        ("final", "refused"): "refused",
        ("accepted", "refused"): "refused",
        ("refused", "accepted"): "accepted",
        ("accepted", "canceled"): "canceled",
        ("refused", "canceled"): "canceled",
    }
)

GUIDE: Final[StateMachine] = MappingProxyType(_COMMON)

PURCHASE_ORDER: Final[StateMachine] = MappingProxyType(
    {
        **_COMMON,
        ("final", "second_copy"): "second_copy",
        ("final", "accepted"): "accepted",
        ("final", "refused"): "refused",
        ("second_copy", "canceled"): "canceled",
        ("accepted", "refused"): "refused",
        ("accepted", "completed"): "completed",
        ("refused", "canceled"): "canceled",
        ("refused", "accepted"): "accepted",
    }
)

_SYNONYMS: Final = {"accept": "accepted", "refuse": "refused"}
"""The documented table has `accept`, the documented schema `accepted`; both are accepted."""


def next_status(machine: StateMachine, status: Status, verb: str) -> Status | None:
    """Return the state after `verb` in `status`, or None without such a transition."""
    return machine.get((status, _SYNONYMS.get(verb, verb)))


def statuses_for_filter(name: str) -> tuple[str, ...]:
    """Return the stored states for a name in a list filter: `sent` is the filter's word for `final`.

    Source: square-bit 2026-04, diogopms 2026-06. Other names stand for themselves, and an unknown one matches
    nothing.
    """
    return ("final",) if name == "sent" else (name,)
