# Generated from openapi.yaml by `make generate`. Do not edit.

"""Operations on sequences. Each loads on first use."""

from typing import TYPE_CHECKING, Final

from invoicexpress_loading import submodules

if TYPE_CHECKING:
    from . import create_sequence as create_sequence
    from . import get_sequence as get_sequence
    from . import list_sequences as list_sequences
    from . import register_sequence as register_sequence
    from . import set_current_sequence as set_current_sequence

_MODULES: Final[frozenset[str]] = frozenset(
    {
        "create_sequence",
        "get_sequence",
        "list_sequences",
        "register_sequence",
        "set_current_sequence",
    }
)


__getattr__: Final = submodules(__name__, _MODULES)


def __dir__() -> list[str]:
    return sorted(_MODULES)
