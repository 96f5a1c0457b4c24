"""The routes of the control plane, and its guards against other web pages.

A foreign web page cannot drive it. Bodies must be JSON, which a page cannot send to another origin without a
preflight; no answer allows other origins; and the application refuses foreign Host headers, which defeats DNS
rebinding (`api.host_check`). A server on any address other than loopback always has a token, and there the
token replaces that check, so that clients can reach containers by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from ..api.gateway import not_emulated
from ..api.json_body import BodyTooLarge, HalfSent, parse_json, read_body
from ..http.answer import FileAnswer
from ..http.control_token import TOKEN_HEADER, is_shown
from ..http.file_sending import file_response
from . import openapi
from .operations import (
    clock,
    company,
    config,
    dashboard,
    documents,
    fault_rules,
    fidelity,
    figures,
    health,
    log,
    one_document,
    saft,
    snapshots,
    tenants,
)
from .operations.operation import ControlError, ControlOperation, JsonObject, check_names

if TYPE_CHECKING:
    from ..api.emulation import Emulation
    from ..http.wire_values import JsonValue


def _document(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return 200, openapi.document(OPERATIONS, needs_token=emulation.fault_token is not None)


OPERATIONS: Final[tuple[ControlOperation, ...]] = (
    *health.OPERATIONS,
    *tenants.OPERATIONS,
    *company.OPERATIONS,
    *snapshots.OPERATIONS,
    *clock.OPERATIONS,
    *config.OPERATIONS,
    *fault_rules.OPERATIONS,
    *log.OPERATIONS,
    *fidelity.OPERATIONS,
    *documents.OPERATIONS,
    *one_document.OPERATIONS,
    *saft.OPERATIONS,
    *figures.OPERATIONS,
    ControlOperation(
        "GET",
        "/openapi.json",
        _document,
        summary="Returns this document.",
        answer={"type": "object", "description": "OpenAPI 3.1."},
        takes_account=False,
    ),
)

_IGNORED: Final = "api_key"
"""Clients of the service add their key to the query of every request, so the control plane accepts it."""


class ControlPlane:
    """The control plane of one emulation."""

    def __init__(self, emulation: Emulation, token: str | None) -> None:
        self._emulation = emulation
        self._token = token
        by_path: dict[str, dict[str, ControlOperation]] = {}
        for operation in OPERATIONS:
            by_path.setdefault(operation.path, {})[operation.method] = operation
        described = [self._route(path, operations) for path, operations in by_path.items()]
        pages = [self._page(path) for path in dashboard.PATHS]
        self.router = Router([*described, *pages], redirect_slashes=False, default=not_emulated)

    def _route(self, path: str, operations: Mapping[str, ControlOperation]) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                self._admit(request)
                operation = operations["GET" if request.method == "HEAD" else request.method]
                sent = {**await _sent(request), **request.path_params}
                check_names(operation, sent)
                with self._emulation.store.transaction():
                    status, value = operation.run(self._emulation, sent)
                self._emulation.carry_out_due()
            except ControlError as error:
                return _json({"error": error.sentence}, error.status)
            return _file(value) if isinstance(value, FileAnswer) else _json(value, status)

        return Route(path, endpoint, methods=list(operations))

    def _page(self, path: str) -> Route:
        async def endpoint(request: Request) -> Response:
            return dashboard.page(path)

        return Route(path, endpoint, methods=["GET"])

    def _admit(self, request: Request) -> None:
        if not is_shown(request.headers, self._token):
            raise ControlError(401, f"The header {TOKEN_HEADER} is missing or wrong.")


def _json(value: JsonValue, status: int) -> Response:
    # Numbers with a fraction arrive as Decimal; `float` writes them back as they came.
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, default=float)
    return Response(content.encode(), status, {"Cache-Control": "no-store"}, "application/json")


def _file(file: FileAnswer) -> Response:
    response = file_response(file)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _sent(request: Request) -> JsonObject:
    """Return the fields of a request: the query of a GET or DELETE, the JSON body of a POST."""
    query: JsonObject = {name: value for name, value in request.query_params.items() if name != _IGNORED}
    if request.method in {"GET", "HEAD", "DELETE"}:
        return query
    if query:
        raise ControlError(422, f"A POST takes no query; move {', '.join(query)} to the body.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ControlError(415, "The Content-Type must be application/json.")
    try:
        value = parse_json(await read_body(request.receive, request.headers) or b"{}")
    except HalfSent as error:
        raise ControlError(400, str(error)) from None
    except BodyTooLarge:
        raise ControlError(413, "The body is too large.") from None
    except ValueError as error:
        raise ControlError(400, f"The body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ControlError(422, "The body must be a JSON object.")
    return value
