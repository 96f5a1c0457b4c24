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
        city (str): City of the address.
        postal_code (str): Postal code, `DDDD-DDD` in Portugal.
        country (str): Country by the English name of the vendor's list.
        fiscal_id (str): Tax number, in Portugal the NIF.
        website (str): Address of the web site.
        phone (str): Telephone number.
        fax (str): Fax number.
        observations (str): Remarks that the client's documents print by default.
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
    observations: str | None
    """Remarks that the client's documents print by default."""
