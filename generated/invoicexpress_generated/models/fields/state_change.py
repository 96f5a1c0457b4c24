# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.state_event import StateEvent


class StateChangeFields(TypedDict, total=False):
    """The fields of StateChange as keyword arguments. None leaves a field out.

    A change of state.

    Required:
        state (StateEvent): An action on a document. Estimates take `accept` and `refuse`, by the
            vendor's table and the live service; the vendor's schema writes `accepted` and `refused`,
            and leaves out the `unsettled` of its own table.

    Optional:
        message (str): Why. Wanted when cancelling.
    """

    state: Required[StateEvent]
    """An action on a document. Estimates take `accept` and `refuse`, by the vendor's table and the live
    service; the vendor's schema writes `accepted` and `refused`, and leaves out the `unsettled` of its
    own table."""
    message: str | None
    """Why. Wanted when cancelling."""
