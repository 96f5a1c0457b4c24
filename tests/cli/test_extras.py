"""Without a package of an extra, a command names the extra, and sends nothing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from unittest import mock

import pytest
from invoicexpress_cli import pictures
from invoicexpress_cli.commands import run

from .shop import Shop


def without(name: str) -> Callable[[str], object]:
    """`find_spec`, on a machine without a package."""

    def find(each: str) -> object:
        return None if each == name else importlib.util.find_spec(each)

    return find


@pytest.mark.parametrize("report", ["clients", "months", "quarters", "vat", "debtors", "ages"])
def test_a_picture(report: str, one_shop: Shop) -> None:
    with mock.patch.object(pictures, "find_spec", without("matplotlib")):
        ended = one_shop.run("report", report, "--plot", "x.svg", code=1)
    assert ended.err == "Error: --plot needs matplotlib; run: pip install 'invoicexpress[plot]'\n"
    assert (ended.out, one_shop.account.control.requests()) == ("", [])


@pytest.mark.parametrize(
    ("package", "extra", "arguments"),
    [
        ("sqlalchemy", "billing", ("run", "list")),
        ("procrastinate", "postgres", ("worker", "--database", "postgresql://localhost/none")),
    ],
)
def test_runs(package: str, extra: str, arguments: tuple[str, ...], one_shop: Shop) -> None:
    with mock.patch.object(run, "find_spec", without(package)):
        ended = one_shop.run(*arguments, code=1)
    assert f"needs {package}; run: pip install 'invoicexpress[{extra}]'" in ended.err


def test_saft(one_shop: Shop) -> None:
    file = one_shop.shell.folder / "saft.xml"
    file.write_text("<AuditFile/>")
    gone = {name: None for name in sys.modules if name.partition(".")[0] == "lxml"} | {"lxml": None}
    with mock.patch.dict(sys.modules, gone):
        ended = one_shop.run("saft", "check", "saft.xml", code=1)
    assert 'pip install "invoicexpress[saft]"' in ended.err
