# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on legacy. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import activate_account as activate_account
    from . import archive_document as archive_document
    from . import get_account_stats as get_account_stats
    from . import suspend_account as suspend_account
    from . import unarchive_document as unarchive_document

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "activate_account",
        "archive_document",
        "get_account_stats",
        "suspend_account",
        "unarchive_document",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
