"""The signature and the docstring of a method, as `help` and editors of notebooks show them.

Loaded when one of the two is read, which calls never do.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, get_args, get_type_hints, is_typeddict

_WIDTH: Final = 100
_HOMES: Final = re.compile(r"\b(?:models|invoicexpress|quirks\.\w+)\.")
"""In annotations: where public names load from. Readers of help() know the names alone."""
_COMMON: Final = re.compile(r"\b(?:abc|datetime)\.")
"""In annotations of fields: the modules of well-known types."""
_REQUIRED: Final = re.compile(r"^Required\[(.*)\]$")


def signature(source: Callable[..., Any], answers: str) -> inspect.Signature:
    """The signature of a flow, with the type of its answer: {} in `answers` stands for the flow's result."""
    found = inspect.signature(source)
    inner = str(found.return_annotation).partition("[")[2].removesuffix("]")
    answer = _plain(answers.format(inner)) if inner else inspect.Signature.empty
    parameters = [each.replace(annotation=_plain(each.annotation)) for each in found.parameters.values()]
    return found.replace(parameters=parameters, return_annotation=answer)


def wrong_call(said: str, source: Callable[..., Any], owner: str) -> str | None:
    """Python's text about wrong arguments, with the method's public name, its arguments and its purpose.

    None for another text. Python names the class that defines a flow, such as `_Payable.pay`, and counts
    `self`. Values do not show: they may be secrets.
    """
    private, name = f"{source.__qualname__}() ", source.__name__
    if not said.startswith(private):
        return None
    parameters = list(inspect.signature(source).parameters.values())[1:]
    positional = [each.name for each in parameters if each.kind in _POSITIONAL]
    fault = said.removeprefix(private)
    if re.match(r"takes .* positional", fault):
        listed = f"{', '.join(positional)} alone" if positional else "nothing"
        fault = f"takes {listed} by position; name the other arguments"
    kind = _kind_of_fields(source)
    fields = [] if kind is None else sorted(kind.__required_keys__)
    shown = [
        *positional,
        *(f"{each.name}=" for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY),
        *(f"{each}=" for each in fields),
        *(["..."] if kind is not None else []),
    ]
    purpose = " ".join((inspect.getdoc(source) or "").partition("\n\n")[0].split())
    return f"{owner}.{name}() {fault}: {name}({', '.join(shown)}). {purpose}"


_POSITIONAL: Final = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def _plain(annotation: Any) -> Any:
    if not isinstance(annotation, str):
        return annotation
    # Python has a Sequence of its own.
    return _HOMES.sub("", annotation.replace("models.Sequence", "invoicexpress:Sequence")).replace(":", ".")


def docstring(source: Callable[..., Any]) -> str | None:
    """The docstring of a flow, and below it the fields that its keyword arguments and mappings have."""
    kind = _kind_of_fields(source)
    if source.__doc__ is None or kind is None:
        return source.__doc__
    sections = [
        _section(f"Fields, as keyword arguments ({kind.__name__}):", kind),
        *(
            _section(f"Fields of {', '.join(places)} ({nested.__name__}):", nested)
            for nested, places in _mappings(kind).items()
        ),
    ]
    return "\n\n".join([inspect.cleandoc(source.__doc__), *sections])


def _kind_of_fields(source: Callable[..., Any]) -> type[Any] | None:
    """The TypedDict of a function's keyword arguments: its annotation is `Unpack[models.ItemWriteFields]`."""
    for annotation in source.__annotations__.values():
        if isinstance(annotation, str) and annotation.startswith("Unpack["):
            home, *path = annotation.removeprefix("Unpack[").removesuffix("]").split(".")
            found: Any = source.__globals__[home]
            for name in path:
                found = getattr(found, name)
            return found if is_typeddict(found) else None
    return None


class _Field(NamedTuple):
    name: str
    annotation: str
    meaning: str


def _section(title: str, kind: type[Any]) -> str:
    required = kind.__required_keys__
    return "\n".join([title, *(_entry(each, is_required=each.name in required) for each in _fields(kind))])


def _entry(field: _Field, *, is_required: bool) -> str:
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


def _fields(kind: type[Any]) -> Iterator[_Field]:
    """The fields of a TypedDict with the texts below them, which exist in its source alone."""
    module = sys.modules[kind.__module__]
    try:
        tree = ast.parse(inspect.getsource(module))
    except OSError:
        yield from (_Field(name, "", "") for name in kind.__annotations__)
        return
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    yield from _fields_of_class(classes, kind.__name__)


def _fields_of_class(classes: dict[str, ast.ClassDef], name: str) -> Iterator[_Field]:
    node = classes[name]
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            yield from _fields_of_class(classes, base.id)
    for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign):
            text = ast.unparse(statement.annotation)
            text = _REQUIRED.sub(r"\1", text).removesuffix(" | None")
            yield _Field(ast.unparse(statement.target), _COMMON.sub("", _plain(text)), _text(following))


def _text(statement: ast.stmt | None) -> str:
    """The text that a statement consists of; empty for any other statement."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""


def _mappings(kind: type[Any]) -> dict[type[Any], list[str]]:
    """The TypedDicts inside a TypedDict, at any depth, with their places: `items`, `items.tax`."""
    found: dict[type[Any], list[str]] = {}
    waiting = [(kind, "")]
    for holder, path in waiting:
        for name, hint in get_type_hints(holder).items():
            for nested in _typed_dicts(hint):
                if nested not in found:
                    waiting.append((nested, f"{path}{name}."))
                found.setdefault(nested, []).append(f"`{path}{name}`")
    return found


def _typed_dicts(hint: Any) -> Iterator[type[Any]]:
    if is_typeddict(hint):
        yield hint
    for part in get_args(hint):
        yield from _typed_dicts(part)
