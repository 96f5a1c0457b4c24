"""Whether an emulator answers, asked from another process: what a container is watched with."""

from __future__ import annotations

import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final

from ..http.answer import EMULATOR_HEADER
from ..http.control_token import TOKEN_HEADER

_PATIENCE: Final = 3.0
_GUARDED: Final = 401
_SWITCHED_OFF: Final = 501


def trouble_with(base_url: str, control_token: str | None) -> str | None:
    """Return what is wrong with the emulator at an address as a sentence, None if it is well.

    A token that was made at random is known to the running emulator alone, so its control plane refuses
    us; that it does so in its own name shows that it is there. The same goes for one without a control
    plane. The certificate of one that serves HTTPS is not checked: its authority is known to those alone who
    read its file.
    """
    headers = {} if control_token is None else {TOKEN_HEADER: control_token}
    connection = _connection(base_url)
    try:
        connection.request("GET", "/_emulator/health", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, HTTPException) as error:
        return f"nothing answers at {base_url}: {error!r}."
    finally:
        connection.close()
    if answer.getheader(EMULATOR_HEADER) is None:
        return f"what answers at {base_url} is no emulator."
    if answer.status == _SWITCHED_OFF or (answer.status == _GUARDED and control_token is None):
        return None
    if answer.status != 200 or json.loads(body).get("status") != "ok":
        return f"the emulator at {base_url} answers {answer.status}: {body.decode('utf-8', 'replace')[:200]}"
    return None


def _connection(base_url: str) -> HTTPConnection:
    scheme, _, address = base_url.partition("://")
    if scheme == "http":
        return HTTPConnection(address, timeout=_PATIENCE)
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    return HTTPSConnection(address, timeout=_PATIENCE, context=unchecked)
