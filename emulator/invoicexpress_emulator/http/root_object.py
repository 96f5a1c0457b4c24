"""The root object of a JSON body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import messages
from .errors import Shape, invalid

if TYPE_CHECKING:
    from .fields import JsonObject
    from .wire_values import JsonValue


def root_object(body: JsonValue, *roots: str, shape: Shape = Shape.GENERAL) -> JsonObject:
    """Return the object under the first of `roots` that the body has.

    Raises:
        Refused: 422, the body has none of them or it is no object.
    """
    if isinstance(body, dict):
        for root in roots:
            if root in body:
                value = body[root]
                if isinstance(value, dict):
                    return value
                raise invalid(shape, messages.WRONG_TYPE.about(field=root, expected="object"))
    raise invalid(shape, messages.ROOT_MISSING.about(root=roots[0]))
