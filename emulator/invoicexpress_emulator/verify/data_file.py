"""Checking a data file that no emulator runs on: it is read, and never written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..books.accounts import rows as accounts
from ..storage.read_only import reading
from .books import check_account, warn_of

if TYPE_CHECKING:
    from .finding import Finding


def check_file(path: Path) -> Iterator[Finding]:
    """Yield the findings and warnings about the books of every account in a data file.

    Raises:
        UnusableDataFile: it cannot be read, a running emulator has it open, it is not a data file of this
            emulator, or has another schema version.
    """
    with reading(path, ask_at="/_emulator/verify") as db:
        for account in accounts.every(db):
            yield from check_account(db, account)
            yield from warn_of(db, account)
