# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.language import Language
from ...models.preferred_contact_write import PreferredContactWrite
from .preferred_contact_write import PreferredContactWriteFields


class ClientWriteFields(TypedDict, total=False):
    """The fields of ClientWrite as keyword arguments. None leaves a field out.

    A new or changed client.

    Required:
        name (str): Name of the client, unique, at most 100 characters.

    Optional:
        code (str): The caller's own code of the client, unique.
        email (str): E-mail address.
        language (Language): Language of the client's documents.
        address (str): Street and number.
        city (str): City of the address.
        postal_code (str): Postal code, `DDDD-DDD` in Portugal.
        country (str): Country by the English name of the vendor's list.
        fiscal_id (str): Tax number, in Portugal the NIF.
        website (str): Address of the web site.
        phone (str): Telephone number.
        fax (str): Fax number.
        preferred_contact (PreferredContactWrite | PreferredContactWriteFields): A person at a client.
        observations (str): Remarks that the client's documents print by default.
        send_options (int): Copies of a document to send: 1 original, 2 with duplicate, 3 with
            triplicate.
        payment_days (int): Days from the date of a document until it is due.
        tax_exemption_code (str): Code of the exemption of the client's documents, such as `M01`.
    """

    name: Required[str]
    """Name of the client, unique, at most 100 characters."""
    code: str | None
    """The caller's own code of the client, unique."""
    email: str | None
    """E-mail address."""
    language: Language | None
    """Language of the client's documents."""
    address: str | None
    """Street and number."""
    city: str | None
    """City of the address."""
    postal_code: str | None
    """Postal code, `DDDD-DDD` in Portugal."""
    country: str | None
    """Country by the English name of the vendor's list."""
    fiscal_id: str | None
    """Tax number, in Portugal the NIF."""
    website: str | None
    """Address of the web site."""
    phone: str | None
    """Telephone number."""
    fax: str | None
    """Fax number."""
    preferred_contact: PreferredContactWrite | PreferredContactWriteFields | None
    """A person at a client."""
    observations: str | None
    """Remarks that the client's documents print by default."""
    send_options: int | None
    """Copies of a document to send: 1 original, 2 with duplicate, 3 with triplicate."""
    payment_days: int | None
    """Days from the date of a document until it is due."""
    tax_exemption_code: str | None
    """Code of the exemption of the client's documents, such as `M01`."""
