"""Goods in transit: the part of a guide, and of a purchase order, beside its lines.

A guide (guia) names the place of loading, the destination and the departure. It must be reported to the tax
authority before the goods leave (Decreto-Lei 147/2003, arts. 4 and 5), which answers with a code. A purchase
order names the date and place of delivery.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from ...fiscal.countries import COUNTRY_CODES
from ...http import messages
from ...http.clock import LISBON
from ...http.fields import Fields
from ...http.wire_values import parse_moment
from ...seeded import seeded_code

if TYPE_CHECKING:
    from ...fiscal.document_types import DocumentType


class Address(NamedTuple):
    """A place: street and number, town, postal code, and the country by its name in the API."""

    detail: str
    city: str
    postal_code: str
    country: str


class Delivery(NamedTuple):
    """Origin, destination and departure of goods; `loaded_at` is Lisbon time without a zone.

    `at_doc_code` is the tax authority's code, None until it arrives.
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


def read_delivery(document_type: DocumentType, fields: Fields) -> Delivery | None:
    """Return the delivery in a request, None for types without goods.

    Guides need a departure and both addresses in full (vendor docs 2026-07; Webdados 2025 sends a dash for
    unknown parts). An unreadable time is refused; one in the past is allowed in a draft (diogopms 2026-06)
    and refused when the guide is issued.
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


def simulated_at_doc_code(seed: int, document_id: int) -> str:
    """Return the code of the simulated tax authority for a guide; `EMU` in front marks it as invented."""
    return "EMU" + seeded_code(seed, "at_doc_code", document_id, length=9)
