# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict

from ...models.account_credentials import AccountCredentials
from .account_credentials import AccountCredentialsFields


class AccountUpdateFields(TypedDict, total=False):
    """The fields of AccountUpdate as keyword arguments. None leaves a field out.

    A changed account. The vendor's page requires name, e-mail, password and terms; the live service
    accepted fewer.

    Optional:
        organization_name (str): Name of the company.
        email (str): E-mail address of the account.
        password (str): The user's password.
        terms (bool): Accepts the terms and conditions.
        first_name (str): First name of the user.
        last_name (str): Last name of the user.
        phone (str): Telephone number.
        fiscal_id (str): Tax number; the one that the account has already.
        address (str): Street and number.
        city (str): City of the address.
        postal_code (str): Postal code, `DDDD-DDD` in Portugal.
        website (str): Address of the web site.
        fax (str): Fax number.
        credentials (AccountCredentials | AccountCredentialsFields): A user of the tax authority's
            portal.
    """

    organization_name: str | None
    """Name of the company."""
    email: str | None
    """E-mail address of the account."""
    password: str | None
    """The user's password."""
    terms: bool | None
    """Accepts the terms and conditions."""
    first_name: str | None
    """First name of the user."""
    last_name: str | None
    """Last name of the user."""
    phone: str | None
    """Telephone number."""
    fiscal_id: str | None
    """Tax number; the one that the account has already."""
    address: str | None
    """Street and number."""
    city: str | None
    """City of the address."""
    postal_code: str | None
    """Postal code, `DDDD-DDD` in Portugal."""
    website: str | None
    """Address of the web site."""
    fax: str | None
    """Fax number."""
    credentials: AccountCredentials | AccountCredentialsFields | None
    """A user of the tax authority's portal."""
