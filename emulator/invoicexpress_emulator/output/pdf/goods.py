"""Loading, destination and vehicle of goods (Decreto-Lei 147/2003, art. 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .characters import printable
from .paper import GREY, INK, MARGIN, WIDTH

if TYPE_CHECKING:
    from ...books.documents.goods import Address
    from .frame import Page

_LABEL: Final = 33.0
_LONGEST_PLACE: Final = 3
_ROW: Final = 4.6


def draw(page: Page) -> None:
    """Write the delivery of a guide or an order; other documents have none."""
    document, goods, words = page.document, page.document.delivery, page.words
    if goods is None:
        return
    facts: list[tuple[str, str | None]] = [
        (words.load_place, _place(goods.address_from, goods.load_site)),
        (words.unload_place, _place(goods.address_to, goods.delivery_site)),
    ]
    if goods.loaded_at is not None:
        transported = document.type.goods == "transported"
        moment = words.figures.moment(goods.loaded_at)
        facts.append((words.load_time, moment if transported else words.figures.day(goods.loaded_at.date())))
    facts += [(words.license_plate, goods.license_plate), (words.at_code, goods.at_doc_code)]
    for name, value in facts:
        if not value:
            continue
        page.set_x(MARGIN)
        page.ink(GREY, 8)
        page.cell(_LABEL, _ROW, printable(name))
        page.ink(INK, 9)
        for line in page.wrapped_to(_LONGEST_PLACE, value, WIDTH - _LABEL):
            page.set_x(MARGIN + _LABEL)
            page.write_line(line, WIDTH - _LABEL, _ROW)
    page.set_xy(MARGIN, page.get_y() + 4)


def _place(address: Address | None, site: str | None) -> str:
    parts = [site]
    if address is not None:
        parts += [address.detail, f"{address.postal_code} {address.city}", address.country]
    return ", ".join(part for part in parts if part)
