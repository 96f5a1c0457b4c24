"""`/_emulator/`: what the real service can never have. State, clock, outbox, settings, request log, faults.

A web page cannot drive it: bodies must be JSON (which a page may not send across origins unasked), no
answer allows other origins, and the Host must be a loopback name, which defeats rebinding of DNS
names. With a token, which a server on another than a loopback address always has, the token stands in
for the Host list, so that containers can be reached by their names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from . import accounts
from .accounts import DEFAULT_ACCOUNT, Account, Readiness, Settings
from .control_token import TOKEN_HEADER, is_shown
from .emulation import Emulation
from .faults import EVERY_OPERATION, BadFault
from .gateway import BodyTooLarge, carry_out_due, not_emulated, parse_json, read_body
from .lisbon_clock import AccountClock
from .operation_ids import every_name
from .outbox import sent_messages
from .routes import OPERATIONS
from .version import VERSION
from .wire_values import JsonValue, parse_id

ALL_ACCOUNTS: Final = "*"
_LONGEST_LAG: Final = 86_400

JsonObject = dict[str, JsonValue]
Choice = TypeVar("Choice", bound=str)


class ControlError(Exception):
    """The request to the control plane is refused."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def is_loopback(host: str) -> bool:
    """Whether a host name or Host header means this machine."""
    name = host.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:  # with more, it is an address of IPv6 without a port
        name = name.partition(":")[0]
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class ControlPlane:
    """The routes of the control plane over one emulation."""

    def __init__(self, emulation: Emulation, token: str | None) -> None:
        self._emulation = emulation
        self._token = token
        self.router = Router(
            [
                self._route("/health", GET=self._health),
                self._route("/accounts", GET=self._list_accounts, POST=self._create_account),
                self._route("/reset", POST=self._reset),
                self._route("/clock", GET=self._read_clock, POST=self._set_clock),
                self._route("/outbox", GET=self._outbox),
                self._route("/config", GET=self._read_config, POST=self._set_config),
                self._route("/requests", GET=self._requests),
                self._route(
                    "/faults", GET=self._list_faults, POST=self._create_fault, DELETE=self._clear_faults
                ),
                self._route("/faults/{id}", DELETE=self._clear_faults),
            ],
            default=not_emulated,
        )

    def _route(self, path: str, **functions: Callable[[JsonObject], tuple[int, JsonValue]]) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                self._admit(request)
                sent = {**await _sent(request), **request.path_params}
                with self._emulation.store.transaction():
                    status, value = functions[request.method](sent)
                carry_out_due(self._emulation)
            except ControlError as error:
                return JSONResponse({"error": error.sentence}, error.status)
            return JSONResponse(value, status, {"Cache-Control": "no-store"})

        return Route(path, endpoint, methods=list(functions))

    def _admit(self, request: Request) -> None:
        if self._token is not None:
            if not is_shown(request.headers, self._token):
                raise ControlError(401, f"The header {TOKEN_HEADER} is missing or wrong.")
        elif not is_loopback(request.headers.get("host", "")):
            raise ControlError(403, "The control plane answers loopback host names only.")

    def _accounts(self, sent: JsonObject) -> list[Account]:
        """Return the accounts that a request is about: one by name, the default one, or all."""
        name = sent.get("account", DEFAULT_ACCOUNT)
        db = self._emulation.store.db
        if name == ALL_ACCOUNTS:
            return accounts.every(db)
        found = accounts.by_name(db, name) if isinstance(name, str) else None
        if found is None:
            raise ControlError(404, f"There is no account {name!r}.")
        return [found]

    def _per_account(self, sent: JsonObject, shown: Callable[[Account], JsonValue]) -> tuple[int, JsonValue]:
        """Answer with one account's object, or with all of them by name for `*`."""
        found = self._accounts(sent)
        if sent.get("account") == ALL_ACCOUNTS:
            return 200, {account.name: shown(account) for account in found}
        return 200, shown(found[0])

    def _health(self, sent: JsonObject) -> tuple[int, JsonValue]:
        return 200, {
            "status": "ok",
            "version": VERSION,
            "profile": self._emulation.profile.name,
            "seed": self._emulation.store.seed,
        }

    def _list_accounts(self, sent: JsonObject) -> tuple[int, JsonValue]:
        shown: list[JsonValue] = [
            {
                "id": account.id,
                "name": account.name,
                "state": account.state,
                "trial": account.trial,
                "partner": account.partner,
            }
            for account in accounts.every(self._emulation.store.db)
        ]
        return 200, {"accounts": shown}

    def _create_account(self, sent: JsonObject) -> tuple[int, JsonValue]:
        name, key = sent.get("name"), sent.get("api_key")
        if not isinstance(name, str) or not isinstance(key, str | None):
            raise ControlError(422, '"name" must be text, and so must "api_key" if it is there.')
        trial, partner = _flag(sent, "trial", default=False), _flag(sent, "partner", default=True)
        try:
            account = accounts.create(self._emulation.store, name, key, trial=trial, partner=partner)
        except ValueError as error:
            raise ControlError(422, f"{error}.") from None
        return 201, {"id": account.id, "name": account.name, "api_key": account.api_key}

    def _reset(self, sent: JsonObject) -> tuple[int, JsonValue]:
        found = self._accounts(sent)
        for account in found:
            accounts.reset(self._emulation.store, account)
            self._emulation.window.forget(account.id)
            self._emulation.log.clear(account.name)
            self._emulation.faults.clear(account.name)
            self._emulation.late.forget(account.id)
        if sent.get("account") == ALL_ACCOUNTS:
            self._emulation.faults.clear(None)
        return 200, {"reset": [account.name for account in found]}

    def _clock_shown(self, account: Account) -> JsonValue:
        now = account.clock.now(self._emulation.time_source)
        return {"now": now.isoformat(), "frozen": account.clock.frozen_at is not None}

    def _read_clock(self, sent: JsonObject) -> tuple[int, JsonValue]:
        return self._per_account(sent, self._clock_shown)

    def _set_clock(self, sent: JsonObject) -> tuple[int, JsonValue]:
        if not {"set", "advance", "freeze"} & sent.keys():
            raise ControlError(422, 'Send "set" (ISO time), "advance" (seconds) or "freeze" (true or false).')

        def changed(account: Account) -> JsonValue:
            clock = self._moved(account.clock, sent)
            return self._clock_shown(accounts.set_clock(self._emulation.store, account, clock))

        return self._per_account(sent, changed)

    def _moved(self, clock: AccountClock, sent: JsonObject) -> AccountClock:
        source = self._emulation.time_source
        try:
            if "freeze" in sent:
                freeze = sent["freeze"]
                if not isinstance(freeze, bool):
                    raise ControlError(422, '"freeze" must be true or false.')
                clock = clock.frozen(freeze, source)
            if "set" in sent:
                clock = clock.moved_to(datetime.fromisoformat(str(sent["set"])), source)
            if "advance" in sent:
                clock = clock.advanced(timedelta(seconds=_seconds(sent["advance"], "advance")))
            clock.now(source)
        except (ValueError, OverflowError) as error:
            raise ControlError(422, f"That is no time the clock can show: {error}.") from None
        return clock

    def _outbox(self, sent: JsonObject) -> tuple[int, JsonValue]:
        db = self._emulation.store.db
        return self._per_account(sent, lambda account: {"messages": sent_messages(db, account.id)})

    def _read_config(self, sent: JsonObject) -> tuple[int, JsonValue]:
        return self._per_account(sent, lambda account: accounts.settings_json(account.settings))

    def _set_config(self, sent: JsonObject) -> tuple[int, JsonValue]:
        def changed(account: Account) -> JsonValue:
            settings = _settings(account.settings, sent)
            accounts.set_settings(self._emulation.store, account, settings)
            return accounts.settings_json(settings)

        return self._per_account(sent, changed)

    def _create_fault(self, sent: JsonObject) -> tuple[int, JsonValue]:
        self._accounts(sent)
        operation, known = sent.get("operation"), every_name(OPERATIONS)
        if operation != EVERY_OPERATION and operation not in known:
            raise ControlError(400, f"There is no operation {operation!r}; there are: *, {', '.join(known)}.")
        try:
            fault = self._emulation.faults.add(str(sent.get("account", DEFAULT_ACCOUNT)), sent)
        except BadFault as error:
            raise ControlError(422, str(error)) from None
        return 201, {"id": fault.id}

    def _list_faults(self, sent: JsonObject) -> tuple[int, JsonValue]:
        shown: list[JsonValue] = [
            fault.shown() for fault in self._emulation.faults.of_account(self._named_account(sent))
        ]
        return 200, {"faults": shown}

    def _clear_faults(self, sent: JsonObject) -> tuple[int, JsonValue]:
        if "id" not in sent:
            return 200, {"cleared": self._emulation.faults.clear(self._named_account(sent))}
        fault_id = parse_id(sent["id"])
        if fault_id is None or not self._emulation.faults.remove(fault_id):
            raise ControlError(404, f"There is no fault {sent['id']!r}.")
        return 200, {"cleared": 1}

    def _named_account(self, sent: JsonObject) -> str | None:
        """Return the account that is named; unlike elsewhere, none means all: no fault may hide."""
        if sent.get("account", ALL_ACCOUNTS) == ALL_ACCOUNTS:
            return None
        return self._accounts(sent)[0].name

    def _requests(self, sent: JsonObject) -> tuple[int, JsonValue]:
        self._accounts(sent)
        name = sent.get("account", DEFAULT_ACCOUNT)
        shown: list[JsonValue] = list(
            self._emulation.log.of_account(None if name == ALL_ACCOUNTS else str(name))
        )
        return 200, {"requests": shown}


async def _sent(request: Request) -> JsonObject:
    """Return what a request says: the query of a GET or DELETE, the JSON body of anything else."""
    if request.method in {"GET", "HEAD", "DELETE"}:
        return dict(request.query_params)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ControlError(415, "The control plane takes JSON only (Content-Type: application/json).")
    try:
        value = parse_json(await read_body(request.receive) or b"{}")
    except BodyTooLarge:
        raise ControlError(413, "The body is too large.") from None
    except ValueError as error:
        raise ControlError(400, f"The body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ControlError(422, "The body must be a JSON object.")
    return value


def _flag(sent: JsonObject, name: str, *, default: bool) -> bool:
    value = sent.get(name, default)
    if not isinstance(value, bool):
        raise ControlError(422, f'"{name}" must be true or false.')
    return value


def _seconds(value: JsonValue, name: str) -> float:
    if isinstance(value, bool) or value is None or isinstance(value, str | list | dict):
        raise ControlError(422, f'"{name}" must be a number of seconds.')
    seconds = float(value)
    if not math.isfinite(seconds):
        raise ControlError(422, f'"{name}" must be a number of seconds.')
    return seconds


def _settings(settings: Settings, sent: JsonObject) -> Settings:
    """Return the settings with what a request changes.

    Raises:
        ControlError: 422, an unknown setting, or a value that it cannot have.
    """
    unknown = sent.keys() - {
        "account",
        "pdf",
        "qr_code",
        "saft",
        "at_doc_code",
        "fiscal_id",
        "at_registration",
        "list_lag",
    }
    if unknown:
        raise ControlError(422, f"There is no setting {', '.join(sorted(unknown))}.")
    if "pdf" in sent:
        settings = replace(settings, pdf=_readiness(sent["pdf"]))
    if "qr_code" in sent:
        settings = replace(settings, qr_code=_readiness(sent["qr_code"]))
    if "saft" in sent:
        settings = replace(settings, saft=_readiness(sent["saft"]))
    if "at_doc_code" in sent:
        settings = replace(settings, at_doc_code=_readiness(sent["at_doc_code"]))
    if "fiscal_id" in sent:
        check = _one_of("fiscal_id", sent["fiscal_id"], accounts.FISCAL_ID_CHECKS)
        settings = replace(settings, fiscal_id=check)
    if "at_registration" in sent:
        registration = _one_of("at_registration", sent["at_registration"], accounts.AT_REGISTRATIONS)
        settings = replace(settings, at_registration=registration)
    if "list_lag" in sent:
        settings = replace(settings, list_lag=_list_lag(sent["list_lag"]))
    return settings


def _one_of(name: str, value: JsonValue, allowed: Sequence[Choice]) -> Choice:
    for choice in allowed:
        if value == choice:
            return choice
    raise ControlError(422, f'"{name}" must be one of: {", ".join(allowed)}.')


def _list_lag(sent: JsonValue) -> float:
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        seconds = _seconds(sent["seconds"], "seconds")
        if 0 <= seconds <= _LONGEST_LAG:
            return seconds
    raise ControlError(422, f'"list_lag" is {{"seconds": s}}, from 0 to {_LONGEST_LAG}.')


def _readiness(sent: JsonValue) -> Readiness:
    if sent == "immediate":
        return Readiness(polls=1)
    if isinstance(sent, dict) and sent.keys() == {"seconds"}:
        return Readiness(seconds=max(0.0, _seconds(sent["seconds"], "seconds")))
    if isinstance(sent, dict) and sent.keys() == {"polls"}:
        polls = sent["polls"]
        if isinstance(polls, int) and not isinstance(polls, bool) and 1 <= polls <= 1_000_000:
            return Readiness(polls=polls)
    raise ControlError(422, 'Readiness is "immediate", {"polls": n} or {"seconds": s}.')
