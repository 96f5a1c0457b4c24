"""The root object of a JSON body."""

from __future__ import annotations

from ..books.call import Call
from . import messages
from .errors import Shape, invalid
from .fields import JsonObject


def root_object(call: Call, *roots: str, shape: Shape = Shape.GENERAL) -> JsonObject:
    """Return the object under the first of `roots` that the body has.

    Raises:
        Refused: 422, the body has none of them or it is no object.
    """
    if isinstance(call.body, dict):
        for root in roots:
            if root in call.body:
                value = call.body[root]
                if isinstance(value, dict):
                    return value
                raise invalid(shape, messages.WRONG_TYPE.about(field=root, expected="object"))
    raise invalid(shape, messages.ROOT_MISSING.about(root=roots[0]))
