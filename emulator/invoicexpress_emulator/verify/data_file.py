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
    """Yield what is wrong with the books of every account in a data file, and what to look at in them.

    Raises:
        UnusableDataFile: it cannot be read, a running emulator has it, it is none of the emulator's, or has
            another schema version.
    """
    with reading(path, ask_at="/_emulator/verify") as db:
        for account in accounts.every(db):
            yield from check_account(db, account)
            yield from warn_of(db, account)
