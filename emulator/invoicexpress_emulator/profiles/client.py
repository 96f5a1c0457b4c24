"""How a client is spelt on each wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ..seeded import seeded_hex
from .field_table import Fields, or_absent, stored, stored_or_blank

if TYPE_CHECKING:
    from ..books.clients.client import Client, Contact
    from ..http.wire_values import JsonValue


def open_account_link(client: Client, seed: int, base_url: str) -> str:
    """Return the page where a client sees its open documents; a bearer link."""
    return f"{base_url}/suppliers/{seeded_hex(seed, 'open_account_link', client.id)}"


def _contact(contact: Contact) -> dict[str, JsonValue]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "mobile": contact.mobile,
    }


def _contact_without_nulls(contact: Contact) -> dict[str, JsonValue]:
    return {key: value for key, value in _contact(contact).items() if value is not None}


def _documented_contact(client: Client) -> dict[str, JsonValue]:
    return {key: _contact(client.contact)[key] or "" for key in ("name", "email", "phone")}


def _observed(contact: Callable[[Contact], JsonValue]) -> Fields[Client]:
    return (
        *stored("id", "name", "code", "email", "language", "address", "city", "postal_code"),
        ("country", lambda client: or_absent(client.country)),
        *stored("fiscal_id", "website", "phone", "fax"),
        ("preferred_contact", lambda client: contact(client.contact)),
        *stored("observations", "send_options"),
    )


OBSERVED_CLIENT: Final = _observed(_contact)
OBSERVED_CLIENT_BILLING: Final[Fields[Client]] = stored("payment_days", "tax_exemption_code")
OBSERVED_CLIENT_ROW: Final = _observed(_contact_without_nulls)

DOCUMENTED_CLIENT: Final[Fields[Client]] = (
    ("id", lambda client: str(client.id)),
    *stored("name"),
    *stored_or_blank("email", "address", "city", "postal_code", "fiscal_id", "website", "country"),
    *stored_or_blank("phone", "fax"),
    ("preferred_contact", _documented_contact),
    *stored_or_blank("observations"),
)
_SEND_OPTIONS: Final[Fields[Client]] = (("send_options", lambda client: str(client.send_options or 1)),)
DOCUMENTED_CLIENT_BILLING: Final[Fields[Client]] = (
    *_SEND_OPTIONS,
    ("payment_days", lambda client: str(client.payment_days)),
    *stored("tax_exemption_code"),
)
DOCUMENTED_CLIENT_ROW: Final[Fields[Client]] = (
    *stored("name"),
    *stored_or_blank("code", "email"),
    ("language", lambda client: client.language or "pt"),
    *stored_or_blank("address", "city", "postal_code", "country", "fiscal_id", "website", "phone", "fax"),
    ("preferred_contact", _documented_contact),
    *stored_or_blank("observations"),
    *_SEND_OPTIONS,
)
