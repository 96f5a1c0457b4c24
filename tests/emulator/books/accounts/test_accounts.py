"""The accounts API, who may use it, trial accounts, and the credentials that register series."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

_numbers = itertools.count(1)
SUBUSER = {"at_subuser": "500100200/1", "at_password": "cGFzc3dvcmQ=", "communication_type": "auto"}
CREDENTIALS = {"username": "500100200/1", "password": "cGFzc3dvcmQ="}
CREATE, EXISTING = "/api/accounts/create.json", "/api/accounts/create_already_user.json"


def wanted(**changes: Any) -> Any:
    body = {
        "organization_name": "My Company",
        "email": f"john.doe{next(_numbers)}@example.com",
        "password": "secret123",
        "terms": "1",
    }
    return {"account": {**body, **changes}}


def created(api: Any, **changes: Any) -> Any:
    answer = api.post(CREATE, wanted(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()["account"]


@contextmanager
def caller(api: Any, key: str) -> Generator[Any]:
    """A caller with another key on the same emulator."""
    with httpx.Client(base_url=api.http.base_url, params={"api_key": key}, timeout=20) as http:
        other: Any = object.__new__(api.__class__)
        other.name, other.key, other.http = "", key, http
        yield other


@contextmanager
def account(api: Any, **kind: Any) -> Generator[Any]:
    """An account made by the control plane."""
    name = f"{api.name}-{next(_numbers)}"
    made = api.post("/_emulator/accounts", {"name": name, **kind}).json()
    with caller(api, made["api_key"]) as other:
        other.name = name
        yield other


def own_path(api: Any, verb: str) -> str:
    (found,) = (
        each for each in api.get("/_emulator/accounts").json()["accounts"] if each["name"] == api.name
    )
    return f"/api/accounts/{found['id']}/{verb}.json"


class TestCreating:
    def test_the_key_of_a_new_account_works(self, any_api: Any) -> None:
        any_api.create()
        made = created(any_api)
        assert (made["name"], made["state"]) == ("My Company", "active")
        assert made["url"].startswith("http://mycompany")
        with caller(any_api, made["api_key"]) as new:
            assert new.get("/invoices.json").json()["pagination"]["total_entries"] == 0
            assert new.create()["status"] == "draft"
        assert any_api.get("/invoices.json").json()["pagination"]["total_entries"] == 1

    def test_ids_are_text_in_the_documentation_and_numbers_live(self, api: Any, documented: Any) -> None:
        assert isinstance(created(api)["id"], int)
        assert isinstance(created(documented)["id"], str)

    def test_its_address_leads_to_it(self, api: Any) -> None:
        made = created(api)
        host = made["url"].removeprefix("http://")
        for key, status in ((made["api_key"], 200), (api.key, 401)):
            answer = httpx.get(
                f"{api.http.base_url}/items.json", params={"api_key": key}, headers={"Host": host}
            )
            assert answer.status_code == status

    def test_a_known_user_gets_another_account(self, any_api: Any) -> None:
        email = f"jane{next(_numbers)}@example.com"
        first = created(any_api, email=email)
        assert any_api.texts(any_api.post(CREATE, wanted(email=email))) == ["Owner Owner is invalid"]
        answer = any_api.post(EXISTING, wanted(email=email.upper(), organization_name="Outra"))
        assert answer.status_code == 200
        assert answer.json()["account"]["api_key"] != first["api_key"]

    @pytest.mark.parametrize("changes", [{"password": "outra"}, {"email": "ninguem@example.com"}])
    def test_a_user_who_is_not_known(self, any_api: Any, changes: Any) -> None:
        email = f"jane{next(_numbers)}@example.com"
        created(any_api, email=email)
        answer = any_api.post(EXISTING, wanted(**{"email": email, **changes}))
        assert (answer.status_code, any_api.texts(answer)) == (422, ["Owner Owner is invalid"])

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"organization_name": " "}, "Organization name can't be blank"),
            ({"organization_name": "x" * 101}, "Organization name is too long"),
            ({"email": "x"}, "Owner Owner is invalid"),
            ({"email": None}, "Owner Owner is invalid"),
            ({"password": ""}, "Owner Owner is invalid"),
            ({"password_confirmation": "outra"}, "Owner Owner is invalid"),
            ({"terms": "0"}, "Terms and Conditions should be accepted"),
            ({"terms": None}, "Terms and Conditions should be accepted"),
            ({"tax_country": "4"}, "Tax country should be one of: 1, 2, 3"),
            ({"language": "fr"}, "Language should be one of: pt, en, es"),
            ({"fiscal_id": "123456780"}, "Vat Number is invalid"),
        ],
    )
    def test_what_is_refused(self, any_api: Any, changes: Any, complaint: str) -> None:
        answer = any_api.post(CREATE, wanted(**changes))
        assert (answer.status_code, any_api.texts(answer)) == (422, [complaint])

    def test_the_shape_of_a_refusal(self, api: Any, documented: Any) -> None:
        words = {"error": "Terms and Conditions should be accepted"}
        assert api.post(CREATE, wanted(terms="0")).json() == {"errors": [words]}
        assert documented.post(CREATE, wanted(terms="0")).json() == {"errors": words}

    def test_a_tax_number_is_one_accounts_only(self, any_api: Any) -> None:
        created(any_api, fiscal_id="500100200")
        answer = any_api.post(CREATE, wanted(fiscal_id="500100200"))
        assert any_api.texts(answer) == ["Vat Number is already used in another account"]
        assert created(any_api, fiscal_id="IE 1", tax_country="2")["state"] == "active"
        with account(any_api) as neighbour:
            assert created(neighbour, fiscal_id="500100200")["state"] == "active"

    def test_names_are_found_for_all(self, api: Any) -> None:
        urls = {created(api, organization_name=name)["url"] for name in ("Ação!", "Ação?", "!?", "ç" * 60)}
        assert len(urls) == 4

    def test_only_partners_create(self, any_api: Any) -> None:
        with account(any_api, partner=False) as ordinary:
            for path in (CREATE, EXISTING):
                answer = ordinary.post(path, wanted())
                assert (answer.status_code, any_api.texts(answer)) == (
                    401,
                    ["Only partners can create accounts"],
                )
        with caller(any_api, created(any_api)["api_key"]) as sub:
            assert sub.post(CREATE, wanted()).status_code == 401

    def test_the_default_account_is_a_partner(self, servers: Any) -> None:
        for server in servers.values():
            answer = httpx.post(
                f"{server.base_url}{CREATE}", params={"api_key": server.api_key}, json=wanted()
            )
            assert answer.status_code == 201


class TestReading:
    def test_what_it_says(self, api: Any, documented: Any) -> None:
        for each in (api, documented):
            made = created(each, fiscal_id="508000000", email="Own@example.com")
            shown = each.get(f"/api/accounts/{made['id']}/get.json").json()["account"]
            known = {
                "organization_name": "My Company",
                "fiscal_id": "508000000",
                "email": "Own@example.com",
                "state": "active",
                "at_configured": False,
                "trial": True,
            }
            address = {"address": None, "postal_code": None, "city": None, "tax_country": "1"}
            assert shown == (known | address if each is api else known)

    def test_ones_own(self, any_api: Any) -> None:
        shown = any_api.get(own_path(any_api, "get")).json()["account"]
        assert (shown["trial"], shown["at_configured"]) == (False, True)

    @pytest.mark.parametrize(("method", "verb"), [("GET", "get"), ("PUT", "update"), ("GET", "stats"),
                                                  ("PUT", "suspend"), ("PUT", "activate")])  # fmt: skip
    def test_anothers_is_not_there(self, any_api: Any, method: str, verb: str) -> None:
        made = created(any_api)
        path = f"/api/accounts/{made['id']}/{verb}.json"
        with account(any_api) as stranger:
            answer = stranger.http.request(method, path, json={"account": {}})
            assert (answer.status_code, answer.content) == (404, b"")
        with caller(any_api, made["api_key"]) as sub:
            own = own_path(any_api, verb)
            assert sub.http.request(method, own, json={"account": {}}).status_code == 404
            assert sub.http.request(method, path, json={"account": {}}).status_code == 200
        assert any_api.http.request(method, "/api/accounts/x/get.json").status_code in {404, 405}


class TestChanging:
    def test_parts_are_enough_and_the_rest_stays(self, any_api: Any) -> None:
        made = created(any_api, phone="912345678")
        path = f"/api/accounts/{made['id']}"
        changes = {"organization_name": "Nova", "city": "Lisboa", "postal_code": "1000-001", "terms": "1"}
        answer = any_api.put(f"{path}/update.json", {"account": changes})
        assert (answer.status_code, answer.content) == (200, b"")
        before = any_api.get(f"{path}/get.json").json()["account"]
        assert before["organization_name"] == "Nova"
        assert before["email"].startswith("john.doe")
        assert any_api.put(f"{path}/update.json", {"account": {"email": "x@example.com"}}).status_code == 200
        assert any_api.get(f"{path}/get.json").json()["account"] == before | {"email": "x@example.com"}

    @pytest.mark.parametrize(
        ("changes", "pair"),
        [
            ({"fiscal_id": "500999888"}, ["fiscal_id", "is invalid"]),
            ({"email": "x"}, ["email", "is invalid"]),
            ({"postal_code": "1000"}, ["postal_code", "is invalid"]),
            ({"terms": "0"}, ["terms", "is invalid"]),
            ({"organization_name": "x" * 101}, ["organization_name", "is invalid"]),
            ({"credentials": {}}, ["credentials", "Credentials are wrong."]),
            ({"credentials": {**CREDENTIALS, "username": "1/1"}}, ["credentials", "Credentials are wrong."]),
            ({"credentials": {**CREDENTIALS, "password": "não"}}, ["credentials", "Credentials are wrong."]),
            ({"credentials": {**CREDENTIALS, "type": "X"}}, ["credentials", "Credentials are wrong."]),
        ],
    )
    def test_what_is_refused(self, any_api: Any, changes: Any, pair: list[str]) -> None:
        made = created(any_api, fiscal_id="500100200")
        answer = any_api.put(f"/api/accounts/{made['id']}/update.json", {"account": changes})
        assert (answer.status_code, answer.json()) == (422, pair)

    def test_its_own_tax_number_may_be_said(self, any_api: Any) -> None:
        made = created(any_api, fiscal_id="500100200")
        path = f"/api/accounts/{made['id']}/update.json"
        assert any_api.put(path, {"account": {"fiscal_id": "500100200"}}).status_code == 200

    def test_a_new_password_is_the_users(self, any_api: Any) -> None:
        made = created(any_api, email="pw@example.com")
        body = {"account": {"password": "outra"}}
        assert any_api.put(f"/api/accounts/{made['id']}/update.json", body).status_code == 200
        assert any_api.post(EXISTING, wanted(email="pw@example.com")).status_code == 422
        assert any_api.post(EXISTING, wanted(email="pw@example.com", password="outra")).status_code == 200


class TestTaxAuthority:
    def test_credentials_let_series_be_registered(self, any_api: Any) -> None:
        made = created(any_api)
        update, read = (f"/api/accounts/{made['id']}/{verb}.json" for verb in ("update", "get"))
        with caller(any_api, made["api_key"]) as new:
            refused = new.change(new.create(), "finalized")
            assert any_api.texts(refused) == ["A série não está registada na Autoridade Tributária"]
            answer = new.post("/sequences.json", {"sequence": {"serie": "2027"}})
            assert (answer.status_code, answer.json()["errors"]["code"]) == (422, "004")
            (series,) = new.get("/sequences.json").json()["sequences"]
            register = f"/sequences/{series['id']}/register.json"
            assert new.put(register).json()["errors"]["code"] == "002"
            assert any_api.put(update, {"account": {"credentials": CREDENTIALS}}).status_code == 200
            assert any_api.get(read).json()["account"]["at_configured"] is True
            assert new.put(register).status_code == 200
            assert new.post("/sequences.json", {"sequence": {"serie": "2027"}}).status_code == 201
            assert new.issue()["status"] == "final"

    def test_communication_gives_them_too(self, any_api: Any) -> None:
        any_api.control("config", at_registration="no_credentials")
        assert any_api.get(own_path(any_api, "get")).json()["account"]["at_configured"] is False
        assert any_api.post("/sequences.json", {"sequence": {"serie": "2027"}}).status_code == 422
        answer = any_api.post("/api/v3/accounts/at_communication.json", {"at_communication": SUBUSER})
        assert (answer.status_code, answer.json()) == (200, {"success": "true"})
        assert any_api.get(own_path(any_api, "get")).json()["account"]["at_configured"] is True
        assert any_api.post("/sequences.json", {"sequence": {"serie": "2027"}}).status_code == 201
        any_api.control("reset")
        any_api.control("config", at_registration="no_credentials")
        assert any_api.get(own_path(any_api, "get")).json()["account"]["at_configured"] is False

    @pytest.mark.parametrize(
        ("body", "complaint"),
        [
            (None, "Elemento at_communication não fornecido"),
            (
                {"at_communication": {**SUBUSER, "at_subuser": "1"}},
                "The field at_subuser has an incorrect size",
            ),
            (
                {"at_communication": {**SUBUSER, "at_password": ""}},
                "The field at_password has an incorrect size",
            ),
            ({"at_communication": {**SUBUSER, "at_password": "é"}}, "The field at_password is invalid"),
            (
                {"at_communication": {**SUBUSER, "communication_type": "x"}},
                "The field communication_type is invalid",
            ),
        ],
    )
    def test_what_is_refused(self, any_api: Any, body: Any, complaint: str) -> None:
        answer = any_api.post("/api/v3/accounts/at_communication.json", body)
        assert (answer.status_code, any_api.texts(answer)) == (422, [complaint])


class TestTrial:
    WORDS = "não está disponível durante o período gratuito"

    def test_no_email_and_no_communication(self, any_api: Any) -> None:
        with account(any_api, trial=True) as trial:
            invoice = trial.issue()
            message = {"message": {"client": {"email": "a@example.com"}}}
            answer = trial.put(f"/invoices/{invoice['id']}/email-document.json", message)
            assert answer.status_code == 401
            assert self.WORDS in any_api.texts(answer)[0]
            outbox = trial.get("/_emulator/outbox", account=trial.name).json()
            assert outbox == {"messages": []}
            answer = trial.post("/api/v3/accounts/at_communication.json", {"at_communication": SUBUSER})
            assert answer.status_code == 422
            assert self.WORDS in any_api.texts(answer)[0]
            assert trial.get(own_path(trial, "get")).json()["account"]["trial"] is True

    def test_no_export(self, any_api: Any) -> None:
        with account(any_api, trial=True) as trial:
            invoice = trial.issue()
            year, month = invoice["date"][6:], invoice["date"][3:5]
            answer = trial.get("/api/export_saft.json", year=year, month=month)
            assert answer.status_code == 422
            assert self.WORDS in answer.json()["message"]


class TestLegacy:
    def test_a_suspended_accounts_key_is_refused_until_it_is_activated(self, any_api: Any) -> None:
        made = created(any_api)
        path = f"/api/accounts/{made['id']}"
        with caller(any_api, made["api_key"]) as new:
            for verb, state, status in (("suspend", "deactive", 401), ("activate", "active", 200)):
                for _ in range(2):
                    answer = any_api.put(f"{path}/{verb}.json")
                    assert (answer.status_code, answer.content) == (200, b"")
                assert any_api.get(f"{path}/get.json").json()["account"]["state"] == state
                refused = new.get("/items.json")
                assert refused.status_code == status
            assert new.put(f"{path}/suspend.json").status_code == 200
            assert any_api.texts(new.get(f"{path}/get.json")) == ["Invalid API key"]

    def test_what_is_used(self, any_api: Any) -> None:
        any_api.create()
        any_api.issue()
        stats = any_api.get(own_path(any_api, "stats")).json()["account"]
        documents, users = stats["documents"], stats["users"]
        assert (documents["used_documents"], documents["used_api_documents"]) == (1, 1)
        assert documents["used_documents"] + documents["available_documents"] == 10_000
        assert users["used_users"] + users["available_users"] == 5
        assert {"plan", "expires_at"} < stats.keys()
