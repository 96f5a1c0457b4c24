"""The version that every answer carries."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final


def _installed_version() -> str:
    try:
        return version("invoicexpress")
    except PackageNotFoundError:
        return "0+source"


VERSION: Final = _installed_version()
