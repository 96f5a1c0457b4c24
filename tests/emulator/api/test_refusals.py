"""Keys, hosts, 404s, broken bodies: always a 4xx with words, never a 500, nothing half written."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.api.routes import OPERATIONS

from tests.emulator.conftest import SEGMENTS
from tests.folded import folded

NOBODY = 999_999_999


class TestKeys:
    @pytest.mark.parametrize("query", [{}, {"api_key": ""}, {"api_key": "errada"}])
    def test_a_wrong_key(self, api: Any, documented: Any, query: dict[str, str]) -> None:
        for each, errors in (
            (api, [{"error": "Invalid API key"}]),
            (documented, {"error": "Invalid API key"}),
        ):
            answer = httpx.get(f"{each.http.base_url}/invoices.json", params=query)
            assert (answer.status_code, answer.json()) == (401, {"errors": errors})
            assert answer.headers["cache-control"] == "no-cache"

    def test_the_host_must_name_the_account_of_the_key(self, api: Any, other: Any) -> None:
        port = api.http.base_url.port
        for host, status in (
            (f"{api.name}.localhost:{port}", 200),
            (f"{api.name}.app.invoicexpress.com", 200),
            (f"127.0.0.1:{port}", 200),
            ("localhost", 200),
            (f"{other.name}.localhost:{port}", 401),
            (f"{other.name}.app.invoicexpress.com", 401),
        ):
            answer = api.http.get("/invoices.json", headers={"Host": host})
            assert answer.status_code == status, host

    @pytest.mark.parametrize("path", ["/invoices.json", "/nada", "/downloads/pdf/1-x.pdf", "/documents/1"])
    def test_a_host_without_an_account_behind_it_has_no_site(self, any_api: Any, path: str) -> None:
        name = any_api.name
        for host in (
            "ninguem.app.invoicexpress.com",
            "NINGUEM.app.invoicexpress.com.:443",
            f"a.{name}.app.invoicexpress.com",
            f"{name}.macewindu.invoicexpress.com",
            "ninguem.localhost",
            "app.invoicexpress.com",
            f"{name}.invoicexpress.com",
            f"{name}.beta.invoicexpress.com",
            "nin_guem.invoicexpress.com",
            "WWW.invoicexpress.com:443",
            "invoicexpress.com",
        ):
            for key in ({}, {"api_key": any_api.key}):
                url = f"{any_api.http.base_url}{path}"
                answer = httpx.get(url, params=key, headers={"Host": host})
                assert answer.status_code == 530, host
                assert answer.headers["content-type"].startswith("text/html")
                assert "set-cookie" not in answer.headers

    def test_a_write_to_such_a_host_changes_nothing(self, any_api: Any) -> None:
        document = {"invoice": any_api.plain()}
        host = {"Host": "ninguem.app.invoicexpress.com"}
        assert any_api.http.post("/invoices.json", json=document, headers=host).status_code == 530
        assert any_api.get("/invoices.json").json()["invoices"] == []

    def test_the_account_of_a_host_may_be_made_later(self, any_api: Any) -> None:
        name = f"{any_api.name}-2"
        host = {"Host": f"{name}.app.invoicexpress.com"}
        assert any_api.http.get("/taxes.json", headers=host).status_code == 530
        key = any_api.http.post("/_emulator/accounts", json={"name": name}).json()["api_key"]
        assert any_api.http.get("/taxes.json", headers=host).status_code == 401
        assert any_api.http.get("/taxes.json", headers=host, params={"api_key": key}).status_code == 200

    def test_a_key_in_a_header_is_no_key(self, any_api: Any) -> None:
        url, header = f"{any_api.http.base_url}/invoices.json", {"X-InvoiceXpress-API-Key": any_api.key}
        assert httpx.get(url, headers=header).status_code == 401
        answer = httpx.get(url, headers={"X-InvoiceXpress-API-Key": "x"}, params={"api_key": any_api.key})
        assert answer.status_code == 200


class TestHeaders:
    def test_every_answer_is_marked(self, any_api: Any) -> None:
        for answer in (
            any_api.get("/invoices.json"),
            any_api.get("/nada"),
            any_api.get(f"/invoices/{NOBODY}.json"),
            httpx.get(f"{any_api.http.base_url}/invoices.json"),
            any_api.get("/_emulator/health"),
            any_api.get("/downloads/pdf/1-x.pdf"),
        ):
            assert answer.headers["x-invoicexpress-emulator"]
            assert answer.headers["x-runtime"].isdigit()

    def test_reads_and_writes_as_recorded(self, api: Any) -> None:
        read = api.get("/taxes.json")
        assert read.headers["content-type"] == "application/json; charset=utf-8"
        assert read.headers["cache-control"] == "private, max-age=0, must-revalidate"
        assert read.headers["status"] == "200"
        assert read.headers["etag"] == api.get("/taxes.json").headers["etag"]
        written = api.post("/invoices.json", {"invoice": api.plain()})
        assert written.headers["cache-control"] == "no-cache"
        assert written.headers["status"] == "201"
        assert "etag" not in written.headers
        assert "x-ratelimit-limit" not in read.headers


class TestNotFound:
    @pytest.mark.parametrize(
        "path", ["/clients/0.json", "/items/0.json", "/sequences/0.json", "/invoices/0.json"]
    )
    def test_an_empty_body(self, any_api: Any, path: str) -> None:
        answer = any_api.get(path)
        assert (answer.status_code, answer.content) == (404, b"")
        assert answer.headers["content-type"] == "application/json; charset=utf-8"

    def test_taxes_answer_one_space_live(self, api: Any, documented: Any) -> None:
        for method in ("get", "delete"):
            assert getattr(api, method)("/taxes/0.json").content == b" "
            assert getattr(documented, method)("/taxes/0.json").content == b""

    def test_invoices_of_nobody_are_a_page_live(self, api: Any, documented: Any) -> None:
        answer = api.post("/clients/0/invoices.json", {"filter": {}})
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert documented.post("/clients/0/invoices.json", {}).content == b""

    def test_invoices_asked_for_with_get_are_a_page_live(self, api: Any, documented: Any) -> None:
        answer = api.get("/clients/1/invoices.json")
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert documented.get("/clients/1/invoices.json").status_code == 405
        assert api.put("/clients/1/invoices.json", {}).status_code == 405

    def test_writes_to_no_document(self, api: Any, documented: Any) -> None:
        for each, errors in (
            (api, [{"error": "Document not found"}]),
            (documented, {"error": "Document not found"}),
        ):
            for path, body in (
                ("/invoices/0.json", {"invoice": each.plain()}),
                ("/quotes/0/change-state.json", {"quote": {"state": "finalized"}}),
                ("/receipts/0/change-state.json", {"receipt": {"state": "canceled", "message": "x"}}),
            ):
                answer = each.put(path, body)
                assert (answer.status_code, answer.json()) == (404, {"errors": errors})

    def test_the_qr_code_of_no_document(self, any_api: Any) -> None:
        answer = any_api.get("/api/qr_codes/24563387.json")
        assert answer.status_code == 404
        assert answer.json() == {"error": "No document with ID 24563387 was found in this account"}

    def test_another_type_is_not_there(self, any_api: Any) -> None:
        invoice = any_api.create()
        assert any_api.get(f"/invoice_receipts/{invoice['id']}.json").status_code == 404
        assert any_api.get(f"/quotes/{invoice['id']}.json").status_code == 404
        body = {"credit_note": any_api.plain()}
        assert any_api.put(f"/credit_notes/{invoice['id']}.json", body).status_code == 404
        state = {"receipt": {"state": "canceled", "message": "x"}}
        assert any_api.put(f"/receipts/{invoice['id']}/change-state.json", state).status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/cash_invoices.json",
            "/api/export_saft",
            "/documents/1/related_documents.json",
            "/invoices/1/pdf",
            "/clients",
            "/invoices.xml",
            "/invoices.json/",
            "/invoices/1",
        ],
    )
    def test_what_is_not_emulated_says_so(self, any_api: Any, path: str) -> None:
        answer = any_api.get(path)
        assert answer.status_code == 501
        assert answer.json() == {"error": f"GET {path} is not emulated."}

    @folded("kind", list(SEGMENTS.values()))
    def test_what_the_service_was_seen_not_to_have_is_as_it_was_seen(self, any_api: Any, kind: str) -> None:
        """Per-type paths of PDF and related documents, whatever the id and the key."""
        for rest in ("pdf.json", "related_documents.json", "related-documents.json"):
            for key in ({}, {"api_key": any_api.key}):
                url = f"{any_api.http.base_url}/{kind}/1/{rest}"
                answer = httpx.get(url, params=key)
                assert answer.status_code == 404, url
                assert answer.headers["content-type"].startswith("text/html")
                assert httpx.post(url, params=key).status_code == 501

    def test_a_row_of_a_series_is_not_changed_but_redirected(self, any_api: Any) -> None:
        before = any_api.get("/sequences.json").json()
        path = f"/sequences/{before['sequences'][0]['id']}.json"
        answer = any_api.put(path, {"sequence": {"serie": "OUTRA"}})
        assert (answer.status_code, answer.headers["location"]) == (302, "/")
        assert any_api.get("/sequences.json").json() == before
        assert any_api.delete(path).status_code == 405

    def test_a_method_that_is_not_there(self, any_api: Any) -> None:
        answer = any_api.delete("/clients.json")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, POST"
        assert any_api.post("/receipts.json", {}).status_code == 405

    @pytest.mark.parametrize(
        "identifier", ["abc", "1.5", "-1", "1e3", "９", "9" * 40, "0x1", "1 OR 1=1", "%00"]
    )
    def test_ids_that_are_no_numbers(self, any_api: Any, identifier: str) -> None:
        for path in ("/clients", "/items", "/taxes", "/sequences", "/invoices", "/api/pdf", "/api/qr_codes"):
            assert any_api.get(f"{path}/{identifier}.json").status_code == 404

    def test_head_is_a_get_without_a_body(self, api: Any) -> None:
        answer = api.http.head("/invoices.json")
        assert (answer.status_code, answer.content) == (200, b"")


class TestBrokenBodies:
    @pytest.mark.parametrize(
        "body",
        [
            b"{",
            b"nada",
            b'{"invoice": {"date": NaN}}',
            b'{"invoice": Infinity}',
            b'{"invoice": "\xff"}',
            b'{"invoice": {"reference": "\\ud800"}}',
            b"[" * 100_000,
            b'{"invoice":' + b"9" * 5000 + b"}",
            b'{"invoice": {}} x',
        ],
    )
    def test_what_is_not_json_is_400(self, any_api: Any, body: bytes) -> None:
        answer = any_api.http.post(
            "/invoices.json", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400
        assert any_api.texts(answer)[0].startswith("The request body is not valid JSON")

    @pytest.mark.parametrize("body", [b"", b"  ", b"null", b"[]", b'"texto"', b'"3"', b"3", b"{}"])
    def test_what_has_no_root_is_422(self, any_api: Any, body: bytes) -> None:
        answer = any_api.http.post(
            "/invoices.json", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422
        assert any_api.texts(answer) == ["Elemento invoice não fornecido"]

    def test_a_json_text_of_json_fails_live(self, api: Any, documented: Any) -> None:
        for each, status in ((api, 500), (documented, 422)):
            answer = each.post("/invoices.json", '{"invoice":{}}')
            assert answer.status_code == status
        assert api.post("/invoices.json", '["invoice"]').headers["content-type"].startswith("text/html")

    @pytest.mark.parametrize("value", [None, 1, "a", [], True])
    def test_a_root_that_is_no_object(self, any_api: Any, value: Any) -> None:
        assert any_api.post("/invoices.json", {"invoice": value}).status_code == 422
        assert any_api.post("/clients.json", {"client": value}).status_code == 422

    def test_the_content_type_must_be_json(self, any_api: Any) -> None:
        answer = any_api.http.post("/clients.json", content=b'{"client":{"name":"A"}}')
        assert answer.status_code == 422
        assert "No content type" in str(any_api.texts(answer))
        typed = {"Content-Type": "application/vnd.api+json; charset=utf-8"}
        made = any_api.http.post("/clients.json", content=b'{"client":{"name":"A"}}', headers=typed)
        assert made.status_code == 201

    def test_a_huge_body_is_refused(self, any_api: Any) -> None:
        huge = {"invoice": any_api.plain(observations="x" * (2 * 1024 * 1024))}
        answer = any_api.post("/invoices.json", huge)
        assert answer.status_code == 413
        assert "larger than" in any_api.texts(answer)[0]

    def test_exact_numbers_stay_exact(self, api: Any) -> None:
        body = (
            b'{"invoice":{"client":{"name":"A"},"items":[{"name":"i","unit_price":0.1234,"quantity":1e2}]}}'
        )
        answer = api.http.post("/invoices.json", content=body, headers={"Content-Type": "application/json"})
        assert answer.json()["invoice"]["items"][0]["subtotal"] == 12.34
        assert answer.json()["invoice"]["sum"] == 12.34


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["1", "-1", "01/02/2026", "M07", "IVA23", "finalized", "canceled", "0", "1e999", "\x00"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
DOCUMENT_KEYS = (
    "date", "due_date", "reference", "observations", "retention", "tax_exemption", "tax_exemption_reason",
    "sequence_id", "client", "items", "mb_reference", "owner_invoice_id", "currency_code", "rate",
    "global_discount", "plugin_id", "state", "message", "amount", "payment_mechanism", "note", "serie",
    "payment_date", "name", "code", "email", "value", "region", "unit_price", "tax", "default_sequence",
    "preferred_contact", "fiscal_id", "country", "send_options", "body", "subject", "cc", "filter",
    "organization_name", "password", "terms", "credentials", "at_subuser", "at_password",
    "communication_type", "movement_type", "payment_method", "observation",
)  # read by rows # fmt: skip
BODIES = st.dictionaries(st.sampled_from(DOCUMENT_KEYS), VALUES, max_size=6)
ROOTS = (
    "invoice",
    "quote",
    "credit_note",
    "receipt",
    "client",
    "item",
    "tax",
    "sequence",
    "message",
    "partial_payment",
    "account",
    "at_communication",
    "initial_balance",
    "regularization",
    "treasury_movement",
)
SUICIDAL = "suspendAccount"
FAILS_LIVE = {
    "createTax",
    "updateTax",
    "deleteClient",
    "updateClientInitialBalance",
    "deleteClientTreasuryMovement",
}
"""Operations whose 500 is what the live service answers."""
ROOT_SEGMENTS = {"quote": "quotes", "credit_note": "credit_notes"}


WRITES = [each for each in OPERATIONS if each.method != "GET" and each.id != SUICIDAL]


def own_id(api: Any) -> int:
    """The id of the test's own account."""
    everyone = api.get("/_emulator/accounts").json()["accounts"]
    (found,) = (each["id"] for each in everyone if each["name"] == api.name)
    return int(found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=BODIES, root=st.sampled_from(ROOTS), seed=st.integers(0, 10**6))
def test_no_body_breaks_any_operation(api: Any, data: Any, root: str, seed: int) -> None:
    """No request gets a 5xx, except where the live service gives one."""
    operation = random.Random(seed).choice(WRITES)  # noqa: S311 seeded
    document = api.create(ROOT_SEGMENTS.get(root, "invoices"))
    ids = {
        "document_id": document["id"],
        "client_id": document["client"]["id"],
        "item_id": api.get("/items.json").json()["items"][0]["id"],
        "tax_id": api.get("/taxes.json").json()["taxes"][-1]["id"],
        "sequence_id": api.get("/sequences.json").json()["sequences"][0]["id"],
        "account_id": own_id(api),
        "id": 0,
    }
    path = operation.path.format(**ids)
    body = {root: api.plain(**data) if root in {"invoice", "quote", "credit_note"} else data}
    answer = api.http.request(operation.method, path, json=body)
    assert "The emulator failed" not in answer.text, (operation.id, body)
    assert answer.status_code < 500 or operation.id in FAILS_LIVE, (operation.id, body, answer.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(
            [
                "type[]",
                "status[]",
                "text",
                "reference",
                "date[from]",
                "page",
                "per_page",
                "total_before_taxes[to]",
                "archived",
                "non_archived",
            ]
        ),
        st.text(max_size=20),
        max_size=5,
    )
)
def test_no_query_breaks_a_list(api: Any, query: Any) -> None:
    for path in ("/invoices.json", "/estimates.json", "/clients.json", "/items.json"):
        assert api.get(path, **query).status_code == 200
