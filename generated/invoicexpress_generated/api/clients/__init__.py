# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on clients. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_client as create_client
    from . import delete_client as delete_client
    from . import find_client_by_code as find_client_by_code
    from . import find_client_by_name as find_client_by_name
    from . import get_client as get_client
    from . import list_client_invoices as list_client_invoices
    from . import list_clients as list_clients
    from . import update_client as update_client

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_client",
        "delete_client",
        "find_client_by_code",
        "find_client_by_name",
        "get_client",
        "list_client_invoices",
        "list_clients",
        "update_client",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
