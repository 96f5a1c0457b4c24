# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict


class EmailRecipientFields(TypedDict):
    """The fields of EmailRecipient as keyword arguments.

    To whom an e-mail goes.

    Required:
        email (str): E-mail address of the recipient.
        save (bool): Stores the address with the client.
    """

    email: str
    """E-mail address of the recipient."""
    save: bool
    """Stores the address with the client."""
