"""The site's reference: each public name of each package is on a page, and each of its fields is explained.

What has no docstring is not on a page at all, so a field without one is missing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/reference").glob("*.md")}
PACKAGES: Final = (
    "invoicexpress",
    "invoicexpress_billing",
    "invoicexpress_billing.workers",
    "invoicexpress_cli",
    "invoicexpress_emulator",
    "invoicexpress_emulator.control_client",
    "invoicexpress_pytest",
)
OF_OTHERS: Final = {"invoicexpress_generated", "invoicexpress_loading", "invoicexpress_wire"}
"""Packages that users do not import: `invoicexpress` has the names of theirs that are public."""
OF_EVERY_MODEL: Final = {"additional_properties", "from_dict", "to_dict"}
"""reference/index.md explains them once."""


def shown() -> Iterator[str]:
    """The address of each object on the pages."""
    for text in PAGES.values():
        for block in re.findall(r"^::: ([\w.]+)\n((?:    .*\n)*)", text + "\n", re.M):
            address, options = block
            # The heading above a namespace has its public names.
            if ".namespaces." not in address:
                yield address
            if "members: true" in options:
                yield from (f"{address}.{name}" for name in import_module(address).__all__)
        for name in re.findall(r"^`invoicexpress\.(\w+)` in annotations", text, re.M):
            yield f"invoicexpress.{name}"
            yield f"invoicexpress.Async{name}"


def missing(package: str, on_pages: Iterable[str]) -> set[str]:
    """The public names of a package that are not on exactly one page, or twice on one."""
    found = [each.rpartition(".")[2] for each in on_pages if each.startswith(f"{package}.")]
    public = {name for name in import_module(package).__all__ if not name.startswith("__")}
    return {name for name in public if found.count(name) != 1}


@pytest.mark.parametrize("package", PACKAGES)
def test_each_public_name_is_in_the_reference_once(package: str) -> None:
    assert missing(package, [*shown()]) == set()


def test_a_name_without_a_page_is_found() -> None:
    on_pages = [each for each in shown() if each != "invoicexpress_billing.Run"]
    assert missing("invoicexpress_billing", on_pages) == {"Run"}
    assert missing("invoicexpress_cli", [*shown(), "invoicexpress_cli.ExitCode"]) == {"ExitCode"}


def test_each_package_is_public_or_internal() -> None:
    found = {path.parent.name for room in ("overlays", "generated", "emulator") for path in packages(room)}
    assert found == {package for package in PACKAGES if "." not in package} | OF_OTHERS


def packages(room: str) -> Iterator[Path]:
    """The packages of a room that are part of the distribution."""
    return (ROOT / room).glob("invoicexpress*/__init__.py")
