"""A customer, and the copy of it that documents keep."""

from __future__ import annotations

from typing import Final, NamedTuple

FINAL_CONSUMER_NAME: Final = "Consumidor Final"


class Contact(NamedTuple):
    """The preferred contact of a client. All four are None until one is sent; from then on, a blank is an
    empty text.
    """

    name: str | None
    email: str | None
    phone: str | None
    mobile: str | None

    @property
    def exists(self) -> bool:
        """Whether a contact was ever sent."""
        return any(value is not None for value in (self.name, self.email, self.phone, self.mobile))


class Client(NamedTuple):
    """A customer; `send_options` is 1, 2 or 3 copies, `payment_days` days."""

    id: int
    name: str
    code: str | None
    email: str | None
    language: str | None
    address: str | None
    city: str | None
    postal_code: str | None
    country: str | None
    fiscal_id: str | None
    website: str | None
    phone: str | None
    fax: str | None
    observations: str | None
    contact: Contact
    send_options: int | None
    payment_days: int
    tax_exemption_code: str


def snapshot(client: Client) -> dict[str, str | int | None]:
    """Return a document's copy of its client: issued documents must not change with the client (Despacho
    8632/2014, 2.2.15).
    """
    return {
        "id": client.id,
        "name": client.name,
        "code": client.code,
        "email": client.email,
        "language": client.language,
        "address": client.address,
        "city": client.city,
        "postal_code": client.postal_code,
        "country": client.country,
        "fiscal_id": client.fiscal_id,
        "website": client.website,
        "phone": client.phone,
        "fax": client.fax,
        "observations": client.observations,
        "send_options": client.send_options,
    }


def search_text(client: Client) -> str:
    """Return a client's text for the filter `text` of document lists (vendor docs 2026-07)."""
    parts = (client.name, client.code, client.fiscal_id, client.email)
    return "\n".join(part for part in parts if part).casefold()
