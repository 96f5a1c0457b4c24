"""The seeded company: complete, believable, fictional, and the same for the same seed and day."""

from __future__ import annotations

import re
import sqlite3
import xml.etree.ElementTree as ET
from base64 import b64decode
from collections import defaultdict
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from invoicexpress_emulator import Emulator, create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.control.demo_company import company
from invoicexpress_emulator.control.demo_company import names as fictitious
from invoicexpress_emulator.fiscal.document_types import DOCUMENT_TYPES
from invoicexpress_emulator.fiscal.signature import Signer, message_to_sign
from invoicexpress_emulator.output.saft.markup import NAMESPACE
from invoicexpress_emulator.verify.books import check_account, warn_of
from stdnum.pt import nif

NOW = "2026-11-21T10:00:00"


def seeded(api: Any, seed: int = 0, **more: Any) -> Any:
    api.freeze(NOW)
    return api.control("seed", seed=seed, **more)


def refused(api: Any, **body: Any) -> tuple[int, str]:
    answer = api.post("/_emulator/seed", {"account": api.name, **body})
    return answer.status_code, answer.json()["error"]


def every(api: Any, path: str) -> list[Any]:
    """All rows of a list, page after page."""
    rows: list[Any] = []
    page = 1
    while True:
        body = api.get(path, page=page, per_page=100).json()
        (found,) = (value for key, value in body.items() if key != "pagination")
        rows += found
        if len(found) < 30:
            return rows
        page += 1


LISTS = ("/invoices.json", "/estimates.json", "/guides.json", "/purchase_orders.json")


class Books:
    """A serverless emulator seeded on a day, whose tables tests read directly."""

    def __init__(self, seed: int, now: str = NOW, profile: Any = "observed") -> None:
        self.app: EmulatorApp = create_app(profile=profile, seed=5)
        emulation = self.app.emulation
        with emulation.store.transaction() as self.db:
            account = accounts.by_name(self.db, "demo")
            assert account is not None
            clock = account.clock.frozen(True, emulation.time_source)
            clock = clock.moved_to(datetime.fromisoformat(now), emulation.time_source)
            account = accounts.set_clock(emulation.store, account, clock)
            self.counts: Any = company.make(emulation, account, seed)

    def dump(self) -> list[str]:
        return [line for line in self.db.iterdump() if 'INSERT INTO "accounts"' not in line]

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        return self.db.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def books() -> Any:
    made = Books(0)
    with closing(made.app):
        yield made


class TestWhatIsInIt:
    def test_every_type_is_in_every_state_that_it_can_have(self, books: Books) -> None:
        for row in DOCUMENT_TYPES:
            found = {
                each["status"] for each in books.rows("SELECT status FROM documents WHERE type = ?", row.name)
            }
            expected = {*row.states.values(), *(["draft"] if row.creatable else ["final"])}
            assert found == expected, row.name
        total = books.rows("SELECT count(*) AS n FROM documents")[0]["n"]
        assert 300 <= total <= 900
        assert books.counts["documents"] == total
        assert sum(books.counts["by_type"].values()) == total

    def test_it_has_a_year_that_ends_today_in_the_order_of_its_dates(self, books: Books) -> None:
        first, last = books.rows("SELECT min(date) AS a, max(date) AS b FROM documents")[0]
        assert (first, last) == (books.counts["from"], books.counts["to"]) == ("2025-11-22", "2026-11-21")
        months = {
            row["date"][:7] for row in books.rows("SELECT date FROM documents WHERE number IS NOT NULL")
        }
        assert len(months) == 13
        by_row: defaultdict[int, list[Any]] = defaultdict(list)
        for row in books.rows(
            "SELECT * FROM documents WHERE number IS NOT NULL ORDER BY series_row_id, number"
        ):
            by_row[row["series_row_id"]].append(row)
        for rows in by_row.values():
            assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
            assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
            assert [row["system_entry"] for row in rows] == sorted(row["system_entry"] for row in rows)
            assert all(row["system_entry"][:10] >= row["date"] for row in rows)
        assert max(row["system_entry"] for rows in by_row.values() for row in rows) <= "2026-11-21T10:00:00"

    def test_its_chain_of_signatures_holds(self, books: Books) -> None:
        key: Any = load_pem_public_key(Signer(books.app.emulation.store).public_key_pem().encode())
        prefixes = {row.name: row.prefix for row in DOCUMENT_TYPES}
        previous: defaultdict[int, str] = defaultdict(str)
        query = "SELECT * FROM documents WHERE signature IS NOT NULL ORDER BY series_row_id, number"
        checked = 0
        for row in books.rows(query):
            number = f"{prefixes[row['type']]} {row['serie']}/{row['number']}"
            issued, entered = date.fromisoformat(row["date"]), datetime.fromisoformat(row["system_entry"])
            text = message_to_sign(issued, entered, number, row["total"], previous[row["series_row_id"]])
            key.verify(b64decode(row["signature"]), text.encode(), padding.PKCS1v15(), SHA1())  # noqa: S303 - the law
            previous[row["series_row_id"]] = row["signature"]
            checked += 1
        assert checked > 200

    def test_some_is_paid_in_part_some_is_overdue_and_something_was_corrected(self, books: Books) -> None:
        partly = books.rows(
            "SELECT d.id FROM documents d JOIN payments p ON p.document_id = d.id "
            "JOIN documents r ON r.id = p.receipt_id WHERE d.status = 'final' AND r.status = 'final'"
        )
        overdue = books.rows(
            "SELECT id FROM documents WHERE type = 'Invoice' AND status = 'final' AND due_date < '2026-11-21'"
        )
        assert min(len(partly), len(overdue)) >= 3
        for query in (
            "SELECT 1 FROM documents WHERE type = 'CreditNote' AND status IN ('final', 'settled')",
            "SELECT 1 FROM documents WHERE archived = 1",
            "SELECT 1 FROM documents WHERE has_multibanco = 1",
            "SELECT 1 FROM documents WHERE currency_code = 'USD'",
            "SELECT 1 FROM documents WHERE retention = '25.00'",
            "SELECT 1 FROM documents WHERE discount_type = 'percentage'",
            "SELECT 1 FROM documents WHERE serie = 'BALCAO'",
            "SELECT 1 FROM documents i JOIN documents g ON g.id = i.owner_id AND g.family = 'guide'",
            "SELECT 1 FROM outbox",
            "SELECT 1 FROM regularizations",
            "SELECT 1 FROM treasury_movements",
            "SELECT 1 FROM initial_balances",
        ):  # read by rows # fmt: skip
            assert books.rows(query), query

    def test_taxes_of_all_regions_are_used(self, books: Books) -> None:
        used = {
            (row["tax_region"], Decimal(row["tax_value"]))
            for row in books.rows("SELECT DISTINCT tax_region, tax_value FROM document_lines")
        }
        for region, rates in {
            "PT": (23, 13, 6, 0),
            "PT-AC": (16, 9, 4),
            "PT-MA": (22, 12, 4),
            "DE": (19,),
        }.items():
            assert {(region, Decimal(rate)) for rate in rates} <= used, region
        exemptions = {row["tax_exemption"] for row in books.rows("SELECT tax_exemption FROM documents")}
        assert {"M05", "M16"} <= exemptions

    def test_nobody_in_it_can_exist(self, books: Books) -> None:
        for row in books.rows("SELECT * FROM clients"):
            number = row["fiscal_id"]
            assert row["email"] is None or row["email"].endswith(".example")
            assert row["phone"] is None
            if row["country"] == "Portugal":
                assert re.fullmatch(r"0000-\d{3}", row["postal_code"])
                assert (
                    number is None
                    or number == "999999990"
                    or (number.startswith("96") and nif.is_valid(number))
                )
            elif number is not None:
                assert not re.search("[1-9]", number)
        numbers = [each.fiscal_id for each in (*fictitious.COMPANIES, *fictitious.SUPPLIERS)]
        assert len(set(numbers)) == len(numbers)

    def test_the_catalogue_has_its_own_prices_and_taxes_in_the_end(self, books: Books) -> None:
        for good in (*fictitious.GOODS, *fictitious.SERVICES):
            (row,) = books.rows(
                "SELECT i.*, t.region, t.code FROM items i JOIN taxes t ON t.id = i.tax_id WHERE i.name = ?",
                good.name,
            )
            assert (Decimal(row["unit_price"]), row["region"], row["code"]) == (
                Decimal(good.price),
                "PT",
                good.rate,
            )


class TestTheSame:
    def test_seed_and_day_decide_every_byte(self, books: Books) -> None:
        """The time of day and the profile make no difference."""
        again = Books(0, "2026-11-21T23:59:59", "documented")
        other, another_day = Books(1), Books(0, "2026-11-22T10:00:00")
        assert books.dump() == again.dump()
        assert books.dump() != other.dump()
        assert books.dump() != another_day.dump()
        for each in (again, other, another_day):
            each.app.close()

    def test_what_is_read_of_it_is_the_same(self) -> None:
        def told() -> list[bytes]:
            with Emulator(seed=3) as emulator, httpx.Client(base_url=emulator.base_url, timeout=30) as client:
                client.params = httpx.QueryParams(api_key="demo-key")
                client.headers["host"] = "demo.localhost"
                client.post("/_emulator/clock", json={"set": NOW, "freeze": True})
                assert client.post("/_emulator/seed", json={"seed": 9}).status_code == 200
                client.post("/_emulator/config", json={"saft": "immediate", "pdf": "immediate"})
                answers = [client.get(path, params={"per_page": 100}).content for path in LISTS]
                saft = client.get("/api/export_saft.json", params={"year": 2026, "month": 5})
                (url,) = saft.json().values()
                return [*answers, client.get(httpx.URL(url).raw_path.decode()).content]

        assert told() == told()

    @pytest.mark.parametrize(
        "now", ["2026-11-21T00:00:00", "2024-02-29T12:00:00", "2026-03-31T08:00:00", "2027-01-01T03:00:00",
                "2026-03-29T01:30:00", "2026-10-25T01:30:00"],
    )  # read by rows # fmt: skip
    def test_on_any_day(self, now: str) -> None:
        made = Books(11, now)
        latest = made.rows("SELECT max(date) AS day, max(system_entry) AS entered FROM documents")[0]
        assert latest["day"] == now[:10]
        assert latest["entered"][:19] <= now
        made.app.close()


def saft_of(api: Any, year: int, month: int) -> ET.Element:
    answer = api.get("/api/export_saft.json", year=year, month=month)
    (url,) = answer.json().values()
    return ET.fromstring(httpx.get(url, timeout=30).content)  # noqa: S314 - our own file


@pytest.mark.parametrize("seed", range(6))
def test_there_is_nothing_to_say_against_its_books(seed: int) -> None:
    """No findings and no warnings, also for companies of other seeds."""
    made = Books(seed)
    with closing(made.app):
        account = accounts.by_name(made.db, "demo")
        assert account is not None
        assert [*check_account(made.db, account), *warn_of(made.db, account)] == []


def test_the_saft_of_every_month_adds_up(any_api: Any) -> None:
    seeded(any_api, 4)
    any_api.control("config", saft="immediate")
    at = {"n": NAMESPACE}
    numbers: set[str] = set()
    for year, month in [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 12))]:
        root = saft_of(any_api, year, month)
        customers = {each.text for each in root.iterfind("n:MasterFiles/n:Customer/n:CustomerID", at)}
        for section, name, number in (
            ("SalesInvoices", "Invoice", "InvoiceNo"),
            ("MovementOfGoods", "StockMovement", "DocumentNumber"),
            ("WorkingDocuments", "WorkDocument", "DocumentNumber"),
            ("Payments", "Payment", "PaymentRefNo"),
        ):
            for found in root.iterfind(f"n:SourceDocuments/n:{section}/n:{name}", at):
                text = found.findtext(f"n:{number}", None, at)
                assert text is not None
                assert text not in numbers
                numbers.add(text)
                assert found.findtext("n:CustomerID", None, at) in customers
                total = Decimal(found.findtext("n:DocumentTotals/n:GrossTotal", "0", at))
                net = Decimal(found.findtext("n:DocumentTotals/n:NetTotal", "0", at))
                tax = Decimal(found.findtext("n:DocumentTotals/n:TaxPayable", "0", at))
                assert total == net + tax
    listed = sum(any_api.get(path, per_page=1).json()["pagination"]["total_entries"] for path in LISTS[:3])
    assert 250 < len(numbers) <= listed


class TestRefusal:
    def test_of_an_account_that_is_not_empty(self, any_api: Any) -> None:
        invoice = any_api.issue()
        status, sentence = refused(any_api, seed=1)
        assert status == 409
        assert "not empty" in sentence
        assert any_api.read(invoice)["id"] == invoice["id"]
        any_api.control("config", pdf={"polls": 9})
        seeded(any_api, 1, reset=True)
        assert any_api.get("/_emulator/config", account=any_api.name).json()["pdf"] == {"polls": 9}
        assert any_api.get("/_emulator/clock", account=any_api.name).json()["frozen"] is True
        assert refused(any_api, seed=1)[0] == 409

    def test_a_reset_makes_it_the_same_again(self, api: Any) -> None:
        seeded(api, 2)
        first = api.get("/invoices.json", per_page=100).content
        api.issue()
        seeded(api, 2, reset=True)
        assert api.get("/invoices.json", per_page=100).content == first

    def test_of_what_is_no_seed(self, api: Any) -> None:
        for seed in ("1", 1.5, True, -1, 2**63, None, [1]):
            assert refused(api, seed=seed)[0] == 422
        assert refused(api, seed=1, reset="sim")[0] == 422
        assert api.post("/_emulator/seed", {"account": "ninguem"}).status_code == 404

    def test_of_an_account_without_credentials_nothing_is_left(self, api: Any) -> None:
        api.control("config", at_registration="no_credentials")
        status, sentence = refused(api, reset=True)
        assert status == 409
        assert "credentials" in sentence
        assert every(api, "/clients.json") == []

    def test_a_series_that_is_registered_by_hand_is(self, api: Any) -> None:
        api.control("config", at_registration="manual")
        assert seeded(api)["documents"] > 300

    def test_a_trial_account_sends_no_mail(self, servers: Any) -> None:
        base_url = servers["observed"].base_url
        name = "seeded-trial"
        httpx.post(f"{base_url}/_emulator/accounts", json={"name": name, "trial": True}).raise_for_status()
        answer = httpx.post(f"{base_url}/_emulator/seed", json={"account": name}, timeout=30)
        assert (answer.status_code, answer.json()["outbox"]) == (200, 0)


def test_it_is_used_like_any_other_account(any_api: Any) -> None:
    seeded(any_api)
    last = max(int(each["sequence_number"].split("/")[0]) for each in every(any_api, "/invoices.json")
               if each["type"] == "Invoice" and "/" in each["sequence_number"])  # read by rows # fmt: skip
    issued = any_api.issue()
    assert issued["sequence_number"].split("/")[0] == str(last + 1)
    assert any_api.pay(issued, 50).status_code == 200
