"""Contracts of a few lines, run through the real generator and imported."""

from __future__ import annotations

import copy
import importlib
import sys
from collections.abc import Mapping
from importlib import util
from itertools import count
from pathlib import Path
from textwrap import indent
from types import ModuleType
from typing import Any, Final

import yaml
from generator import driver

from tests.contract.contract_files import loaded

ROOT: Final = Path(__file__).parents[2]
CONTRACT: Final = ROOT / "openapi.yaml"
SETTINGS: Final = ROOT / "generator-config.yaml"
TARGET: Final = ROOT / "generated" / "invoicexpress_generated"
IMPORT_PATH: Final = [str(ROOT / "overlays"), str(ROOT / "generated")]

NOTHING: Final = "Nothing: {type: object, properties: {name: {type: string}}}"
"""A package has one model at least."""
_numbers: Final = count()


def load_contract() -> dict[str, Any]:
    """A copy of the project's contract, free to change."""
    return copy.deepcopy(loaded(CONTRACT))


def contract_of(*, schemas: str = "", paths: str = "") -> dict[str, Any]:
    """A contract of component schemas and paths, both given as unindented YAML."""
    text = f"""
openapi: 3.1.0
info: {{title: Quirks, version: "1"}}
paths:
{indent(paths, "  ") or "  {}"}
components:
  schemas:
{indent(schemas or NOTHING, "    ")}
"""
    contract: dict[str, Any] = yaml.safe_load(text)
    return contract


class Package:
    """A generated package with a unique name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name

    def load(self) -> None:
        """Imports the package; its modules load on demand."""
        spec = util.spec_from_file_location(
            self.name, self.folder / "__init__.py", submodule_search_locations=[str(self.folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[self.name] = util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[self.name])

    def unload(self) -> None:
        """Removes the package and its modules from the interpreter."""
        for name in [name for name in sys.modules if name.split(".")[0] == self.name]:
            del sys.modules[name]

    def module(self, name: str) -> Any:
        """A module of the package, `errors` or `api.things.list_things`."""
        module: ModuleType = importlib.import_module(f"{self.name}.{name}")
        return module

    def model(self, name: str) -> Any:
        """A model class."""
        return getattr(self.module("models"), name)

    def response(self, status: int, content: bytes = b"") -> Any:
        """An answer with a body."""
        return self.module("types").Response(status, {}, content)

    def modules(self) -> list[str]:
        """Names of all modules, in the form that `module` takes."""
        return sorted(
            ".".join(path.relative_to(self.folder).with_suffix("").parts)
            for path in self.folder.rglob("*.py")
            if path.name != "__init__.py"
        )

    def import_all(self) -> None:
        """Imports every module."""
        for name in self.modules():
            self.module(name)

    def text(self) -> str:
        """The source of the whole package."""
        return "\n".join(path.read_text("utf-8") for path in sorted(self.folder.rglob("*.py")))


def generate(contract: Mapping[str, Any], folder: Path) -> Package:
    """Generates a contract into a new folder and imports the package."""
    package = Package(folder / f"quirks_{next(_numbers)}")
    driver.generate(contract, SETTINGS, package.folder)
    package.load()
    return package


class Builder:
    """Generates packages into one folder, and unloads them at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages: list[Package] = []

    def __call__(self, *, schemas: str = "", paths: str = "") -> Package:
        """The package for these component schemas and paths, with all its modules imported."""
        package = generate(contract_of(schemas=schemas, paths=paths), self.folder)
        self.packages.append(package)
        package.import_all()
        return package

    def unload(self) -> None:
        """Unloads all packages."""
        for package in self.packages:
            package.unload()
