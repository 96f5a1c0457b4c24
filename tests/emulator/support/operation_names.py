"""The names of the service's operations as a `Literal`, for editors and type checkers.

`python -m tests.emulator.support.operation_names` rewrites the module of the control client. The emulator's
routes and their names decide: the control client is below them, and cannot read them itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import invoicexpress_emulator
from invoicexpress_emulator.api.operation_ids import every_name
from invoicexpress_emulator.api.routes import OPERATIONS

FILE: Final = Path(invoicexpress_emulator.__file__).parent / "control_client" / "operation_names.py"
_HEAD: Final = '''"""The names of the service's operations, by which faults and requests are chosen.

Written by `python -m tests.emulator.support.operation_names` from the emulator's routes. Do not edit.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

OperationName: TypeAlias = Literal[
'''
_TAIL: Final = ''']
"""The id of an operation in openapi.yaml (`createDocument`) or in the vendor's document (`createInvoice`)."""
'''


def module() -> str:
    """Return the text of the module."""
    return _HEAD + "".join(f'    "{name}",\n' for name in every_name(OPERATIONS)) + _TAIL


if __name__ == "__main__":
    FILE.write_text(module(), "utf-8")
