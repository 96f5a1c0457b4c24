"""A table of small cases as one test.

A separate pytest test costs a few milliseconds, several times as long as checking one row of a table takes.
A folded test still checks every row, and names each one that fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import pytest

Test: TypeAlias = Callable[..., None]


def folded(
    names: str, rows: Iterable[Any], *, ids: Callable[[Any], object] | Iterable[object] = repr
) -> Callable[[Test], Test]:
    """Run a test over all rows at once. A drop-in for `pytest.mark.parametrize` where rows need no fixtures.

    Args:
        names: Argument names, separated by commas.
        rows: Argument values: a single value, or a tuple with one value per name.
        ids: Names of the rows, or a function that makes one from a row.

    Raises:
        ValueError: There are no rows, so the test could not fail.
        TypeError: The test is a coroutine or a generator, which a call does not run.
    """
    arguments = [name.strip() for name in names.split(",")]
    table = list(rows)
    if not table:
        raise ValueError(f"no rows for {names}")
    labels = [ids(row) for row in table] if callable(ids) else list(ids)

    def decorate(test: Test) -> Test:
        if inspect.iscoroutinefunction(test) or inspect.isgeneratorfunction(test):
            raise TypeError(f"{test.__name__} would not run: fold plain functions")
        signature = inspect.signature(test)

        def run(*args: Any, **fixtures: Any) -> None:
            failures: list[BaseException] = []
            for row, label in zip(table, labels, strict=True):
                values: Sequence[Any] = (row,) if len(arguments) == 1 else row
                try:
                    test(*args, **dict(zip(arguments, values, strict=True)), **fixtures)
                # A skip would end the table, and hide the rows before it that are wrong.
                except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
                    error.add_note(f"This was {label}.")
                    failures.append(error)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(table)} rows are wrong", failures)

        left = [each for name, each in signature.parameters.items() if name not in arguments]
        run.__name__, run.__qualname__, run.__doc__ = test.__name__, test.__qualname__, test.__doc__
        run.__module__ = test.__module__
        run.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]  # inspect reads it
        return run

    return decorate
