"""A pytest plugin: an emulated account for every test, and clients of it.

Installing `invoicexpress` activates it. It imports nothing but pytest until a test uses a fixture. The
fixtures need the extra, `invoicexpress[emulator]`.

    def test_an_invoice_falls_due(invoicexpress_client, invoicexpress_clock):
        shop.bill(order, invoicexpress_client)
        invoicexpress_clock.advance(timedelta(days=31))
        assert shop.is_overdue(order, on=lisbon.today())

    def test_a_receipt_is_never_issued_twice(invoicexpress_client, invoicexpress_emulator):
        with invoicexpress_emulator.control.faults.injected(Reset("after"), "generatePayment"):
            shop.take_payment(order, invoicexpress_client)
        assert len(shop.receipts(order)) == 1

Fixtures, all for one account that belongs to the test alone:

* `invoicexpress_emulator`: an `EmulatedAccount`: its address, its key, and `control`, the typed client of the
  control plane.
* `invoicexpress_client`: an `InvoiceXpress` of it, without a pace.
* `invoicexpress_async_client`: an `AsyncInvoiceXpress` of it, without a pace, for any event loop.
* `invoicexpress_clock`: its `Clock` (`freeze`, `set`, `advance`, `thaw`, `reset`), which the client follows:
  `lisbon.now()` and `lisbon.today()` ask it while the test runs, in every thread and task. Code that asks
  `datetime` for the day still gets the machine's.

A fault names its operation by a literal type, `OperationName`: an editor completes it, a type checker refuses
a misspelt one, and so does the emulator, with the nearest name. A parametrized test annotates with it:

    @pytest.mark.parametrize("operation", ["createInvoice", "changeInvoiceState"])
    def test_an_answer_is_lost(operation: OperationName, invoicexpress_emulator: EmulatedAccount): ...

A marker on a test, a class or a module (`pytestmark`) chooses the kind of account:

    @pytest.mark.invoicexpress(profile="documented", trial=True, settings={"pdf": "immediate"})

* `profile`: "observed" (default) or "documented".
* `seed`: number from which keys, codes and links derive; tests of one seed and profile share a server.
* `trial`, `partner`: as in `POST /_emulator/accounts`.
* `settings`: as in `POST /_emulator/config`.
* `unfired_faults`: "fail" (default) or "ignore", see below.

A registered fault that hits no request proves nothing, so it fails the test unless `unfired_faults` is
"ignore". `invoicexpress_profile`, `invoicexpress_seed` and `invoicexpress_unfired_faults` in pytest's
configuration set the defaults of the marker's keywords.

Each process of pytest-xdist starts its own servers, on free ports of the loopback interface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .emulated_account import EmulatedAccount

if TYPE_CHECKING:
    from invoicexpress_emulator.control_client import OperationName
else:

    def __getattr__(name: str) -> object:
        """Loads the emulator's package when it is needed, since pytest loads this one in every suite."""
        if name != "OperationName":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from invoicexpress_emulator.control_client import OperationName  # noqa: PLC0415 - see above

        return OperationName


__all__ = ["EmulatedAccount", "OperationName"]
