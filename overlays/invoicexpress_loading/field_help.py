"""The fields of a class with the texts below them, for `help`: Python keeps these in the source alone.

Loaded when a docstring is read, which calls never do.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

_WIDTH: Final = 100


class Field(NamedTuple):
    """A field: its name, its type and its meaning as the source has them."""

    name: str
    annotation: str
    meaning: str


def with_fields(text: str, kind: type[Any]) -> str:
    """A docstring, and below it the fields of its class."""
    entries = "\n".join(entry(each) for each in fields_of(kind) if not each.name.startswith("_"))
    return f"{inspect.cleandoc(text)}\n\nFields:\n{entries}" if entries else text


def entry(field: Field, *, is_required: bool = False) -> str:
    """A field as lines of a docstring."""
    kind = ", ".join(filter(None, [field.annotation, "required" if is_required else ""]))
    named = f"{field.name} ({kind})" if kind else field.name
    return textwrap.fill(
        f"{named}: {field.meaning}" if field.meaning else named,
        _WIDTH,
        initial_indent=" " * 4,
        subsequent_indent=" " * 8,
        break_long_words=False,
        break_on_hyphens=False,
    )


def fields_of(kind: type[Any]) -> Iterator[Field]:
    """The fields of a class and of its bases in the same module."""
    module = sys.modules[kind.__module__]
    try:
        tree = ast.parse(inspect.getsource(module))
    except OSError:
        yield from (Field(name, "", "") for name in kind.__annotations__)
        return
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    if kind.__name__ in classes:
        yield from _of_class(classes, kind.__name__)


def _of_class(classes: dict[str, ast.ClassDef], name: str) -> Iterator[Field]:
    node = classes[name]
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            yield from _of_class(classes, base.id)
    for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign):
            annotation = ast.unparse(statement.annotation)
            if not annotation.startswith("ClassVar"):
                yield Field(ast.unparse(statement.target), annotation, _text(following))


def _text(statement: ast.stmt | None) -> str:
    """The text that a statement consists of; empty for any other statement."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""
