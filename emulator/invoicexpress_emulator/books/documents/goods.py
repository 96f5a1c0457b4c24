"""Goods on their way: what a guide, and in part a purchase order, says besides its lines.

A guide (guia) says where goods are loaded, where they go and when they leave; the tax authority wants
to know before they do (Decreto-Lei 147/2003, arts. 4 and 5), and answers with a code. A purchase order says
when and where it wants its goods.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from ...fiscal.countries import COUNTRY_CODES
from ...http import messages
from ...http.clock import LISBON
from ...http.fields import Fields
from ...http.wire_values import parse_moment
from ...seeded import seeded_code

if TYPE_CHECKING:
    from ...fiscal.document_types import DocumentType


@dataclass(frozen=True, slots=True)
class Address:
    """A place: street and number, town, postal code, and the country by its name in the API."""

    detail: str
    city: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where goods are, go and when they leave; `loaded_at` is Lisbon time without a zone.

    `at_doc_code` is the tax authority's code, None until it has arrived.
    """

    loaded_at: dt.datetime | None = None
    license_plate: str | None = None
    address_from: Address | None = None
    address_to: Address | None = None
    load_site: str | None = None
    delivery_site: str | None = None
    at_doc_code: str | None = None

    def leaves_before(self, now: dt.datetime) -> bool:
        """Whether the goods would have left at `now`, an aware moment, or earlier."""
        return self.loaded_at is not None and self.loaded_at.replace(tzinfo=LISBON).astimezone(
            dt.UTC
        ) <= now.astimezone(dt.UTC)


def read(document_type: DocumentType, fields: Fields) -> Delivery | None:
    """Return what a request says of goods, None for types that say nothing of them.

    Guides must say when they leave, and both addresses in full (vendor docs 2026-07; Webdados
    2025 sends a dash for what it does not know). A time that cannot be read is refused; one in the past may
    stand in a draft (diogopms 2026-06) and is refused when the guide is issued.
    """
    if document_type.goods is None:
        return None
    transported = document_type.goods == "transported"
    return Delivery(
        loaded_at=_loaded_at(fields, required=transported),
        license_plate=fields.text("license_plate") if transported else None,
        address_from=_address(fields, "address_from") if transported else None,
        address_to=_address(fields, "address_to") if transported else None,
        load_site=fields.text("load_site") if transported else None,
        delivery_site=fields.text("delivery_site"),
    )


def _loaded_at(fields: Fields, *, required: bool) -> dt.datetime | None:
    sent = fields.text("loaded_at")
    if sent is None:
        if required:
            fields.complain(messages.LOADED_AT_MISSING)
        return None
    moment = parse_moment(sent)
    if moment is None:
        fields.complain(messages.LOADED_AT_INVALID)
    return moment


def _address(fields: Fields, key: str) -> Address | None:
    sent = fields.child(key) or Fields({}, fields.complaints)
    values = {name: sent.text(name) for name in ("detail", "city", "postal_code", "country")}
    for name, value in values.items():
        if value is None:
            fields.complain(messages.ADDRESS_INCOMPLETE, address=key, part=name)
    country = values["country"]
    if country is not None and country not in COUNTRY_CODES:
        fields.complain(messages.COUNTRY_NOT_FOUND, country=country)
    return Address(**{name: value or "" for name, value in values.items()})


_COLUMNS: Final = (
    "loaded_at",
    "license_plate",
    "address_from",
    "address_to",
    "load_site",
    "delivery_site",
    "at_doc_code",
)


def store(db: sqlite3.Connection, document_id: int, delivery: Delivery) -> None:
    """Keep what a document says of goods, in place of what it said before."""
    db.execute(
        f"INSERT OR REPLACE INTO deliveries (document_id, {', '.join(_COLUMNS)}) "  # noqa: S608 - own constants
        f"VALUES (?, {', '.join('?' * len(_COLUMNS))})",
        (
            document_id,
            delivery.loaded_at.isoformat() if delivery.loaded_at else None,
            delivery.license_plate,
            json.dumps(asdict(delivery.address_from)) if delivery.address_from else None,
            json.dumps(asdict(delivery.address_to)) if delivery.address_to else None,
            delivery.load_site,
            delivery.delivery_site,
            delivery.at_doc_code,
        ),
    )


def of_documents(db: sqlite3.Connection, document_ids: Iterable[int]) -> dict[int, Delivery]:
    """Return what these documents say of goods, by document; most say nothing."""
    rows = db.execute(
        "SELECT * FROM deliveries WHERE document_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(document_ids)),),
    )
    return {row["document_id"]: _delivery(row) for row in rows}


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        loaded_at=dt.datetime.fromisoformat(row["loaded_at"]) if row["loaded_at"] else None,
        license_plate=row["license_plate"],
        address_from=Address(**json.loads(row["address_from"])) if row["address_from"] else None,
        address_to=Address(**json.loads(row["address_to"])) if row["address_to"] else None,
        load_site=row["load_site"],
        delivery_site=row["delivery_site"],
        at_doc_code=row["at_doc_code"],
    )


def keep_at_doc_code(db: sqlite3.Connection, seed: int, document_id: int) -> None:
    """Give a guide the code of the simulated tax authority; `EMU` in front tells that it is none of the
    real one's.
    """
    code = "EMU" + seeded_code(seed, "at_doc_code", document_id, length=9)
    db.execute("UPDATE deliveries SET at_doc_code = ? WHERE document_id = ?", (code, document_id))
