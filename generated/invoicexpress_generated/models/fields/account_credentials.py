# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict


class AccountCredentialsFields(TypedDict, total=False):
    """The fields of AccountCredentials as keyword arguments. None leaves a field out.

    A user of the tax authority's portal.

    Required:
        username (str): Tax number and number of the user, `500100200/1`.
        password (str): Password of the user, in base64.

    Optional:
        type (str): Kind of the credentials; `AT` when not given.
        context (str): Their use; `Sequences` when not given.
    """

    username: Required[str]
    """Tax number and number of the user, `500100200/1`."""
    password: Required[str]
    """Password of the user, in base64."""
    type: str | None
    """Kind of the credentials; `AT` when not given."""
    context: str | None
    """Their use; `Sequences` when not given."""
