"""Taxes: the VAT rates of an account, each of a region."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Unpack
from weakref import WeakKeyDictionary

from invoicexpress_generated import models
from invoicexpress_generated.api import taxes as api
from invoicexpress_generated.types import Response

import invoicexpress

from .. import quirks
from ..quirks import envelopes
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..sending.flows import C_co, Core, Flow, Namespace, exchange, operation

KEPT_FOR: Final = 300.0
"""Seconds for which the account's taxes are kept. They change with the law, not with the hour."""


@dataclass(frozen=True, slots=True)
class _Read:
    rates: invoicexpress.totals.TaxRates
    at: float
    """Monotonic time, in seconds."""


class KnownTaxes:
    """The last read taxes of each client's account, for the checks of documents. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: WeakKeyDictionary[Core, _Read] = WeakKeyDictionary()

    def remembered(self, core: Core) -> invoicexpress.totals.TaxRates | None:
        """The taxes read within KEPT_FOR; None without such a read."""
        last = self._last.get(core)
        return last.rates if last is not None and self._clock() - last.at < KEPT_FOR else None

    def remember(self, core: Core, taxes: Sequence[models.Tax]) -> None:
        """Keeps the taxes of a list."""
        self._last[core] = _Read(invoicexpress.totals.TaxRates.of(taxes), self._clock())

    def forget(self, core: Core) -> None:
        """Drops the taxes before a change of one."""
        self._last.pop(core, None)


KNOWN_TAXES: Final = KnownTaxes()


class Taxes(Namespace[C_co]):
    """The account's taxes."""

    @operation
    def list(self) -> Flow[Sequence[models.Tax]]:
        """All taxes. For five minutes documents are checked against them (`Checks.tax_unknown`)."""
        found = (yield from exchange(api.list_taxes.request(), api.list_taxes.parse)).value
        KNOWN_TAXES.remember(self._core, found)
        return found

    @operation
    def create(self, **fields: Unpack[models.TaxWriteFields]) -> Flow[models.Tax]:
        """Creates a tax; `value` is in percent, `region` is PT, PT-AC, PT-MA or a country.

        Names are unique: after an unknown result the tax with this name is the result if its fields match.
        Raises ValidationError, AmbiguousResultError.
        """
        body = envelopes.tax(lambda: models.TaxWrite.of(**fields))
        sent = body.value
        KNOWN_TAXES.forget(self._core)
        write = quirks.attempts.Write(
            api.create_tax.request(body=body),
            lambda response: the_one(response, api.create_tax.parse(response).value, name=sent.name),
            f"the tax named {sent.name!r}",
        )

        def find() -> Flow[models.Tax | None]:
            every = (yield from exchange(api.list_taxes.request(), api.list_taxes.parse)).value
            return next((tax for tax in every if tax.name == sent.name.strip()), None)

        return (
            yield from quirks.reconciliation.create_unique(
                write, find, partial(quirks.comparison.tax_differences, sent), self._core.options
            )
        )

    @operation
    def get(self, tax: models.Tax | int) -> Flow[models.Tax]:
        """Reads a tax, by its id or again. Raises NotFoundError."""
        return (yield from self._get(id_of(tax, models.Tax)))

    @operation
    def update(self, tax: models.Tax | int, **fields: Unpack[models.TaxWriteFields]) -> Flow[models.Tax]:
        """Changes a tax, reads it again and compares it. Name, value and region are required.

        Fields left out stay, and None is an InputError. Raises ValidationError, NotFoundError, and
        AmbiguousResultError if the tax still differs.
        """
        envelopes.check_changes("tax", models.TaxWrite, fields)
        body = envelopes.tax(lambda: models.TaxWrite.of(**fields))
        KNOWN_TAXES.forget(self._core)
        request = api.update_tax.request(id_of(tax, models.Tax), body=body)
        write: quirks.attempts.Write[models.Tax | None] = quirks.attempts.Write(
            request, api.update_tax.parse, f"tax {id_of(tax, models.Tax)}"
        )
        return (
            yield from quirks.reconciliation.update_and_compare(
                write,
                body.value,
                lambda: self._get(id_of(tax, models.Tax)),
                partial(quirks.comparison.tax_differences, body.value),
                self._core.options,
            )
        )

    @operation
    def delete(self, tax: models.Tax | int) -> Flow[None]:
        """Deletes a tax, and looks whether it is gone. Raises NotFoundError, AmbiguousResultError."""
        tax_id = id_of(tax, models.Tax)
        KNOWN_TAXES.forget(self._core)
        write = quirks.attempts.Write(
            api.delete_tax.request(tax_id), api.delete_tax.parse, f"whether tax {tax_id} is still there"
        )
        yield from quirks.reconciliation.delete_and_look(
            write, lambda: quirks.lookups.gone(lambda: self._get(tax_id)), self._core.options
        )

    def _get(self, tax_id: int) -> Flow[models.Tax]:
        def read(response: Response) -> models.Tax:
            return the_one(response, api.get_tax.parse(response).value, id=tax_id)

        return (yield from exchange(api.get_tax.request(tax_id), read))
