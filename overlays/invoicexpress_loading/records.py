"""Frozen data classes that are cheap to import.

`dataclass` writes and compiles the methods of each class: 0.5 to 1 ms of an import. Records share theirs. The
modules that a first operation loads use them. To type checkers and to `dataclasses` they are data classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from . import loading

__all__ = ["fields_in_help", "record"]

T = TypeVar("T")


class _Docstring:
    """The docstring of a class with its fields. It is made when it is read."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __get__(self, instance: object, owner: type[Any]) -> str:
        with loading():
            from .field_help import with_fields  # noqa: PLC0415 - for help() only

        return with_fields(self._text, owner)


def fields_in_help(kind: type[T]) -> type[T]:
    """A class whose docstring also has the texts below its fields, so that `help` shows them."""
    docstring: Any = _Docstring(kind.__doc__ or "")
    kind.__doc__ = docstring
    return kind


if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import MISSING, FrozenInstanceError, dataclass, fields

    def record(*, frozen, kw_only=False):
        """Like `dataclass`. A record is always frozen; the argument tells readers and type checkers."""
        if not frozen:
            raise TypeError("a record is frozen")

        def made(cls):
            dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
            cls.__init__ = _constructor(cls)
            fields_in_help(cls)
            for name, method in _METHODS.items():
                if name not in vars(cls):
                    setattr(cls, name, method)
            return cls

        return made

    def _constructor(cls):
        every = fields(cls)
        names = frozenset(each.name for each in every)
        positional = tuple(each.name for each in every if not each.kw_only)
        defaults = {each.name: each.default for each in every if each.default is not MISSING}
        makers = [(each.name, each.default_factory) for each in every]
        makers = tuple((name, make) for name, make in makers if make is not MISSING)
        check = getattr(cls, "__post_init__", None)

        def __init__(self, /, *args, **given):
            values = {**defaults, **dict(zip(positional, args, strict=False)), **given}
            for name, make in makers:
                if name not in values:
                    values[name] = make()
            if (
                values.keys() != names
                or len(args) > len(positional)
                or (args and not given.keys().isdisjoint(positional[: len(args)]))
            ):
                # Raises TypeError, which says what is wrong.
                _signature(cls).bind(*args, **given)
            vars(self).update(values)
            if check is not None:
                check(self)

        return __init__

    def _signature(cls):
        from inspect import Parameter, Signature  # noqa: PLC0415 - for help() and errors only

        def parameter(each):
            kind = Parameter.KEYWORD_ONLY if each.kw_only else Parameter.POSITIONAL_OR_KEYWORD
            default = each.default if each.default_factory is MISSING else ...
            default = Parameter.empty if default is MISSING else default
            return Parameter(each.name, kind, default=default, annotation=each.type)

        return Signature(sorted(map(parameter, fields(cls)), key=lambda each: each.kind))

    class _LazySignature:
        """Made when it is read."""

        def __get__(self, instance, owner):
            return _signature(owner)

    def _values(self):
        return tuple(getattr(self, each.name) for each in fields(self))

    def _repr(self):
        shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _eq(self, other):
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _setattr(self, name, value):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delattr(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    _METHODS = {
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": _hash,
        "__setattr__": _setattr,
        "__delattr__": _delattr,
        "__signature__": _LazySignature(),
    }
