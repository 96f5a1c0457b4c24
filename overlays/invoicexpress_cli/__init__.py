"""The command `invoicexpress`: documents, files, SAF-T and reports, for people who do not write Python.

It comes with the extra `cli`, and uses public names of the client only. Each command is a function in
`commands/`; what they share is here: accounts and keys (`settings`), one command's run (`session`), what it
prints (`output`, `texts`), and its exit code (`outcomes`).

A program that runs the command reads its end from the exit code:

    done = subprocess.run(["invoicexpress", "finalize", "123456", "--expect-total", "30"], check=False)
    if done.returncode == ExitCode.UNKNOWN:
        ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .__main__ import main
    from .outcomes import ExitCode
else:
    _MODULES: Final = {"ExitCode": ".outcomes", "main": ".__main__"}

    def __getattr__(name: str) -> object:
        """Loads a name when it is used: the command starts here, and Ctrl-C would end it in a traceback."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_MODULES[name], __name__), name)


__all__ = ["ExitCode", "main"]
