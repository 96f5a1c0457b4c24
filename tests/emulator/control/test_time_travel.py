"""The clock of an account: past due dates, over midnight and summer time, frozen, backwards.

Everything that depends on the day follows the clock, in Lisbon time.
"""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.http.clock import LISBON, AccountClock, never_behind

Json = Any
COUNT = itertools.count(1)

MIDNIGHTS = [
    # (one second before midnight in Lisbon, the day that ends, the day that begins)
    ("2026-01-31T23:59:59+00:00", "31/01/2026", "01/02/2026"),
    ("2026-06-30T22:59:59+00:00", "30/06/2026", "01/07/2026"),
    ("2026-03-28T23:59:59+00:00", "28/03/2026", "29/03/2026"),  # the last day of winter time
    ("2026-10-24T22:59:59+00:00", "24/10/2026", "25/10/2026"),  # the last day of summer time
    ("2026-12-31T23:59:59+00:00", "31/12/2026", "01/01/2027"),
    ("2028-02-28T23:59:59+00:00", "28/02/2028", "29/02/2028"),
]


def now(api: Any) -> datetime:
    shown = api.get("/_emulator/clock", account=api.name).json()["now"]
    return datetime.fromisoformat(shown)


def overdue(api: Any, document: Json) -> float:
    balance = api.get(f"/api/v3/clients/{document['client']['id']}/balance.json").json()
    amount: float = balance["overdue_balance"]["with_vat"]
    return amount


def ids(api: Any, **query: Json) -> list[int]:
    return [row["id"] for row in api.get("/invoices.json", **query).json()["invoices"]]


class TestDueDates:
    def test_a_debt_is_overdue_from_the_midnight_after(self, any_api: Any) -> None:
        any_api.freeze("2026-06-01T12:00:00")
        invoice = any_api.issue(due_date="30/06/2026")
        assert overdue(any_api, invoice) == 0
        any_api.freeze("2026-06-30T23:59:59")
        assert overdue(any_api, invoice) == 0
        any_api.control("clock", advance=1)
        assert overdue(any_api, invoice) == 123
        any_api.control("clock", advance=-1)
        assert overdue(any_api, invoice) == 0
        any_api.control("clock", advance=86_400)
        assert any_api.pay(invoice, 123).status_code == 200
        assert overdue(any_api, invoice) == 0

    def test_what_is_due_by_today_grows_day_by_day(self, any_api: Any) -> None:
        """Users filter the list for documents due by yesterday."""
        any_api.freeze("2026-02-26T09:00:00")
        made = [any_api.issue(due_date=f"{day}/02/2026")["id"] for day in (26, 27, 28)]
        seen: list[list[int]] = []
        for _ in range(5):
            yesterday = now(any_api).date() - timedelta(days=1)
            seen.append(ids(any_api, **{"due_date[to]": f"{yesterday:%d/%m/%Y}", "status[]": "sent"}))
            any_api.control("clock", advance=86_400)
        assert seen == [[], made[:1], made[:2], made, made]


class TestMidnight:
    @pytest.mark.parametrize(("before", "ending", "beginning"), MIDNIGHTS)
    def test_a_document_without_a_date_is_todays(
        self, any_api: Any, before: str, ending: str, beginning: str
    ) -> None:
        any_api.freeze(before)
        draft, last = any_api.create(), any_api.issue()
        assert (draft["date"], draft["due_date"], last["date"]) == (ending, ending, ending)
        any_api.control("clock", advance=1)
        first = any_api.issue()
        assert (first["date"], first["sequence_number"].split("/")[0]) == (beginning, "2")
        assert any_api.only(any_api.pay(first, 1).json())["date"] == beginning
        # Yesterday's draft is now too late for its series, and the filters take both ends of a day.
        answer = any_api.change(draft, "finalized")
        assert answer.status_code == 422
        month = {"01": "Jan", "02": "Feb", "03": "Mar", "07": "Jul", "10": "Oct"}[beginning[3:5]]
        words = f"the last invoice of this sequence[{beginning[:2]} {month} {beginning[8:]}]"
        assert words in any_api.texts(answer)[0]
        assert ids(any_api, **{"date[to]": ending, "type[]": "Invoice"}) == [draft["id"], last["id"]]
        assert ids(any_api, **{"date[from]": beginning, "type[]": "Invoice"}) == [first["id"]]

    def test_it_comes_to_a_running_clock_too(self, api: Any) -> None:
        api.control("clock", set="2026-07-31T10:00:00")
        assert api.create()["date"] == "31/07/2026"
        api.control("clock", advance=14 * 3600)
        assert api.create()["date"] == "01/08/2026"


class TestSummerTime:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("2026-03-29T00:59:59+00:00", "2026-03-29T02:00:00+01:00"),
            ("2026-10-25T01:59:59+01:00", "2026-10-25T01:00:00+00:00"),
        ],
    )
    def test_a_second_is_a_second(self, any_api: Any, before: str, after: str) -> None:
        for freeze in (True, False):
            any_api.control("clock", freeze=freeze)
            shown = any_api.control("clock", set=before, freeze=True)
            assert shown["now"] == before
            assert any_api.control("clock", advance=1)["now"] == after
            assert any_api.control("clock", advance=-1)["now"] == before

    def test_an_hour_that_is_left_out_is_the_one_after(self, any_api: Any) -> None:
        """The immediate answer and the stored value are the same moment."""
        shown = any_api.control("clock", set="2026-03-29T01:30:00", freeze=True)["now"]
        assert shown == now(any_api).isoformat() == "2026-03-29T02:30:00+01:00"

    @pytest.mark.parametrize(
        ("moment", "loaded_at", "seconds"),
        [
            # Winter's last hour and summer's first are one hour apart in UTC, two by the clock.
            ("2026-03-29T00:45:00+00:00", "29/03/2026 02:30:00", 45 * 60),
            # An ambiguous hour means its first occurrence.
            ("2026-10-25T01:15:00+01:00", "25/10/2026 01:30:00", 15 * 60),
            ("2026-10-25T01:45:00+01:00", "25/10/2026 02:30:00", 105 * 60),
            ("2026-07-01T09:00:00+01:00", "02/07/2026 09:00:00", 86_400),
        ],
    )
    @pytest.mark.parametrize("segment", ["shippings", "transports", "devolutions"])
    def test_guides_leave_by_lisbon_time(
        self, api: Any, segment: str, moment: str, loaded_at: str, seconds: int
    ) -> None:
        """A guide can be issued until the last second before its goods leave, `seconds` from now."""
        api.freeze(moment)
        in_time, late = (api.create(segment, loaded_at=loaded_at) for _ in range(2))
        api.control("clock", advance=seconds - 1)
        assert api.changed(in_time, "finalized")["status"] == "final"
        api.control("clock", advance=1)
        assert api.change(late, "finalized").status_code == 422
        api.control("clock", advance=-1)
        assert api.change(late, "finalized").status_code == 200

    @pytest.mark.parametrize("moment", ["2026-03-29T00:30:00+00:00", "2026-10-25T01:30:00+01:00"])
    def test_waiting_is_counted_in_seconds(self, api: Any, moment: str) -> None:
        """A PDF, a lagging list and a late write wait one hour, even across a clock change."""
        api.freeze(moment)
        api.control("config", pdf={"seconds": 3600}, list_lag={"seconds": 3600})
        draft = api.create()
        api.control("faults", operation="createEstimate", effect={"commit": "late", "seconds": 3600})
        with pytest.raises(httpx.TransportError):
            api.post("/quotes.json", {"quote": api.plain()})

        def arrived() -> tuple[int, list[int], int]:
            status = api.get(f"/api/pdf/{draft['id']}.json").status_code
            return status, ids(api), api.get(f"/quotes/{draft['id'] + 1}.json").status_code

        assert arrived() == (202, [], 404)
        api.control("clock", advance=3599)
        assert arrived() == (202, [], 404)
        api.control("clock", advance=1)
        assert arrived() == (200, [draft["id"]], 200)


class TestBackwards:
    def test_a_series_does_not_go_back_with_the_clock(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        invoice = any_api.issue()
        any_api.freeze("2026-05-08T12:00:00")
        early = any_api.create()
        assert early["date"] == "08/05/2026"
        assert any_api.change(early, "finalized").status_code == 422
        # Another type has its own dates, and the date may be given explicitly.
        assert any_api.issue("quotes")["date"] == "08/05/2026"
        assert any_api.issue(date="10/05/2026")["sequence_number"].startswith("2/")
        any_api.freeze("2026-05-10T00:00:00")
        assert any_api.issue()["sequence_number"].startswith("3/")
        assert any_api.read(invoice)["date"] == "10/05/2026"

    def test_a_receipt_of_the_future_stands_in_the_way_of_settling(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        invoice = any_api.issue()
        any_api.pay(invoice, 23)
        any_api.freeze("2026-05-09T12:00:00")
        answer = any_api.change(invoice, "settled")
        assert answer.status_code == 422
        assert "last receipt of this sequence[10 May 26]" in any_api.texts(answer)[0]
        assert any_api.read(invoice)["status"] == "final"
        any_api.freeze("2026-05-10T00:00:00")
        assert any_api.changed(invoice, "settled")["status"] == "settled"

    def test_a_frozen_clock_stands_still_and_runs_on_from_there(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        assert now(any_api) == now(any_api)
        before = now(any_api)
        any_api.control("clock", freeze=False)
        assert timedelta() <= now(any_api) - before < timedelta(minutes=1)


def verified(api: Any) -> list[Json]:
    """The findings of the fiscal self-check."""
    found: list[Json] = api.get("/_emulator/verify", account=api.name).json()["findings"]
    return found


def entered(api: Any, *documents: Json) -> list[str]:
    """The entry times of documents, from the SAF-T files of their months."""
    text = ""
    api.control("config", saft="immediate")
    for year, month in sorted({tuple(each["date"].split("/")[:0:-1]) for each in documents}):
        answer = api.get("/api/export_saft.json", year=year, month=month)
        text += httpx.get(str(next(iter(answer.json().values())))).text
    found = dict(
        re.findall(
            r"<(?:InvoiceNo|DocumentNumber|PaymentRefNo)>([^<]+).*?<SystemEntryDate>([^<]+)", text, re.S
        )
    )
    return [found[f"{PREFIXES[each['type']]} {each['inverted_sequence_number']}"] for each in documents]


PREFIXES = {"Invoice": "FT", "Quote": "OR", "Receipt": "RG", "CreditNote": "NC", "Transport": "GT"}


class TestEntries:
    """Entry times in an account never go back, whatever its clock does (Despacho 8632/2014, 3.2.1)."""

    def test_a_clock_that_is_set_back_a_day(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        first = any_api.issue(date="01/05/2026")
        any_api.freeze("2026-05-09T12:00:00")
        second, quote = any_api.issue(date="02/05/2026"), any_api.issue("quotes")
        receipt = any_api.only(any_api.pay(first, 1, payment_date="03/05/2026").json())
        any_api.freeze("2026-05-10T12:00:01")
        third = any_api.issue()
        assert entered(any_api, first, second, quote, receipt, third) == [
            *["2026-05-10T12:00:00"] * 4,
            "2026-05-10T12:00:01",
        ]
        assert quote["date"] == "09/05/2026"
        assert verified(any_api) == []

    def test_the_hour_that_comes_twice(self, any_api: Any) -> None:
        """An hour later in UTC but earlier in local time: without a correction the file would go back."""
        any_api.freeze("2026-10-25T01:50:00+01:00")
        first = any_api.issue()
        any_api.freeze("2026-10-25T01:10:00+00:00")
        second = any_api.issue()
        any_api.freeze("2026-10-25T01:55:00+00:00")
        third = any_api.issue()
        assert entered(any_api, first, second, third) == [
            "2026-10-25T01:50:00",
            "2026-10-25T01:50:00",
            "2026-10-25T01:55:00",
        ]
        assert verified(any_api) == []

    def test_of_another_account_nothing_is_kept(self, api: Any, other: Any) -> None:
        api.freeze("2030-01-01T10:00:00")
        api.issue()
        other.freeze("2026-05-10T12:00:00")
        assert entered(other, other.issue()) == ["2026-05-10T12:00:00"]

    def test_nor_of_an_account_that_was_emptied(self, api: Any) -> None:
        api.freeze("2030-01-01T10:00:00")
        api.issue()
        api.control("reset")
        api.freeze("2026-05-10T12:00:00")
        assert entered(api, api.issue()) == ["2026-05-10T12:00:00"]

    def test_guides_leave_after_they_were_entered(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        any_api.issue()
        any_api.freeze("2026-05-10T10:00:00")
        early = any_api.create("transports", loaded_at="10/05/2026 12:00:00")
        late = any_api.create("transports", loaded_at="10/05/2026 12:00:01")
        assert any_api.change(early, "finalized").status_code == 422
        assert entered(any_api, any_api.changed(late, "finalized")) == ["2026-05-10T12:00:00"]
        assert verified(any_api) == []

    def test_cancelling_comes_after_entering_and_after_what_rested_on_it(self, any_api: Any) -> None:
        any_api.freeze("2026-05-10T12:00:00")
        invoice = any_api.issue()
        receipt = any_api.only(any_api.pay(invoice, 1).json())
        note = any_api.issue("credit_notes", owner_invoice_id=invoice["id"])
        any_api.freeze("2026-05-11T12:00:00")
        any_api.changed(receipt, "canceled", "engano")
        any_api.changed(note, "canceled", "engano")
        any_api.freeze("2026-05-01T12:00:00")
        any_api.changed(invoice, "canceled", "engano")
        alone = any_api.issue("quotes")
        any_api.changed(alone, "canceled", "engano")
        assert verified(any_api) == []
        any_api.control("config", saft="immediate")
        answer = any_api.get("/api/export_saft.json", year=2026, month=5)
        text = httpx.get(str(next(iter(answer.json().values())))).text
        assert set(re.findall("<InvoiceStatusDate>([^<]+)", text)) == {"2026-05-11T12:00:00"}
        assert set(re.findall("<WorkStatusDate>([^<]+)", text)) == {"2026-05-10T12:00:00"}

    def test_a_write_that_comes_late_is_entered_when_it_is_carried_out(self, api: Any) -> None:
        api.freeze("2026-05-10T12:00:00")
        late, other = api.create(), api.create()
        api.control("faults", operation="changeInvoiceState", effect={"commit": "late", "seconds": 3600})
        with pytest.raises(httpx.TransportError):
            api.change(late, "finalized")
        first = api.changed(other, "finalized")
        api.control("clock", advance=3600)
        second = api.read(late)
        assert (first["sequence_number"][:2], second["sequence_number"][:2]) == ("1/", "2/")
        assert entered(api, first, second) == ["2026-05-10T12:00:00", "2026-05-10T13:00:00"]
        assert verified(api) == []

    @pytest.mark.parametrize("profile", ["observed", "documented"])
    def test_however_the_clock_goes(self, profile: str, servers: dict[str, Emulator], caller: Any) -> None:
        """Documents of several types and series, paid and cancelled at random times."""
        server = servers[profile]
        moment = st.datetimes(datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 3))  # noqa: DTZ001 - UTC is added
        step = st.tuples(
            moment.map(lambda at: at.replace(microsecond=0).isoformat() + "+00:00"),
            st.sampled_from(["invoices", "quotes", "transports", "pay", "cancel"]),
            st.booleans(),
            st.integers(0, 9),
        )

        @given(steps=st.lists(step, min_size=4, max_size=12))
        @settings(max_examples=12, deadline=None)
        def live(steps: list[Any]) -> None:
            name = f"relogio-{profile}-{next(COUNT)}"
            made = httpx.post(f"{server.base_url}/_emulator/accounts", json={"name": name}).json()
            api = caller(server.base_url, name, made["api_key"])
            with api.http:
                second = api.only(api.post("/sequences.json", {"sequence": {"serie": "B"}}).json())
                issued: list[Json] = []
                for at, what, in_second, place in steps:
                    api.freeze(at)
                    if what == "pay" and issued:
                        answer = api.pay(issued[place % len(issued)], 1)
                        if answer.status_code == 200:
                            issued.append(api.only(answer.json()))
                    elif what == "cancel" and issued:
                        api.change(issued[place % len(issued)], "canceled", "engano")
                    elif what not in {"pay", "cancel"}:
                        key = f"current_{what[:-1]}_sequence_id"
                        chosen = {"sequence_id": second[key]} if in_second else {}
                        issued.append(api.issue(what, date="25/10/2026", due_date="25/10/2026", **chosen))
                assert verified(api) == []

        live()


MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - Lisbon time without a zone is what is tried
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - as above
)


class TestLaws:
    @given(moment=MOMENTS, seconds=st.lists(st.integers(-(10**8), 10**8), max_size=4))
    def test_a_frozen_clock_is_moved_by_exactly_what_is_said(
        self, moment: datetime, seconds: list[int]
    ) -> None:
        def never() -> datetime:
            raise AssertionError("a frozen clock does not ask the world what time it is")

        clock = AccountClock(frozen_at=datetime(2000, 1, 1, tzinfo=UTC)).moved_to(moment, never)
        start = clock.now(never).astimezone(UTC)
        for step in seconds:
            clock = clock.advanced(timedelta(seconds=step))
        shown = clock.now(never)
        assert shown.astimezone(UTC) - start == timedelta(seconds=sum(seconds))
        assert shown.tzinfo is LISBON
        assert datetime.fromisoformat(shown.isoformat()) == shown.astimezone(UTC)

    @given(moments=st.lists(MOMENTS, min_size=1, max_size=5))
    def test_a_moment_is_never_behind_others(self, moments: list[datetime]) -> None:
        """Neither in UTC nor in local time; a moment already after the others is left unchanged."""
        now, *others = (moment.replace(tzinfo=UTC).astimezone(LISBON) for moment in moments)
        found = never_behind(now, others)
        assert all(found.timestamp() >= each.timestamp() for each in (now, *others))
        written = [each.replace(tzinfo=None, fold=0) for each in (now, *others)]
        assert found.replace(tzinfo=None) == max(written)
        assert never_behind(found, [now, *others]) == found
        if all(now.timestamp() >= each.timestamp() for each in others) and written[0] == max(written):
            assert found.isoformat() == now.isoformat()

    @given(moment=MOMENTS)
    def test_frozen_or_not_it_shows_what_it_was_set_to(self, moment: datetime) -> None:
        world = datetime(2026, 11, 21, 12, tzinfo=UTC)
        clock = AccountClock().moved_to(moment, lambda: world)
        frozen = clock.frozen(True, lambda: world).moved_to(moment, lambda: world)
        assert clock.now(lambda: world) == frozen.now(lambda: world)
        assert clock.now(lambda: world).utcoffset() == frozen.now(lambda: world).utcoffset()
