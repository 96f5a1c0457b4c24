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
    ClockState,
    Counter,
    DocumentInfo,
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
    SeriesInfo,
    SnapshotInfo,
    VatOfRate,
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

__all__ = [
    "AccountInfo",
    "Clock",
    "ClockState",
    "CommitLate",
    "Config",
    "Control",
    "ControlRefused",
    "Counter",
    "Delay",
    "DocumentInfo",
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
    "Reset",
    "Respond",
    "SeriesInfo",
    "SettingChanges",
    "SnapshotInfo",
    "Truncate",
    "VatOfRate",
]
