"""Taxes: the VAT rates of an account, each of a region."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Unpack

from invoicexpress_generated.api.taxes import create_tax, delete_tax, get_tax, list_taxes, update_tax
from invoicexpress_generated.models.tax import Tax
from invoicexpress_generated.models.tax_write import TaxWrite, TaxWriteFields

from ..quirks import envelopes
from ..quirks.comparison import tax_differences
from ..quirks.identity import id_of
from ..quirks.reconciliation import Write, create_unique, delete_once
from ..sending.flows import C_co, Flow, Namespace, exchange, operation


class Taxes(Namespace[C_co]):
    """The account's taxes."""

    @operation
    def list(self) -> Flow[Sequence[Tax]]:
        """All taxes."""
        return (yield from exchange(list_taxes.request(), list_taxes.parse)).value

    @operation
    def create(self, **fields: Unpack[TaxWriteFields]) -> Flow[Tax]:
        """Creates a tax; `value` is in percent, `region` is PT, PT-AC, PT-MA or a country.

        Names are unique: after an unknown result the tax with this name is the result if its fields match.
        Raises ValidationError, AmbiguousResultError.
        """
        body = envelopes.tax(lambda: TaxWrite.of(**fields))
        sent = body.value
        write = Write(
            create_tax.request(body=body),
            lambda response: create_tax.parse(response).value,
            f"the tax named {sent.name!r}",
        )

        def find() -> Flow[Tax | None]:
            every = (yield from exchange(list_taxes.request(), list_taxes.parse)).value
            return next((tax for tax in every if tax.name == sent.name.strip()), None)

        return (yield from create_unique(write, find, partial(tax_differences, sent), self._core.options))

    @operation
    def get(self, tax: Tax | int) -> Flow[Tax]:
        """Reads a tax, by its id or again. Raises NotFoundError."""
        return (yield from exchange(get_tax.request(id_of(tax)), get_tax.parse)).value

    @operation
    def update(self, tax: Tax | int, **fields: Unpack[TaxWriteFields]) -> Flow[Tax]:
        """Changes a tax and reads it again. Name, value and region are required."""
        request = update_tax.request(id_of(tax), body=envelopes.tax(lambda: TaxWrite.of(**fields)))
        yield from exchange(request, update_tax.parse)
        return (yield from exchange(get_tax.request(id_of(tax)), get_tax.parse)).value

    @operation
    def delete(self, tax: Tax | int) -> Flow[None]:
        """Deletes a tax. Raises NotFoundError, AmbiguousResultError."""
        yield from delete_once(delete_tax.request(id_of(tax)), delete_tax.parse, self._core.options)
