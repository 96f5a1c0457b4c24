"""Requests SAF-T files and reads them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Self

import httpx
from invoicexpress_emulator.output.saft.markup import NAMESPACE

PATH = "/api/export_saft.json"
SECTIONS = {
    "SalesInvoices": ("Invoice", "InvoiceNo", "Invoice"),
    "MovementOfGoods": ("StockMovement", "DocumentNumber", "Movement"),
    "WorkingDocuments": ("WorkDocument", "DocumentNumber", "Work"),
    "Payments": ("Payment", "PaymentRefNo", "Payment"),
}
"""Section -> its element, its number, and what the names of its status begin with."""


def ask(api: Any, month: Any = 11, year: Any = 2026) -> Any:
    return api.get(PATH, month=month, year=year)


def url_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    (value,) = answer.json().values()
    return str(value)


class File:
    """An export, read by element name."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.root = ET.fromstring(content)  # noqa: S314 - our own file

    @classmethod
    def of(cls, api: Any, month: int = 11, year: int = 2026) -> Self:
        """The API's file of a month."""
        api.control("config", saft="immediate")
        answer = httpx.get(url_of(ask(api, month, year)), timeout=60)
        assert answer.status_code == 200
        return cls(answer.content)

    @classmethod
    def of_year(cls, api: Any, year: int = 2026) -> Self:
        """The control plane's file of a year."""
        answer = api.get("/_emulator/saft", account=api.name, year=year)
        assert answer.status_code == 200, answer.text
        return cls(answer.content)

    @staticmethod
    def all(parent: ET.Element, path: str) -> list[ET.Element]:
        return parent.findall("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))

    @classmethod
    def texts(cls, parent: ET.Element, path: str) -> list[str]:
        return [each.text or "" for each in cls.all(parent, path)]

    @classmethod
    def text(cls, parent: ET.Element, path: str) -> str:
        (found,) = cls.texts(parent, path)
        return found

    @classmethod
    def sum(cls, parents: list[ET.Element], path: str) -> Decimal:
        return sum((Decimal(text) for parent in parents for text in cls.texts(parent, path)), Decimal(0))

    def section(self, name: str) -> ET.Element:
        (found,) = self.all(self.root, f"SourceDocuments/{name}")
        return found

    def documents(self, section: str) -> list[ET.Element]:
        return self.all(self.section(section), SECTIONS[section][0])

    def document(self, printed_number: str) -> ET.Element:
        (found,) = [
            each
            for section in self.all(self.root, "SourceDocuments")[0]
            for each in section
            if len(each) and each[0].text == printed_number
        ]
        return found

    def every(self) -> Iterator[tuple[str, ET.Element]]:
        """All documents by number."""
        for section, (element, number, _) in SECTIONS.items():
            for each in self.all(self.root, f"SourceDocuments/{section}/{element}"):
                yield self.text(each, number), each

    @staticmethod
    def names(parent: ET.Element) -> list[str]:
        """Names of the children in order, repeats of the same name collapsed."""
        names = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in parent]
        return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
