"""README.md and docs/: names and links that exist, code that runs, and every page in its place."""

from __future__ import annotations

import builtins
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import attrs
import httpx
import invoicexpress
import invoicexpress_emulator.control_client
import invoicexpress_pytest
from invoicexpress import InvoiceXpress
from invoicexpress_generated.models.document_type import DOCUMENT_TYPE_VALUES

from tests import page_examples
from tests.page_examples import GENERATED, ROOT, SHELL_RUN_BY

DOCS: Final = ROOT / "docs"
TEXTS: Final = {page: (ROOT / page).read_text("utf-8") for page in page_examples.pages()}
PROSE: Final = {
    page: re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for page, text in TEXTS.items()
    if page not in GENERATED
}
"""Hand-written pages without their blocks of code."""
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
CLIENT: Final = InvoiceXpress("account", "key")
PLACES: Final = (
    invoicexpress,
    *(getattr(invoicexpress, name) for name in ("saft_file", "reports", "totals", "reference_data")),
    invoicexpress_emulator,
    invoicexpress_emulator.control_client,
    invoicexpress_pytest,
    httpx,
    builtins,
)
"""Where a name on a page may come from."""
MODULES: Final = {
    name: getattr(invoicexpress, name)
    for name in invoicexpress.__all__
    if isinstance(getattr(invoicexpress, name), ModuleType)
}
LANGUAGES: Final = {"python", "sh", "js", "", "text", "ini", "json", "toml"}
"""Python, shell and JavaScript run; the others are pictures, output, and files of other programs."""
TYPES: Final = frozenset(DOCUMENT_TYPE_VALUES)
"""Words of the API, not classes."""


def spans() -> Iterator[tuple[str, str]]:
    """Each page with each text in backticks."""
    for page, text in PROSE.items():
        for span in re.findall(r"`([^`\n]+)`", text):
            yield page, span


def has(owner: Any, name: str) -> bool:
    """Whether a class, module or instance has a public name; a field of a model counts."""
    if isinstance(owner, type) and attrs.has(owner):
        fields = {field.name for field in attrs.fields(owner)}
    else:
        fields = set(getattr(owner, "__annotations__", {}))
    return name in fields or hasattr(owner, name)


def resolves(owner: Any, path: list[str]) -> bool:
    """Whether a dotted path leads somewhere; what an instance's own attribute has is not known."""
    for name in path:
        if not has(owner, name):
            return False
        if not hasattr(owner, name):
            return True
        owner = getattr(owner, name)
    return True


def is_known(span: str) -> bool:
    """Whether a text in backticks cites no public name, or one that exists."""
    called = re.match(r"[A-Za-z_]\w*(?:\.[a-z_]\w*)*(?=$|\(|\[)", span)
    if called is None or re.search(r"/|\.(?:md|py|toml|yaml|txt|json)$", span):
        return True
    first, *rest = called[0].split(".")
    if first == "ix":
        return resolves(CLIENT, rest)
    if first in MODULES:
        return resolves(MODULES[first], rest)
    if first == "invoicexpress" and rest:
        return resolves(invoicexpress, rest)
    if (first in TYPES and not rest) or re.fullmatch(r"[A-Z]\w*[a-z]", first) is None:
        return True
    if not rest and span == first and re.fullmatch(r"[A-Z][a-z]+", first):
        return True  # any capitalized word
    return any(has(place, first) and resolves(getattr(place, first), rest) for place in PLACES)


def test_each_name_in_backticks_exists() -> None:
    cited = set(spans())
    assert sum(span.startswith("ix.") for _, span in cited) > 60
    assert [f"{page}: {span}" for page, span in sorted(cited) if not is_known(span)] == []


def test_a_name_that_does_not_exist_is_found() -> None:
    for wrong in (
        "ix.invoices.isue",
        "ix.invoice",
        "totals.of_line(",
        "NoSuchError",
        "Invoice.atcode",
        "Reset.x()",
    ):
        assert not is_known(wrong), wrong
    for right in (
        "ix.invoices.issue(key=...)",
        "Invoice.atcud",
        "Pace(redis=...)",
        "FileExistsError",
        "IVA23",
    ):
        assert is_known(right), right


def test_each_file_in_backticks_exists() -> None:
    files = re.compile(r"(?:docs|emulator|examples|generated|overlays|requirements|tests)/[\w./-]*")
    cited = [(page, span) for page, span in spans() if files.fullmatch(span)]
    assert len(cited) > 20
    # A path below a package, as in the table of CONTRIBUTING.md, is short.
    roots = (ROOT, ROOT / "emulator" / "invoicexpress_emulator", ROOT / "overlays" / "invoicexpress")
    assert [
        f"{page}: {span}" for page, span in cited if not any((root / span).exists() for root in roots)
    ] == []


def test_each_block_that_does_not_run_says_why() -> None:
    found = [block for block in page_examples.blocks() if block.mark]
    assert len(found) > 5
    for block in found:
        where = f"{block.page}:{block.line}"
        if block.mark.startswith("run by "):
            assert (ROOT / block.mark.removeprefix("run by ")).is_file(), where
        else:
            assert re.fullmatch(r"not run: .{10,}", block.mark), where
    for page, folder in SHELL_RUN_BY.items():
        if page in TEXTS:
            tests = [path.read_text("utf-8") for path in (ROOT / folder).glob("test_*.py")]
            assert any(Path(page).name in text for text in tests), page


def test_each_block_has_a_language_that_is_dealt_with() -> None:
    assert [
        f"{block.page}:{block.line}: {block.language}"
        for block in page_examples.blocks()
        if block.language not in LANGUAGES
    ] == []


def test_each_page_is_in_the_navigation_once() -> None:
    parts: list[dict[str, list[dict[str, str]]]] = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))[
        "project"
    ]["nav"]
    listed = [path for part in parts for pages in part.values() for page in pages for path in page.values()]
    assert len(listed) == len(set(listed))
    assert set(listed) == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_the_links_of_pages_outside_of_the_site_lead_somewhere() -> None:
    """`make docs-check` checks those of the site."""
    for page, text in {
        **{name: TEXTS[name] for name in ("README.md", "CONTRIBUTING.md")},
        "docs/llms.txt": (DOCS / "llms.txt").read_text("utf-8"),
    }.items():
        links = [link for link in LINK.findall(text) if not link.startswith("http")]
        links += re.findall(r"^\[\w+\]: (\S+)$", text, re.MULTILINE)
        assert links, page
        assert [link for link in links if not (ROOT / page).parent.joinpath(link).is_file()] == []


def test_every_module_of_quirks_is_on_its_page() -> None:
    page = TEXTS["docs/quirks.md"]
    package = ROOT / "overlays" / "invoicexpress"
    modules = {f"quirks/{path.name}" for path in (package / "quirks").glob("*.py")} - {"quirks/__init__.py"}
    assert {module for module in modules if f"`{module}`" not in page} == set()
    cited = set(re.findall(r"`([\w./]+\.py)`", page))
    assert {module for module in cited if not (package / module).is_file()} == set()


def test_code_fits_into_the_window_of_a_laptop() -> None:
    """At 1280 px the site shows 106 columns of code beside both lists; longer lines would run out."""
    widest = 104
    assert [
        f"{block.page}:{block.line}: {line}"
        for block in page_examples.blocks()
        for line in block.text.splitlines()
        if len(line) > widest
    ] == []


def test_the_readme_is_short() -> None:
    """Two minutes: what it is, two commands, ten lines, the pictures, where to go next."""
    assert len(TEXTS["README.md"].split()) < 600


def test_the_commands_of_the_examples_are_those_that_tests_run() -> None:
    """tests/examples holds each example against examples/README.md."""
    (commands,) = [block.text for block in page_examples.blocks() if block.page == "docs/examples.md"]
    assert commands in (ROOT / "examples" / "README.md").read_text("utf-8")
