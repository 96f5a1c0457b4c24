"""An emulator of each profile, a fresh account for each test, and a shell that has it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Readiness

from .running import PROFILES, Account, Profile, Shell
from .shop import Shop

_names = itertools.count(1)


@pytest.fixture(scope="session", params=PROFILES)
def profile(request: pytest.FixtureRequest) -> Profile:
    """Each profile in turn."""
    chosen: Profile = request.param
    return chosen


@pytest.fixture(scope="session")
def emulators() -> Iterator[dict[Profile, Emulator]]:
    """One emulator for each profile."""
    with ExitStack() as stack:
        yield {each: stack.enter_context(Emulator(profile=each)) for each in PROFILES}


def new_account(emulator: Emulator, profile: Profile) -> Account:
    """An account that no other test uses. Its files are ready at once."""
    name = f"shop-{next(_names)}"
    made = emulator.control.create_account(name, api_key=f"{name}-planted-5d4b0c7e")
    control = emulator.control.of(name)
    control.config.change(pdf=Readiness(1), qr_code=Readiness(1), saft=Readiness(1))
    return Account(made.id, name, made.api_key, emulator.base_url, profile)


@pytest.fixture
def account(emulators: dict[Profile, Emulator], profile: Profile) -> Account:
    """An account that no other test uses, in each profile."""
    return new_account(emulators[profile], profile)


@pytest.fixture
def one_account(emulators: dict[Profile, Emulator]) -> Account:
    """An account that no other test uses, in the observed profile: for what does not depend on the wire."""
    return new_account(emulators["observed"], "observed")


@pytest.fixture
def bare_shell(tmp_path: Path) -> Shell:
    """A shell without settings."""
    return Shell(tmp_path)


@pytest.fixture
def shell(tmp_path: Path, account: Account) -> Shell:
    """A shell with the account, in each profile."""
    made = Shell(tmp_path)
    made.use(account)
    return made


@pytest.fixture
def one_shell(tmp_path: Path, one_account: Account) -> Shell:
    """A shell with the account of the observed profile."""
    made = Shell(tmp_path)
    made.use(one_account)
    return made


@pytest.fixture
def shop(account: Account, shell: Shell) -> Shop:
    """A shop in each profile."""
    return Shop(account, shell)


@pytest.fixture
def one_shop(one_account: Account, one_shell: Shell) -> Shop:
    """A shop in the observed profile."""
    return Shop(one_account, one_shell)
