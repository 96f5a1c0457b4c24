"""The emulated account of a test."""

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
        base_url: Address of the emulator, without a trailing slash.
        account: The account's name.
        api_key: The account's key.
        profile: Wire format of the emulator, "observed" or "documented".
    """

    base_url: str
    account: str
    api_key: str = field(repr=False)
    profile: str

    @property
    def control(self) -> Control:
        """The control plane for this account: clock, faults, outbox and so on."""
        from invoicexpress_emulator.control_client import Control  # noqa: PLC0415 - see the plugin

        return Control(self.base_url, account=self.account)

    def unfired_faults(self) -> list[FaultInfo]:
        """Return the faults registered for this account that hit no request."""
        faults = self.control.faults.registered()
        return [each for each in faults if each.account == self.account and not each.fired]
