"""The account that a test is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from invoicexpress_emulator.control_client import Control
    from invoicexpress_emulator.control_client.answers import FaultInfo


@dataclass(frozen=True)
class EmulatedAccount:
    """An account of an emulator that belongs to one test.

    Attributes:
        base_url: Where the emulator listens, without a slash at the end.
        account: The account's name.
        api_key: The account's key.
        profile: Which wire the emulator speaks, "observed" or "documented".
    """

    base_url: str
    account: str
    api_key: str = field(repr=False)
    profile: str

    @property
    def control(self) -> Control:
        """The control plane as this account sees it: its clock, its faults, its outbox, and so on."""
        from invoicexpress_emulator.control_client import Control  # noqa: PLC0415 - see the plugin

        return Control(self.base_url, account=self.account)

    def unfired_faults(self) -> list[FaultInfo]:
        """Return the faults that were registered for this account and have hit no request."""
        faults = self.control.faults.registered()
        return [each for each in faults if each.account == self.account and not each.fired]
