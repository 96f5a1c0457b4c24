"""Modules that load, and patterns that compile, at their first use, perhaps in the middle of a call.

A module that one thread is loading stays half loaded in the child of a fork, and its import waits there for
ever. So a fork waits until it is loaded. Loads do not wait for each other: one may need a module that
another is loading.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, AnyStr, Final, cast

_PATIENCE: Final = 10.0
"""Most seconds that a fork waits. A load may wait for something that the forking thread holds."""


class _Loads:
    """The loads under way. A fork takes the lock, so that none begins during it."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.Lock())
        self.under_way = 0
        self.is_held = False
        """Whether a fork has the lock."""
        self.own: Final = threading.local()
        """`depth`: those of the running thread."""

    @contextmanager
    def one(self) -> Generator[None]:
        with self.changed:
            self.under_way += 1
        self.own.depth = self._depth + 1
        try:
            yield
        finally:
            self.own.depth -= 1
            with self.changed:
                self.under_way -= 1
                self.changed.notify_all()

    @property
    def _depth(self) -> int:
        depth: int = getattr(self.own, "depth", 0)
        return depth

    def before_fork(self) -> None:
        self.changed.acquire()
        until = time.monotonic() + _PATIENCE
        # A module may fork while it is loaded.
        while self.under_way > self._depth and (left := until - time.monotonic()) > 0:
            self.changed.wait(left)
        self.is_held = True

    def after_fork_in_parent(self) -> None:
        # A fork that began before this module was loaded comes here without its first half.
        if self.is_held:
            self.is_held = False
            self.changed.release()

    def after_fork_in_child(self) -> None:
        self.changed = threading.Condition(threading.Lock())
        self.under_way, self.is_held = self._depth, False


_LOADS: Final = _Loads()


@contextmanager
def loading() -> Generator[None]:
    """Around imports that a call causes: a fork in another thread waits for their end."""
    with _LOADS.one():
        yield


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

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled: re.Pattern[Any] = re.compile(*cast("tuple[str, int]", self._source))
        vars(self)[name] = method = getattr(compiled, name)
        return method


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression that compiles at its first use: many are for rare values and errors."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))


# At a fork the hook of `logging` takes a lock that imports take too. Hooks run in the reverse order of their
# registration, so this one comes later. Otherwise a fork would hold that lock while it waits for a load.
import_module("logging")

# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_LOADS.before_fork,
        after_in_parent=_LOADS.after_fork_in_parent,
        after_in_child=_LOADS.after_fork_in_child,
    )
