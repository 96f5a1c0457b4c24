"""The version that every answer carries, and the header that carries it."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final


def _installed_version() -> str:
    try:
        return version("invoicexpress")
    except PackageNotFoundError:
        return "0+source"


VERSION: Final = _installed_version()

EMULATOR_HEADER: Final = "X-InvoiceXpress-Emulator"
"""On every answer: no client may ever take the emulator for the service."""
