"""The pytest plugin: its fixtures, the conditions that fail a test, and no cost for suites without it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Final, get_args

# pytester unloads what a suite loads in this process, but the half of it that is no Python loads once.
import cryptography.hazmat.primitives.asymmetric.padding  # noqa: F401  # pyright: ignore[reportUnusedImport]
import invoicexpress_pytest
import pytest
from invoicexpress_emulator import control_client
from invoicexpress_pytest.marker import account_name

pytest_plugins = ["pytester"]

PREAMBLE: Final = """
    import asyncio
    from datetime import datetime
    from decimal import Decimal

    import pytest
    from invoicexpress import AmbiguousResultError, ApiError, lisbon

    FIELDS = {
        "date": lisbon.today(),
        "client": {"name": "Ana", "code": "A"},
        "items": [{"name": "Caderno", "unit_price": Decimal("8.1301"), "quantity": Decimal(3)}],
    }
"""


ALONE: Final = ("-p", "invoicexpress_pytest.plugin")
"""With it no plugin is loaded but those that are named: starting is three times as fast."""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A separate suite in which every warning is an error."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\naddopts = --strict-markers -ra\nfilterwarnings = error\n")
    return pytester


def write(suite: pytest.Pytester, body: str, name: str = "test_it") -> None:
    """Write a test module into a suite."""
    suite.makepyfile(**{name: PREAMBLE + body})


class TestAccounts:
    def test_each_test_has_one_of_its_own_on_one_server(self, suite: pytest.Pytester) -> None:
        write(
            suite,
            """
    seen = []

    @pytest.mark.parametrize("n", [1, 2])
    def test_issues(n, invoicexpress_client, invoicexpress_emulator):
        seen.append(invoicexpress_emulator)
        draft = invoicexpress_client.invoices.create(**FIELDS)
        invoice = invoicexpress_client.invoices.finalize(draft, expect_total=Decimal("30.00"))
        assert invoice.sequence_number.startswith("1/")
        assert invoicexpress_client.invoices.list().total() == 1

    def test_they_differ():
        first, second = seen
        assert first.base_url == second.base_url
        assert first.account != second.account
        assert first.api_key != second.api_key
        assert first.api_key not in repr(first)
            """,
        )
        suite.runpytest_inprocess(*ALONE).assert_outcomes(passed=3)

    def test_the_marker_and_the_configuration_choose_it(self, suite: pytest.Pytester) -> None:
        write(
            suite,
            """
    pytestmark = pytest.mark.invoicexpress(settings={"pdf": "immediate", "saft": "immediate"})

    @pytest.mark.invoicexpress(profile="documented")
    def test_profile(invoicexpress_emulator):
        assert invoicexpress_emulator.profile == "documented"
        assert invoicexpress_emulator.control.health().profile == "documented"

    def test_configuration(invoicexpress_emulator):
        assert invoicexpress_emulator.profile == "observed"
        assert invoicexpress_emulator.control.health().seed == 7

    @pytest.mark.invoicexpress(settings={"saft": {"polls": 3}})
    def test_settings_add_up(invoicexpress_emulator):
        config = invoicexpress_emulator.control.config.read()
        assert (config.pdf.polls, config.saft.polls) == (1, 3)

    @pytest.mark.invoicexpress(trial=True)
    def test_trial(invoicexpress_client):
        with pytest.raises(ApiError) as refused:
            invoicexpress_client.saft.export(2026, 1)
        assert refused.value.status == 422

    @pytest.mark.invoicexpress(seed=8)
    def test_seed(invoicexpress_emulator):
        assert invoicexpress_emulator.control.health().seed == 8

    def test_clock(invoicexpress_emulator):
        now = invoicexpress_emulator.control.clock.freeze(datetime(2030, 1, 2, 3, 4, 5))
        assert invoicexpress_emulator.control.clock.now() == now
        assert now.isoformat().startswith("2030-01-02T03:04:05")
            """,
        )
        suite.runpytest_inprocess(*ALONE, "-p", "anyio", "-o", "invoicexpress_seed=7").assert_outcomes(
            passed=6
        )

    @pytest.mark.parametrize(
        ("marker", "sentence"),
        [
            ("profile='other'", "profile must be observed or documented, got 'other'"),
            ("colour='red'", "unknown keyword colour"),
            ("'documented'", "takes keywords only"),
            ("seed='x'", "seed must be a number, got 'x'"),
            ("settings={'pdfs': 1}", "does not take pdfs"),
        ],
    )
    def test_a_marker_that_cannot_be_is_told_so(
        self, suite: pytest.Pytester, marker: str, sentence: str
    ) -> None:
        write(
            suite,
            f"""
    @pytest.mark.invoicexpress({marker})
    def test_it(invoicexpress_emulator):
        raise AssertionError
            """,
        )
        result = suite.runpytest_inprocess(*ALONE, "-p", "anyio")
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"*{sentence}*"])

    def test_names_are_host_names_that_do_not_change(self) -> None:
        node = "tests/test_x.py::TestY::test_que_é_isto[" + "-a_ç" * 30 + "]"
        names = {account_name(node, 0), account_name(node, 1), account_name("test_x.py::test_z", 0)}
        assert len(names) == 3
        assert account_name(node, 0) in names
        assert all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", name) for name in names)

    def test_nothing_is_left_running(self, suite: pytest.Pytester) -> None:
        suite.makeconftest(
            """
            import socket
            import threading

            def pytest_unconfigure(config):
                assert {thread.name for thread in threading.enumerate()} == {"MainThread"}
                host, port = config.where.removeprefix("http://").split(":")
                with socket.socket() as probe:
                    assert probe.connect_ex((host, int(port))) != 0
            """
        )
        write(
            suite,
            """
    def test_it(invoicexpress_client, invoicexpress_emulator, pytestconfig):
        pytestconfig.where = invoicexpress_emulator.base_url
        assert invoicexpress_client.taxes.list()
            """,
        )
        result = suite.runpytest_subprocess(*ALONE)
        result.assert_outcomes(passed=1)
        assert result.ret == 0


class TestAsyncClient:
    def test_it_works_on_any_event_loop(self, suite: pytest.Pytester) -> None:
        write(
            suite,
            """
    @pytest.fixture
    def anyio_backend():
        return "asyncio"

    async def issue(ix):
        draft = await ix.invoices.create(**FIELDS)
        invoice = await ix.invoices.finalize(draft, expect_total=Decimal("30.00"))
        return (await ix.invoices.pdf(invoice)).content

    @pytest.mark.invoicexpress(settings={"pdf": "immediate"})
    async def test_with_a_plugin(invoicexpress_async_client, invoicexpress_client):
        assert (await issue(invoicexpress_async_client)).startswith(b"%PDF-")
        assert invoicexpress_client.invoices.list().total() == 1

    @pytest.mark.invoicexpress(settings={"pdf": "immediate"})
    def test_with_loops_of_its_own(invoicexpress_async_client):
        for _ in range(2):
            assert asyncio.run(issue(invoicexpress_async_client)).startswith(b"%PDF-")

    async def test_many_at_once(invoicexpress_async_client):
        ix = invoicexpress_async_client
        made = await asyncio.gather(*(ix.invoices.create(**FIELDS) for _ in range(20)))
        assert len({each.id for each in made}) == 20

    async def test_closed_by_the_test(invoicexpress_async_client):
        async with invoicexpress_async_client as ix:
            assert await ix.taxes.list()
            """,
        )
        suite.runpytest_subprocess(*ALONE, "-p", "anyio", "-o", "anyio_mode=auto").assert_outcomes(passed=4)


class TestClock:
    def test_it_moves_emulator_and_client_together(self, suite: pytest.Pytester) -> None:
        write(
            suite,
            """
    from concurrent.futures import ThreadPoolExecutor
    from datetime import date, timedelta

    from invoicexpress import InputError, payment_terms

    LAST = datetime(2030, 12, 31, 23, 59, 59)
    LINES = {name: FIELDS[name] for name in ("client", "items")}

    def test_frozen(invoicexpress_clock, invoicexpress_client):
        ix = invoicexpress_client
        invoicexpress_clock.freeze(LAST)
        assert lisbon.now().replace(tzinfo=None) == LAST
        assert lisbon.now() == invoicexpress_clock.now()
        old = ix.invoices.create(date=lisbon.today(), due_date=payment_terms.due_date(days=1), **LINES)
        invoicexpress_clock.advance(timedelta(seconds=1))
        assert lisbon.today() == date(2031, 1, 1) == old.due_date
        new = ix.invoices.finalize(ix.invoices.create(date=lisbon.today(), **LINES))
        assert (new.date, old.date) == (date(2031, 1, 1), date(2030, 12, 31))
        receipt = ix.invoices.pay(new, amount=Decimal(30))
        assert receipt.date == lisbon.today()

    def test_moved_by_the_control_plane_too(invoicexpress_clock, invoicexpress_emulator):
        invoicexpress_emulator.control.clock.set(datetime(2031, 5, 6, 7, 8))
        assert lisbon.today() == date(2031, 5, 6)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lisbon.today).result() == date(2031, 5, 6)

    def test_without_it_the_client_has_the_real_time(invoicexpress_emulator):
        invoicexpress_emulator.control.clock.freeze(LAST)
        assert lisbon.today().year < 2030

    @pytest.mark.anyio
    async def test_async(invoicexpress_clock, invoicexpress_async_client):
        invoicexpress_clock.freeze(LAST)
        draft = await invoicexpress_async_client.invoices.create(date=lisbon.today(), **LINES)
        issued = await invoicexpress_async_client.invoices.finalize(draft)
        assert issued.date == LAST.date()

    @pytest.fixture
    def anyio_backend():
        return "asyncio"
            """,
        )
        suite.runpytest_inprocess(*ALONE, "-p", "anyio").assert_outcomes(passed=4)


def test_a_misspelt_operation_is_told_the_nearest(suite: pytest.Pytester) -> None:
    write(
        suite,
        """
    from invoicexpress_emulator.control_client import Reset

    def test_it(invoicexpress_emulator):
        invoicexpress_emulator.control.faults.add(Reset("after"), "creatInvoice")
        """,
    )
    result = suite.runpytest_inprocess(*ALONE, "-p", "anyio")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*There is no operation 'creatInvoice'. Did you mean createInvoice?*"])


FAULTS: Final = """
    from invoicexpress_emulator.control_client import Respond

    FAULT = (Respond(503), "createInvoice")

    @pytest.fixture
    def broken(invoicexpress_emulator):
        invoicexpress_emulator.control.faults.add(*FAULT, times=9)

    def test_met(broken, invoicexpress_client):
        with pytest.raises(AmbiguousResultError):
            invoicexpress_client.with_options(retries=0).invoices.create(**FIELDS)

    def test_forgotten(broken, invoicexpress_client):
        assert invoicexpress_client.taxes.list()

    @pytest.mark.anyio
    async def test_forgotten_async(invoicexpress_async_client, invoicexpress_emulator):
        invoicexpress_emulator.control.faults.add(*FAULT, times=9)
        assert await invoicexpress_async_client.taxes.list()

    def test_cleared(broken, invoicexpress_emulator):
        assert invoicexpress_emulator.control.faults.clear() == 1

    def test_of_another_account(invoicexpress_emulator):
        invoicexpress_emulator.control.of("demo").faults.add(*FAULT)
        fault = invoicexpress_emulator.control.faults.add(*FAULT, all_accounts=True)
        invoicexpress_emulator.control.faults.remove(fault)

    @pytest.mark.invoicexpress(unfired_faults="ignore")
    def test_ignored(broken):
        pass

    def test_that_fails_anyhow(broken):
        assert False, "for its own reason"

    @pytest.fixture
    def anyio_backend():
        return "asyncio"
"""


class TestUnfiredFaults:
    def test_they_fail_the_test(self, suite: pytest.Pytester) -> None:
        write(suite, FAULTS)
        result = suite.runpytest_inprocess(*ALONE, "-p", "anyio")
        result.assert_outcomes(passed=4, failed=3)
        result.stdout.fnmatch_lines_random(
            [
                "FAILED *::test_forgotten - *",
                "FAILED *::test_forgotten_async - *",
                "FAILED *::test_that_fails_anyhow - *for its own reason*",
                "These registered faults hit no request: createInvoice {*503*}. Clear them*",
            ]
        )

    def test_a_suite_may_ignore_them(self, suite: pytest.Pytester) -> None:
        write(suite, FAULTS)
        result = suite.runpytest_inprocess(*ALONE, "-p", "anyio", "-o", "invoicexpress_unfired_faults=ignore")
        result.assert_outcomes(passed=6, failed=1)


def test_workers_have_servers_of_their_own_and_never_meet(suite: pytest.Pytester) -> None:
    write(
        suite,
        """
    @pytest.mark.parametrize("n", range(12))
    def test_it(n, invoicexpress_client, invoicexpress_emulator, worker_id, record_property):
        for _ in range(2):
            draft = invoicexpress_client.invoices.create(**FIELDS)
            invoicexpress_client.invoices.finalize(draft)
        assert invoicexpress_client.invoices.list().total() == 2
        record_property("where", f"{worker_id} {invoicexpress_emulator.base_url}")
        """,
    )
    result = suite.runpytest_subprocess(*ALONE, "-p", "xdist", "-n", "2", "--junit-xml", "report.xml")
    result.assert_outcomes(passed=12)
    report = (suite.path / "report.xml").read_text("utf-8")
    where = set(re.findall(r'name="where" value="(gw\d) (\S+)"', report))
    assert sorted(worker for worker, _ in where) == ["gw0", "gw1"]
    assert len({url for _, url in where}) == 2


IMPORTED: Final = """
import json
import sys

def pytest_unconfigure():
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_type_of_operations_is_that_of_the_control_client() -> None:
    assert invoicexpress_pytest.OperationName is control_client.OperationName
    assert "createInvoice" in get_args(invoicexpress_pytest.OperationName)
    with pytest.raises(AttributeError, match="has no attribute 'OperationNames'"):
        _ = vars(invoicexpress_pytest)["__getattr__"]("OperationNames")


def test_a_suite_that_does_not_use_it_imports_nothing_for_it(suite: pytest.Pytester) -> None:
    suite.makeconftest(IMPORTED)
    suite.makepyfile("def test_it(): pass")
    bare = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": "", "PYTHONPATH": ":".join(sys.path)}
    (suite.path / "pytest.ini").write_text("[pytest]\n")

    def modules(*options: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", *options],
            cwd=suite.path, env=bare, capture_output=True, text=True, check=False,
        )  # read by rows # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return set(json.loads(done.stdout.splitlines()[-1]))

    assert modules(*ALONE) - modules() == {"invoicexpress_pytest"}
