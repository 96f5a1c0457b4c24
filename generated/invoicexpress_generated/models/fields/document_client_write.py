# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict


class DocumentClientWriteFields(TypedDict, total=False):
    """The fields of DocumentClientWrite as keyword arguments. None leaves a field out.

    The client of a document. A new name creates a client; for a known name the other fields are
    ignored.

    Required:
        name (str): Name of the client.

    Optional:
        id (int): Id of a known client.
        code (str): Code of the client, which finds it first.
        email (str): E-mail address.
        address (str): Street and number.
        city (str): City.
        postal_code (str): Postal code.
        country (str): Country by the English name of the vendor's list.
        fiscal_id (str): Tax number.
        website (str): Web address.
        phone (str): Telephone.
        fax (str): Fax.
        observations (str): Default remarks for the client's documents.
    """

    name: Required[str]
    """Name of the client."""
    id: int | None
    """Id of a known client."""
    code: str | None
    """Code of the client, which finds it first."""
    email: str | None
    """E-mail address."""
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
    observations: str | None
    """Default remarks for the client's documents."""
