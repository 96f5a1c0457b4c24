# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on treasury. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_client_regularization as create_client_regularization
    from . import create_client_treasury_movement as create_client_treasury_movement
    from . import delete_client_regularization as delete_client_regularization
    from . import delete_client_treasury_movement as delete_client_treasury_movement
    from . import get_client_balance as get_client_balance
    from . import list_client_regularizations as list_client_regularizations
    from . import update_client_initial_balance as update_client_initial_balance

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_client_regularization",
        "create_client_treasury_movement",
        "delete_client_regularization",
        "delete_client_treasury_movement",
        "get_client_balance",
        "list_client_regularizations",
        "update_client_initial_balance",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
