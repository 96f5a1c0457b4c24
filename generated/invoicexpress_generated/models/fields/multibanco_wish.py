# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import TypedDict


class MultibancoWishFields(TypedDict, total=False):
    """The fields of MultibancoWish as keyword arguments. None leaves a field out.

    Whether to create a Multibanco reference.

    Optional:
        mb_reference (bool): Asks for a Multibanco reference on finalizing.
    """

    mb_reference: bool | None
    """Asks for a Multibanco reference on finalizing."""
