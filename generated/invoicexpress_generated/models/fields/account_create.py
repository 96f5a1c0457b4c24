# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.account_create_tax_country import AccountCreateTaxCountry
from ...models.language import Language


class AccountCreateFields(TypedDict, total=False):
    """The fields of AccountCreate as keyword arguments. None leaves a field out.

    A new account, and its first user.

    Required:
        organization_name (str): Name of the company, at most 100 characters.
        email (str): E-mail address of the user; a new user unless the operation says otherwise.
        password (str): The user's password.
        terms (bool): Accepts the terms and conditions; refused otherwise.

    Optional:
        password_confirmation (str): The password again. Asked for by a revision of the docs of
            September 2026.
        first_name (str): First name of the user.
        last_name (str): Last name of the user.
        phone (str): Telephone number.
        fiscal_id (str): Tax number of the company. It is unique and cannot be changed later.
        tax_country (AccountCreateTaxCountry): Country of the tax number: 1 Portugal (when not given), 2
            Ireland, 3 United Kingdom.
        language (Language): Language of the account.
        marketing (bool): Agrees to the vendor's advertising.
    """

    organization_name: Required[str]
    """Name of the company, at most 100 characters."""
    email: Required[str]
    """E-mail address of the user; a new user unless the operation says otherwise."""
    password: Required[str]
    """The user's password."""
    terms: Required[bool]
    """Accepts the terms and conditions; refused otherwise."""
    password_confirmation: str | None
    """The password again. Asked for by a revision of the docs of September 2026."""
    first_name: str | None
    """First name of the user."""
    last_name: str | None
    """Last name of the user."""
    phone: str | None
    """Telephone number."""
    fiscal_id: str | None
    """Tax number of the company. It is unique and cannot be changed later."""
    tax_country: AccountCreateTaxCountry | None
    """Country of the tax number: 1 Portugal (when not given), 2 Ireland, 3 United Kingdom."""
    language: Language | None
    """Language of the account."""
    marketing: bool | None
    """Agrees to the vendor's advertising."""
