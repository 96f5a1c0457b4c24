"""Writes the data file of the present schema version, for the tests of later ones.

    python -m tests.emulator.support.data_file

Run it before a change to the schema. It brings the newest file kept to the present version, which keeps every
row and every answer, and writes two files beside it: the data as SQL text, the answers as JSON. A column that
is new in the present version has the values that its step gave it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from invoicexpress_emulator.storage.schema import APPLICATION_ID, SCHEMA_VERSION
from invoicexpress_emulator.storage.store import Store

KEPT: Final = Path(__file__).parents[1] / "data_files"


def written(folder: Path) -> Path:
    """Writes both files into a folder, and returns the SQL text's path."""
    before = KEPT / f"version_{SCHEMA_VERSION - 1}.sql"
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data.db"
        with closing(sqlite3.connect(data)) as db:
            db.executescript(before.read_text(encoding="utf-8"))
        Store(data, seed=0).close()  # the file keeps the seed it was begun with
        with closing(sqlite3.connect(data)) as db:
            statements = list(db.iterdump())
    pragmas = (f"PRAGMA application_id = {APPLICATION_ID};", f"PRAGMA user_version = {SCHEMA_VERSION};")
    text = folder / f"version_{SCHEMA_VERSION}.sql"
    text.write_text("\n".join((*pragmas, *statements)) + "\n", encoding="utf-8")
    shutil.copyfile(before.with_suffix(".json"), text.with_suffix(".json"))
    return text


if __name__ == "__main__":
    print(written(KEPT))
