# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.email_recipient import EmailRecipient
from .email_recipient import EmailRecipientFields


class EmailMessageFields(TypedDict, total=False):
    """The fields of EmailMessage as keyword arguments. None leaves a field out.

    An e-mail with a document.

    Required:
        client (EmailRecipient | EmailRecipientFields): The address to which the message goes.

    Optional:
        subject (str): Subject of the message.
        body (str): Text of the message.
        cc (str): E-mail address for a copy.
        bcc (str): E-mail address for a blind copy.
        logo (bool): Shows the account's logo. Depends on the plan.
    """

    client: Required[EmailRecipient | EmailRecipientFields]
    """The address to which the message goes."""
    subject: str | None
    """Subject of the message."""
    body: str | None
    """Text of the message."""
    cc: str | None
    """E-mail address for a copy."""
    bcc: str | None
    """E-mail address for a blind copy."""
    logo: bool | None
    """Shows the account's logo. Depends on the plan."""
