# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.language import Language
from ...models.preferred_contact_write import PreferredContactWrite
from .preferred_contact_write import PreferredContactWriteFields


class ClientWriteFields(TypedDict, total=False):
    """The fields of ClientWrite as keyword arguments. None leaves a field out.

    A new or changed client.

    Required:
        name (str): Name, unique, at most 100 characters.

    Optional:
        code (str): Code, unique.
        email (str): E-mail address.
        language (Language): Language of the client's documents.
        address (str): Street and number.
        city (str): City.
        postal_code (str): Postal code.
        country (str): Country by the English name of the vendor's list.
        fiscal_id (str): Tax number.
        website (str): Web address.
        phone (str): Telephone.
        fax (str): Fax.
        preferred_contact (PreferredContactWrite | PreferredContactWriteFields): A person at a client.
        observations (str): Default remarks for the client's documents.
        send_options (int): Copies to send: 1 original, 2 with duplicate, 3 with triplicate.
        payment_days (int): Days until due.
        tax_exemption_code (str): Exemption code.
    """

    name: Required[str]
    """Name, unique, at most 100 characters."""
    code: str | None
    """Code, unique."""
    email: str | None
    """E-mail address."""
    language: Language | None
    """Language of the client's documents."""
    address: str | None
    """Street and number."""
    city: str | None
    """City."""
    postal_code: str | None
    """Postal code."""
    country: str | None
    """Country by the English name of the vendor's list."""
    fiscal_id: str | None
    """Tax number."""
    website: str | None
    """Web address."""
    phone: str | None
    """Telephone."""
    fax: str | None
    """Fax."""
    preferred_contact: PreferredContactWrite | PreferredContactWriteFields | None
    """A person at a client."""
    observations: str | None
    """Default remarks for the client's documents."""
    send_options: int | None
    """Copies to send: 1 original, 2 with duplicate, 3 with triplicate."""
    payment_days: int | None
    """Days until due."""
    tax_exemption_code: str | None
    """Exemption code."""
