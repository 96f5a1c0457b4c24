"""Guides: a loading time is in Lisbon time, lies ahead, and exists on Lisbon's clocks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import Guide, InputError, NotReadyError, Waiting, lisbon
from invoicexpress.namespaces.guides import code_of, loading_time
from invoicexpress_wire import WireError

from tests.unit.conftest import Answer, Run, Service, echo, guide_json, sequence_json

PLACE = {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}
FIELDS: dict[str, Any] = {
    "date": datetime.date(2026, 11, 21),
    "client": {"name": "Ana"},
    "items": [{"name": "Café", "unit_price": Decimal(1), "quantity": Decimal(1)}],
    "address_from": PLACE,
    "address_to": PLACE,
}
LISBON = tz.gettz("Europe/Lisbon")
KINDS = ["shippings", "transports", "devolutions"]


def at(text: str, zone: datetime.tzinfo | None = None, *, fold: int = 0) -> datetime.datetime:
    """A time, naive unless a zone is given."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def it_is(monkeypatch: pytest.MonkeyPatch, utc: str) -> None:
    """Sets the current time, in UTC."""
    now = at(utc, datetime.UTC).astimezone(LISBON)
    monkeypatch.setattr(lisbon, "now", lambda: now)


def creating(segment: str, **fields: Any) -> Callable[[Any], Any]:
    return lambda ix: getattr(ix, segment).create(**{**FIELDS, **fields})


def updating(segment: str, **fields: Any) -> Callable[[Any], Any]:
    return lambda ix: getattr(ix, segment).update(7, **{**FIELDS, **fields})


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (at("2026-11-21 15:00"), "21/11/2026 15:00:00"),
        # Lisbon is on UTC in winter, and an hour ahead in summer.
        (at("2026-11-21 15:00", datetime.UTC), "21/11/2026 15:00:00"),
        (at("2027-07-01 15:00", datetime.UTC), "01/07/2027 16:00:00"),
        (at("2026-12-31 20:30", tz.gettz("America/New_York")), "01/01/2027 01:30:00"),
        (at("2026-11-21 15:00:00.999"), "21/11/2026 15:00:00"),
    ],
)
def test_a_time_of_loading_is_sent_as_lisbon_has_it(
    service: Service, run: Run, monkeypatch: pytest.MonkeyPatch, given: datetime.datetime, sent: str
) -> None:
    it_is(monkeypatch, "2026-11-21 14:59")
    for segment in KINDS:
        root = segment.removesuffix("s")
        service.will(echo(root, 201), echo(root, loaded_at=sent))
        assert type(run(service, creating(segment, loaded_at=given))) is Guide
        assert type(run(service, updating(segment, loaded_at=given))) is Guide
        assert [request.body[root]["loaded_at"] for request in service.sent[-2:]] == [sent, sent]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (at("2026-11-21 14:59"), "in the past; in Lisbon it is 2026-11-21 14:59:00"),
        (at("2026-11-21 15:58", tz.gettz("Europe/Madrid")), "2026-11-21 14:58:00 is in the past"),
        (datetime.date(2026, 12, 1), "expected a datetime.datetime, got date"),
        ("21/11/2026 15:00:00", "expected a datetime.datetime, got str"),
    ],
)
def test_a_time_of_loading_that_cannot_be_is_named_and_not_sent(
    service: Service, run: Run, monkeypatch: pytest.MonkeyPatch, given: Any, said: str
) -> None:
    it_is(monkeypatch, "2026-11-21 14:59")
    for segment in KINDS:
        for call in (creating(segment, loaded_at=given), updating(segment, loaded_at=given)):
            with pytest.raises(InputError) as caught:
                run(service, call)
            assert caught.value.field == f"{segment.removesuffix('s')}.loaded_at"
            assert said in caught.value.reason
    assert service.requests == []


def test_without_a_time_of_loading_there_is_no_guide(service: Service, run: Run) -> None:
    with pytest.raises(InputError, match=r"^transport\.loaded_at: it is required; give it a value, such as "):
        run(service, creating("transports"))


def test_a_time_that_no_clock_in_lisbon_shows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 28 March 2027 clocks go from 00:59 to 02:00."""
    it_is(monkeypatch, "2027-03-27 12:00")
    with pytest.raises(WireError, match=r"2027-03-28 01:30:00 does not exist in Lisbon"):
        loading_time(at("2027-03-28 01:30"))
    assert loading_time(at("2027-03-28 00:59")) == at("2027-03-28 00:59")
    assert loading_time(at("2027-03-28 02:00")) == at("2027-03-28 02:00")
    assert loading_time(at("2027-03-28 01:30", datetime.UTC)) == at("2027-03-28 02:30")


def test_a_time_that_clocks_show_twice_is_past_after_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 31 October 2027 clocks go from 01:59 back to 01:00, which is 01:00 in UTC."""
    it_is(monkeypatch, "2027-10-31 00:50")  # 01:50 for the first time
    assert loading_time(at("2027-10-31 01:10")) == at("2027-10-31 01:10")
    it_is(monkeypatch, "2027-10-31 01:30")  # 01:30 for the second time
    assert loading_time(at("2027-10-31 01:40")) == at("2027-10-31 01:40")
    with pytest.raises(WireError, match="in the past"):
        loading_time(at("2027-10-31 01:20"))


def test_a_time_with_a_zone_is_past_or_not_whatever_clocks_show(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, "2027-10-31 00:50")  # 01:50 for the first time
    assert loading_time(at("2027-10-31 01:10", datetime.UTC)) == at("2027-10-31 01:10")
    it_is(monkeypatch, "2027-10-31 01:10")  # 01:10 for the second time
    with pytest.raises(WireError, match="in the past"):
        loading_time(at("2027-10-31 00:40", datetime.UTC))  # 01:40 for the first time


FIRST, LAST = (int(at(day, datetime.UTC).timestamp()) for day in ("2030-01-01", "2090-01-01"))
ZONES = ["UTC", "Europe/Lisbon", "Asia/Kolkata", "America/New_York"]


@given(st.integers(FIRST, LAST), st.sampled_from(ZONES))
def test_the_zone_changes_how_a_time_is_written_and_not_when_it_is(seconds: int, zone: str) -> None:
    moment = datetime.datetime.fromtimestamp(seconds, tz.gettz(zone))
    there = loading_time(moment)
    assert there.tzinfo is None
    readings = {there.replace(tzinfo=LISBON, fold=fold).astimezone(datetime.UTC) for fold in (0, 1)}
    assert moment.astimezone(datetime.UTC) in readings


def test_a_serie_gives_a_guide_the_id_of_its_row(service: Service, run: Run) -> None:
    """The série's own id belongs to its row for invoices."""
    serie = sequence_json(current_transport_sequence_id=66)
    service.will(Answer(body={"sequences": [serie]}), Answer(201, {"transport": guide_json()}))
    loaded_at = datetime.datetime(2099, 1, 1, 10)  # noqa: DTZ001 Lisbon's time, as on the wire
    run(service, creating("transports", sequence="2026", loaded_at=loaded_at))
    assert service.sent[1].body["transport"]["sequence_id"] == 66


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"at_doc_code_id": None}, None),
        ({"at_doc_code_id": ""}, None),
        ({"at_doc_code_id": "AT-1"}, "AT-1"),
        ({"at_doc_code_id": 123}, "123"),
    ],
)
def test_the_code_of_the_tax_authority_is_there_or_not(
    service: Service, run: Run, changes: dict[str, Any], code: str | None
) -> None:
    service.will(Answer(body={"transport": guide_json(status="final", **changes)}))
    guide = run(service, lambda ix: ix.transports.get(7))
    assert code_of(guide) == code
    assert guide.loaded_at == datetime.datetime(2026, 11, 21, 15)  # noqa: DTZ001 Lisbon's time, as on the wire
    assert guide.address_from.city == "Lisboa"


def test_the_code_of_the_tax_authority_is_waited_for(service: Service, run: Run) -> None:
    told: list[str] = []

    def tell(wait: Waiting) -> None:
        told.append(wait.what)

    service.will(
        Answer(body={"transport": guide_json(status="final")}),
        Answer(body={"transport": guide_json(status="final", at_doc_code_id="AT-1")}),
    )
    code = run(service, lambda ix: ix.transports.at_code(7, on_wait=tell))
    assert code == "AT-1"
    assert told == ["the tax authority's code for guide 7"]
    assert [sent.path for sent in service.sent] == ["/transports/7.json"] * 2


def test_a_code_that_does_not_come_can_be_waited_for_again(service: Service, run: Run) -> None:
    waiting = Answer(body={"transport": guide_json(status="final")})
    service.will(waiting)
    with pytest.raises(NotReadyError, match="code for guide 7"):
        run(service, lambda ix: ix.transports.at_code(7, timeout=0))
    service.will(Answer(body={"transport": guide_json(status="final", at_doc_code_id="AT-2")}))
    assert run(service, lambda ix: ix.transports.at_code(7, timeout=0)) == "AT-2"


@pytest.mark.parametrize("status", ["draft", "deleted", "canceled"])
def test_a_guide_that_gets_no_code_is_not_waited_for(service: Service, run: Run, status: str) -> None:
    service.will(Answer(body={"transport": guide_json(status=status)}))
    with pytest.raises(InputError, match=f"guide: it is {status}"):
        run(service, lambda ix: ix.transports.at_code(7))


@pytest.mark.parametrize("filters", [{"reference": "R1"}, {"date_from": datetime.date(2026, 1, 1)}])
def test_guides_take_no_filters_of_invoices(service: Service, run: Run, filters: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"unknown filter.*[kK]nown are archived, loaded_at_from"):
        run(service, lambda ix: ix.transports.list(**filters))
