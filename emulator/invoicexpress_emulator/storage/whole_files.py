"""Files that are written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """Yield a file to write; once it is complete it takes its name, replacing any file of that name.

    Raises:
        OSError: it cannot be written there.
    """
    partial = path.with_name(f".{secrets.token_hex(16)}.part")
    try:
        with partial.open("xb") as file:
            yield file
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
