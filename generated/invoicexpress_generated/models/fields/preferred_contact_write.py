# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict


class PreferredContactWriteFields(TypedDict, total=False):
    """The fields of PreferredContactWrite as keyword arguments. None leaves a field out.

    A person at a client.

    Optional:
        name (str): Name.
        email (str): E-mail address.
        phone (str): Telephone.
        mobile (str): Mobile telephone.
    """

    name: str | None
    """Name."""
    email: str | None
    """E-mail address."""
    phone: str | None
    """Telephone."""
    mobile: str | None
    """Mobile telephone."""
