"""Customers, products and taxes of the documents, each once.

Of the documents only distinct values are kept, and only those that are written.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ...fiscal.countries import country_code
from ...fiscal.fiscal_ids import FINAL_CONSUMER, without_prefix
from .line_tax import tax_of
from .markup import add, closed, opened, written
from .values import UNKNOWN, clean, decimal, product_code, product_description

if TYPE_CHECKING:
    from ...books.documents.document import ClientSnapshot, Document

_SERVICES: Final = frozenset({"hour", "day", "month", "service"})
"""Units of services; any other line is taken for a product (assumed: the API does not say)."""


class _Customer(NamedTuple):
    document_id: int
    client: ClientSnapshot


class _Product(NamedTuple):
    document_id: int
    name: str
    is_service: bool


class _TaxKey(NamedTuple):
    type: str
    region: str
    code: str
    rate: Decimal


class _TaxName(NamedTuple):
    document_id: int
    name: str


class MasterFiles:
    """Customers, products and taxes as the newest document has them."""

    def __init__(self) -> None:
        self._customers: dict[int, _Customer] = {}
        self._products: dict[str, _Product] = {}
        self._taxes: dict[_TaxKey, _TaxName] = {}

    def add(self, document: Document) -> None:
        """Note the customer, products and taxes of a document."""
        known = self._customers.get(document.client_id)
        if known is None or known.document_id < document.id:
            self._customers[document.client_id] = _Customer(document.id, document.client)
        for line in document.lines:
            code = product_code(line.name)
            product = self._products.get(code)
            if product is None or product.document_id <= document.id:
                self._products[code] = _Product(document.id, line.name, line.unit in _SERVICES)
            if document.has_no_rate:
                continue
            tax = tax_of(document, line)
            key = _TaxKey(tax.type, tax.region, tax.code, tax.rate)
            named = self._taxes.get(key)
            if named is None or named.document_id <= document.id:
                self._taxes[key] = _TaxName(document.id, line.tax_name)

    def texts(self, depth: int) -> Iterator[str]:
        """Yield them as the file has them, element by element."""
        yield opened("MasterFiles", depth)
        for client_id, customer in sorted(self._customers.items()):
            yield written(_customer(client_id, customer.client), depth + 1)
        for code, product in sorted(self._products.items()):
            yield written(_product(code, product), depth + 1)
        if self._taxes:
            yield opened("TaxTable", depth + 1)
            for key, named in sorted(self._taxes.items()):
                yield written(_tax_table_entry(key, named.name), depth + 2)
            yield closed("TaxTable", depth + 1)
        yield closed("MasterFiles", depth)


def _customer(client_id: int, client: ClientSnapshot) -> ET.Element:
    customer, country = ET.Element("Customer"), country_code(client.get("country"))
    number = without_prefix(client.get("fiscal_id"), country)
    add(customer, "CustomerID", client_id)
    add(customer, "AccountID", UNKNOWN)
    add(customer, "CustomerTaxID", clean(number or FINAL_CONSUMER, 30))
    add(customer, "CompanyName", clean(client["name"], 100))
    address = ET.SubElement(customer, "BillingAddress")
    add(address, "AddressDetail", clean(client.get("address"), 210))
    add(address, "City", clean(client.get("city"), 50))
    add(address, "PostalCode", clean(client.get("postal_code"), 20))
    add(address, "Country", country)
    if client.get("email"):
        add(customer, "Email", clean(client["email"], 254))
    add(customer, "SelfBillingIndicator", 0)
    return customer


def _product(code: str, product: _Product) -> ET.Element:
    element = ET.Element("Product")
    add(element, "ProductType", "S" if product.is_service else "P")
    add(element, "ProductCode", code)
    add(element, "ProductDescription", product_description(product.name))
    add(element, "ProductNumberCode", code)
    return element


def _tax_table_entry(key: _TaxKey, name: str) -> ET.Element:
    entry = ET.Element("TaxTableEntry")
    add(entry, "TaxType", key.type)
    add(entry, "TaxCountryRegion", key.region)
    add(entry, "TaxCode", key.code)
    add(entry, "Description", clean(name, 255))
    add(entry, "TaxPercentage", decimal(key.rate))
    return entry
