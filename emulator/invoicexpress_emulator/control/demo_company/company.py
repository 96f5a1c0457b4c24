"""A year of a company that sells coffee: data with which an account can be tried out at once.

Everything goes through the emulator's own rules, in the order of its dates, so that totals, numbers, codes,
signatures and receipts are as if a program had sent the requests: one after the other, at the moments of a
year that ends today by the account's clock. The same seed and the same day give the same company; the time
of the day does not matter, since the only documents of today are those of the run at midnight.
"""

from __future__ import annotations

import datetime as dt
import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Final, cast

from ...api.routes import OPERATIONS
from ...books.call import Call
from ...books.catalogue.items.rows import id_by_name
from ...books.catalogue.taxes import rows as taxes
from ...books.clients import rows as clients
from ...books.clients.client import FINAL_CONSUMER_NAME
from ...books.documents import counting, payment_rows
from ...books.documents import rows as documents
from ...books.documents.balances import open_amount
from ...books.series import rows as series
from ...books.series.series import default_series_name
from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, DocumentType
from ...fiscal.totals import euros
from ...http.clock import LISBON
from ...http.errors import NotFound, Refused
from ...http.query import Query
from ...http.wire_values import JsonValue, decimal_text
from .names import (
    COMPANIES,
    EBOOK,
    FOREIGNERS,
    GOODS,
    PEOPLE,
    READER,
    RENTAL,
    SERVICES,
    SUPPLIERS,
    Customer,
    Good,
    Region,
)
from .plans import BILLED, DEBIT_NOTE, NOTE, PLANS, RENTED, WAITS, Course

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.answer import Answer

JsonObject = dict[str, JsonValue]
DAYS: Final = 364
"""How long before today the first documents are made; so every month of the year has some."""

_RULES: Final = {(operation.method, operation.path): operation.rule for operation in OPERATIONS}


class CannotSeed(Exception):
    """A company cannot be made in this account; the message is a sentence."""


class NotEmpty(CannotSeed):
    """The account is not empty."""


_REGION_TAXES: Final = {
    "azores": ("PT-AC", "Açores", {"NOR": 16, "INT": 9, "RED": 4}),
    "madeira": ("PT-MA", "Madeira", {"NOR": 22, "INT": 12, "RED": 4}),
}
"""Region -> its code, its name, its rates in percent (CIVA, art. 18; Madeira's reduced rate is of 2024)."""
_MAINLAND: Final = {"NOR": "IVA23", "INT": "IVA13", "RED": "IVA6"}
_GERMANY: Final = ("IVA19 Alemanha", "19", "DE")
_EXEMPT: Final = "Isento"
_EXEMPTIONS: Final = {"europe": "M16", "world": "M05"}
"""Goods for companies in the Union (RITI, art. 14), and for export (CIVA, art. 14)."""


def make(emulation: Emulation, account: Account, seed: int) -> JsonObject:
    """Make the company in an empty account, and return the number of its things by kind.

    Raises:
        NotEmpty: the account has documents, clients or items.
        CannotSeed: documents cannot be finalised in it.
    """
    if _has_something(emulation, account):
        raise NotEmpty(f'The account {account.name!r} is not empty; send "reset": true to empty it first.')
    if not account.at_configured:
        raise CannotSeed(
            f"The account {account.name!r} cannot finalise documents: it has no credentials of the authority."
        )
    try:
        return _Company(emulation, account, seed).live()
    except Refused as error:
        raise CannotSeed(f"The account {account.name!r} does not allow it: {error}.") from error


def _has_something(emulation: Emulation, account: Account) -> bool:
    return any(
        emulation.store.db.execute(f"SELECT 1 FROM {table} WHERE account_id = ?", (account.id,)).fetchone()  # noqa: S608 - own constants
        for table in ("documents", "clients", "items")
    )


@dataclass(slots=True)
class _Company:
    emulation: Emulation
    account: Account
    seed: int
    random: Random = field(init=False)
    today: dt.date = field(init=False)
    now: dt.datetime = field(init=False)
    counter_row: int = field(init=False)
    """The row of simplified invoices in the series of the counter."""
    _order: Iterator[int] = field(default_factory=count)
    _agenda: list[tuple[dt.datetime, int, Iterator[dt.datetime]]] = field(
        default_factory=list[tuple[dt.datetime, int, Iterator[dt.datetime]]]
    )
    _turns: dict[str, Iterator[Course]] = field(default_factory=dict[str, Iterator[Course]])

    def __post_init__(self) -> None:
        self.random = Random(f"company/{self.seed}")  # noqa: S311 - it has to repeat
        self.today = self.account.clock.now(self.emulation.time_source).date()
        self.now = self._moment(self.today - dt.timedelta(days=DAYS), dt.time(9))

    # The year ---------------------------------------------------------------------------------------

    def live(self) -> JsonObject:
        """Let the year pass, request after request in the order of time."""
        self._furnish()
        for plan in PLANS:
            for course, begun in zip(_taking_turns(plan.courses), self._days(plan.number), strict=False):
                self._begin(begun, self._life(plan.segment, course))
        for customer in self.random.sample(COMPANIES, 4):
            for begun in self._billing_days():
                self._begin(begun, self._life("invoices", RENTED, customer=customer, goods=[RENTAL]))
        self._begin(self._moment(self.today - dt.timedelta(days=150), dt.time(11)), self._treasury())
        while self._agenda:
            self.now, _, life = heapq.heappop(self._agenda)
            self._go_on(life)
        self.now = self._moment(self.today, dt.time())
        self._confirm_prices()
        return self._counted()

    def _begin(self, moment: dt.datetime, life: Iterator[dt.datetime]) -> None:
        heapq.heappush(self._agenda, (moment, next(self._order), life))

    def _go_on(self, life: Iterator[dt.datetime]) -> None:
        """Run a life to its next moment; moments after yesterday have not come yet."""
        moment = next(life, None)
        if moment is not None and moment.date() < self.today:
            self._begin(moment, life)

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, LISBON)

    def _days(self, number: int) -> list[dt.datetime]:
        """Return moments at which documents are begun: at work, spread over the year, the last yesterday."""
        return [
            self._at_work(self.today - dt.timedelta(days=DAYS - round(turn * (DAYS - 1) / (number - 1))))
            for turn in range(number)
        ]

    def _at_work(self, day: dt.date) -> dt.datetime:
        time = dt.time(self.random.randint(9, 18), self.random.randint(0, 59), self.random.randint(0, 59))
        return self._moment(day, time)

    def _billing_days(self) -> Iterator[dt.datetime]:
        """Yield the midnights of the monthly run, the last one today's."""
        for back in range(11, -1, -1):
            year, month = divmod(self.today.year * 12 + self.today.month - 1 - back, 12)
            after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
            last = (after - dt.timedelta(days=1)).day
            yield self._moment(dt.date(year, month + 1, min(self.today.day, last)), dt.time())

    def _later(self, step: str) -> dt.datetime:
        """Return when the next step is taken: at work, and not at the weekend."""
        day = self.now.date() + dt.timedelta(days=self.random.randint(*WAITS[step]))
        day += dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
        return self._at_work(day)

    # Requests ---------------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, body: JsonValue = None, **ids: int) -> JsonObject:
        """Send one request at the present moment of the year; return the value of the answer's only key."""
        call = Call(
            account=self.account,
            store=self.emulation.store,
            signer=self.emulation.signer,
            profile=self.emulation.profile,
            now=self.now,
            base_url="http://localhost",
            path={name: str(value) for name, value in ids.items()},
            query=Query([]),
            body=body,
        )
        try:
            answer = _RULES[method, path](call)
        except NotFound as error:
            raise AssertionError(f"{method} {path} {ids}") from error
        return _only(answer)

    def _furnish(self) -> None:
        """Make taxes, a series for the counter, the catalogue and the customers."""
        db = self.emulation.store.db
        for code, name, rates in _REGION_TAXES.values():
            for kind, rate in rates.items():
                self._add_tax(f"IVA{rate} {name}", str(rate), code, kind)
        self._add_tax(*_GERMANY, "NOR")
        taken = default_series_name(self.account.name) == "BALCAO"
        serie = "BALCAO2" if taken else "BALCAO"
        series_id = self._ask("POST", "/sequences.json", {"sequence": {"serie": serie}})["id"]
        if self.account.settings.at_registration == "manual":
            series.register(self.emulation.store, cast(int, series_id))
        self.counter_row = series.row_for(db, self.account.id, "simplified_invoice", serie).id
        for good in (*GOODS, *SERVICES, RENTAL, EBOOK):
            self._ask("POST", "/items.json", {"item": self._item(good)})
        for customer in (*COMPANIES, *PEOPLE, *FOREIGNERS, READER, *SUPPLIERS):
            self._ask("POST", "/clients.json", {"client": _client(customer)})

    def _add_tax(self, name: str, value: str, region: str, code: str) -> None:
        if not any(tax.name == name for tax in taxes.every(self.emulation.store.db, self.account.id)):
            tax: JsonValue = {"name": name, "value": value, "region": region, "code": code}
            self._ask("POST", "/taxes.json", {"tax": tax})

    def _item(self, good: Good) -> JsonObject:
        return {
            "name": good.name,
            "description": good.description,
            "unit_price": good.price,
            "unit": good.unit,
            "tax": {"name": _MAINLAND[good.rate]},
        }

    def _confirm_prices(self) -> None:
        """Restore the catalogue: documents overwrite it, those for the islands with their own taxes."""
        for good in (*GOODS, *SERVICES, RENTAL, EBOOK):
            item_id = id_by_name(self.emulation.store.db, self.account.id, good.name)
            if item_id is not None:
                self._ask("PUT", "/items/{item_id}.json", {"item": self._item(good)}, item_id=item_id)

    # Documents --------------------------------------------------------------------------------------

    def _life(
        self,
        segment: str,
        course: Course,
        *,
        customer: Customer | None = None,
        goods: Sequence[Good] | None = None,
        more: Mapping[str, JsonValue] | None = None,
    ) -> Iterator[dt.datetime]:
        """Draft a document, then take the steps of its course; yield the moment of each step to come."""
        document_type = next(row for row in DOCUMENT_TYPES if row.segment == segment)
        customer = customer or self._customer(document_type)
        body = self._body(document_type, customer, goods, more or {})
        made = self._ask("POST", f"/{segment}.json", {document_type.root: body})
        document_id = cast(int, made["id"])
        for step in course:
            if step in WAITS:
                yield self._later(step)
            self._step(step, document_type, document_id, customer, body)

    def _step(
        self, step: str, document_type: DocumentType, document_id: int, customer: Customer, body: JsonObject
    ) -> None:
        one = f"/{document_type.segment}/{{document_id}}"
        match step:
            case "changed":
                body["observations"] = "Revista a pedido do cliente."
                body["date"], body["due_date"] = self._dates(customer)
                self._ask("PUT", f"{one}.json", {document_type.root: body}, document_id=document_id)
            case "mailed":
                self._mail(document_type, document_id, customer)
            case "paid" | "part":
                self._pay(document_id, share=1 if step == "paid" else self.random.choice((2, 3, 4)))
            case "unpaid":
                self._cancel_receipt(document_id)
            case "credited" | "debited" | "billed":
                self._begin(self.now, self._follow(step, document_type, document_id, customer, body))
            case "archived":
                self._ask("PUT", f"{one}/archive.json", document_id=document_id)
            case _:
                self._change(document_type, document_id, step)

    def _change(self, document_type: DocumentType, document_id: int, verb: str) -> None:
        state: JsonObject = {"state": verb}
        if verb == "canceled":
            state["message"] = self.random.choice(("Engano nos dados do cliente.", "Encomenda anulada."))
        path = f"/{document_type.segment}/{{document_id}}/change-state.json"
        self._ask("PUT", path, {document_type.root: state}, document_id=document_id)

    def _follow(
        self, step: str, owner_type: DocumentType, owner_id: int, customer: Customer, owner: JsonObject
    ) -> Iterator[dt.datetime]:
        """Return the life of a document that corrects or bills another."""
        lines = cast(list[JsonObject], owner["items"])
        more: JsonObject = {"owner_invoice_id": owner_id, "items": [*lines]}
        for kept in ("tax_exemption", "currency_code", "rate", "global_discount"):
            if kept in owner:
                more[kept] = owner[kept]
        if "client" not in owner:
            more["client"] = {"name": FINAL_CONSUMER_NAME}  # a note has the client of its invoice
        if step == "credited":
            more["items"] = [{**lines[0], "quantity": "1"}]
            more["observations"] = "Devolução de uma unidade."
            segment, courses = BY_NAME[owner_type.credit_note_name].segment, NOTE
        elif step == "debited":
            more["items"] = [self._line(SERVICES[-1], customer, "1")]
            more["observations"] = "Despesas de cobrança."
            segment, courses = "debit_notes", DEBIT_NOTE
        else:
            segment, courses = "invoices", BILLED
        turns = self._turns.setdefault(segment if step != "billed" else "billed", _taking_turns(courses))
        return self._life(segment, next(turns), customer=customer, more=more)

    def _customer(self, document_type: DocumentType) -> Customer:
        choose = self.random.choice
        if document_type.goods == "ordered":
            return choose(SUPPLIERS)
        if document_type is BY_NAME["VatMossInvoice"]:
            return READER
        if document_type is BY_NAME["SimplifiedInvoice"]:
            return choose(PEOPLE)
        if document_type.goods is None and self.random.random() < 0.12:
            return choose(FOREIGNERS)
        return choose(PEOPLE) if self.random.random() < 0.15 else choose(COMPANIES)

    def _body(
        self,
        document_type: DocumentType,
        customer: Customer,
        goods: Sequence[Good] | None,
        more: Mapping[str, JsonValue],
    ) -> JsonObject:
        date, due_date = self._dates(customer)
        chosen = goods or self._basket(document_type)
        lines: list[JsonValue] = [self._line(good, customer, self._quantity(good)) for good in chosen]
        body: JsonObject = {
            "date": date,
            "due_date": due_date,
            "client": {"name": customer.name, "code": customer.code},
            "items": lines,
        }
        if customer.region in _EXEMPTIONS and customer is not READER:
            body["tax_exemption"] = _EXEMPTIONS[customer.region]
        if document_type is BY_NAME["SimplifiedInvoice"]:
            body["sequence_id"] = self.counter_row
            if self.random.random() < 0.6:
                del body["client"]
        if document_type.goods is not None:
            body |= self._transport(customer)
        if document_type is BY_NAME["Invoice"]:
            body |= self._terms(customer, chosen)
        return {**body, **more}

    def _terms(self, customer: Customer, goods: Sequence[Good]) -> JsonObject:
        """Return the fields of some invoices only: order, Multibanco, discount, retention, currency."""
        terms: JsonObject = {"reference": f"ENC-{self.random.randint(1000, 9999)}"}
        if customer.country == "United States":
            return {**terms, "currency_code": "USD", "rate": "1.08"}
        if customer.region in {"europe", "world"}:
            return terms
        if self.random.random() < 0.3:
            terms["mb_reference"] = "1"
        if self.random.random() < 0.15:
            terms["global_discount"] = {
                "value_type": "percentage",
                "value": self.random.choice(("2", "5", "10")),
            }
        if customer.fiscal_id is not None and all(good in SERVICES for good in goods):
            terms["retention"] = "25"
        return terms

    def _transport(self, customer: Customer) -> JsonObject:
        leaving = self.now + dt.timedelta(hours=self.random.randint(2, 40))
        here: JsonValue = _address("Zona Industrial Suposta, armazém 9", "Nenhures", "Portugal")
        there: JsonValue = _address(customer.street, customer.city, customer.country)
        return {
            "loaded_at": f"{leaving:%d/%m/%Y %H:%M:%S}",
            "license_plate": self.random.choice(("00-AA-00", "AA-00-AA")),
            "address_from": here,
            "address_to": there,
            "load_site": "Cais 1",
            "delivery_site": customer.city,
        }

    def _dates(self, customer: Customer) -> tuple[str, str]:
        date = self.now.date()
        return f"{date:%d/%m/%Y}", f"{date + dt.timedelta(days=customer.payment_days):%d/%m/%Y}"

    def _basket(self, document_type: DocumentType) -> Sequence[Good]:
        if document_type is BY_NAME["VatMossInvoice"]:
            return [EBOOK]
        if document_type is BY_NAME["FeesNote"]:
            return self.random.sample(SERVICES[:3], self.random.randint(1, 2))
        if document_type is BY_NAME["SimplifiedInvoice"]:
            small = [good for good in GOODS if len(good.price.split(".")[0]) < 3]
            return self.random.sample(small, self.random.randint(1, 3))
        if document_type.goods is not None:
            return self.random.sample(GOODS, self.random.randint(1, 5))
        if self.random.random() < 0.2:
            return self.random.sample(SERVICES, self.random.randint(1, 2))
        return self.random.sample((*GOODS, *SERVICES), self.random.randint(1, 5))

    def _quantity(self, good: Good) -> str:
        if good.unit == "hour":
            return self.random.choice(("1.5", "2", "3.25", "8"))
        if good.unit in {"month", "service"} or len(good.price.split(".")[0]) >= 3:
            return "1"
        return str(self.random.choice((1, 2, 3, 4, 6, 12)))

    def _line(self, good: Good, customer: Customer, quantity: str) -> JsonObject:
        line: JsonObject = {
            **self._item(good),
            "quantity": quantity,
            "tax": {"name": self._tax(good, customer)},
        }
        if customer.region == "mainland" and self.random.random() < 0.1:
            line["discount"] = self.random.choice(("5", "10", "12.5"))
        return line

    def _tax(self, good: Good, customer: Customer) -> str:
        region: Region = customer.region
        if customer is READER:
            return _GERMANY[0]
        if region in _EXEMPTIONS:
            return _EXEMPT
        if region in _REGION_TAXES:
            _, name, rates = _REGION_TAXES[region]
            return f"IVA{rates[good.rate]} {name}"
        return _MAINLAND[good.rate]

    # Money and post ---------------------------------------------------------------------------------

    def _pay(self, document_id: int, *, share: int) -> None:
        db = self.emulation.store.db
        found = documents.by_id(db, self.account.id, document_id)
        open_cents = open_amount(db, found) if found and found.status == "final" else 0
        amount = euros(open_cents // share)
        if amount:
            payment: JsonObject = {
                "amount": decimal_text(amount),
                "payment_mechanism": self.random.choice(("TB", "TB", "MB", "CC", "NU", "CH")),
                "payment_date": f"{self.now:%d/%m/%Y}",
            }
            path = "/documents/{document_id}/partial_payments.json"
            self._ask("POST", path, {"partial_payment": payment}, document_id=document_id)

    def _cancel_receipt(self, document_id: int) -> None:
        receipt_id = payment_rows.last_receipt_of(self.emulation.store.db, document_id)
        state: JsonValue = {"state": "canceled", "message": "A transferência foi devolvida."}
        path = "/receipts/{document_id}/change-state.json"
        self._ask("PUT", path, {"receipt": state}, document_id=receipt_id)

    def _mail(self, document_type: DocumentType, document_id: int, customer: Customer) -> None:
        if self.account.trial or customer.email is None:
            return
        message: JsonObject = {
            "client": {"email": customer.email, "save": "0"},
            "subject": f"{document_type.title} de {self.account.organization_name}",
            "body": "Bom dia,\n\nsegue em anexo o documento.\n\nCom os melhores cumprimentos",
        }
        path = f"/{document_type.segment}/{{document_id}}/email-document.json"
        self._ask("PUT", path, {"message": message}, document_id=document_id)

    def _treasury(self) -> Iterator[dt.datetime]:
        """The balance of earlier years with one customer: owed, in part paid and written off."""
        client = clients.by_code(self.emulation.store.db, self.account.id, COMPANIES[0].code)
        assert client is not None  # noqa: S101 - made at the beginning of the year
        client_id = client.id
        path = "/api/v3/clients/{client_id}"
        before = (self.today - dt.timedelta(days=DAYS + 1)).isoformat()
        opening: JsonValue = {"value": "350.00", "date": before, "observation": "Saldo de anos anteriores"}
        self._ask("PUT", f"{path}/initial_balance.json", {"initial_balance": opening}, client_id=client_id)
        yield self._at_work(self.now.date() + dt.timedelta(days=7))
        written_off: JsonValue = {
            "value": "12.40",
            "date": self.now.date().isoformat(),
            "observation": "Diferença de câmbio",
        }
        self._ask("POST", f"{path}/regularization.json", {"regularization": written_off}, client_id=client_id)
        yield self._at_work(self.now.date() + dt.timedelta(days=7))
        paid_back: JsonValue = {
            "movement_type": "Reimbursement",
            "value": "20.00",
            "payment_method": "TB",
            "date": self.now.date().isoformat(),
            "observation": "Pago em duplicado",
        }
        self._ask(
            "POST", f"{path}/treasury_movements.json", {"treasury_movement": paid_back}, client_id=client_id
        )

    # The account of it ------------------------------------------------------------------------------

    def _counted(self) -> JsonObject:
        db, mine = self.emulation.store.db, (self.account.id,)
        counts: JsonObject = {
            table: db.execute(f"SELECT count(*) FROM {table} WHERE account_id = ?", mine).fetchone()[0]  # noqa: S608 - own constants
            for table in ("clients", "items", "taxes", "documents", "outbox")
        }
        by_type: JsonObject = {**counting.count_by_type(db, self.account.id)}
        first, last = counting.first_and_last_date(db, self.account.id)
        return {**counts, "by_type": by_type, "from": first, "to": last}


def _taking_turns(courses: Sequence[Course]) -> Iterator[Course]:
    while True:
        yield from courses


def _only(answer: Answer) -> JsonObject:
    """Return the value of an answer's only key; an empty object for an answer without a body."""
    if answer.status >= 300:
        raise CannotSeed(f"The emulator refused a request of its own: {answer.body.decode()}")
    if not answer.body.strip():
        return {}
    body: JsonObject = json.loads(answer.body)
    value = next(iter(body.values()))
    return value if isinstance(value, dict) else body


def _client(customer: Customer) -> JsonObject:
    client: JsonObject = {
        "name": customer.name,
        "code": customer.code,
        "address": customer.street,
        "city": customer.city,
        "country": customer.country,
        "payment_days": customer.payment_days,
        "email": customer.email,
        "language": "pt" if customer.country in {"Portugal", "Angola"} else "en",
    }
    if customer.country == "Portugal":
        client["postal_code"] = _POSTAL_CODES.get(customer.city, "0000-001")
    if customer.fiscal_id is not None:
        client["fiscal_id"] = customer.fiscal_id
    return client


_POSTAL_CODES: Final = {
    "Vila Imaginária": "0000-101",
    "Porto Suposto": "0000-202",
    "Santa Invenção": "0000-303",
    "Nenhures": "0000-404",
    "Ilha Inventada": "0000-505",
    "Funchal de Papel": "0000-606",
}


def _address(street: str, city: str, country: str) -> JsonObject:
    return {
        "detail": street,
        "city": city,
        "postal_code": _POSTAL_CODES.get(city, "00000"),
        "country": country,
    }
