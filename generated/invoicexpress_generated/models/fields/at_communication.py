# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict

from ...models.at_communication_communication_type import AtCommunicationCommunicationType


class AtCommunicationFields(TypedDict):
    """The fields of AtCommunication as keyword arguments.

    How documents are communicated to the tax authority, and by which user of its portal.

    Required:
        at_subuser (str): Tax number and number of the user, `500100200/1`.
        at_password (str): Password of the user, in base64.
        communication_type (AtCommunicationCommunicationType): Which documents are communicated, and by
            whom.
    """

    at_subuser: str
    """Tax number and number of the user, `500100200/1`."""
    at_password: str
    """Password of the user, in base64."""
    communication_type: AtCommunicationCommunicationType
    """Which documents are communicated, and by whom."""
