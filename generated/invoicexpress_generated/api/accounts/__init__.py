# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on accounts. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_account as create_account
    from . import create_account_for_existing_user as create_account_for_existing_user
    from . import get_account as get_account
    from . import set_at_communication as set_at_communication
    from . import update_account as update_account

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_account",
        "create_account_for_existing_user",
        "get_account",
        "set_at_communication",
        "update_account",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
