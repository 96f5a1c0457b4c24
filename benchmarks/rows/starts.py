"""Imports and first calls, as whole processes, net of an interpreter that does nothing."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ..environments import FOLDER, clean, environment
from ..figures import Rounds

FIRST_CALL: Final = """
import httpx
from invoicexpress import InvoiceXpress
body = b'{"client": {"id": 628535, "name": "Ana Sousa", "code": "A1", "country": "Portugal"}}'
headers = {"Content-Type": "application/json"}
transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=body))
with InvoiceXpress("acme", "key", transport=transport) as ix:
    assert ix.clients.get(628535).name == "Ana Sousa"
"""
HTTPX_CALL: Final = """
import httpx
body = b'{"client": {"id": 628535, "name": "Ana Sousa", "code": "A1", "country": "Portugal"}}'
headers = {"Content-Type": "application/json"}
transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=body))
with httpx.Client(transport=transport, base_url="https://acme.app.invoicexpress.com") as raw:
    answer = raw.get("/clients/628535.json", params={"api_key": "key"})
    assert answer.json()["client"]["name"] == "Ana Sousa"
"""
STRIPE_CALL: Final = """
import stripe
class InMemory(stripe.HTTPClient):
    name = "memory"
    def request(self, method, url, headers, post_data=None):
        return '{"id": "cus_1", "object": "customer", "name": "Ana Sousa"}', 200, {}
    def close(self):
        pass
client = stripe.StripeClient("sk_test_1", http_client=InMemory())
assert client.v1.customers.retrieve("cus_1").name == "Ana Sousa"
"""
OPENAI_CALL: Final = """
import httpx2
from openai import OpenAI
body = b'{"id": "m1", "object": "model", "created": 1, "owned_by": "Ana Sousa"}'
headers = {"Content-Type": "application/json"}
transport = httpx2.MockTransport(lambda request: httpx2.Response(200, headers=headers, content=body))
with OpenAI(api_key="key", http_client=httpx2.Client(transport=transport)) as client:
    assert client.models.retrieve("m1").owned_by == "Ana Sousa"
"""
GITHUBKIT_CALL: Final = """
import httpx
from githubkit import GitHub
rate = '{"limit": 1, "remaining": 1, "reset": 1, "used": 1}'
body = ('{"resources": {"core": %s, "search": %s}, "rate": %s}' % (rate, rate, rate)).encode()
headers = {"Content-Type": "application/json"}
transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=body))
github = GitHub("token", transport=transport)
assert github.rest.rate_limit.get().parsed_data.resources.core.remaining == 1
"""


class Program(NamedTuple):
    """A program, and the environment that it runs in."""

    environment: str
    code: str


NOTHING: Final = "pass"
HTTPX: Final = Program("client", "import httpx")


def seconds_of(program: Program) -> float:
    """Duration of a program, from its start to its end."""
    command = (environment(program.environment).python, "-I", "-c", program.code)
    began = time.perf_counter()
    subprocess.run(command, cwd=FOLDER, env=clean(), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def net(programs: Sequence[Program], rounds: int) -> list[list[float]]:
    """Seconds of each program by round, net of the median of `pass` in its environment.

    In a round each runs once, in a changing order. The first round only fills the caches of byte code and
    disk.
    """
    bare = {program.environment: Program(program.environment, NOTHING) for program in programs}
    every = [*bare.values(), *programs]
    found: dict[Program, list[float]] = {each: [] for each in every}
    for number in range(rounds + 1):
        shift = number % len(every)
        for each in every[shift:] + every[:shift]:
            found[each].append(seconds_of(each))
    start = {name: statistics.median(found[each][1:]) for name, each in bare.items()}
    return [[value - start[each.environment] for value in found[each][1:]] for each in programs]


def paired(subject: Sequence[float], reference: Sequence[float]) -> Rounds:
    """Rounds against the median of the reference, since the net of a single run may be nothing."""
    return Rounds(subject, [statistics.median(reference)] * len(subject))


def imports(quick: bool) -> Mapping[str, Rounds]:
    """`import invoicexpress` against `import httpx`."""
    ours, httpx = net((Program("client", "import invoicexpress"), HTTPX), 11 if quick else 41)
    return {"import": paired(ours, httpx)}


def first_operation(quick: bool) -> Mapping[str, Rounds]:
    """Import and first call against `import httpx`."""
    ours, httpx = net((Program("client", FIRST_CALL), HTTPX), 11 if quick else 41)
    return {"first_operation": paired(ours, httpx)}


def peers(quick: bool) -> Mapping[str, Rounds]:
    """Import, and import with a first call, of other clients against `import httpx`."""
    programs = {
        "peers.httpx_call": Program("client", HTTPX_CALL),
        "peers.stripe_import": Program("stripe", "import stripe"),
        "peers.stripe_call": Program("stripe", STRIPE_CALL),
        "peers.openai_import": Program("openai", "import openai"),
        "peers.openai_call": Program("openai", OPENAI_CALL),
        "peers.githubkit_import": Program("githubkit", "import githubkit"),
        "peers.githubkit_call": Program("githubkit", GITHUBKIT_CALL),
    }
    httpx, *others = net((HTTPX, *programs.values()), 5 if quick else 21)
    return {name: paired(each, httpx) for name, each in zip(programs, others, strict=True)}
