"""Accounts are isolated: none sees or changes anything of another.

Every operation of the route table is called with another account's ids; the answer must equal the one for
ids that do not exist, byte for byte.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.api.routes import OPERATIONS, Operation
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.fiscal.document_types import DOCUMENT_TYPES
from invoicexpress_emulator.storage.schema import ROWS_OF_ACCOUNT

from .conftest import GOODS, PROFILES, Api

NOW = "2026-11-21T10:00:00"
NOBODYS = 987_654_321
_names = itertools.count(1)


def new_account(emulator: Emulator, **more: Any) -> Api:
    name = f"isolated-{next(_names)}"
    answer = httpx.post(f"{emulator.base_url}/_emulator/accounts", json={"name": name, **more}, timeout=30)
    assert answer.status_code == 201, answer.text
    return Api(emulator.base_url, name, answer.json()["api_key"])


class Owner:
    """An account with some of everything, and the ids."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.api = api = new_account(emulator)
        api.freeze(NOW)
        api.control("config", pdf="immediate", qr_code="immediate", saft="immediate")
        self.documents: dict[str, list[int]] = {}
        invoice = api.issue(mb_reference="1", reference="SEGREDO-1")
        for row in DOCUMENT_TYPES:
            if row.creatable:
                owner = {"owner_invoice_id": invoice["id"]} if row.corrects else {}
                price = [{"name": "Coisa secreta", "unit_price": "1"}]
                draft, issued = (api.create(row.segment, items=price, **owner) for _ in range(2))
                if row.segment != "vat_moss_credit_notes":
                    api.changed(issued, "finalized")
                self.documents[row.segment] = [draft["id"], issued["id"]]
        self.documents["invoices"].append(invoice["id"])
        self.documents["receipts"] = [api.pay(invoice, 10).json()["receipt"]["id"]]
        moss = api.issue("vat_moss_invoices")
        self.documents["vat_moss_receipts"] = [api.pay(moss, 10).json()["receipt"]["id"]]
        self.client = invoice["client"]["id"]
        self.item = api.get("/items.json").json()["items"][0]["id"]
        self.tax = api.get("/taxes.json").json()["taxes"][0]["id"]
        self.series = api.get("/sequences.json").json()["sequences"][0]["id"]
        self.row = (
            api.get("/sequences.json").json()["sequences"][0].get("current_invoice_sequence_id", self.series)
        )
        treasury = f"/api/v3/clients/{self.client}"
        off = api.post(
            f"{treasury}/regularization.json", {"regularization": {"value": "1", "date": "2026-11-21"}}
        )
        assert off.status_code == 201, off.text
        money = {"movement_type": "Reimbursement", "value": "1", "date": "2026-11-21"}
        assert (
            api.post(f"{treasury}/treasury_movements.json", {"treasury_movement": money}).status_code == 201
        )
        db = self._db()
        self.regularization, self.movement = (
            db.execute(f"SELECT id FROM {table} WHERE client_id = ?", (self.client,)).fetchone()[0]  # noqa: S608 - own constants
            for table in ("regularizations", "treasury_movements")
        )
        self.account = accounts.by_name(db, api.name).id  # type: ignore[union-attr]  # it has just been made
        message = {"client": {"email": "segredo@example.com"}}
        api.put(f"/invoices/{invoice['id']}/email-document.json", {"message": message})
        self.pdf = api.get(f"/api/pdf/{invoice['id']}.json").json()["output"]["pdfUrl"]
        self.qr = api.get(f"/api/qr_codes/{invoice['id']}.json").json()["qr_code"]["url"]
        (self.saft,) = api.get("/api/export_saft.json", year=2026, month=11).json().values()
        self.permalink = api.read(invoice)["permalink"]

    def _db(self) -> Any:
        server: Any = self.emulator
        return server._running.app.emulation.store.db

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of the account, read from the tables."""
        db, mine = self._db(), {"account": self.account}
        return {
            table: [tuple(row) for row in db.execute(f"SELECT * FROM {table} WHERE {condition}", mine)]  # noqa: S608 - own constants
            for table, condition in ROWS_OF_ACCOUNT.items()
        } | {"accounts": [tuple(db.execute("SELECT * FROM accounts WHERE id = :account", mine).fetchone())]}


@pytest.fixture(scope="module")
def owners(servers: dict[str, Emulator]) -> Iterator[dict[str, Owner]]:
    made = {profile: Owner(servers[profile]) for profile in PROFILES}
    yield made
    for owner in made.values():
        owner.api.http.close()


@pytest.fixture(params=PROFILES)
def owner(request: pytest.FixtureRequest, owners: dict[str, Owner]) -> Owner:
    return owners[request.param]


@pytest.fixture
def stranger(owner: Owner) -> Iterator[Api]:
    api = new_account(owner.emulator)
    with closing(api.http):
        api.freeze(NOW)
        yield api


def ids_of(owner: Owner, operation: Operation) -> list[dict[str, int]]:
    """Path parameters that make an operation address the owner's resources."""
    if "{account_id}" in operation.path:
        return [{"account_id": owner.account}]
    if "{item_id}" in operation.path:
        return [{"item_id": owner.item}]
    if "{tax_id}" in operation.path:
        return [{"tax_id": owner.tax}]
    if "{sequence_id}" in operation.path:
        return [{"sequence_id": owner.series}]
    if "{client_id}" in operation.path:
        ids = {"client_id": owner.client}
        if "regularization/" in operation.path:
            return [{**ids, "id": owner.regularization}]
        return [{**ids, "id": owner.movement}] if "{id}" in operation.path else [ids]
    segment = operation.path.split("/")[1]
    of_any = [found for documents in owner.documents.values() for found in documents]
    return [{"document_id": each} for each in owner.documents.get(segment, of_any)]


def body_of(operation: Operation) -> Any:
    """A body with which an operation would succeed on the caller's own resources."""
    path = operation.path
    document = {"client": {"name": "Estranho"}, "items": [{"name": "i", "unit_price": "1"}], **GOODS}
    bodies: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("change-state", lambda root: {root: {"state": "canceled", "message": "m"}}),
        ("email-document", lambda root: {"message": {"client": {"email": "a@b.pt", "save": "1"}}}),
        ("partial_payments", lambda root: {"partial_payment": {"amount": 1}}),
        ("initial_balance", lambda root: {"initial_balance": {"value": "1", "date": "2020-01-01"}}),
        ("regularization.json", lambda root: {"regularization": {"value": "1", "date": "2026-11-21"}}),
        ("treasury_movements.json",
         lambda root: {"treasury_movement": {"movement_type": "Payment", "value": 1, "date": "2026-11-21"}}),
        ("/clients/", lambda root: {"client": {"name": "Estranho"}}),
        ("/items/", lambda root: {"item": {"name": "x", "unit_price": "1"}}),
        ("/taxes/", lambda root: {"tax": {"name": "x", "value": "1", "region": "PT"}}),
        ("/accounts/", lambda root: {"account": {"organization_name": "Estranha"}}),
        ("{document_id}.json", lambda root: {root: document}),
    )  # read by rows # fmt: skip
    if operation.method in {"GET", "DELETE"}:
        return None
    root = path.split("/")[1].removesuffix("s")
    return next((make(root) for part, make in bodies if part in path), None)


WITH_IDS = [operation for operation in OPERATIONS if "{" in operation.path]


def filled(path: str, ids: dict[str, int]) -> str:
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", str(value))
    assert "{" not in path
    return path


def text_of(answer: httpx.Response, ids: dict[str, int]) -> tuple[int, str]:
    """An answer with the echoed ids removed."""
    text = answer.text
    for value in sorted(ids.values(), reverse=True):
        text = text.replace(str(value), "<id>")
    return answer.status_code, text


def test_what_another_account_has_is_not_there(owner: Owner, stranger: Api) -> None:
    """Every operation with an id in its path."""
    before, asked = owner.rows(), 0
    for operation in WITH_IDS:
        for ids in ids_of(owner, operation):
            nobodys = dict.fromkeys(ids, NOBODYS)
            answers = [
                text_of(
                    stranger.http.request(
                        operation.method, filled(operation.path, each), json=body_of(operation)
                    ),
                    each,
                )
                for each in (ids, nobodys)
            ]
            assert answers[0] == answers[1], (operation.id, operation.path)
            assert answers[0][0] in {404, 405, 422}, (operation.id, answers[0])
            asked += 1
    assert asked > 3 * len(DOCUMENT_TYPES)
    assert owner.rows() == before


def test_the_owner_would_have_found_it(owner: Owner) -> None:
    """Proves that the resources above exist: the same reads succeed for the owner."""
    for operation in WITH_IDS:
        if operation.method == "GET" and "{id}" not in operation.path:
            for ids in ids_of(owner, operation):
                answer = owner.api.get(filled(operation.path, ids))
                assert answer.status_code in {200, 202, 422}, (operation.path, answer.text)


SEARCHES: tuple[dict[str, str], ...] = (
    {},
    {"text": "secreta"},
    {"reference": "SEGREDO-1"},
    {"fiscal_id": "999999990"},
    {"client_name": "Ana Lda"},
    {"client_code": "ANA"},
    {"year": "2026", "month": "11"},
)


def test_lists_and_searches_are_empty(owner: Owner, stranger: Api) -> None:
    for operation in OPERATIONS:
        if operation.method != "GET" or "{" in operation.path:
            continue
        for query in SEARCHES:
            answer = stranger.get(operation.path, per_page=30, **query)
            if answer.status_code != 200:
                assert answer.status_code in {404, 422}, (operation.path, answer.text)
                continue
            rows = next(iter(answer.json().values()))
            if operation.path in {"/taxes.json", "/sequences.json"}:
                theirs = {owner.tax, owner.series}
                assert not {row["id"] for row in rows} & theirs
            else:
                assert rows == []
    answer = stranger.get("/_emulator/outbox", account=stranger.name)
    assert answer.json() == {"messages": []}


def test_ids_in_a_body_are_nobodys(owner: Owner, stranger: Api) -> None:
    def sent(field: str, foreign: int) -> list[tuple[int, Any]]:
        answers: list[tuple[int, Any]] = []
        for value in (foreign, NOBODYS):
            name = f"Cliente {field}"
            document: dict[str, Any] = {"client": {"name": name}, "items": [{"name": "i", "unit_price": "1"}]}
            segment = "credit_notes" if field == "owner_invoice_id" else "invoices"
            match field:
                case "client":
                    document["client"] = {"id": value, "name": name}
                case "item":
                    document["items"][0]["id"] = value
                case "tax":
                    document["items"][0]["tax"] = {"id": value}
                case _:
                    document[field] = value
            answer = stranger.post(f"/{segment}.json", {stranger.root_of(segment): document})
            body = answer.json()
            if answer.status_code == 201:
                ((_, made),) = body.items()
                issued = stranger.changed(made, "finalized")
                body = [
                    made["client"]["name"],
                    made["items"][0]["tax"]["name"],
                    issued["sequence_number"].split("/")[1],
                ]
            answers.append((answer.status_code, body))
        return answers

    before, invoice = owner.rows(), owner.documents["invoices"][-1]
    for field, foreign in (
        ("owner_invoice_id", invoice),
        ("sequence_id", owner.row),
        ("client", owner.client),
        ("item", owner.item),
        ("tax", owner.tax),
    ):
        with_foreign, with_nobodys = sent(field, foreign)
        assert with_foreign == with_nobodys, field
    assert owner.rows() == before


def test_the_same_names_codes_and_uids_do_not_meet(owner: Owner, stranger: Api) -> None:
    body = {"invoice": owner.api.plain(), "proprietary_uid": "o mesmo"}
    theirs = owner.api.only(owner.api.post("/invoices.json", body).json())
    mine = stranger.only(stranger.post("/invoices.json", body).json())
    assert mine["id"] != theirs["id"]
    assert mine["client"]["id"] != theirs["client"]["id"]
    assert stranger.changed(mine, "finalized")["sequence_number"].startswith("1/")


def test_files_open_with_their_own_token_alone(owner: Owner, stranger: Api) -> None:
    mine = stranger.issue()
    stranger.control("config", pdf="immediate", saft="immediate")
    my_pdf = stranger.get(f"/api/pdf/{mine['id']}.json").json()["output"]["pdfUrl"]
    (my_saft,) = stranger.get("/api/export_saft.json", year=2026, month=11).json().values()
    for url in (owner.pdf, owner.qr, owner.saft, owner.permalink, my_pdf, my_saft):
        assert httpx.get(url).status_code == 200
        wrong = "0" if url[-10] != "0" else "1"
        assert httpx.get(f"{url[:-10]}{wrong}{url[-9:]}").status_code == 404
    # A token opens only its own file: not another account's, and not another kind of file.
    for theirs, own in ((owner.pdf, my_pdf), (owner.saft, my_saft)):
        head, _, file = theirs.rpartition("/")
        name, _, _ = file.rpartition("-")
        token = own.rpartition("-")[2]
        assert httpx.get(f"{head}/{name}-{token}").status_code == 404
    assert httpx.get(owner.pdf.replace("/downloads/pdf/", "/downloads/second_copy/")).status_code == 404
    number = owner.permalink.rsplit("/", 1)[1]
    assert (
        httpx.get(owner.permalink.replace(number, number[:-40] + mine["permalink"][-40:])).status_code == 404
    )


def test_keys_and_hosts_do_not_mix(owner: Owner, stranger: Api) -> None:
    address = {"host": f"{owner.api.name}.localhost"}
    assert stranger.http.get("/invoices.json", headers=address).status_code == 401
    assert owner.api.http.get("/invoices.json", headers=address).status_code == 200


# Changes to one's own account -----------------------------------------------------------------------

SELF_INFLICTED: list[tuple[str, Callable[[Api], Any]]] = [
    ("reset", lambda api: api.control("reset")),
    ("seed", lambda api: api.control("seed", seed=3, reset=True)),
    ("snapshot", lambda api: api.control("snapshot", name="s")),
    ("restore", lambda api: api.control("restore", name="s")),
    ("clock", lambda api: api.control("clock", set="2040-01-01T00:00:00", freeze=True)),
    ("config", lambda api: api.control("config", pdf={"polls": 9}, list_lag={"seconds": 9})),
    ("faults", lambda api: api.control("faults", operation="*", effect={"status": 503}, times=None)),
]


def test_what_one_account_does_to_itself_leaves_another_as_it_is(owner: Owner, stranger: Api) -> None:
    stranger.issue()
    before = owner.rows()
    for _, act in SELF_INFLICTED:
        act(stranger)
        assert owner.rows() == before
        assert owner.api.get("/invoices.json").status_code == 200
        assert (
            owner.api.get("/_emulator/clock", account=owner.api.name)
            .json()["now"]
            .startswith("2026-11-21T10:00")
        )
    assert stranger.get("/invoices.json").status_code == 503


@pytest.mark.parametrize("profile", PROFILES)
def test_workers_side_by_side_do_not_clash(servers: dict[str, Emulator], profile: str) -> None:
    """Each worker makes accounts and takes them through full lives, including resets and restores."""
    emulator, ids, errors = servers[profile], dict[int, str](), list[BaseException]()
    lock = threading.Lock()

    def live(worker: int) -> None:
        api = new_account(emulator)
        with closing(api.http):
            api.freeze(NOW)
            seen = [api.issue(reference=api.name) for _ in range(4)]
            api.control("snapshot", name="quatro")
            paid = api.pay(seen[0], 123)
            assert paid.status_code == 200, paid.text
            fault = {"operation": "listInvoices", "effect": {"status": 503}, "times": 1}
            api.control("faults", **fault)
            assert api.get("/invoices.json").status_code == 503
            more = [api.issue() for _ in range(3)]
            api.control("restore", name="quatro")
            again = [api.issue() for _ in range(3)]
            assert [each["sequence_number"] for each in (*seen, *again)] == [
                f"{n}/{api.name.upper().replace('-', '')}" for n in range(1, 8)
            ]
            assert more[0]["id"] == again[0]["id"] + 1, "the receipt was made before them"
            listed = api.get("/invoices.json", per_page=30).json()["invoices"]
            assert [each["id"] for each in listed] == [each["id"] for each in (*seen, *again)]
            assert {each["client"]["name"] for each in listed} == {"Ana Lda"}
            with lock:
                for each in listed:
                    assert ids.setdefault(each["id"], api.name) == api.name
            if worker == 0:
                api.control("seed", seed=1, reset=True)
            api.control("reset")
            assert api.get("/invoices.json").json()["invoices"] == []
            assert api.issue()["id"] == seen[0]["id"]

    def run(worker: int) -> None:
        try:
            for _ in range(2):
                live(worker)
        except BaseException as error:  # re-raised where the threads are joined
            errors.append(error)

    workers = [threading.Thread(target=run, args=(n,)) for n in range(6)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(120)
    if errors:
        raise errors[0]
    assert len(ids) == 6 * 2 * 7
