"""The tax authority's SAF-T (PT) 1.04_01 schema, from the package that ships it."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path
from typing import Final

import xmlschema

SHA256: Final = "4edc227852d3b0bf74f78d9c55c46f302c7202d3bea26308416a9057a72a91b0"
"""Of the official file, ModificationDate 2022-05-17."""


def path() -> Path:
    """Path of the schema. Raises AssertionError unless it is the official one, byte for byte."""
    # Located without importing: the package's own dependencies are not installed.
    package = importlib.util.find_spec("saft_mcp")
    assert package is not None, "requirements/saft-schema.txt is not installed: make .venv/.installed-dev"
    assert package.submodule_search_locations is not None
    found = Path(package.submodule_search_locations[0], "schemas", "saftpt1.04_01.xsd")
    assert hashlib.sha256(found.read_bytes()).hexdigest() == SHA256
    return found


@functools.cache
def official() -> xmlschema.XMLSchema11:
    """The schema, with all its assertions.

    It declares `vc:minVersion="1.1"`, so an XSD 1.0 validator silently skips every element. The number of
    global elements proves that this validator does not.
    """
    schema = xmlschema.XMLSchema11(path())
    assert "AuditFile" in schema.elements
    return schema


def errors(content: bytes | Path) -> list[str]:
    """The validation errors of a file: path and reason of each."""
    source = content if isinstance(content, bytes) else str(content)
    return [f"{error.path}: {error.reason}" for error in official().iter_errors(source)]
