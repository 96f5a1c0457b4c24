# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on saft. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import export_saft as export_saft

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "export_saft",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
