"""An in-memory service, with a clock that only pauses move. Requests can be lost, late, or answered
unreadably.

It models whatever the exactly-once rules depend on: documents, receipts, clients, items and taxes, lagging
lists, and keys that return the same document. It handles requests and responses, without HTTP.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args

from invoicexpress import reference_data
from invoicexpress.errors import AmbiguousResultError, TransportError
from invoicexpress.sending.flows import Pause, Step
from invoicexpress_generated.types import Request, Response

from tests.unit.conftest import client_json, document_json, item_json, line_json, sequence_json, tax_json

Fault = Literal[
    "none",
    "lost before",
    "lost after",
    "late",
    "500 before",
    "500 after",
    "html instead",
    "html after",
    "blank instead",
    "blank after",
    "redirect instead",
    "redirect after",
    "400 page",
]
"""`before` and `instead`: not carried out; `after`: carried out. `400 page` is a proxy's refusal."""
FAULTS: tuple[Fault, ...] = get_args(Fault)
NOT_DONE: frozenset[Fault] = frozenset(
    {"lost before", "500 before", "html instead", "blank instead", "redirect instead", "400 page"}
)
TODAY = "21/11/2026"
TRANSITIONS: Mapping[tuple[str, str], str] = {
    ("draft", "finalized"): "final",
    ("draft", "deleted"): "deleted",
    ("final", "canceled"): "canceled",
    ("final", "settled"): "settled",
    ("settled", "unsettled"): "final",
    ("final", "accept"): "accepted",
    ("accepted", "refuse"): "refused",
}
TYPES = {
    "invoices": "Invoice",
    "invoice_receipts": "InvoiceReceipt",
    "quotes": "Quote",
    "receipts": "Receipt",
    "credit_notes": "CreditNote",
}
JSON = dict[str, Any]


class Model:
    """The service. `answer` does one step of a flow."""

    def __init__(
        self,
        writes: Iterable[Fault] = (),
        reads: Iterable[bool] = (),
        *,
        lag: float = 0,
        late: float = 1,
        holds_keys: bool = True,
    ) -> None:
        self.clock = 0.0
        self.writes: deque[Fault] = deque(writes)
        """What happens to the writes, in turn; then nothing does."""
        self.reads = deque(reads)
        """Which reads fail, in turn; then none does."""
        self.lag = lag
        self.late = late
        self.holds_keys = holds_keys
        self.documents: dict[int, JSON] = {}
        self.born: dict[int, float] = {}
        self.keys: dict[str, int] = {}
        self.in_progress: set[str] = set()
        self.paid: dict[int, int] = {}
        self.catalogue: dict[str, dict[int, JSON]] = {"clients": {}, "items": {}, "taxes": {}}
        self.series = {
            number: sequence_json(id=number, default_sequence=int(number == 5)) for number in (5, 6)
        }
        self.pending: list[tuple[float, Callable[[], object]]] = []
        self.sent: list[Request] = []
        self.refuse_with: int | None = None
        """Refuses every further write with this status."""
        self.slow_reads: float = 0

    def answer(self, step: Step) -> object:
        if isinstance(step, Pause):
            self.advance(step.seconds)
            return self.clock
        assert isinstance(step, Request)
        self.sent.append(step)
        if step.method == "GET":
            self.advance(self.slow_reads)
            if self.reads and self.reads.popleft():
                raise TransportError(step.method, step.path, "ReadTimeout")
            return self._read(step)
        return self._write(step, self.writes.popleft() if self.writes else "none")

    def advance(self, seconds: float) -> None:
        self.clock += seconds
        for entry in sorted(self.pending, key=lambda entry: entry[0]):
            if entry[0] <= self.clock:
                self.pending.remove(entry)
                entry[1]()

    def settle(self) -> None:
        """Carries out all late writes."""
        self.advance(1e6)

    @property
    def writes_sent(self) -> list[Request]:
        return [request for request in self.sent if request.method != "GET"]

    def add(self, segment: str, **changes: Any) -> int:
        """Adds a document made by another caller."""
        number = len(self.documents) + 100
        self.documents[number] = document_json(id=number, type=TYPES[segment], segment=segment, **changes)
        self.born[number] = self.clock
        return number

    def _write(self, request: Request, fault: Fault) -> Response:
        if fault in NOT_DONE:
            return self.unanswered(request, fault)
        if self.refuse_with is not None:
            return reply(self.refuse_with, {"errors": [{"error": "refused"}]})
        if fault == "late":
            key = (request.body or {}).get("proprietary_uid")
            if key in self.in_progress:
                return reply(409, {"reason": "ongoing"})
            if key is not None and self.holds_keys and key not in self.keys:
                self.in_progress.add(key)

            def commit() -> None:
                self.in_progress.discard(key)
                self._apply(request)

            self.pending.append((self.clock + self.late, commit))
            raise AmbiguousResultError(request.method, request.path, "ReadTimeout", key)
        response = self._apply(request)
        return response if fault == "none" or response.status >= 300 else self.unanswered(request, fault)

    @staticmethod
    def unanswered(request: Request, fault: Fault) -> Response:
        """The answer to a request with a fault. Raises AmbiguousResultError without an answer."""
        success = 201 if request.method == "POST" and "partial_payments" not in request.path else 200
        answers = {
            "500": Response(500),
            "html": Response(success, {}, b"<html></html>"),
            "blank": Response(success, {}, b" "),
            "redirect": Response(302, {"location": "/login"}, b"<html></html>"),
            "400": Response(400, {}, b"<html><title>400 Bad Request</title></html>"),
        }
        if answer := answers.get(fault.partition(" ")[0]):
            return answer
        raise AmbiguousResultError(request.method, request.path, "ReadTimeout")

    def _apply(self, request: Request) -> Response:
        body = dict(request.body or {})
        if found := re.fullmatch(r"/documents/(\d+)/partial_payments\.json", request.path):
            return self._pay(int(found[1]), body["partial_payment"])
        if found := re.fullmatch(r"/(\w+)/(\d+)/change-state\.json", request.path):
            (change,) = body.values()
            return self._change(found[1], int(found[2]), change["state"])
        if found := re.fullmatch(r"/(clients|items|taxes)\.json", request.path):
            (entry,) = body.values()
            return self._enter(found[1], entry)
        if found := re.fullmatch(r"/(clients|items|taxes)/(\d+)\.json", request.path):
            entries, number = self.catalogue[found[1]], int(found[2])
            if number not in entries:
                return Response(404)
            if request.method == "DELETE":
                del entries[number]
            else:
                entries[number].update(*body.values())
            # Success is one space.
            return Response(200, {}, b" ")
        if found := re.fullmatch(r"/sequences/(\d+)/set_current\.json", request.path):
            for number, serie in self.series.items():
                serie["default_sequence"] = int(number == int(found[1]))
            return Response(200)
        if found := re.fullmatch(r"/(\w+)/(\d+)\.json", request.path):
            return self._update(found[1], int(found[2]), body)
        found = re.fullmatch(r"/(\w+)\.json", request.path)
        assert found, request.path
        return self._create(found[1], body)

    def _create(self, segment: str, body: JSON) -> Response:
        key = body.pop("proprietary_uid", None)
        if key in self.in_progress:
            return reply(409, {"reason": "ongoing"})
        if key not in self.keys or key is None:
            ((_, fields),) = body.items()
            number = self.add(segment, status="draft", **shown(fields))
            if key is not None:
                self.keys[key] = number
        else:
            number = self.keys[key]
        return self._document(201, number)

    def _update(self, segment: str, number: int, body: JSON) -> Response:
        found = self.documents.get(number)
        if found is None or found["segment"] != segment:
            return Response(404)
        if found["status"] != "draft":
            return reply(422, {"errors": [{"error": "CantHandle: update"}]})
        (fields,) = body.values()
        found.update(shown(fields))
        return self._document(200, number)

    def _pay(self, number: int, payment: JSON) -> Response:
        if payment["amount"] > self.documents[number]["open"]:
            return reply(422, {"errors": [{"error": "menor ou igual a"}]})
        self.documents[number]["open"] -= payment["amount"]
        receipt = self.add(
            "receipts", status="final", total=payment["amount"], date=payment.get("payment_date", TODAY)
        )
        self.paid[receipt] = number
        return self._document(200, receipt)

    def _change(self, segment: str, number: int, event: str) -> Response:
        found = self.documents.get(number)
        if found is None or found["segment"] != segment:
            return Response(404)
        after = TRANSITIONS.get((found["status"], event))
        if after is None:
            return reply(422, {"errors": [{"error": f"CantHandle: {event}"}]})
        found["status"] = after
        found["changed"] = found.get("changed", 0) + 1
        return self._document(200, number)

    def _enter(self, kind: str, entry: JSON) -> Response:
        entries = self.catalogue[kind]
        if any(each["name"] == entry["name"] for each in entries.values()):
            return reply(422, {"errors": [{"error": "Name has already been taken"}]})
        number = len(entries) + 1
        make = {"clients": client_json, "items": item_json, "taxes": tax_json}[kind]
        entries[number] = (
            make(id=number, code=None, **entry) if kind != "clients" else make(id=number, **entry)
        )
        self.born[number] = self.clock
        return reply(201, {ROOTS[kind]: entries[number]})

    def _read(self, request: Request) -> Response:
        query = dict(request.query)
        if found := re.fullmatch(r"/document/(\d+)/related_documents\.json", request.path):
            receipts = [each for each, owner in self.paid.items() if owner == int(found[1])]
            return reply(200, {"documents": [self.documents[each] for each in receipts if self._seen(each)]})
        if request.path == "/estimates.json":
            listed = [
                document
                for number, document in self.documents.items()
                if document["reference"] == query["reference"] and self._seen(number)
            ]
            return reply(200, {"estimates": listed, "pagination": ONE_PAGE})
        if request.path in ("/items.json", "/taxes.json", "/clients.json", "/clients/find-by-name.json"):
            return self._catalogue(request.path, query)
        found = re.fullmatch(r"/(\w+)/(\d+)\.json", request.path)
        assert found, request.path
        number = int(found[2])
        if found[1] == "sequences":
            return reply(200, {"sequence": self.series[number]})
        if found[1] in self.catalogue:
            entry = self.catalogue[found[1]].get(number)
            return Response(404) if entry is None else reply(200, {ROOTS[found[1]]: entry})
        if number not in self.documents or self.documents[number]["segment"] != found[1]:
            return Response(404)
        return self._document(200, number)

    def _catalogue(self, path: str, query: Mapping[str, str]) -> Response:
        kind = re.split(r"[/.]", path)[1]
        seen = [each for number, each in self.catalogue[kind].items() if self._seen(number)]
        if kind != "clients":
            return reply(200, {kind: seen if query.get("page", "1") == "1" else []})
        if "client_name" not in query:
            return reply(200, {kind: seen, "pagination": ONE_PAGE})
        found = [each for each in seen if each["name"] == query["client_name"]]
        return reply(200, {"client": found[0]}) if found else Response(404)

    def _seen(self, number: int) -> bool:
        return self.born[number] + self.lag <= self.clock

    def _document(self, status: int, number: int) -> Response:
        found = self.documents[number]
        return reply(status, {ROOTS[found["segment"]]: found})


ROOTS = {
    "invoices": "invoice",
    "invoice_receipts": "invoice_receipt",
    "quotes": "quote",
    "receipts": "receipt",
    "credit_notes": "credit_note",
    "clients": "client",
    "items": "item",
    "taxes": "tax",
}
ONE_PAGE = {"total_entries": 1, "current_page": 1, "total_pages": 1, "per_page": 100}


def shown(fields: JSON) -> JSON:
    """A draft's fields as the service shows them."""
    currency = reference_data.currencies().get(fields.get("currency_code", ""))
    return {
        "date": fields["date"],
        "due_date": fields.get("due_date", fields["date"]),
        "reference": fields.get("reference"),
        "observations": fields.get("observations"),
        "retention": fields.get("retention"),
        "client": {"id": 3, "code": None, **fields["client"]},
        "items": [line_json(**line) for line in fields["items"]],
        "multicurrency": currency and {"rate": fields.get("rate"), "currency": currency.name},
    }


def reply(status: int, body: object) -> Response:
    return Response(status, {}, json.dumps(body, default=float).encode())
