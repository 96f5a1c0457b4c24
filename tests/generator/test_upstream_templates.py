"""Upgrading the generator shows which of our templates to review.

The generator makes no promises about its templates, and patch releases change many of them. Each of ours was
written against one text of theirs, recorded by hash; when that text changes, the variables passed to ours may
change too. Templates under `model/` have no namesake upstream: they are parts of `model.py.jinja`.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Final

import pytest
from generator import driver
from jinja2 import Environment, meta

from .support import ROOT

RECORD: Final = driver.TEMPLATES / "upstream.json"
UPSTREAM: Final = resources.files("openapi_python_client") / "templates"
DISTRIBUTION: Final = "openapi-python-client"


def recorded() -> dict[str, Any]:
    """The content of upstream.json."""
    record: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    return record


def ours() -> list[str]:
    """All our template files."""
    files = (path for path in driver.TEMPLATES.rglob("*") if path.is_file() and path != RECORD)
    return sorted(path.relative_to(driver.TEMPLATES).as_posix() for path in files)


def overridden() -> list[str]:
    """Our templates that replace one of the generator's by name."""
    return [name for name in ours() if (UPSTREAM / name).is_file()]


def parts(name: str) -> set[str]:
    """The templates that a template includes or imports, at any depth."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        source = (driver.TEMPLATES / waiting.pop()).read_text("utf-8")
        named = meta.find_referenced_templates(Environment(autoescape=True).parse(source))
        new = {part for part in named if part is not None} - found
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("name", overridden())
def test_what_ours_was_derived_from_has_not_changed(name: str) -> None:
    found = sha256((UPSTREAM / name).read_bytes()).hexdigest()
    assert found == recorded()["templates"].get(name, {}).get("sha256"), (
        f"{name}: upstream's text has changed. Compare it with {', '.join([name, *sorted(parts(name))])}. "
        f"Then record {found} in {RECORD.name}"
    )


def test_each_template_of_ours_overrides_one_or_is_a_part_of_one() -> None:
    """The generator renders templates by name, and the driver one; these include every other file."""
    rendered = [*overridden(), driver.FIELDS_TEMPLATE]
    reached = set(rendered).union(*map(parts, rendered))
    assert sorted(reached) == ours()


def test_a_part_is_found_however_deep_it_lies() -> None:
    assert "model/plain/to_dict.py.jinja" in parts("model.py.jinja")


def test_each_override_is_recorded_and_nothing_else() -> None:
    assert sorted(recorded()["templates"]) == overridden()
    assert recorded().keys() == {DISTRIBUTION, "templates"}


@pytest.mark.parametrize("name", overridden())
def test_the_record_says_in_a_line_what_ours_changes_and_why(name: str) -> None:
    entry = recorded()["templates"][name]
    assert entry.keys() == {"sha256", "ours"}
    assert re.fullmatch(r"[A-Z`].{30,200}\.", entry["ours"]), "a reason is one line of a sentence or two"
    assert "upstream" in entry["ours"], "against what?"


@pytest.mark.parametrize("name", overridden())
def test_ours_is_not_theirs(name: str) -> None:
    """An override identical to upstream would only freeze it."""
    assert (driver.TEMPLATES / name).read_text("utf-8") != (UPSTREAM / name).read_text("utf-8")


def test_the_installed_generator_is_the_pinned_one() -> None:
    assert recorded()[DISTRIBUTION] == metadata.version(DISTRIBUTION)


@pytest.mark.parametrize("lock", ["dev.in", "dev.txt"])
@pytest.mark.parametrize("package", [DISTRIBUTION, "ruff"])
def test_the_requirements_pin_what_writes_the_code(lock: str, package: str) -> None:
    """Ruff formats every generated file, and its output changes between patch releases too."""
    pins = _pins(ROOT / "requirements" / lock)
    assert pins.get(package) == metadata.version(package)


def _pins(requirements: Path) -> dict[str, str]:
    pinned = re.findall(r"^([a-z0-9-]+)==([^ ;\\\n]+)", requirements.read_text("utf-8"), re.MULTILINE)
    return dict(pinned)
