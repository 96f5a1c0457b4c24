"""The signature and the docstring of a method, as `help` and editors of notebooks show them.

Loaded when one of the two is read, which calls never do.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, get_args, get_type_hints, is_typeddict

from invoicexpress_loading.field_help import entry, fields_of

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


def _section(title: str, kind: type[Any]) -> str:
    required = kind.__required_keys__
    entries = (each._replace(annotation=_short(each.annotation)) for each in fields_of(kind))
    return "\n".join([title, *(entry(each, is_required=each.name in required) for each in entries)])


def _short(annotation: str) -> str:
    """The type of a field, without its module and what the entry says anyway."""
    inner = _REQUIRED.sub(r"\1", annotation).removesuffix(" | None")
    return _COMMON.sub("", str(_plain(inner)))


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
