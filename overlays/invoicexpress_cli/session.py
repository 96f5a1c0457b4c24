"""One run of a command: its account, its output, its questions, and what it says on the side."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import typer
from invoicexpress import InvoiceXpress

from . import settings
from .outcomes import CommandError, ExitCode, UsageError
from .output import Column, Format, Output, Row, in_cents, shown, visible
from .texts import Language, language, term, text

_YES: Final = ("y", "yes", "s", "sim")
"""In both languages: the locale may be another one than the reader's. Anything else is a no."""
_TERMS: Final = ("document", "movement", "type")
"""Parts of a question that have words of a known list; clients, séries and runs have names of their own."""
_NO_TERMINAL: Final = "needs a yes, and there is no terminal to ask on; pass --yes"


class NotConfirmed(CommandError):
    """The question was answered with no, or could not be asked."""

    code = ExitCode.REFUSED


def client_of(account: settings.Account, **options: Any) -> InvoiceXpress:
    """A client of an account of the settings. Raises CommandError without its key."""
    return InvoiceXpress(
        account.account, account.read_key(), base_url=account.base_url, proxy=account.proxy, **options
    )


@dataclass(slots=True)
class Session:
    """The shared options, and what commands do with them."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    account_name: str | None = None
    format: Format = Format.TABLE
    chosen_language: Language | None = None
    yes: bool = False
    debug: bool = False
    account: settings.Account | None = None
    note: Callable[[int, str], None] | None = None
    """Takes the client's waits and warnings, instead of a line for each."""

    @property
    def language(self) -> Language:
        """`--lang`, or that of the locale."""
        return self.chosen_language or language(self.environment)

    @property
    def output(self) -> Output:
        """Where results go."""
        return Output(self.format, self.language)

    @contextlib.contextmanager
    def client(self, **options: Any) -> Generator[InvoiceXpress, None, None]:
        """A client of the chosen account, with options of the client's. Raises CommandError without an
        account."""
        self.account = chosen = settings.chosen(self.account_name, self.environment)
        with client_of(chosen, **options) as ix:
            yield ix

    @property
    def place(self) -> str:
        """Account and host of the running command."""
        return "" if self.account is None else self.account.place

    def tell(self, remark: str, **parts: object) -> None:
        """A remark in the language of this run, with template and parts as `asked` takes them."""
        self.say(self.asked(remark, **parts))

    def asked(self, action: str, **parts: object) -> str:
        """What is about to be done, in the language of this run, as `confirm` takes it.

        `action` is a template of `texts`, such as `finalize {document}`, and `parts` are its names and
        amounts. Amounts are as in tables.
        """
        return self.text(action).format(**{name: self._part(name, part) for name, part in parts.items()})

    def _part(self, name: str, part: object) -> object:
        if isinstance(part, Decimal):
            return shown(in_cents(part), self.language)
        return term(str(part), self.language) if name in _TERMS else part

    def confirm(
        self,
        action: str,
        row: Row | None = None,
        columns: Sequence[Column] = (),
        lines: Sequence[Row] = (),
        line_columns: Sequence[Column] = (),
    ) -> None:
        """Asks before something that cannot be undone. Raises NotConfirmed.

        `action` names the document: `finalize Invoice 123`. Host and account are named beside it, and below
        it all columns of `row`, each on a line: no terminal is too narrow for those. `lines` are those of the
        document; columns that tables can spare are left out where no line has a value.
        """
        if self.yes:
            return
        place = self.place if self.account is None else self.account.placed(self.text("at"))
        self.say(f"{action[0].upper()}{action[1:]} - {place}.")
        output = Output(Format.TABLE, self.language, sys.stderr)
        if row is not None:
            output.record(row, columns)
        if lines:
            output.gap()
            output.rows(lines, [each for each in line_columns if not each.spare or _is_used(each, lines)])
            output.gap()
        if not sys.stdin.isatty():
            raise NotConfirmed(f"{action}: {self.text(_NO_TERMINAL)}")
        question = f"{self.text('This cannot be undone.')} {self.text('Go on?')} [{self.text('y/N')}]"
        answer = str(typer.prompt(question, default="", show_default=False, err=True))
        if answer.strip().lower() not in _YES:
            raise NotConfirmed(self.text("Not confirmed; nothing was done"))

    def say(self, line: str) -> None:
        """A line or several for people, beside the output. Names in it may hold control characters."""
        typer.echo("\n".join(map(visible, line.split("\n"))), err=True)

    @contextlib.contextmanager
    def noting(self, note: Callable[[int, str], None]) -> Generator[None, None, None]:
        """Gives the client's waits and warnings to a function."""
        before, self.note = self.note, note
        try:
            yield
        finally:
            self.note = before

    def text(self, english: str) -> str:
        """A heading or prompt in the language of this run."""
        return text(english, self.language)

    def hidden(self, question: str) -> str:
        """A secret from a prompt, or the first line of the standard input."""
        if sys.stdin.isatty():
            return str(typer.prompt(self.text(question), hide_input=True, err=True)).strip()
        given = sys.stdin.readline().strip()
        if not given:
            raise UsageError(f"{question}: expected in the first line of the standard input")
        return given


def _is_used(column: Column, lines: Sequence[Row]) -> bool:
    return any(shown(column.of(line), Language.EN) and column.of(line) != 0 for line in lines)
