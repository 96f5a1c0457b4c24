"""Runs commands in this process, with an account of an emulator in the environment or in a settings file."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import logging
import os
import re
import sys
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import typer
import typer.main
from invoicexpress import InvoiceXpress
from invoicexpress_cli.app import run
from invoicexpress_emulator.control_client import Control

_built = cache(typer.main.get_command)
"""Builds the tree of commands once: it takes half of the time of a command, which waits for it once too."""

Profile = Literal["observed", "documented"]
PROFILES: tuple[Profile, ...] = ("observed", "documented")


@dataclass(frozen=True)
class Account:
    """An account of an emulator."""

    id: int
    name: str
    api_key: str = field(repr=False)
    base_url: str
    profile: Profile

    @property
    def control(self) -> Control:
        """The control plane of this account."""
        return Control(self.base_url, account=self.name)

    def client(self) -> InvoiceXpress:
        """A client, to prepare what a command finds and to look at what it did."""
        return InvoiceXpress(self.name, self.api_key, base_url=self.base_url)

    @property
    def toml(self) -> str:
        """The account as a table of a settings file, without its key."""
        return f'account = "{self.name}"\nbase_url = "{self.base_url}"\n'


@dataclass(frozen=True)
class Ended:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The output as CSV with a heading."""
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def table(self) -> list[str]:
        """The lines of a table: the heading, then rows, without lines of the frame."""
        return [line.strip() for line in self.out.splitlines() if line.strip(" ─━╶╴")]


_STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""What a terminal gets for bold."""


class _NoTerminal(io.StringIO):
    def isatty(self) -> bool:
        return False


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@dataclass
class Shell:
    """A place to run commands: a folder, a settings file, and an environment of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    keeps_logs: bool = False
    records: list[logging.LogRecord] = field(default_factory=list[logging.LogRecord])

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "settings" / "config.toml"

    def settings(self, text: str, mode: int = 0o600) -> None:
        """Writes the settings file."""
        self.config.parent.mkdir(exist_ok=True)
        self.config.write_text(text, "utf-8")
        self.config.chmod(mode)

    def use(self, account: Account) -> None:
        """Sets the account of the next commands, with its key in the settings file."""
        self.settings(f'default = "main"\n[accounts.main]\n{account.toml}key = "{account.api_key}"\n')

    def for_process(self) -> dict[str, str]:
        """The environment of a command that runs as a process of its own."""
        kept = ("INVOICEXPRESS_", "LC_", "LANG", "PYTEST_", "COLUMNS")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(kept)}
        return {**inherited, "INVOICEXPRESS_CONFIG": str(self.config), **self.environment}

    @contextlib.contextmanager
    def _place(self) -> Generator[None, None, None]:
        # Wide, so that no box of an error of usage is folded.
        environment = {"COLUMNS": "200", **self.for_process()}
        with mock.patch.dict(os.environ, environment, clear=True), contextlib.chdir(self.folder):
            yield

    def __call__(self, *arguments: str, given: str = "", width: int | None = None) -> Ended:
        """Runs a command; `given` is its standard input. With a width, its output is a terminal's."""
        out, err = io.StringIO() if width is None else _Terminal(), io.StringIO()
        terminal = {} if width is None else {"COLUMNS": str(width), "TERM": "xterm"}
        with (
            _kept(self.records) if self.keeps_logs else contextlib.nullcontext(),
            self._place(),
            mock.patch.dict(os.environ, terminal),
            mock.patch.object(sys, "stdin", _NoTerminal(given)),
            mock.patch.object(typer.main, "get_command", _built),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = run(arguments)
        return Ended(code, _STYLE.sub("", out.getvalue()), err.getvalue())


class _Keeping(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.DEBUG)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextlib.contextmanager
def _kept(records: list[logging.LogRecord]) -> Generator[None, None, None]:
    """Keeps every record of every library, down to DEBUG."""
    root, handler = logging.getLogger(), _Keeping(records)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def impatient() -> Any:
    """Lets the command's client give up at once, since retries take seconds and are tested elsewhere."""
    client = partial(InvoiceXpress, retries=0, consistency_window=0.1)
    return mock.patch("invoicexpress_cli.session.InvoiceXpress", client)
