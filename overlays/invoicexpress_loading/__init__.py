"""Modules that load, and patterns that compile, at their first use, perhaps in the middle of a call.

A module that one thread is loading stays half loaded in the child of a fork, and its import waits there for
ever. So a fork waits until it is loaded. Loads do not wait for each other: one may need a module that
another is loading.

A leaf, and a light one: `import invoicexpress` loads it, so that the first name is guarded too.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from typing import Any, AnyStr, Final

_PATIENCE: Final = 10.0
"""Most seconds that a fork waits. A load may wait for something that the forking thread holds."""


class _Loads:
    """The loads under way. A fork takes the lock, so that none begins during it."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.under_way = 0
        self.forking: int | None = None
        """The thread whose fork has the lock."""
        self.own: Final = threading.local()
        """`depth`: the loads of the running thread."""
        self.is_after_logging = False

    def __enter__(self) -> None:
        self._come_after_logging()
        with self.changed:
            self.under_way += 1
        self.own.depth = self._depth + 1
        try:
            # Many modules need it, and its hook comes before the one that is registered next.
            import_module("logging")
            self._come_after_logging()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        self.own.depth -= 1
        with self.changed:
            self.under_way -= 1
            self.changed.notify_all()

    @property
    def _depth(self) -> int:
        depth: int = getattr(self.own, "depth", 0)
        return depth

    def _come_after_logging(self) -> None:
        """At a fork, `logging` takes a lock that imports take too: a fork that has it must not wait for one.

        Hooks run in the reverse order of their registration.
        """
        if not self.is_after_logging and "logging" in sys.modules:
            # Another thread may be loading it.
            import_module("logging")
            self.guard_forks()
            self.is_after_logging = True

    def before_fork(self) -> None:
        """Waits for the loads under way.

        If one of them loads `logging`, Python runs only the second half of its hook, and prints that its lock
        was not held. That does no harm.
        """
        if self.forking == threading.get_ident():
            return
        self.changed.acquire()
        self.forking = threading.get_ident()
        until = time.monotonic() + _PATIENCE
        # A module may fork while it is loaded.
        while self.under_way > self._depth and (left := until - time.monotonic()) > 0:
            self.changed.wait(left)

    def after_fork_in_parent(self) -> None:
        # The hook of a fork that began before this module was loaded comes here alone.
        if self.forking == threading.get_ident():
            self.forking = None
            self.changed.release()

    def after_fork_in_child(self) -> None:
        self.changed = threading.Condition()
        self.under_way, self.forking = self._depth, None

    def guard_forks(self) -> None:
        """Registers its hooks, perhaps once more: at a fork, the one that runs first counts."""
        # Windows has no fork.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=self.before_fork,
                after_in_parent=self.after_fork_in_parent,
                after_in_child=self.after_fork_in_child,
            )


_LOADS: Final = _Loads()
_LOADS.guard_forks()


def loading() -> AbstractContextManager[None, None]:
    """Around imports that a call causes: a fork in another thread waits for their end."""
    return _LOADS


def submodules(package: str, names: frozenset[str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose submodules load at their first use."""

    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        with loading():
            # The import itself makes it an attribute of the package.
            return import_module(f"{package}.{name}")

    return get


def names_of_submodules(
    package: str, homes: Mapping[str, str], known: dict[str, Any]
) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose names load with their submodules, at their first use.

    `homes` has the submodule of each name; `known` are the package's globals.
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        with loading():
            value = known[name] = getattr(import_module(f"{package}.{homes[name]}"), name)
        return value

    return get


class _LazyPattern:
    """Compiles at the first use of a method, and has the methods of the pattern from then on."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        with loading():
            compiled = import_module("re").compile(*self._source)
        vars(self)[name] = method = getattr(compiled, name)
        return method


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression that compiles at its first use: many are for rare values and errors."""
    return _LazyPattern(pattern, flags)  # type: ignore[return-value]  # it has the same methods
