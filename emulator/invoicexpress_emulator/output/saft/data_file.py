"""A SAF-T file of the books in a data file that no emulator runs on."""

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
    """Yield the pieces of the SAF-T file of an account for a month, or for a whole year.

    Raises:
        NothingToExport: there is no such account or month, or nothing was issued in it.
        UnusableDataFile: it cannot be read, a running emulator has it open, it is not a data file of this
            emulator, or has another schema version.
    """
    try:
        span = span_of(year, month)
    except ValueError as error:
        raise NothingToExport(f"There is nothing to export: {error}.") from None
    with reading(path, ask_at="/_emulator/saft") as db:
        db.execute("BEGIN")  # reads one state of the books, whatever others write
        account = accounts.by_name(db, name)
        if account is None:
            raise NothingToExport(f"There is no account {name!r}.")
        check_there_is_something(db, account, span)
        yield pieces(db, account, span, account.clock.now(system_time).date())
