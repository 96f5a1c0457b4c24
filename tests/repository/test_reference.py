"""The site's reference: each public name of each package is on a page, and each of its fields is explained.

A member without a docstring is not on a page at all, so a field without one is missing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple, TypeAlias

import griffe
import pytest

Member: TypeAlias = griffe.Object | griffe.Alias

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("overlays", "generated", "emulator")
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
EXPLAINED_ONCE: Final = {"additional_properties", "from_dict", "to_dict"}
"""Members of every model, in reference/index.md."""
INTERNAL: Final = {"model", "row"}
"""Of namespaces. They have no docstring, so no page shows them."""
EXTENSION: Final = "overlays/generator/site_reference.py:AsCallersSeeIt"
ELSEWHERE: Final = {"SettingChanges": "invoicexpress_emulator.books.accounts.settings.Settings"}
"""A mapping of fields that another class explains, on the same page."""


class Entry(NamedTuple):
    """An object on a page."""

    address: str
    options: str


ENTRIES: Final = [
    Entry(*found)
    for text in PAGES.values()
    for found in re.findall(r"^::: ([\w.]+)\n((?:    .*\n)*)", text + "\n", re.MULTILINE)
]


@cache
def sources() -> griffe.ModulesCollection:
    """All packages, as the site's builder reads them."""
    extensions = griffe.load_extensions(str(ROOT / EXTENSION))
    loader = griffe.GriffeLoader(search_paths=[ROOT / room for room in ROOMS], extensions=extensions)
    for package in sorted({each.partition(".")[0] for each in PACKAGES} | OF_OTHERS):
        loader.load(package)
    return loader.modules_collection


def final(member: Member) -> griffe.Object:
    """The object behind a name."""
    return member.final_target if isinstance(member, griffe.Alias) else member


def public(package: str) -> set[str]:
    """The names in a package's `__all__`."""
    names = {str(each) for each in sources()[package].exports or ()}
    assert names, package
    return {name for name in names if not name.startswith("__")}


def on_pages() -> Iterator[str]:
    """The address of each public name on the pages."""
    for address, options in ENTRIES:
        # The heading above a namespace has its public names.
        if ".namespaces." not in address:
            yield address
        if "members: false" not in options and sources()[address].exports:
            yield from (f"{address}.{name}" for name in public(address))
    for text in PAGES.values():
        for name in re.findall(r"^`invoicexpress\.(\w+)` in annotations", text, re.MULTILINE):
            yield f"invoicexpress.{name}"
            yield f"invoicexpress.Async{name}"


def missing(package: str, addresses: Iterable[str]) -> set[str]:
    """The public names of a package that are on no page, or twice."""
    # A function in a module of its name is shown as `advance.advance`.
    found = [re.sub(r"\.(\w+)\.\1$", r".\1", each) for each in addresses]
    return {name for name in public(package) if found.count(f"{package}.{name}") != 1}


@pytest.mark.parametrize("package", PACKAGES)
def test_each_public_name_is_in_the_reference_once(package: str) -> None:
    assert missing(package, on_pages()) == set()


def test_a_name_without_a_page_is_found() -> None:
    fewer = [each for each in on_pages() if each != "invoicexpress_billing.Run"]
    assert missing("invoicexpress_billing", fewer) == {"Run"}
    assert missing("invoicexpress_cli", [*on_pages(), "invoicexpress_cli.ExitCode"]) == {"ExitCode"}


def test_each_package_is_public_or_internal() -> None:
    found = {path.parent.name for room in ROOMS for path in (ROOT / room).glob("invoicexpress*/__init__.py")}
    assert found == {package for package in PACKAGES if "." not in package} | OF_OTHERS


def test_members_are_shown_with_the_types_that_callers_see() -> None:
    assert EXTENSION in (ROOT / "zensical.toml").read_text("utf-8")
    errors, client = sources()["invoicexpress.errors"], sources()["invoicexpress.client"]
    assert str(errors["ApiError.status"].annotation) == "int"
    assert errors["ApiError.status"].value is None
    assert str(errors["AmbiguousResultError.proprietary_uid"].annotation) == "str | None"
    assert str(client["Namespaces.invoices"].annotation) == "Invoices"
    create = sources()["invoicexpress.namespaces.guides.Shippings"].all_members["create"]
    assert str(create.returns) == "Guide"


def test_a_function_is_not_shown_as_the_module_of_its_name() -> None:
    """`invoicexpress_billing.advance` is both, and a page would show the module."""
    shown = {entry.address for entry in ENTRIES if final(sources()[entry.address]).is_module}
    names = {f"{package}.{name}" for package in PACKAGES for name in public(package)}
    for address in shown & names:
        package, _, name = address.rpartition(".")
        assert isinstance(getattr(import_module(package), name), ModuleType), address


def test_each_field_is_explained() -> None:
    entries = [entry.address for entry in ENTRIES if "members: false" not in entry.options]
    assert {each for address in entries for each in unexplained(sources()[address])} == set()
    for name, other in ELSEWHERE.items():
        fields = {each for each in sources()[other].members if not each.startswith("_")}
        changes = final(sources()[f"invoicexpress_emulator.control_client.{name}"])
        assert {*changes.members} == fields
        assert other in entries


def unexplained(member: Member, told: frozenset[str] = frozenset()) -> Iterator[str]:
    """The members of an object without a docstring, and without a word in that of their class."""
    found = final(member)
    if found.docstring is None and member.name not in told:
        yield member.path
    if isinstance(found, griffe.Module | griffe.Class) and found.name not in ELSEWHERE:
        names = told_by(found)
        for each in members_of(found):
            yield from unexplained(each, names)


def told_by(owner: griffe.Module | griffe.Class) -> frozenset[str]:
    """The fields that the docstrings of a class and its bases explain."""
    kinds = [owner, *owner.mro()] if isinstance(owner, griffe.Class) else []
    texts = [kind.docstring.value for kind in kinds if kind.docstring]
    named = re.compile(r"`(\w+)`|^ +(\w+): ", re.MULTILINE)
    return frozenset(name for text in texts for pair in named.findall(text) for name in pair if name)


def members_of(owner: griffe.Module | griffe.Class) -> Iterator[Member]:
    """The public members of an object, those of a class's bases included."""
    if isinstance(owner, griffe.Class):
        found: Iterable[Member] = owner.all_members.values()
    elif owner.exports:
        found = [owner.members[name] for name in public(owner.path)]
    else:
        found = [each for each in owner.members.values() if not isinstance(each, griffe.Alias)]
    hidden = EXPLAINED_ONCE | INTERNAL
    for each in found:
        is_type_variable = len(each.name) == 1
        if not each.name.startswith("_") and not is_type_variable and each.name not in hidden:
            yield each


def test_a_field_without_a_docstring_is_found() -> None:
    text = '''
class Row:
    """A row; `told` is its number."""
    told: int
    silent: int
    shown: int
    """Its count."""
    def method(self) -> None: ...
'''
    module = griffe.visit("rows", Path("rows.py"), text)
    assert [*unexplained(module["Row"])] == ["rows.Row.silent", "rows.Row.method"]
