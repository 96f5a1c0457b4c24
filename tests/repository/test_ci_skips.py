"""In CI, and only there, a test fails when it is skipped for lack of a server or a browser."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SKIPS = """
    import pytest

    @pytest.mark.skipif(True, reason="needs redis-server")
    def test_by_mark(): ...

    def test_by_call():
        pytest.skip("needs chromium")

    @pytest.fixture
    def server():
        pytest.skip("needs postgres")

    def test_by_fixture(server): ...

    def test_of_another_kind():
        pytest.skip("only on Windows")

    @pytest.mark.xfail(reason="needs redis-server", strict=True)
    def test_expected_to_fail():
        assert False
"""
MODULE_SKIP = """
    import pytest

    pytest.skip("needs chromium", allow_module_level=True)
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A separate suite with this project's conftest."""
    conftest = Path(__file__).parents[1] / "conftest.py"
    pytester.makeconftest(conftest.read_text(encoding="utf-8"))
    return pytester


def test_a_need_that_is_not_met_fails_in_ci(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    suite.makepyfile(test_skips=SKIPS, test_module=MODULE_SKIP)
    result = suite.runpytest_subprocess("--continue-on-collection-errors")
    result.assert_outcomes(failed=1, errors=3, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*CI has to have what a test needs*needs chromium*"])


def test_a_need_that_is_not_met_skips_elsewhere(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    suite.makepyfile(test_skips=SKIPS, test_module=MODULE_SKIP)
    suite.runpytest_subprocess().assert_outcomes(skipped=5, xfailed=1)
