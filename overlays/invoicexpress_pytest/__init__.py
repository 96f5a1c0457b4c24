"""A pytest plugin: an emulated account for every test, and clients of it.

It is there as soon as `invoicexpress` is installed, and costs nothing until a test asks for a fixture:
pytest is all that it imports before that. The fixtures need the extra, `invoicexpress[emulator]`.

    def test_an_invoice_falls_due(invoicexpress_client, invoicexpress_emulator):
        shop.bill(order, invoicexpress_client)
        invoicexpress_emulator.control.operations.clock.advance(timedelta(days=31))
        assert shop.is_owed(order, invoicexpress_client)

Fixtures, all of one account that belongs to the test alone:

* `invoicexpress_emulator`: an `EmulatedAccount`: where it is, with which key it is reached, and `control`,
  the typed client of the control plane.
* `invoicexpress_client`: an `InvoiceXpress` of it, without a pace.
* `invoicexpress_async_client`: an `AsyncInvoiceXpress` of it, without a pace, for any event loop.

What kind of account it is, a marker says, on a test, a class or a module (`pytestmark`):

    @pytest.mark.invoicexpress(profile="documented", trial=True, settings={"pdf": "immediate"})

* `profile`: "observed" (default) or "documented".
* `seed`: decides API keys, codes and links; tests of one seed and profile share a server.
* `trial`, `partner`: as of `POST /_emulator/accounts`.
* `settings`: as of `POST /_emulator/config`.
* `unfired_faults`: "fail" (default) or "ignore", see below.

A fault that a test has registered and that nothing has met proves nothing, so it fails the test, unless
it is ignored. `invoicexpress_profile`, `invoicexpress_seed` and `invoicexpress_unfired_faults` in pytest's
configuration are the defaults of the marker's keywords.

Each process of pytest-xdist has servers of its own, on free ports of the loopback interface.
"""

from .emulated_account import EmulatedAccount

__all__ = ["EmulatedAccount"]
