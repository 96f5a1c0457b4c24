# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict


class PreferredContactWriteFields(TypedDict, total=False):
    """The fields of PreferredContactWrite as keyword arguments. None leaves a field out.

    A person at a client.

    Optional:
        name (str): Name of the person.
        email (str): E-mail address of the person.
        phone (str): Telephone number.
        mobile (str): Number of the mobile telephone.
    """

    name: str | None
    """Name of the person."""
    email: str | None
    """E-mail address of the person."""
    phone: str | None
    """Telephone number."""
    mobile: str | None
    """Number of the mobile telephone."""
