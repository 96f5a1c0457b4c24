"""Sends one request to the control plane and reads its answer."""

from __future__ import annotations

import json
import shutil
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from pathlib import Path
from typing import Final, Protocol, cast
from urllib.parse import quote, urlencode, urlsplit

from ..http.answer import EMULATOR_HEADER
from ..http.control_token import TOKEN_HEADER
from ..http.wire_values import JsonValue

_ROOT: Final = "/_emulator"

Sent = Mapping[str, JsonValue]


class ControlRefused(Exception):
    """The control plane refused a request.

    Attributes:
        status: the HTTP status, such as 404 for an unknown account.
        sentence: the reason, in one sentence.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status = status
        self.sentence = sentence


class NotAnEmulator(ControlRefused):
    """Something else than an emulator answered."""


class Sink(Protocol):
    """Receives a file piece by piece."""

    def write(self, content: bytes, /) -> object: ...


class Ask(Protocol):
    """Calls an operation by its method and path template, and returns the answer.

    If the operation answers with a file, pass `into`: the file is written there, and the call returns None.
    """

    def __call__(
        self, method: str, path: str, sent: Sent | None = None, /, *, into: Sink | None = None
    ) -> JsonValue: ...


class Connection:
    """Reaches the control plane over HTTP, with its token."""

    def __init__(
        self, base_url: str, *, token: str | None, timeout: float, ca_file: str | Path | None = None
    ) -> None:
        """Remember the address; send nothing yet.

        Raises:
            ValueError: the address has no host, or its scheme is neither http nor https.
            OSError: `ca_file` cannot be read, or holds no certificate.
        """
        no_address = f"{base_url!r} is not an emulator's address, such as http://127.0.0.1:8080"
        try:
            parts = urlsplit(base_url)
            port = parts.port
        except ValueError as error:  # a port that is no number, an unfinished IPv6 address
            raise ValueError(no_address) from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(no_address)
        self._is_https = parts.scheme == "https"
        self._trusted = None if ca_file is None else ssl.create_default_context(cafile=ca_file)
        self._host = parts.hostname
        self._port = port
        self._prefix = parts.path.rstrip("/")
        self._token = token
        self._timeout = timeout

    def __call__(
        self, method: str, path: str, sent: Sent | None = None, /, *, into: Sink | None = None
    ) -> JsonValue:
        """Send a request over a new connection, so that threads may share this object.

        Args:
            method: GET, POST or DELETE.
            path: below `/_emulator`; each `{name}` is filled from `sent`.
            sent: the fields.
            into: receives the file, if the answer is one.

        Raises:
            ControlRefused: the answer is not a success.
            OSError: the emulator cannot be reached, does not answer in time, or breaks off a file.
        """
        fields = dict(sent or {})
        for name in [name for name in fields if f"{{{name}}}" in path]:
            path = path.replace(f"{{{name}}}", quote(str(fields.pop(name)), safe=""))
        headers = {} if self._token is None else {TOKEN_HEADER: self._token}
        body: bytes | None = None
        if method == "POST":
            headers["Content-Type"] = "application/json"
            body = json.dumps(fields).encode()
        elif fields:
            path += f"?{urlencode(fields)}"
        connection = self._connection()
        try:
            connection.request(method, f"{self._prefix}{_ROOT}{path}", body, headers)
            answer = connection.getresponse()
            if answer.getheader(EMULATOR_HEADER) is None:
                raise NotAnEmulator(answer.status, f"The answer has no {EMULATOR_HEADER}.")
            if into is not None and answer.status == 200:
                shutil.copyfileobj(answer, into)
                return None
            content = answer.read()
        except IncompleteRead as error:
            raise ConnectionError("the emulator broke off its answer") from error
        except HTTPException as error:
            if isinstance(error, OSError):  # closed without an answer
                raise
            raise NotAnEmulator(0, "The answer is not HTTP, so it does not come from an emulator.") from error
        finally:
            connection.close()
        return _read(answer.status, content)

    def _connection(self) -> HTTPConnection:
        if self._is_https:
            return HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._trusted)
        return HTTPConnection(self._host, self._port, timeout=self._timeout)


def _read(status: int, content: bytes) -> JsonValue:
    try:
        value = cast(JsonValue, json.loads(content))
    except ValueError:
        raise NotAnEmulator(status, "The answer is not JSON, so it does not come from an emulator.") from None
    if 200 <= status < 300:
        return value
    reason = value.get("error") if isinstance(value, dict) else None
    raise ControlRefused(status, str(reason or "The answer gives no reason."))
