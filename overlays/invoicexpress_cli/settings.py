"""The accounts of this user, by name, and their keys.

    default = "acme"

    [accounts.acme]
    account = "acme-lda"
    key_command = "pass show invoicexpress/acme"

A key is in the file itself (`key`), in a file of its own (`key_file`), or printed by a command such as a
password manager (`key_command`). It is never an argument, since other users see arguments in the list of
processes. Files with a key may be readable by their owner only.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import SplitResult, urlsplit

import tomli_w
import typer

from .outcomes import CommandError, UsageError
from .suggestions import nearest

FILE_VARIABLE: Final = "INVOICEXPRESS_CONFIG"
"""Environment variable with another place of the file."""
ACCOUNT_VARIABLE: Final = "INVOICEXPRESS_ACCOUNT"
KEY_VARIABLE: Final = "INVOICEXPRESS_API_KEY"
BASE_URL_VARIABLE: Final = "INVOICEXPRESS_BASE_URL"
PROXY_VARIABLE: Final = "INVOICEXPRESS_PROXY"
"""The proxy of every account, before the file's. Proxies of other variables are not used: with control over
one that many programs follow, another program would see this one's requests."""
_TOGETHER: Final = (ACCOUNT_VARIABLE, KEY_VARIABLE, BASE_URL_VARIABLE)

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FIELDS: Final = ("account", "base_url", "proxy", "account_id", "key", "key_file", "key_command")
_KEYS: Final = ("key", "key_file", "key_command")
_PROXIES: Final = ("http", "https", "socks5", "socks5h")
_OTHER_PROXIES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
_SECONDS: Final = 60.0
"""Most seconds for a command that prints a key; a password manager may ask for its password."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the file, or that of the environment."""

    name: str
    account: str | None = None
    """The first part of https://ACCOUNT.app.invoicexpress.com."""
    base_url: str | None = None
    proxy: str | None = field(default=None, repr=False)
    """Address of the proxy, which may hold a password."""
    account_id: str | None = None
    """The number of the account, which `doctor` needs to read its state."""
    key: str | None = field(default=None, repr=False)
    key_file: str | None = None
    key_command: str | None = None

    @property
    def place(self) -> str:
        """Account and host, without the key."""
        return self.placed("at")

    def placed(self, at: str) -> str:
        """The same, with the word between them in the reader's language."""
        host = self.base_url or f"https://{self.account}.app.invoicexpress.com"
        return f"{self.account or self.name} {at} {host}"

    @property
    def shown_proxy(self) -> str | None:
        """The proxy without user and password."""
        return None if self.proxy is None else _masked(self.proxy)

    @property
    def key_from(self) -> str:
        """Where the key comes from, without the key."""
        if self.key_command is not None:
            return f"command: {_program(self.key_command)}"
        if self.key_file is not None:
            return f"file: {self.key_file}"
        return "this file" if self.key is not None else "missing"

    def add_again(self, more: str) -> str:
        """The command that adds this account with one option more. It replaces all, so it repeats the others.

        The arguments of `key_command`, and user and password of a proxy, may be secrets, so they are left to
        the reader.
        """
        options = {
            "--service-name": self.account if self.account != self.name else None,
            "--base-url": self.base_url,
            "--proxy": self.shown_proxy,
            "--key-file": self.key_file,
        }
        given = [f"{name} {shlex.quote(value)}" for name, value in options.items() if value is not None]
        if self.key_command is not None:
            given.append(f"--key-command '{_program(self.key_command)}'")
        return " ".join(["invoicexpress config add", self.name, *given, more])

    def read_key(self) -> str:
        """The key itself. Raises CommandError when it cannot be had."""
        if self.key_command is not None:
            return _printed_key(self)
        if self.key_file is not None:
            return _key_in(Path(self.key_file).expanduser(), self.name)
        if self.key is None:
            raise CommandError(
                f"account {self.name}: no key; add it with `invoicexpress config add {self.name}`"
            )
        return self.key


@dataclass(frozen=True, slots=True)
class Settings:
    """The file's contents."""

    path: Path
    accounts: Mapping[str, Account] = field(default_factory=dict[str, Account])
    default: str | None = None

    def named(self, name: str) -> Account:
        """The account of that name. Raises UsageError, with the nearest name."""
        found = self.accounts.get(name)
        if found is None:
            known = ", ".join(self.accounts) or "none"
            hint = nearest(name, self.accounts)
            raise UsageError(
                f"account {name}: not in {self.path}{hint}; it has {known}; "
                f"add it with `invoicexpress config add {name}`"
            )
        return found

    def with_account(self, account: Account) -> Settings:
        """With one account more, or another one of that name. The first one is the default."""
        accounts = {**self.accounts, account.name: account}
        return replace(self, accounts=accounts, default=self.default or account.name)

    def with_default(self, name: str) -> Settings:
        """With another default. Raises UsageError for an unknown account."""
        return replace(self, default=self.named(name).name)

    def without(self, name: str) -> Settings:
        """Without an account. Raises UsageError."""
        self.named(name)
        accounts = {each: account for each, account in self.accounts.items() if each != name}
        return replace(self, accounts=accounts, default=None if self.default == name else self.default)


def place(environment: Mapping[str, str]) -> Path:
    """The file's path: INVOICEXPRESS_CONFIG, or `config.toml` in the user's folder for settings."""
    given = environment.get(FILE_VARIABLE)
    return Path(given).expanduser() if given else Path(typer.get_app_dir("invoicexpress")) / "config.toml"


def chosen(name: str | None, environment: Mapping[str, str]) -> Account:
    """The account of a command: `--account`, then the environment, then the file's default.

    Raises CommandError when there is none.
    """
    account = _chosen(name, environment)
    proxy = environment.get(PROXY_VARIABLE)
    if not proxy:
        return account
    try:
        return replace(account, proxy=check_proxy(proxy))
    except UsageError as error:
        raise CommandError(f"{PROXY_VARIABLE}: {error}") from None


def _chosen(name: str | None, environment: Mapping[str, str]) -> Account:
    if name is not None:
        return load(place(environment)).named(name)
    # An address alone counts as well: the file's account would be another one, perhaps of the live service.
    if any(each in environment for each in _TOGETHER):
        missing = [each for each in (ACCOUNT_VARIABLE, KEY_VARIABLE) if not environment.get(each)]
        if missing:
            present = ", ".join(each for each in _TOGETHER if each in environment and each not in missing)
            raise CommandError(
                f"{' and '.join(missing)}: missing or empty in the environment"
                + (f", which has {present}" if present else "")
                + "; set account and key both, or pass --account with an account of the settings file"
            )
        url = environment.get(BASE_URL_VARIABLE)
        return Account("environment", environment[ACCOUNT_VARIABLE], url, key=environment[KEY_VARIABLE])
    settings = load(place(environment))
    if settings.default is not None:
        if settings.default not in settings.accounts:
            # Not when the file is read: `config use` reads it, and is the remedy.
            raise CommandError(
                f"{settings.path}: default account {settings.default}: the file has no such account"
                f"{nearest(settings.default, settings.accounts)}; "
                "choose one with `invoicexpress config use NAME`"
            )
        return settings.named(settings.default)
    if settings.accounts:
        raise UsageError(
            f"which account? pass --account with one of {', '.join(settings.accounts)}, "
            "or choose one with `invoicexpress config use NAME`"
        )
    raise CommandError(
        "no account yet; add one with `invoicexpress config add NAME`, "
        f"or set {ACCOUNT_VARIABLE} and {KEY_VARIABLE}"
    )


def load(path: Path) -> Settings:
    """Reads the file; a missing one is empty. Raises CommandError for a broken or exposed one."""
    try:
        # Before it is read: a pipe would wait for ever.
        check_mode(path)
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings(path)
    except UnicodeDecodeError:
        raise CommandError(f"{path}: not UTF-8; correct the file, or move it away and begin anew") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The message has a place, and no part of the text, which may hold a key.
        raise CommandError(f"{path}: not TOML ({_place_of(error)}); correct the file") from None
    accounts = data.get("accounts", {})
    default = data.get("default")
    if not isinstance(accounts, dict) or not isinstance(default, str | None):
        raise CommandError(f"{path}: expected `default` and tables such as [accounts.acme]; correct the file")
    tables = cast("dict[str, object]", accounts)
    found = {name: _account(name, table, path) for name, table in tables.items()}
    return Settings(path, found, default)


def save(settings: Settings) -> None:
    """Writes the file, for its owner only, in one step."""
    data: dict[str, Any] = {"default": settings.default} if settings.default is not None else {}
    data["accounts"] = {
        name: {each: value for each in _FIELDS if (value := getattr(account, each)) is not None}
        for name, account in settings.accounts.items()
    }
    path = settings.path.resolve()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:
            tomli_w.dump(data, file)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def check_name(name: str) -> str:
    """The name of an account in the file. Raises UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r}: expected a name of letters, digits, dots, hyphens and underscores")
    return name


def check_base_url(url: str) -> str:
    """An address of a service, which holds no key: lists and questions show it. Raises UsageError."""
    parts = _parts(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("not an address; expected https://HOST")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError("expected https://HOST without user, query or fragment")
    return url


def check_proxy(url: str, *, is_argument: bool = False) -> str:
    """The address of a proxy. Raises UsageError, without the address, which may hold a password.

    Other users see arguments, so those may hold none.
    """
    parts = _parts(url)
    if parts is None or parts.scheme not in _PROXIES or not parts.hostname:
        raise UsageError("not the address of a proxy; expected http://HOST:PORT, https or socks5")
    if is_argument and "@" in parts.netloc:
        raise UsageError(
            "other users see arguments; give http://HOST:PORT, and write user and password into `proxy` of "
            f"the settings file, or the whole address into {PROXY_VARIABLE}"
        )
    return url


def proxy_hint(account: Account | None, environment: Mapping[str, str]) -> str | None:
    """What to do if the environment has a proxy for other programs, and this one goes without it."""
    if account is None or account.proxy is not None:
        return None
    other = next((name for name in _OTHER_PROXIES if environment.get(name)), None)
    if other is None:
        return None
    return f"{other} is not used; if the network needs a proxy, set {PROXY_VARIABLE} to its address"


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _masked(url: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{'***@' if '@' in parts.netloc else ''}{place}"


def check_mode(path: Path) -> None:
    """Raises CommandError for a file that other users of this machine may read."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise CommandError(f"{path}: not a file; move it away and begin anew")
    mode = stat.S_IMODE(found.st_mode)
    # Windows has no such modes, and no owners of this kind.
    if os.name == "posix" and found.st_uid not in (os.geteuid(), 0):
        raise CommandError(f"{path}: belongs to another user; move it away and begin anew")
    if os.name == "posix" and mode & 0o077:
        raise CommandError(
            f"{path}: other users may read this file (mode {mode:04o}), and it leads to a key; "
            f"run: chmod 600 {shlex.quote(str(path))}"
        )


def _account(name: str, table: object, path: Path) -> Account:
    if not isinstance(table, dict):
        raise CommandError(f"{path}: accounts.{name}: expected a table such as [accounts.{name}]")
    fields = cast("dict[str, object]", table)
    if isinstance(number := fields.get("account_id"), int) and not isinstance(number, bool):
        fields["account_id"] = str(number)
    for each, value in fields.items():
        if each not in _FIELDS:
            hint = nearest(each, _FIELDS)
            raise CommandError(
                f"{path}: accounts.{name}: unknown field {each}{hint}; it has {', '.join(_FIELDS)}"
            )
        if not isinstance(value, str) or not value:
            raise CommandError(f"{path}: accounts.{name}.{each}: expected a text in quotes")
    if not str(fields.get("account_id", "0")).isdecimal():
        raise CommandError(f"{path}: accounts.{name}.account_id: expected a number such as 12345")
    for each, check in (("base_url", check_base_url), ("proxy", check_proxy)):
        try:
            if each in fields:
                check(str(fields[each]))
        except UsageError as error:
            raise CommandError(f"{path}: accounts.{name}.{each}: {error}") from None
    given = [each for each in _KEYS if each in fields]
    if len(given) > 1:
        raise CommandError(f"{path}: accounts.{name}: {' and '.join(given)} exclude each other; keep one")
    return Account(name, **cast("dict[str, str]", fields))


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line \d+, column \d+|end of document", str(error))
    return found.group() if found else "unreadable"


def _key_in(path: Path, name: str) -> str:
    try:
        check_mode(path)
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise CommandError(
            f"account {name}: its key_file cannot be read: {path}: {(reason or 'not UTF-8').lower()}; "
            f"write the key there, or correct it with `invoicexpress config add {name}`"
        ) from None
    return _one_key(text, str(path))


def _printed_key(account: Account) -> str:
    command = account.key_command or ""
    program = _program(command)
    try:
        # Without a shell. Its errors and questions go to the terminal.
        done = subprocess.run(  # noqa: S603 - the user's own command
            _arguments(command), stdout=subprocess.PIPE, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        reason = "took too long" if isinstance(error, subprocess.TimeoutExpired) else "cannot be run"
        raise CommandError(
            f"account {account.name}: its key_command {reason}: {program}; correct it with "
            f"`invoicexpress config add {account.name}`"
        ) from None
    if done.returncode != 0:
        raise CommandError(
            f"account {account.name}: its key_command ended with {done.returncode}: {program}; "
            "run it yourself to see why"
        )
    return _one_key(done.stdout, f"account {account.name}: the output of its key_command")


def _arguments(command: str) -> list[str]:
    arguments = shlex.split(command)
    if not arguments:
        raise ValueError("no program")
    return arguments


def _program(command: str) -> str:
    """The program of a command. Its arguments may hold a secret."""
    first, _, rest = command.strip().partition(" ")
    return f"{first} …" if rest else first


def _one_key(text: str, where: str) -> str:
    """The first line. Password managers print notes below it."""
    first = text.strip().partition("\n")[0].strip()
    if not first:
        raise CommandError(f"{where}: empty; expected the key in its first line")
    return first
