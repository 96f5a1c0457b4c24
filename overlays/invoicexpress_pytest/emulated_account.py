"""The account that a test is given, and how the emulator is told about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class ControlRefused(RuntimeError):
    """The control plane refuses what it was asked; the message is its sentence."""


def ask_control(base_url: str, method: str, path: str, sent: Mapping[str, object]) -> Any:
    """Return what the control plane answers to one request: a value as JSON has it.

    Args:
        base_url: Of the emulator, without a slash at the end.
        method: GET and DELETE send `sent` in the query, POST as JSON.
        path: Below `/_emulator/`, for example "clock".
        sent: What is asked.

    Raises:
        ControlRefused: The answer is no success.
    """
    from http.client import HTTPConnection  # noqa: PLC0415 - only a test that uses the emulator pays for it
    from urllib.parse import urlencode  # noqa: PLC0415 - the same

    target, body, headers = f"/_emulator/{path}", None, {}
    if method == "POST":
        body, headers = json.dumps(sent), {"Content-Type": "application/json"}
    elif sent:
        target += f"?{urlencode(sent)}"
    connection = HTTPConnection(base_url.removeprefix("http://"), timeout=30)
    try:
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    value = json.loads(content)
    if answer.status >= 400:
        raise ControlRefused(f"{method} /_emulator/{path}: {answer.status} {value['error']}")
    return value


@dataclass(frozen=True)
class EmulatedAccount:
    """An account of an emulator that belongs to one test.

    Attributes:
        base_url: Where the emulator listens, without a slash at the end.
        account: The account's name.
        api_key: The account's key.
        profile: Which wire the emulator speaks, "observed" or "documented".
    """

    base_url: str
    account: str
    api_key: str = field(repr=False)
    profile: str

    def tell(self, path: str, **sent: object) -> Any:
        """POST to the control plane about this account, and return its answer.

        `tell("clock", advance=86_400)`, `tell("config", pdf="immediate")`,
        `tell("faults", operation="createInvoice", effect={"status": 503})`. Raises ControlRefused.
        """
        return ask_control(self.base_url, "POST", path, {"account": self.account, **sent})

    def ask(self, path: str, **sent: object) -> Any:
        """GET from the control plane about this account: `ask("outbox")["messages"]`.

        Raises ControlRefused.
        """
        return ask_control(self.base_url, "GET", path, {"account": self.account, **sent})

    def unfired_faults(self) -> list[Mapping[str, Any]]:
        """Return the faults that were registered for this account and have hit no request."""
        return [fault for fault in self.ask("faults")["faults"] if not fault["fired"]]
