# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict

from ...models.email_recipient import EmailRecipient
from .email_recipient import EmailRecipientFields


class EmailMessageFields(TypedDict, total=False):
    """The fields of EmailMessage as keyword arguments. None leaves a field out.

    An e-mail with a document.

    Required:
        client (EmailRecipient | EmailRecipientFields): To whom an e-mail goes.

    Optional:
        subject (str): Subject.
        body (str): Text.
        cc (str): Address of a copy.
        bcc (str): Address of a blind copy.
        logo (bool): Shows the account's logo. Depends on the plan.
    """

    client: Required[EmailRecipient | EmailRecipientFields]
    """To whom an e-mail goes."""
    subject: str | None
    """Subject."""
    body: str | None
    """Text."""
    cc: str | None
    """Address of a copy."""
    bcc: str | None
    """Address of a blind copy."""
    logo: bool | None
    """Shows the account's logo. Depends on the plan."""
