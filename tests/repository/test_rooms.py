"""The rooms are few, their names are distinct, and a real create crosses few of them.
import-linter checks which room may import which (pyproject.toml).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FrameType

import pytest
from invoicexpress import InvoiceXpress
from invoicexpress_emulator import Emulator

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "overlays" / "invoicexpress"
EMULATOR = ROOT / "emulator" / "invoicexpress_emulator"
NOT_SHOWN = {"__pycache__", "py.typed"}


def entries(folder: Path) -> set[str]:
    """Return the names in a folder, without endings."""
    return {path.name.removesuffix(".py") for path in folder.iterdir() if path.name not in NOT_SHOWN}


def folders(*roots: Path) -> list[Path]:
    """Return the roots and all packages below them."""
    return [
        folder for root in roots for folder in [root, *(each.parent for each in root.rglob("*/__init__.py"))]
    ]


def plural_pairs(names: set[str]) -> list[str]:
    """Return pairs of names that differ only by a plural."""
    plurals = {name: {f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies"} for name in names}
    return sorted(
        f"{name} and {other}" for name, made in plurals.items() for other in (made - {name}) & names
    )


class TestFolders:
    @pytest.mark.parametrize(("folder", "most"), [(EMULATOR, 17), (CLIENT, 18)], ids=["emulator", "client"])
    def test_few_entries(self, folder: Path, most: int) -> None:
        assert len(entries(folder)) <= most

    def test_no_two_names_differ_by_a_plural(self) -> None:
        found = {
            str(folder.relative_to(ROOT)): pairs
            for folder in folders(CLIENT, EMULATOR)
            if (pairs := plural_pairs(entries(folder)))
        }
        assert found == {}

    def test_plurals_are_recognized(self) -> None:
        assert plural_pairs({"client", "clients"}) == ["client and clients"]
        assert plural_pairs({"tax", "taxes", "item"}) == ["tax and taxes"]
        assert plural_pairs({"entry", "entries"}) == ["entry and entries"]
        assert plural_pairs({"series", "sequences", "items"}) == []


class Walk:
    """Records the files of all functions called in the watched threads during the walk."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self._taken = False

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        if self._taken and event == "call":
            self.files.add(frame.f_code.co_filename)

    @contextmanager
    def taken(self) -> Generator[None]:
        sys.setprofile(self)
        self._taken = True
        try:
            yield
        finally:
            self._taken = False
            sys.setprofile(None)

    def rooms(self, package: Path) -> set[str]:
        """Return the rooms entered: the package's folders, with `.` for its top-level modules."""
        inside = (
            Path(file).relative_to(package) for file in self.files if Path(file).is_relative_to(package)
        )
        return {path.parts[0] if len(path.parts) > 1 else "." for path in inside}


def test_a_create_crosses_few_rooms() -> None:
    """One POST over a real connection, with client and server already warm."""
    walk = Walk()
    threading.setprofile(walk)  # also covers the server's thread, started below
    try:
        with Emulator() as emulator:
            threading.setprofile(None)
            with InvoiceXpress(emulator.account, emulator.api_key, base_url=emulator.base_url) as ix:
                line = {"name": "Caneca", "unit_price": Decimal(8), "quantity": Decimal(1)}
                fields = {"date": date(2026, 11, 20), "client": {"name": "Ana"}, "items": [line]}
                ix.invoices.create(**fields)  # type: ignore[arg-type]  # one dict for both calls
                with walk.taken():
                    ix.invoices.create(**fields)  # type: ignore[arg-type]  # as above
    finally:
        threading.setprofile(None)
    assert walk.rooms(CLIENT) == {".", "namespaces", "quirks", "sending"}
    rooms = walk.rooms(EMULATOR) - {"."}
    assert {"api", "books", "fiscal"} <= rooms
    assert len(rooms) <= 8, sorted(rooms)
