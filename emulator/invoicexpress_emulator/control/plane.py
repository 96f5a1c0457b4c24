"""The routes of the control plane, and who may use them.

A web page cannot drive it: bodies must be JSON (which a page may not send across origins unasked), no
answer allows other origins, and the Host must be a loopback name, which defeats rebinding of DNS
names. With a token, which a server on another than a loopback address always has, the token stands in
for the Host list, so that containers can be reached by their names.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from ..control_token import TOKEN_HEADER, is_shown
from ..emulation import Emulation
from ..gateway import BodyTooLarge, carry_out_due, not_emulated, parse_json, read_body
from ..loopback import is_loopback
from . import clock, company, config, fault_rules, health, log, snapshots, tenants
from .operation import ControlError, ControlOperation, JsonObject, Run

OPERATIONS: Final[tuple[ControlOperation, ...]] = (
    *health.OPERATIONS,
    *tenants.OPERATIONS,
    *company.OPERATIONS,
    *snapshots.OPERATIONS,
    *clock.OPERATIONS,
    *config.OPERATIONS,
    *fault_rules.OPERATIONS,
    *log.OPERATIONS,
)


class ControlPlane:
    """The control plane over one emulation."""

    def __init__(self, emulation: Emulation, token: str | None) -> None:
        self._emulation = emulation
        self._token = token
        by_path: dict[str, dict[str, Run]] = {}
        for operation in OPERATIONS:
            by_path.setdefault(operation.path, {})[operation.method] = operation.run
        self.router = Router(
            [self._route(path, functions) for path, functions in by_path.items()], default=not_emulated
        )

    def _route(self, path: str, functions: dict[str, Run]) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                self._admit(request)
                sent = {**await _sent(request), **request.path_params}
                with self._emulation.store.transaction():
                    status, value = functions[request.method](self._emulation, sent)
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
