"""A SAF-T file out of a data file that no emulator runs on."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...books.accounts import rows as accounts
from ...http.clock import system_time
from ...storage.read_only import reading
from .export import NothingToExport, check_there_is_something, pieces, span_of


@contextmanager
def exporting(path: Path, name: str, year: int, month: int | None) -> Generator[Iterator[bytes]]:
    """Give the pieces of the file of a month, or of a whole year, of the account of a name.

    Raises:
        NothingToExport: there is no such account or month, or nothing was issued in it.
        UnusableDataFile: it cannot be read, a running emulator has it, it is none of the emulator's, or has
            another schema version.
    """
    try:
        span = span_of(year, month)
    except ValueError as error:
        raise NothingToExport(f"There is no such file: {error}.") from None
    with reading(path, ask_at="/_emulator/saft") as db:
        db.execute("BEGIN")  # all of it is read from one state of the books, whoever else writes
        account = accounts.by_name(db, name)
        if account is None:
            raise NothingToExport(f"There is no account {name!r}.")
        check_there_is_something(db, account, span)
        yield pieces(db, account, span, account.clock.now(system_time).date())
