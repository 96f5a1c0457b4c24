"""An emulator of each profile per test worker, and a fresh account for each test."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Literal

import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress
from invoicexpress_emulator import Emulator

from .both_clients import AnyClient
from .validating_transport import AsyncValidatingTransport, Profile, ValidatingTransport, Witness

PROFILES: tuple[Profile, ...] = ("observed", "documented")
Kind = Literal["sync", "async"]


@dataclass(frozen=True)
class Account:
    """An account of an emulator."""

    base_url: str
    name: str
    api_key: str
    profile: Profile


@pytest.fixture(scope="session", params=PROFILES)
def profile(request: pytest.FixtureRequest) -> Profile:
    """Each profile in turn."""
    chosen: Profile = request.param
    return chosen


@pytest.fixture(scope="session")
def emulators() -> Iterator[dict[Profile, Emulator]]:
    """One emulator per worker and profile."""
    with Emulator(profile="observed") as observed, Emulator(profile="documented") as documented:
        yield {"observed": observed, "documented": documented}


@pytest.fixture
def emulator(emulators: dict[Profile, Emulator], profile: Profile) -> Emulator:
    """The emulator of this test's profile."""
    return emulators[profile]


def new_account(emulator: Emulator, profile: Profile) -> Account:
    """Creates an account with a unique name."""
    name = f"t{uuid.uuid4().hex[:12]}"
    answer = httpx.post(
        f"{emulator.base_url}/_emulator/accounts", json={"name": name, "api_key": f"key-{name}"}
    )
    assert answer.status_code == 201, answer.text
    return Account(emulator.base_url, name, f"key-{name}", profile)


@pytest.fixture
def account(emulator: Emulator, profile: Profile) -> Account:
    """An account that no other test uses."""
    return new_account(emulator, profile)


@pytest.fixture
def witness(profile: Profile) -> Witness:
    """Checks this test's requests and answers against the contract."""
    return Witness(profile)


@pytest.fixture(params=["sync", "async"])
async def ix(
    request: pytest.FixtureRequest, account: Account, witness: Witness, anyio_backend: str
) -> AsyncIterator[AnyClient]:
    """Each client in turn, in a fresh account."""
    if request.param == "sync":
        with InvoiceXpress(
            account.name, account.api_key, base_url=account.base_url, transport=ValidatingTransport(witness)
        ) as client:
            yield client
    else:
        async with AsyncInvoiceXpress(
            account.name,
            account.api_key,
            base_url=account.base_url,
            transport=AsyncValidatingTransport(witness),
        ) as client:
            yield client
