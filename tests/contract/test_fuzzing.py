"""Whatever the contract allows or forbids, the emulator answers as it says, except for known deviations.

Schemathesis goes through every operation of the concrete contract on both wires: documented examples, each
constraint in turn, random data, and links from one answer to the next request. Every objection of its checks
must be an accepted deviation, and every accepted deviation must occur: outdated ones are removed.

`make fuzz` does all of that; the environment sets its size and seed (FUZZ_EXAMPLES, FUZZ_SEED). A short form
runs with the other tests, always on the same data: it sends each documented example, calls every operation
of both wires, tries the constraints of a few, and follows links for a while.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import httpx
import pytest
from invoicexpress_emulator import Emulator

from .accepted_deviations import ACCEPTED, Deviation
from .fuzzing_campaign import CHECKS, ENGINE, Campaign, Finding, campaign, contract_for
from .validating_transport import Profile

NOW: Final = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
"""The emulator's moment, so that the same requests get the same answers on any day."""

LONG: Final = int(os.environ.get("FUZZ_EXAMPLES", "0"))
SEED: Final = int(os.environ.get("FUZZ_SEED", "1"))

A_FEW: Final[dict[Profile, str]] = {
    "observed": r"^/(items|taxes)\b",
    "documented": r"^/(clients|sequences)\b",
}
"""Where the short form tries each constraint of the contract. The long form tries them everywhere."""

WALKS: Final = (
    r"^/(invoices|documents|receipts|document|api/(pdf|qr_codes|export_saft))\b",
    r"^/(invoice_receipts|credit_notes|debit_notes)\b",
    r"^/(quotes|proformas|fees_notes|purchase_orders)\b",
    r"^/(shippings|transports|devolutions)\b",
    r"^/clients(/\{client-id\}(/invoices)?)?\.json$",
    r"^/(clients\.json|api/v3/clients)",
    r"^/(items|taxes|sequences)\b",
)
"""Paths among which links are followed. Among all at once a walk would seldom get beyond its first step."""


@pytest.fixture(params=["observed", "documented"])
def wire(request: pytest.FixtureRequest) -> Profile:
    profile: Profile = request.param
    return profile


@pytest.fixture
def server(wire: Profile) -> Iterator[Emulator]:
    """A separate emulator, since findings depend on ids and existing data."""
    with Emulator(profile=wire, clock=lambda: NOW) as running:
        yield running


class Tour:
    """Runs campaigns one after the other, each in a fresh account."""

    def __init__(self, wire: Profile, server: Emulator, seed: int) -> None:
        self._wire: Profile = wire
        self._server, self._seed = server, seed
        self.campaigns: list[Campaign] = []

    def go(self, only: str | None = None, **phases: int) -> Campaign:
        name = f"tour{len(self.campaigns)}"
        body = {"name": name, "api_key": f"key-{name}"}
        made = httpx.post(f"{self._server.base_url}/_emulator/accounts", json=body)
        assert made.status_code == 201, made.text
        result = campaign(
            self._wire, self._server.base_url, body["api_key"], phases, seed=self._seed, only=only
        )
        alive = httpx.get(f"{self._server.base_url}/taxes.json", params={"api_key": body["api_key"]})
        assert alive.status_code == 200, "the account was lost, so what followed proves nothing"
        self.campaigns.append(result)
        return result

    @property
    def findings(self) -> list[Finding]:
        return [finding for each in self.campaigns for finding in each.findings]

    @property
    def checks(self) -> Counter[str]:
        return sum((each.checks for each in self.campaigns), Counter[str]())

    @property
    def operations(self) -> set[str]:
        return {operation for each in self.campaigns for operation in each.operations}


def sorted_out(findings: list[Finding], wire: Profile) -> tuple[list[Finding], set[Deviation]]:
    """Returns one of each kind of unaccepted findings, and the deviations that occurred."""
    used: set[Deviation] = set()
    left: dict[Finding, Finding] = {}
    for finding in findings:
        accepting = next((row for row in ACCEPTED if row.accepts(finding, wire)), None)
        if accepting is None:
            left.setdefault(finding, finding)
        else:
            used.add(accepting)
    return list(left), used


def told(findings: list[Finding]) -> str:
    """Describes the first twenty findings."""
    lines = [f"{len(findings)} findings that are not in the list of accepted deviations:"]
    for each in findings[:20]:
        lines += [
            f"- {each.check}: {each.operation} {each.status}: {each.what[:300]}",
            f"    {each.how[:1000]}",
        ]
    return "\n".join(lines)


def test_the_emulator_keeps_the_contract(wire: Profile, server: Emulator) -> None:
    tour = Tour(wire, server, SEED)
    if LONG:
        tour.go(examples=LONG, coverage=LONG, fuzzing=LONG)
    else:
        tour.go(A_FEW[wire], coverage=1)
        tour.go(examples=1, fuzzing=1)
    walks = [tour.go(only, stateful=LONG or 8) for only in (WALKS if LONG else WALKS[:1])]

    left, used = sorted_out(tour.findings, wire)
    assert not left, told(left)
    if LONG:
        expected = [row for row in ACCEPTED if wire in row.wires and wire not in row.rare]
        stale = [row for row in expected if row not in used]
        assert not stale, "accepted, but did not happen: " + "; ".join(
            f"{row.check}: {row.what}" for row in stale
        )
    else:
        assert used, "not one deviation occurred"

    assert set(tour.checks) == set(CHECKS)
    every = {
        f"{method.upper()} {path}"
        for path, item in contract_for(wire)["paths"].items()
        for method in item
        if method in ("get", "post", "put", "delete")
    }
    assert tour.operations == every
    assert all(walk.links for walk in walks), [walk.links for walk in walks]
    assert ENGINE not in {finding.check for finding in tour.findings}


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: f"{row.check}-{row.what[:30]}")
def test_every_deviation_says_why_and_how_it_is_known(row: Deviation) -> None:
    assert row.why.endswith(".")
    assert row.source
    assert row.wires
