"""Whether an emulator answers, asked from another process: what a container is watched with."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from types import MappingProxyType
from typing import Final, NamedTuple

from ..http.answer import EMULATOR_HEADER
from ..http.control_token import TOKEN_HEADER

_PATIENCE: Final = 3.0
_GUARDED: Final = 401
_SWITCHED_OFF: Final = 501
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class Trouble(NamedTuple):
    """What is wrong, as a sentence."""

    sentence: str
    is_an_emulators: bool
    """Whether an emulator answers at the address at all."""


def trouble_with(
    base_url: str,
    control_token: str | None,
    *,
    expected: Mapping[str, object] = _NOTHING,
    without_control_plane: bool = False,
) -> Trouble | None:
    """Return what is wrong with the emulator at an address, None if it is well.

    A token that was made at random is known to the running emulator alone, so its control plane refuses
    us; that it does so in its own name shows that it is there. The same goes for one without a control
    plane. The certificate of one that serves HTTPS is not checked: its authority is known to those alone who
    read its file.

    Args:
        base_url: the address.
        control_token: the token of its control plane, None if it is not known.
        expected: values that its health has to show, such as `profile`; an emulator that does not tell them
            is in trouble.
        without_control_plane: whether its control plane has to be switched off.
    """
    headers = {} if control_token is None else {TOKEN_HEADER: control_token}
    connection = _connection(base_url)
    try:
        connection.request("GET", "/_emulator/health", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, HTTPException) as error:
        return Trouble(f"nothing answers at {base_url}: {error!r}.", is_an_emulators=False)
    finally:
        connection.close()
    if answer.getheader(EMULATOR_HEADER) is None:
        return Trouble(f"what answers at {base_url} is no emulator.", is_an_emulators=False)
    sentence = _complaint(answer.status, body, control_token, expected, without_control_plane)
    if sentence is None:
        return None
    return Trouble(f"the emulator at {base_url} {sentence}", is_an_emulators=True)


def _complaint(
    status: int,
    body: bytes,
    control_token: str | None,
    expected: Mapping[str, object],
    without_control_plane: bool,
) -> str | None:
    """Return the rest of a sentence about an emulator's answer, None if it is as it should be."""
    if without_control_plane and status != _SWITCHED_OFF:
        return "has a control plane."
    if status == _SWITCHED_OFF or (status == _GUARDED and control_token is None):
        if expected:
            why = "has no control plane" if status == _SWITCHED_OFF else "asks for --control-token"
            return f"{why}, so it does not tell its {' and '.join(expected)}."
        return None
    if status != 200 or (health := json.loads(body)).get("status") != "ok":
        return f"answers {status}: {body.decode('utf-8', 'replace')[:200]}"
    for name, value in expected.items():
        if health.get(name) != value:
            return f"has the {name} {health.get(name)}, not {value}."
    return None


def _connection(base_url: str) -> HTTPConnection:
    scheme, _, address = base_url.partition("://")
    if scheme == "http":
        return HTTPConnection(address, timeout=_PATIENCE)
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    return HTTPSConnection(address, timeout=_PATIENCE, context=unchecked)
