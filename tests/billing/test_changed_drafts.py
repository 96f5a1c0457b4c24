"""Another program changes a draft, or its client, between the steps of a run: it is set aside."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from invoicexpress import InvoiceXpress, lisbon
from invoicexpress.sending.in_flight import forget_all
from invoicexpress_billing import Journal, PlannedDocument, Run, State, advance
from invoicexpress_emulator import Emulator

NUMBERS: Final = ("508025338", "502757191")
NUMBER: Final = NUMBERS[0]
YESTERDAY: Final = lisbon.today() - datetime.timedelta(days=1)


@pytest.fixture(scope="module", params=["observed", "documented"])
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with Emulator(profile=request.param, rate_limit=None) as started:
        yield started


@pytest.fixture
def ix(emulator: Emulator) -> Iterator[InvoiceXpress]:
    emulator.control.reset()
    # Ids begin anew, and the client remembers their séries.
    forget_all()
    with InvoiceXpress("demo", "demo-key", base_url=emulator.base_url, pace=None, retries=0) as client:
        yield client


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "billing.db")
    yield opened
    opened.close()


def fields(key: str, **changes: Any) -> dict[str, Any]:
    """The fields of an invoice of 123.00, for a client of its own."""
    line = {"name": "Plan", "quantity": Decimal(1), "unit_price": Decimal(100), "tax": {"name": "IVA23"}}
    client = {"name": f"Ana {key}", "code": key, "fiscal_id": NUMBER}
    return {"date": lisbon.today(), "client": client, "items": [line], **changes}


def line(key: str, **changes: Any) -> dict[str, Any]:
    return fields(key, items=[{**fields(key)["items"][0], **changes}])


def without_number(key: str) -> dict[str, Any]:
    return {"name": f"Ana {key}", "code": key}


def started(ix: InvoiceXpress, journal: Journal, *documents: tuple[str, str, dict[str, Any]]) -> Run:
    planned = [
        PlannedDocument(
            key=key, type=kind, serie=None, date=lisbon.today(), fields=content, total=Decimal("123.00")
        )
        for key, kind, content in documents
    ]
    return Run.start(ix, journal, planned, name="run", place="demo")


def created(run: Run) -> Mapping[str, int]:
    """Takes the first step alone, as a process that died after it. Returns the drafts by key."""
    made = [advance(run.work, each) for each in run.documents()]
    return {each.key: each.id for each in made if each.id is not None}


def issued(emulator: Emulator) -> list[str]:
    return [each.type for each in emulator.control.documents() if each.status != "draft"]


def change_client(ix: InvoiceXpress, key: str, **changes: Any) -> None:
    known = ix.clients.find_by_code(key)
    assert known is not None
    fields: Any = {"name": known.name, "code": key, "fiscal_id": NUMBER, **changes}
    ix.clients.update(known, **fields)


OTHER: Final = {"name": "Rui", "code": "C9", "fiscal_id": NUMBERS[1]}
Change = Callable[[InvoiceXpress, str, int], object]
CHANGES: Final[Mapping[str, tuple[Change, str]]] = {
    "client": (
        lambda ix, key, draft: ix.invoices.update(draft, **fields(key, client=OTHER)),
        "client code C9, sent client",
    ),
    "client of a name": (
        lambda ix, key, draft: ix.invoices.update(draft, **fields(key, client=OTHER)),
        "client name Rui, sent Ana client of a name",
    ),
    "date": (
        lambda ix, key, draft: ix.invoices.update(draft, **fields(key, date=YESTERDAY)),
        f"date {YESTERDAY}, sent {lisbon.today()}",
    ),
    "number": (
        lambda ix, key, draft: change_client(ix, key, fiscal_id=NUMBERS[1]),
        "client has another tax number",
    ),
    "number removed": (
        lambda ix, key, draft: change_client(ix, key, fiscal_id=""),
        "client has no tax number",
    ),
    "name": (
        lambda ix, key, draft: change_client(ix, key, name="Eva"),
        "client name Eva, sent Ana name",
    ),
    "line": (
        lambda ix, key, draft: ix.invoices.update(draft, **line(key, name="Other plan")),
        "line 1: name Other plan, sent Plan",
    ),
    "price": (
        lambda ix, key, draft: ix.invoices.update(
            draft, **line(key, quantity=Decimal(2), unit_price=Decimal(50))
        ),
        "line 1: unit_price 50.00 EUR, sent 100.00 EUR",
    ),
}


def test_a_changed_draft_is_set_aside(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    """The run finalized whatever the draft had become, if its total fitted."""
    contents = {key: fields(key) for key in CHANGES}
    contents["client of a name"]["client"] = {"name": "Ana client of a name"}
    run = started(ix, journal, *[(key, "invoice", content) for key, content in contents.items()])
    drafts = created(run)
    for key, (change, _) in CHANGES.items():
        change(ix, key, drafts[key])

    assert run.go()[State.FAILED] == len(CHANGES)
    assert issued(emulator) == []
    for document in run.documents():
        message = str(document.message)
        assert message.startswith(f"draft {drafts[document.key]} was not finalized: ")
        assert CHANGES[document.key][1] in message

    ix.invoices.update(drafts["date"], **contents["date"])
    assert run.retry()[State.DONE] == 1
    assert issued(emulator) == ["Invoice"]


def test_other_types(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    kinds = ("vat_moss_invoice", "invoice_receipt", "simplified_invoice")
    contents = {kind: fields(kind, client=without_number(kind)) for kind in kinds}
    run = started(ix, journal, *[(kind, kind, content) for kind, content in contents.items()])
    other = {"name": "Rui", "code": "C9"}
    for kind, draft in created(run).items():
        getattr(ix, f"{kind}s").update(draft, **fields(kind, client=other))
    assert run.go()[State.FAILED] == len(kinds)
    assert issued(emulator) == []


def test_a_number_that_the_file_lacks(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    """Then the client of the draft as it was made counts, if the service shows its number."""
    ix.clients.create(name="Ana", code="C1", fiscal_id=NUMBER)
    run = started(ix, journal, ("K1", "invoice", fields("K1", client={"name": "Ana", "code": "C1"})))
    draft = created(run)["K1"]
    change_client(ix, "C1", fiscal_id=NUMBERS[1])
    is_shown = bool(ix.invoices.get(draft).client.fiscal_id)
    assert run.go()[State.FAILED if is_shown else State.DONE] == 1
    assert issued(emulator) == ([] if is_shown else ["Invoice"])


def test_a_known_client_keeps_its_name(emulator: Emulator, ix: InvoiceXpress, journal: Journal) -> None:
    """The file may spell it otherwise: the service goes by the code. A finalize costs one read."""
    ix.clients.create(name="Ana Sousa, Lda.", code="C1")
    run = started(ix, journal, ("K1", "invoice", fields("K1", client={"name": "Ana", "code": "C1"})))
    with pytest.warns(match="the draft is made out to it"):
        created(run)
    before = emulator.control.requests()[-1].number
    assert run.go()[State.DONE] == 1
    assert issued(emulator) == ["Invoice"]
    assert len([each for each in emulator.control.requests() if each.number > before]) == 2


def test_a_document_that_another_program_issued(
    emulator: Emulator, ix: InvoiceXpress, journal: Journal
) -> None:
    """It is compared too; and a draft shows no série, so there only the number tells."""
    ix.sequences.create(serie="OTHER")
    run = started(ix, journal, *[(key, "invoice", fields(key)) for key in ("client", "serie")])
    drafts = created(run)
    ix.invoices.update(drafts["client"], **fields("client", client=OTHER))
    ix.invoices.finalize(drafts["client"])
    ix.invoices.update(drafts["serie"], sequence="OTHER", **fields("serie"))
    assert run.go()[State.FAILED] == 2
    assert run.retry()[State.FAILED] == 2
    client, serie = (str(each.message) for each in run.documents())
    assert f"document {drafts['client']} is final, and not as expected: client id " in client
    assert "issued as FT OTHER/1, and the file says série DEMO" in serie
    assert issued(emulator) == ["Invoice", "Invoice"]
