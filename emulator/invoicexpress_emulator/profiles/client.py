"""How a client is spelt on each wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..seeded import seeded_hex
from .field_table import Fields, of_part, or_absent, stored, stored_or_blank, without

if TYPE_CHECKING:
    from ..books.clients.client import Client
    from ..http.wire_values import JsonValue


class ShownClient(NamedTuple):
    """A client, and the page where it sees its open documents; a bearer link."""

    client: Client
    open_account_link: str


def shown_client(client: Client, seed: int, base_url: str) -> ShownClient:
    """Return a client with the link to its page."""
    digits = seeded_hex(seed, "open_account_link", client.id)
    return ShownClient(client, f"{base_url}/suppliers/{digits}")


def _observed_contact(client: Client) -> dict[str, JsonValue]:
    """Return nothing if there never was a contact, else all four keys, with null for a blank
    (recorded 2019).
    """
    contact = client.contact
    if not contact.exists:
        return {}
    return {
        "name": contact.name or None,
        "email": contact.email or None,
        "phone": contact.phone or None,
        "mobile": contact.mobile or None,
    }


def _documented_contact(client: Client) -> dict[str, JsonValue]:
    contact = client.contact
    return {"name": contact.name or "", "email": contact.email or "", "phone": contact.phone or ""}


def _whole(itself: Fields[Client], copies_and_billing: Fields[Client]) -> Fields[ShownClient]:
    """Return the keys of a single client, with the link in its place."""
    return (
        *of_part(_client_of, itself),
        *stored("open_account_link"),
        *of_part(_client_of, copies_and_billing),
    )


def _client_of(it: ShownClient) -> Client:
    return it.client


_OBSERVED: Final[Fields[Client]] = (
    *stored("id", "name", "code", "language", "email", "address", "city", "postal_code"),
    *stored("fiscal_id", "website"),
    ("country", lambda client: or_absent(client.country)),
    *stored("phone", "fax"),
    ("preferred_contact", _observed_contact),
    *stored("observations"),
)
OBSERVED_CLIENT: Final = _whole(_OBSERVED, stored("send_options", "payment_days", "tax_exemption_code"))
OBSERVED_CLIENT_ROW: Final = without(
    OBSERVED_CLIENT, "open_account_link", "payment_days", "tax_exemption_code"
)
"""In a list, and as its creation echoes it (recorded 2019)."""

_DOCUMENTED: Final[Fields[Client]] = (
    ("id", lambda client: str(client.id)),
    *stored("name"),
    *stored_or_blank("email", "address", "city", "postal_code", "fiscal_id", "website", "country"),
    *stored_or_blank("phone", "fax"),
    ("preferred_contact", _documented_contact),
    *stored_or_blank("observations"),
)
_SEND_OPTIONS: Final[Fields[Client]] = (("send_options", lambda client: str(client.send_options or 1)),)
DOCUMENTED_CLIENT: Final = _whole(
    _DOCUMENTED,
    (
        *_SEND_OPTIONS,
        ("payment_days", lambda client: str(client.payment_days)),
        *stored("tax_exemption_code"),
    ),
)
DOCUMENTED_CLIENT_ROW: Final[Fields[ShownClient]] = of_part(
    _client_of,
    (
        *stored("name"),
        *stored_or_blank("code", "email"),
        ("language", lambda client: client.language or "pt"),
        *stored_or_blank("address", "city", "postal_code", "country", "fiscal_id", "website"),
        *stored_or_blank("phone", "fax"),
        ("preferred_contact", _documented_contact),
        *stored_or_blank("observations"),
        *_SEND_OPTIONS,
    ),
)
