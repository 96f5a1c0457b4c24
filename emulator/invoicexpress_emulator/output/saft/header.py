"""The header: the company, the period and the program."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final

from ..._version import VERSION
from ...fiscal.countries import country_code
from ...fiscal.fiscal_ids import FINAL_CONSUMER
from ...fiscal.signature import CERTIFICATE_NUMBER
from .markup import add
from .values import clean

if TYPE_CHECKING:
    from ...books.documents.goods import Address
    from .content import Period

SOFTWARE: Final = "Emulador InvoiceXpress/Sem fabricante"
TRAINING_MARK: Final = "Ficheiro de formação, emitido por um emulador: sem valor fiscal"


def header(period: Period) -> ET.Element:
    """Return the header of a file."""
    element = ET.Element("Header")
    add(element, "AuditFileVersion", "1.04_01")
    add(element, "CompanyID", period.issuer.fiscal_id)
    add(element, "TaxRegistrationNumber", period.issuer.fiscal_id)
    add(element, "TaxAccountingBasis", "F")
    add(element, "CompanyName", clean(period.issuer.name, 100))
    add_address(element, "CompanyAddress", period.issuer.address)
    add(element, "FiscalYear", period.first.year)
    add(element, "StartDate", period.first.isoformat())
    add(element, "EndDate", period.last.isoformat())
    add(element, "CurrencyCode", "EUR")
    add(element, "DateCreated", period.created.isoformat())
    add(element, "TaxEntity", "Global")
    add(element, "ProductCompanyTaxID", FINAL_CONSUMER)
    add(element, "SoftwareCertificateNumber", CERTIFICATE_NUMBER)
    add(element, "ProductID", SOFTWARE)
    add(element, "ProductVersion", VERSION)
    add(element, "HeaderComment", TRAINING_MARK)
    return element


def add_address(parent: ET.Element, name: str, address: Address) -> None:
    """Add a place; its blank parts, which the schema requires, are unknown."""
    element = ET.SubElement(parent, name)
    add(element, "AddressDetail", clean(address.detail, 210))
    add(element, "City", clean(address.city, 50))
    add(element, "PostalCode", clean(address.postal_code, 20))
    add(element, "Country", country_code(address.country))
