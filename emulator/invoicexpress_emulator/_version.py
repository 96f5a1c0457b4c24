"""The version that every answer carries."""

from pathlib import Path
from typing import Final

_NAME: Final = "invoicexpress"


def _installed_version() -> str:
    """Return the version in the name of the metadata's folder, which stands beside the installed package
    (PyPA: recording installed projects). Reading the metadata itself takes a library that loads for a tenth
    of the emulator's start, so it is left to installations whose code is elsewhere.
    """
    beginning, end = f"{_NAME}-", ".dist-info"
    for folder in Path(__file__).resolve().parents[1].glob(f"{beginning}*{end}"):
        return folder.name.removeprefix(beginning).removesuffix(end)
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - see above

    try:
        return version(_NAME)
    except PackageNotFoundError:
        return "0+source"


VERSION: Final = _installed_version()
