"""The control plane's own OpenAPI document, and the control plane's conformance to it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.app import build_app
from invoicexpress_emulator.control import openapi
from invoicexpress_emulator.control.json_schema import record
from invoicexpress_emulator.control.operations.operation import ControlOperation
from invoicexpress_emulator.control.plane import OPERATIONS
from openapi_spec_validator import validate
from schemathesis import checks as common
from schemathesis.specs.openapi import checks as of_openapi

from tests.emulator.support.control_document import complaints, described, document

# The library's generic checks are beyond a strict checker.
_COMMON: Final[Any] = common
_OPENAPI: Final[Any] = of_openapi
CHECKS: Final[list[Any]] = [
    _COMMON.not_a_server_error,
    _OPENAPI.status_code_conformance,
    _OPENAPI.content_type_conformance,
    _OPENAPI.response_schema_conformance,
    _OPENAPI.negative_data_rejection,
]


class TestTheDocument:
    @pytest.mark.parametrize("needs_token", [False, True])
    def test_it_is_one(self, needs_token: bool) -> None:
        made = document(needs_token=needs_token)
        validate(made)
        assert made["openapi"].startswith("3.1.")
        assert made["security"] == ([{"EmulatorToken": []}] if needs_token else [])

    def test_it_is_served(self, any_api: Any) -> None:
        assert any_api.get("/_emulator/openapi.json").json() == document()

    def test_every_operation_is_described(self) -> None:
        for operation in OPERATIONS:
            name = f"{operation.method} {operation.path}"
            assert operation.summary.endswith("."), name
            assert operation.answer, name
            assert set(operation.required) <= set(operation.sent), name
            assert set(operation.in_path) <= set(operation.sent), name
            assert operation.method in {"GET", "POST", "DELETE"}, name

    def test_what_is_routed_is_what_is_described(self) -> None:
        assert [(each.method, each.path) for each in described()] == [
            (operation.method, operation.path) for operation in OPERATIONS
        ]

    def test_ids_are_words_and_differ(self) -> None:
        ids = [each.content["operationId"] for each in described()]
        assert len(set(ids)) == len(ids)
        assert all(each.isidentifier() for each in ids)
        assert {"getHealth", "postFaults", "deleteFaultsById", "getOpenapiJson"} <= set(ids)

    def test_titled_schemas_become_components(self) -> None:
        schemas = document()["components"]["schemas"]
        assert {"Settings", "Fault", "Effect", "Message", "LoggedRequest", "Document", "Error"} <= set(
            schemas
        )
        assert schemas["Settings"]["properties"]["pdf"] == {"$ref": "#/components/schemas/Readiness"}

    def test_one_title_for_two_things_is_refused(self) -> None:
        def described_as(path: str, answer: Any) -> ControlOperation:
            return ControlOperation("GET", path, OPERATIONS[0].run, summary="It.", answer=answer)

        one, other = record("Thing", {}), record("Thing", {"a": {"type": "string"}})
        with pytest.raises(ValueError, match="called Thing"):
            openapi.document([described_as("/a", one), described_as("/b", other)], needs_token=False)

    def test_for_all_accounts_the_answer_is_by_name(self) -> None:
        (clock,) = (each for each in described() if (each.method, each.path) == ("GET", "/clock"))
        schema = clock.content["responses"]["200"]["content"]["application/json"]["schema"]
        shown = {"now": "2026-06-30T12:00:00+01:00", "frozen": False}
        assert complaints(schema, shown) == []
        assert complaints(schema, {"demo": shown}) == []
        assert complaints(schema, {"now": "x"})


class TestWhatIsNotDescribed:
    @pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method}-{each.path}")
    def test_unknown_fields_are_refused(self, api: Any, operation: ControlOperation) -> None:
        path = f"/_emulator{operation.path.replace('{', '').replace('}', '')}"
        if operation.method == "POST":
            answer = api.post(path, {"account": api.name, "nada": 1})
        else:
            answer = api.http.request(operation.method, path, params={"nada": "1"})
        assert answer.status_code == 422
        assert "nada" in answer.json()["error"]

    @pytest.mark.parametrize(
        "operation",
        [each for each in OPERATIONS if each.required],
        ids=lambda each: f"{each.method}-{each.path}",
    )
    def test_what_is_required_is_missed(self, api: Any, operation: ControlOperation) -> None:
        path = f"/_emulator{operation.path}"
        answer = (
            api.post(path, {}) if operation.method == "POST" else api.http.request(operation.method, path)
        )
        assert answer.status_code == 422
        assert all(name in answer.json()["error"] for name in operation.required)

    def test_a_body_has_no_query_beside_it(self, api: Any) -> None:
        answer = api.http.post("/_emulator/reset", params={"account": api.name}, json={})
        assert answer.status_code == 422

    def test_the_key_of_the_service_is_ignored(self, api: Any) -> None:
        assert api.http.get("/_emulator/health", params={"api_key": "x"}).status_code == 200

    def test_head_is_a_get_without_its_body(self, api: Any) -> None:
        answer = httpx.head(f"{api.http.base_url}/_emulator/health")
        assert (answer.status_code, answer.content) == (200, b"")

    def test_a_number_with_a_fraction_comes_back_as_it_was_sent(self, api: Any) -> None:
        effect = {"delay": 0.25}
        api.control("faults", operation="*", when={"probability": 0.125}, effect=effect)
        (fault,) = api.get("/_emulator/faults", account=api.name).json()["faults"]
        assert (fault["effect"], fault["when"]) == (effect, {"probability": 0.125})

    def test_a_path_that_is_none_is_not_emulated(self, api: Any) -> None:
        assert api.get("/_emulator/nada").status_code == 501
        assert api.http.put("/_emulator/clock", json={}).status_code == 405


def test_a_token_guards_the_document_too() -> None:
    app = build_app(
        data=None, profile="observed", rate_limit=None, seed=0, control_plane=True, clock=None,
        control_token="segredo",
    )  # read by rows # fmt: skip

    async def run() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as client:
            path = "/_emulator/openapi.json"
            assert (await client.get(path)).status_code == 401
            shown = await client.get(path, headers={"X-Emulator-Token": "segredo"})
            assert shown.json() == document(needs_token=True)

    asyncio.run(run())
    app.close()


SCHEMA: Final[Any] = schemathesis.openapi.from_dict(document())
LABELS: Final[list[str]] = [found.ok().label for found in SCHEMA.get_all_operations()]
TAKES_FIELDS: Final = {f"{each.method} {each.path}": bool(each.fields) for each in OPERATIONS}


@pytest.fixture(scope="module")
def server() -> Any:
    """A server for this test alone, since requests may reset all accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.mark.parametrize(
    ("label", "is_allowed"),
    [(label, True) for label in LABELS] + [(label, False) for label in LABELS if TAKES_FIELDS[label]],
)
def test_the_control_plane_keeps_to_its_document(server: Emulator, label: str, is_allowed: bool) -> None:
    """Every request, allowed or forbidden, gets a documented status and body; forbidden ones are
    refused.
    """
    (operation,) = (found.ok() for found in SCHEMA.get_all_operations() if found.ok().label == label)
    mode = schemathesis.GenerationMode.POSITIVE if is_allowed else schemathesis.GenerationMode.NEGATIVE

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        response = case.call(base_url=f"{server.base_url}/_emulator")
        case.validate_response(response, checks=CHECKS)

    answers()
