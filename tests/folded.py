"""A table of small cases as one test.

pytest spends some milliseconds on a test of its own, several times what it takes to look at a row of a table.
A folded test looks at every row all the same, and names each one that is wrong.
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
    """Fold a test over rows; use it as `pytest.mark.parametrize`, where rows need no fixtures of their own.

    Args:
        names: Arguments that a row gives, separated by commas.
        rows: Their values: one, or a tuple of as many as there are names.
        ids: Names of the rows, or what makes one of a row.

    Raises:
        ValueError: There are no rows, so that the test could not fail.
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
        run.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return run

    return decorate
