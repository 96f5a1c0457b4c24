# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Required, TypedDict


class SequenceWriteFields(TypedDict, total=False):
    """The fields of SequenceWrite as keyword arguments. None leaves a field out.

    A new série.

    Required:
        serie (str): Name of the série, such as `2026`.

    Optional:
        default_sequence (bool): Makes it the account's default série. Only "1" has an effect; the
            integer 1 had none.
    """

    serie: Required[str]
    """Name of the série, such as `2026`."""
    default_sequence: bool | None
    """Makes it the account's default série. Only "1" has an effect; the integer 1 had none."""
