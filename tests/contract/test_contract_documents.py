"""Both forms of the contract are valid OpenAPI, and cover the operations that they claim to."""

from __future__ import annotations

from pathlib import Path
from typing import Final, get_args

import pytest
from generator import contract as reading
from invoicexpress_emulator.control_client import OperationName
from openapi_spec_validator import OpenAPIV31SpecValidator

from .contract_files import COMPACT, CONCRETE, Document, loaded
from .vendor_facts import vendor_operations

VENDOR_OPERATIONS: Final = {operation.name for operation in vendor_operations()}

COMPACT_OPERATIONS: Final = 53
CONCRETE_OPERATIONS: Final = 161


@pytest.mark.parametrize("path", [COMPACT, CONCRETE], ids=lambda path: path.name)
def test_form_is_valid_openapi(path: Path) -> None:
    OpenAPIV31SpecValidator(loaded(path)).validate()


@pytest.mark.parametrize(
    ("path", "count"),
    [(COMPACT, COMPACT_OPERATIONS), (CONCRETE, CONCRETE_OPERATIONS)],
    ids=["compact", "concrete"],
)
def test_no_operation_is_lost(path: Path, count: int) -> None:
    ids = [operation.operation_id for operation in reading.operations(loaded(path))]
    assert len(ids) == len({name.casefold() for name in ids}) == count


def covered(document: Document) -> set[str]:
    """The vendor's operations that ours cover."""
    return {
        name
        for operation in reading.operations(document)
        for name in operation.content["x-vendor-operations"]
    }


@pytest.mark.parametrize("path", [COMPACT, CONCRETE], ids=lambda path: path.name)
def test_each_operation_of_the_vendor_is_covered(path: Path) -> None:
    assert covered(loaded(path)) == VENDOR_OPERATIONS


def test_each_operation_has_a_name_to_register_faults_by() -> None:
    ids = {operation.operation_id for operation in reading.operations(loaded(COMPACT))}
    assert ids | VENDOR_OPERATIONS <= set(get_args(OperationName))


def test_both_forms_have_the_same_release() -> None:
    assert loaded(COMPACT)["info"] == loaded(CONCRETE)["info"]
    assert loaded(COMPACT)["openapi"] == loaded(CONCRETE)["openapi"] == "3.1.0"
