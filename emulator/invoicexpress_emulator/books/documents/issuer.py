"""The issuer of a document, as it was when the document was issued.

A second copy has the content of the original (Despacho 8632/2014, 2.2.15), so a document keeps its issuer
like its client: an account that is renamed, moves or changes its settings leaves older papers as they are. A
SAF-T file has one header; it names the account as it is on the day of the export (assumed: the file is made
on that day, for the taxpayer's number, which never changes).
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from .goods import Address

if TYPE_CHECKING:
    from ...http.messages import Language
    from ..accounts.account import Account, Owner
    from ..accounts.settings import Country
    from .document import Document


class Issuer(NamedTuple):
    """The seller on a document."""

    name: str
    fiscal_id: str
    country: Country
    language: Language
    """The language of papers for clients without one."""
    address: Address
    """Blank where the account has none, except for its country."""
    phone: str | None
    email: str | None
    website: str | None
    share_capital: Decimal | None
    """EUR; companies print it on their papers (Decreto-Lei 262/86, art. 171)."""
    iban: str | None

    @property
    def is_portuguese(self) -> bool:
        """Whether Portuguese rules hold for its documents (see `Account.is_portuguese`)."""
        return self.country == "Portugal"


def issuer_now(account: Account) -> Issuer:
    """Return an account as the issuer of a document that is issued now."""
    owner, settings = account.owner, account.settings
    return Issuer(
        name=account.organization_name,
        fiscal_id=account.fiscal_id,
        country=settings.country,
        language=settings.language,
        address=_address(owner, settings.country),
        phone=owner.get("phone"),
        email=account.email,
        website=owner.get("website"),
        share_capital=settings.share_capital,
        iban=settings.iban,
    )


def issuer_of(document: Document, account: Account) -> Issuer:
    """Return the issuer of a document: the stored one, for a draft its account as it is now."""
    return document.issuer or issuer_now(account)


def stored_form(issuer: Issuer) -> str:
    """Return an issuer as JSON, as it is stored."""
    capital = issuer.share_capital
    return json.dumps(
        issuer._asdict()
        | {
            "address": issuer.address._asdict(),
            "share_capital": None if capital is None else str(capital),
        }
    )


def from_stored(text: str) -> Issuer:
    """Return an issuer that was stored."""
    kept = json.loads(text)
    capital = kept["share_capital"]
    return Issuer(
        **kept
        | {
            "address": Address(**kept["address"]),
            "share_capital": None if capital is None else Decimal(capital),
        }
    )


def _address(owner: Owner, country: Country) -> Address:
    street, city, postal_code = (owner.get(name) or "" for name in ("address", "city", "postal_code"))
    return Address(street, city, postal_code, country)
