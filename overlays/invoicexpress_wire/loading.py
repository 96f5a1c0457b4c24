"""Modules that load, and patterns that compile, at their first use, perhaps in the middle of a call.

A module that one thread is loading stays half loaded in the child of a fork, and its import waits there for
ever. So a fork waits until it is loaded.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, AnyStr, Final, cast

# Reentrant, since a module may be loaded, and a process forked, by the code of a module being loaded.
_LOADING: Final = threading.RLock()


@contextmanager
def loading() -> Generator[None]:
    """Around imports that a call causes: a fork in another thread waits for their end."""
    with _LOADING:
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


# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_LOADING.acquire, after_in_parent=_LOADING.release, after_in_child=_LOADING.release
    )
