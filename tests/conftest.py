"""Settings for every test: one event loop, the Hypothesis profiles, and no silent skips in CI."""

import os
import ssl
from collections.abc import Generator, Iterator
from functools import cache

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"

# Two workers share two cores, so a wall-clock deadline would measure the machine rather than the code.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if IN_CI else "default")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Starts long tests first, so that none runs alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The event loop of every async test. Uvicorn, which serves the emulator, runs on asyncio alone."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def one_list_of_authorities() -> Iterator[None]:
    """Loads the certificate authorities once.

    Every HTTP client takes 30 ms to load them, and the tests open thousands of clients, nearly all for plain
    HTTP on this machine. A context with other authorities is still built separately.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


def fail_if_a_need_is_unmet(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turns a skip whose reason starts with "needs " into a failure.

    A laptop may lack a browser or a server. CI installs them all, so there a skip would hide a broken
    set-up.
    """
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return
    path, line, message = report.longrepr
    reason = message.removeprefix("Skipped: ")
    if reason.startswith("needs "):
        report.outcome = "failed"
        report.longrepr = f"{path}:{line}: CI has to have what a test needs, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI:
        fail_if_a_need_is_unmet(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI:
        fail_if_a_need_is_unmet(report)
    return report
