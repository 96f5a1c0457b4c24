"""Reads and checks the fields of a client in a request."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ...fiscal import fiscal_ids
from ...fiscal.countries import COUNTRY_CODES
from ...fiscal.exemption_codes import EXEMPTIONS, NO_EXEMPTION
from ...http import messages
from ...http.fields import Fields
from ...http.wire_values import JsonValue, parse_id
from .rows import CONTACT_FIELDS, TEXT_FIELDS, ClientValues, blank_values, by_code, by_id, by_name

if TYPE_CHECKING:
    from ...http.messages import Text
    from ..accounts.settings import Settings
    from .client import Client

LONGEST_NAME: Final = 100
LANGUAGES: Final = ("pt", "en", "es")

EMAIL: Final = re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")
"""Possessive, so that refusing a long text without an address takes linear time, not quadratic."""


def values_from(
    fields: Fields, settings: Settings, bad_fiscal_id: Text, old_country: str | None = None
) -> ClientValues:
    """Read and check the fields of a client in a request. Complaints go to `fields`; `bad_fiscal_id` is the
    complaint about a wrong tax number, `old_country` the country that an update keeps if it has none.
    """
    name = fields.text("name")
    values = blank_values(name or "")
    if name is None:
        fields.complain(messages.CLIENT_NAME_REQUIRED)
    elif len(name) > LONGEST_NAME:
        fields.complain(messages.NAME_TOO_LONG)
    values |= {field: fields.text(field) for field in TEXT_FIELDS}
    email, country, language = fields.text("email"), fields.text("country"), fields.text("language")
    if email is not None and not EMAIL.fullmatch(email.strip()):
        fields.complain(messages.EMAIL_INVALID)
    if country is not None and country not in COUNTRY_CODES:
        if settings.unknown_country == "refuse":
            fields.complain(messages.COUNTRY_NOT_FOUND, country=country)
        values["country"] = country = None
    if language is not None and language not in LANGUAGES:
        fields.complain(messages.LANGUAGE_INVALID)
    kept = country if "country" in fields.data else old_country
    values["fiscal_id"] = _fiscal_id(fields, kept, settings, bad_fiscal_id)
    values |= _contact_values(fields)
    values |= _billing_values(fields)
    return values


def _fiscal_id(fields: Fields, country: str | None, settings: Settings, complaint: Text) -> str | None:
    fiscal_id = fields.text("fiscal_id")
    if fiscal_id is None or settings.fiscal_id == "accept":
        return fiscal_id.strip() if fiscal_id else None
    if fiscal_ids.is_valid(fiscal_id.strip(), country or settings.country):
        return fiscal_id.strip()
    if settings.fiscal_id == "refuse":
        fields.complain(complaint)
    return None


def is_broken(client: Client, settings: Settings) -> bool:
    """Whether a client has a tax number that the settings refuse: no document can be made for it until the
    number is corrected (suestecreative 2026).
    """
    return (
        settings.fiscal_id == "refuse"
        and client.fiscal_id is not None
        and not fiscal_ids.is_valid(client.fiscal_id, client.country or settings.country)
    )


def _contact_values(fields: Fields) -> ClientValues:
    """Return the columns of a contact; one without any key is none (assumed: lists show `{}` for none)."""
    contact = fields.child("preferred_contact")
    if contact is None or not contact.data:
        return {}
    email = contact.text("email")
    if email is not None and not EMAIL.fullmatch(email.strip()):
        fields.complain(messages.CONTACT_EMAIL_INVALID)
    return {f"contact_{name}": contact.text(name) or "" for name in CONTACT_FIELDS}


def _billing_values(fields: Fields) -> ClientValues:
    values: ClientValues = {}
    send_options = fields.decimal("send_options", messages.SEND_OPTIONS_NOT_NUMBER)
    if send_options is not None:
        if send_options not in {1, 2, 3}:
            fields.complain(messages.SEND_OPTIONS_RANGE)
        values["send_options"] = int(send_options)
    payment_days = fields.decimal("payment_days", messages.PAYMENT_DAYS_INVALID)
    if payment_days is not None:
        if not 0 <= payment_days <= 36_500:
            fields.complain(messages.PAYMENT_DAYS_INVALID)
        values["payment_days"] = int(payment_days)
    exemption = fields.text("tax_exemption_code")
    if exemption is not None:
        if exemption not in EXEMPTIONS and exemption != NO_EXEMPTION:
            fields.complain(messages.EXEMPTION_UNKNOWN, codes=",".join(EXEMPTIONS))
        values["tax_exemption_code"] = exemption
    return values


def matching(db: sqlite3.Connection, account_id: int, data: Mapping[str, JsonValue]) -> Client | None:
    """Return the stored client of a document: by id, then by code, then by name (suestecreative 2026)."""
    client_id = parse_id(data.get("id"))
    if client_id is not None and (known := by_id(db, account_id, client_id)):
        return known
    code, name = Fields(data, []).text("code"), Fields(data, []).text("name")
    if code is not None and (known := by_code(db, account_id, code)):
        return known
    return by_name(db, account_id, name) if name is not None else None
