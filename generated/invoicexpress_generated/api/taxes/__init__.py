# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on taxes. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_tax as create_tax
    from . import delete_tax as delete_tax
    from . import get_tax as get_tax
    from . import list_taxes as list_taxes
    from . import update_tax as update_tax

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_tax",
        "delete_tax",
        "get_tax",
        "list_taxes",
        "update_tax",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
