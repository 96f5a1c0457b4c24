"""An extension of mkdocstrings: shows methods as their callers see them.

The methods of namespaces are written once, as flows, for both clients: `-> Flow[quirks.downloads.Download]`.
A caller of InvoiceXpress gets the Download. A default that is a constant is shown by its value. An attribute
that the constructor sets has the type of its argument. zensical.toml names this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import griffe


class AsCallersSeeIt(griffe.Extension):
    """Takes what methods return out of its Flow, and puts the values of constants in place of their names."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:
        for function in _functions(pkg):
            function.returns = _unwrapped(function.returns)
            for parameter in function.parameters:
                parameter.default = _value(function, parameter.default)
        for owner in _classes(pkg):
            for attribute in owner.members.values():
                if isinstance(attribute, griffe.Attribute):
                    _show_type(owner, attribute)


def _classes(owner: griffe.Module | griffe.Class) -> Iterator[griffe.Class]:
    for member in owner.members.values():
        if isinstance(member, griffe.Class):
            yield member
        if isinstance(member, griffe.Module | griffe.Class):
            yield from _classes(member)


def _show_type(owner: griffe.Class, attribute: griffe.Attribute) -> None:
    """Shows `self.path = path` as `path: str`, and a namespace for any core by its name."""
    annotation = attribute.annotation
    if isinstance(annotation, griffe.ExprSubscript) and str(annotation.slice) == "C_co":
        left = annotation.left
        attribute.annotation = left.last if isinstance(left, griffe.ExprAttribute) else left
    constructor = owner.members.get("__init__")
    if annotation is None and isinstance(constructor, griffe.Function):
        given = str(attribute.value)
        if given in constructor.parameters:
            attribute.annotation = constructor.parameters[given].annotation
            attribute.value = None


def _functions(owner: griffe.Module | griffe.Class) -> Iterator[griffe.Function]:
    for member in owner.members.values():
        if isinstance(member, griffe.Function):
            yield member
        elif isinstance(member, griffe.Module | griffe.Class):
            yield from _functions(member)


def _unwrapped(returned: str | griffe.Expr | None) -> str | griffe.Expr | None:
    if isinstance(returned, griffe.ExprSubscript) and str(returned.left) == "Flow":
        returned = returned.slice
    return returned.last if isinstance(returned, griffe.ExprAttribute) else returned


def _value(function: griffe.Function, default: str | griffe.Expr | None) -> str | griffe.Expr | None:
    """The value of a default that names a constant, unless the value is as long as a signature."""
    if not isinstance(default, griffe.ExprName) or not default.name.isupper() or function.parent is None:
        return default
    try:
        constant = function.modules_collection[function.parent.resolve(default.name)]
        value = constant.value if isinstance(constant := _final(constant), griffe.Attribute) else None
    except (KeyError, griffe.GriffeError):
        return default
    return value if value is not None and len(str(value)) < 30 else default


def _final(member: griffe.Object | griffe.Alias) -> griffe.Object:
    return member.final_target if isinstance(member, griffe.Alias) else member
