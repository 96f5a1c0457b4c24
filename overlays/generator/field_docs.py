"""The TypedDict of a sent model's fields: its annotations, and its docstring.

An editor shows the text below a field; `help` shows the docstring, so it repeats them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.strings import safe_for_docstring

from . import expressions

_WIDTH: Final = 100
_STEP: Final = "    "
_HOMES: Final = re.compile(r"\b(?:abc|datetime)\.")
"""In annotations: the modules of well-known types, which a reader need not see."""


def annotation(model: ModelProperty, prop: PropertyProtocol) -> str:
    """The annotation of a field, in a class with `total=False` if any field is optional."""
    text = expressions.field_type(prop)
    if expressions.nested_model(prop) == model.class_info.name:
        # The class that is being made has no name yet.
        text = f'"{text}"'
    return f"Required[{text}]" if prop.required and model.optional_properties else text


def docstring(model: ModelProperty) -> str:
    """The docstring of the class: the meaning of each field, required ones first; indented by one step."""
    name = model.class_info.name
    omission = " None leaves a field out." if model.optional_properties else ""
    paragraphs = [
        f"The fields of {name} as keyword arguments.{omission}",
        *([_wrapped(safe_for_docstring(model.description))] if model.description else []),
        *_section("Required", model.required_properties or []),
        *_section("Optional", model.optional_properties or []),
    ]
    text = "\n\n".join(paragraphs)
    if len(paragraphs) == 1:
        return text
    return textwrap.indent(text, _STEP).lstrip() + f"\n{_STEP}"


def _section(title: str, props: Sequence[PropertyProtocol]) -> Iterator[str]:
    if props:
        yield "\n".join([f"{title}:", *map(_entry, props)])


def _entry(prop: PropertyProtocol) -> str:
    kind = _HOMES.sub("", expressions.field_type(prop).removesuffix(" | None"))
    text = f"{prop.python_name} ({kind})"
    if prop.description:
        text += f": {safe_for_docstring(prop.description)}"
    return _wrapped(text, first=_STEP, following=2 * _STEP)


def _wrapped(text: str, first: str = "", following: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )
