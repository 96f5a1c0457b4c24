"""A typed client of the control plane, for tests and scripts::

    with Emulator() as emulator:
        control = emulator.control
        control.clock.freeze(datetime(2026, 11, 21, 9, 30))
        with control.faults.injected(Reset("after"), "createInvoice"):
            ...
        message = control.wait_for_message(to="ana@example.com")

It is synchronous only, because a local emulator answers within milliseconds. It needs only the standard
library, and ignores proxies from the environment.
"""

from .answers import (
    AccountInfo,
    ChainPlace,
    ClockState,
    Counter,
    DocumentDetails,
    DocumentInfo,
    DocumentLine,
    DocumentPayment,
    DocumentTotals,
    FaultInfo,
    Figures,
    Finding,
    Health,
    IssuedInMonth,
    Ledger,
    LoggedAnswer,
    LoggedRequest,
    Message,
    NewAccount,
    OpenItemsOfAge,
    QrCode,
    RelatedDocument,
    SeriesInfo,
    SnapshotInfo,
    VatOfRate,
    VatPart,
)
from .clock import Clock
from .config import Config, SettingChanges
from .connection import ControlRefused
from .control import Control
from .effects import (
    CommitLate,
    Delay,
    Effect,
    FaultNotFired,
    Faults,
    HtmlPage,
    Reset,
    Respond,
    Truncate,
)
from .operation_names import OperationName

__all__ = [
    "AccountInfo",
    "ChainPlace",
    "Clock",
    "ClockState",
    "CommitLate",
    "Config",
    "Control",
    "ControlRefused",
    "Counter",
    "Delay",
    "DocumentDetails",
    "DocumentInfo",
    "DocumentLine",
    "DocumentPayment",
    "DocumentTotals",
    "Effect",
    "FaultInfo",
    "FaultNotFired",
    "Faults",
    "Figures",
    "Finding",
    "Health",
    "HtmlPage",
    "IssuedInMonth",
    "Ledger",
    "LoggedAnswer",
    "LoggedRequest",
    "Message",
    "NewAccount",
    "OpenItemsOfAge",
    "OperationName",
    "QrCode",
    "RelatedDocument",
    "Reset",
    "Respond",
    "SeriesInfo",
    "SettingChanges",
    "SnapshotInfo",
    "Truncate",
    "VatOfRate",
    "VatPart",
]
