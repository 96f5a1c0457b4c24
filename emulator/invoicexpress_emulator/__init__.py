"""A stateful emulator of the InvoiceXpress API v2, for tests and for developing without an account.

It keeps books, numbers and signs documents as Portuguese law requires, and cannot be mistaken for
certified software: everything it prints is marked as training, under a certificate number that does
not exist.

    python -m invoicexpress_emulator --port 8080

    with Emulator() as emulator:
        ...
"""

from ._version import VERSION as __version__
from .app import create_app
from .http.rate_limit import RateLimit
from .server import Emulator
from .storage.store import UnusableDataFile

__all__ = ["Emulator", "RateLimit", "UnusableDataFile", "__version__", "create_app"]
