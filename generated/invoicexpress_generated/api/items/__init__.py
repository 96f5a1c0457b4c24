# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on items. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_item as create_item
    from . import delete_item as delete_item
    from . import get_item as get_item
    from . import list_items as list_items
    from . import update_item as update_item

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_item",
        "delete_item",
        "get_item",
        "list_items",
        "update_item",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
