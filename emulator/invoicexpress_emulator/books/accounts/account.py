"""An account: a tenant of the emulator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from ...http.clock import AccountClock
    from .settings import Country, Settings

DEFAULT_ACCOUNT: Final = "demo"

DEFAULT_KEY: Final = "demo-key"

TAX_COUNTRIES: Final[Mapping[str, Country]] = {"1": "Portugal", "2": "Ireland", "3": "UK"}
"""By the accounts API's `tax_country` (vendor docs 2026-07: accounts)."""

ACCOUNT_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""A host label: lower-case letters, digits and hyphens, at most 63."""

OWNER_FIELDS: Final = (
    "email", "first_name", "last_name", "phone", "address", "city", "postal_code", "website", "fax",
    "tax_country", "language",
)  # read by rows # fmt: skip

Owner = dict[str, str | None]
"""An account's first user and its address, by the API's names (`OWNER_FIELDS`)."""

AccountState = Literal["active", "deactive", "pending"]


class Account(NamedTuple):
    """A tenant: nothing of one account is ever visible in another."""

    id: int
    name: str
    api_key: str
    organization_name: str
    fiscal_id: str
    settings: Settings
    clock: AccountClock
    state: AccountState
    trial: bool
    """A trial account may not send e-mail, export SAF-T or communicate with the tax authority (diogopms
    2026-06)."""
    partner: bool
    """A partner may create accounts, and reach those that it created (diogopms 2026-06)."""
    created_by: int | None
    at_user: str | None
    """The user of the tax authority's portal, None without credentials."""
    owner: Owner
    """What is known of its first user and its address; empty for an account of the control plane."""

    @property
    def is_portuguese(self) -> bool:
        """Whether Portuguese rules hold for its documents.

        According to the documentation, other accounts need no exemption codes and no credentials of the
        tax authority, cannot register series, and have neither simplified invoices nor Multibanco
        references. Assumed: they have no signature, ATCUD, QR code or SAF-T (PT) either. Their amounts
        stay in EUR, and numbering by hand (`manual_sequence_number`) is not emulated.
        """
        return self.settings.country == "Portugal"

    @property
    def email(self) -> str | None:
        """Its first user's address; an account of the control plane has one at example.com until it is told
        another.
        """
        return self.owner.get("email", f"{self.name}@example.com")

    @property
    def at_configured(self) -> bool:
        """Whether series can be registered at the (simulated) tax authority."""
        return self.at_user is not None or self.settings.at_registration != "no_credentials"
