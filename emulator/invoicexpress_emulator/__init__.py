"""A stateful emulator of the InvoiceXpress API v2, for tests and for developing without an account.

It keeps books, numbers and signs documents as Portuguese law requires, and cannot be mistaken for
certified software: everything it prints is marked as training, under a certificate number that does
not exist.

    python -m invoicexpress_emulator --port 8080

    with Emulator() as emulator:
        ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from ._version import VERSION as __version__

if TYPE_CHECKING:
    from .app import create_app
    from .http.rate_limit import RateLimit
    from .server import Emulator
    from .storage.store import UnusableDataFile
else:
    _MODULES: Final = {
        "Emulator": ".server",
        "RateLimit": ".http.rate_limit",
        "UnusableDataFile": ".storage.store",
        "create_app": ".app",
    }

    def __getattr__(name: str) -> object:
        """Imports the server at its first use: without the extra, `control_client` works anyway."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            return getattr(import_module(_MODULES[name], __name__), name)
        except ModuleNotFoundError as error:
            needed = f"the emulator needs {error.name}: pip install 'invoicexpress[emulator]'"
            raise ModuleNotFoundError(needed, name=error.name) from None


__all__ = ["Emulator", "RateLimit", "UnusableDataFile", "__version__", "create_app"]
