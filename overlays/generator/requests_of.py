"""Which operations a method of the client may send, read from the source of its flow.

A walk over the syntax trees follows every function that a flow calls or passes on, up to the `request`
functions of `invoicexpress_generated.api`. Names have their values of run time: those of a module, the
methods of the namespace's class, and the rows of document types among the arguments. So every branch counts,
and with it the look-ups after a lost answer, which no recording of requests would be sure to take.
"""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any, Final, NamedTuple

from invoicexpress.quirks.document_types import DocumentTypeRow
from invoicexpress.sending.flows import Namespace, listing, operation

from .contract import TYPE_PARAMETER, TYPE_SEGMENT

_CLIENT: Final = "invoicexpress."
_ENDPOINTS: Final = "invoicexpress_generated.api."
_SEGMENT: Final = TYPE_PARAMETER.replace("-", "_")
_UNKNOWN: Final = object()
_Definition = ast.FunctionDef | ast.AsyncFunctionDef


class Sent(NamedTuple):
    """An operation that a method may send."""

    operation_id: str
    method: str
    path: str
    """The path in openapi.yaml, with the segment of the document's type where the method knows it."""


class _Self(NamedTuple):
    """An instance of a namespace."""

    kind: type[Any]


class _Method(NamedTuple):
    """A function of a namespace's class, or the operation or list made of it."""

    kind: type[Any]
    member: Any


_TELLING: Final = (str, DocumentTypeRow, FunctionType, type, _Self, _Method)
"""Arguments that a function is followed with: they decide which operation it sends, and for which type."""


def methods(kind: type[Any]) -> Mapping[str, Callable[..., Any]]:
    """The flows behind the public methods of a namespace, in the order of their names."""
    found = {name: inspect.getattr_static(kind, name) for name in dir(kind) if not name.startswith("_")}
    return {name: _flow(each) for name, each in found.items() if isinstance(each, operation | listing)}


def sent_by(kind: type[Any], name: str) -> frozenset[Sent]:
    """The operations that a public method of a namespace may send."""
    waiting, reached = [_Entered(methods(kind)[name], kind, frozenset())], set[_Entered]()
    while waiting:
        entered = waiting.pop()
        if entered not in reached:
            reached.add(entered)
            waiting += _read(entered).entered
    return frozenset(sent for each in reached for sent in _read(each).sent)


def _flow(member: Any) -> Callable[..., Any]:
    function: Callable[..., Any] = member.flow if isinstance(member, operation) else member.describe
    return function


class _Entered(NamedTuple):
    """A function, the namespace that it belongs to, and the telling ones among its arguments."""

    function: Any
    kind: type[Any] | None
    given: frozenset[tuple[str, Any]]


@cache
def _read(entered: _Entered) -> _Reading:
    definition = _definition(entered.function)
    scope = _Scope(entered.function, definition, entered.kind, dict(entered.given))
    reading = _Reading()
    for statement in definition.body:
        reading.visit(statement, scope)
    return reading


@dataclass(slots=True)
class _Reading:
    """What a function itself sends, and the functions that it calls or passes on."""

    sent: set[Sent] = field(default_factory=set[Sent])
    entered: set[_Entered] = field(default_factory=set[_Entered])

    def visit(self, node: ast.AST, scope: _Scope) -> None:
        """Reads a part of a function."""
        if isinstance(node, ast.Call):
            self._call(node, scope)
            return
        if isinstance(node, ast.Attribute | ast.Name):
            self._follow(scope.value(node), scope, [], {})
        for child in ast.iter_child_nodes(node):
            self.visit(child, scope)

    def _call(self, node: ast.Call, scope: _Scope) -> None:
        called, arguments = node.func, node.args
        target = scope.value(called)
        if target is partial:
            called, *arguments = arguments
            target = scope.value(called)
        for child in [*ast.iter_child_nodes(called), *arguments, *node.keywords]:
            self.visit(child, scope)
        if any(isinstance(each, ast.Starred) for each in arguments):
            arguments = []
        named = {each.arg: scope.value(each.value) for each in node.keywords if each.arg is not None}
        self._follow(target, scope, [scope.value(each) for each in arguments], named)

    def _follow(self, target: Any, scope: _Scope, given: list[Any], named: dict[str, Any]) -> None:
        kind: type[Any] | None = None
        if isinstance(target, _Method):
            kind, target = target
            if isinstance(target, operation | listing):
                target = _flow(target)
            if not (given and isinstance(given[0], _Self)):
                given = [_Self(kind), *given]
        if not isinstance(target, FunctionType):
            return
        if target.__module__.startswith(_ENDPOINTS):
            if target.__name__ == "request":
                self.sent.add(_sent(target, given, named))
            return
        if not target.__module__.startswith(_CLIENT):
            return
        function = inspect.unwrap(target)
        try:
            bound = _signature(function).bind_partial(*given, **named).arguments
        except TypeError:
            # A reference without its arguments.
            bound = {}
        telling = frozenset((name, value) for name, value in bound.items() if isinstance(value, _TELLING))
        self.entered.add(_Entered(function, kind, telling))


_signature = cache(inspect.signature)


def _sent(endpoint: FunctionType, given: list[Any], named: dict[str, Any]) -> Sent:
    """The operation of a `request` function, for the segment among its arguments."""
    made = next(
        node
        for node in ast.walk(_definition(endpoint))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Request"
    )
    fields = {each.arg: each.value for each in made.keywords}
    path = "".join(_path_parts(fields["path"]))
    segment = named.get(_SEGMENT, given[0] if given else None)
    if isinstance(segment, str):
        path = path.replace(TYPE_SEGMENT, segment)
    return Sent(ast.literal_eval(fields["operation"]), ast.literal_eval(fields["method"]), path)


def _path_parts(node: ast.expr) -> Iterator[str]:
    """A path as openapi.yaml has it, from the f-string that our template writes."""
    if not isinstance(node, ast.JoinedStr):
        yield ast.literal_eval(node)
        return
    for part in node.values:
        if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Call):
            yield f"{{{ast.literal_eval(part.value.args[0])}}}"
        else:
            yield ast.literal_eval(part)


class _Scope:
    """What names mean inside of a function."""

    def __init__(
        self,
        function: FunctionType,
        definition: _Definition,
        kind: type[Any] | None,
        given: Mapping[str, Any],
    ) -> None:
        self._globals = function.__globals__
        self._kind = kind
        arguments = definition.args
        own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        self._bound = _bound_names(definition)
        self._locals: dict[str, Any] = dict.fromkeys(self._bound, _UNKNOWN)
        self._locals |= {
            each.arg: _UNKNOWN if each.arg in self._locals else given.get(each.arg, _UNKNOWN) for each in own
        }
        if kind is not None and own and own[0].arg == "self":
            self._locals["self"] = _Self(kind)
        for statement in definition.body:
            self._learn(statement)

    def _learn(self, statement: ast.stmt) -> None:
        """Keeps an import, and a name that is bound once, at the head of the function, to a known value."""
        if isinstance(statement, ast.With):
            for inner in statement.body:
                self._learn(inner)
        elif isinstance(statement, ast.ImportFrom):
            home = import_module(
                f"{'.' * statement.level}{statement.module or ''}", str(self._globals["__package__"])
            )
            for each in statement.names:
                self._locals[each.asname or each.name] = getattr(home, each.name)
        elif isinstance(statement, ast.Assign):
            for name in statement.targets:
                if isinstance(name, ast.Name) and self._bound[name.id] == 1:
                    self._locals[name.id] = self.value(statement.value)

    def value(self, node: ast.AST) -> Any:
        """The value of a name or an attribute; `_UNKNOWN` if the source does not tell."""
        if isinstance(node, ast.Name):
            return self._locals.get(node.id, self._globals.get(node.id, _UNKNOWN))
        if isinstance(node, ast.Attribute):
            return self._attribute(self.value(node.value), node.attr)
        return _UNKNOWN

    def _attribute(self, base: Any, name: str) -> Any:
        """An attribute of a value. A class that the namespace derives from speaks of the namespace itself."""
        if base is _UNKNOWN:
            return _UNKNOWN
        if isinstance(base, _Method):
            return _Method(base.kind, _flow(base.member)) if name in ("flow", "describe") else _UNKNOWN
        if isinstance(base, _Self):
            return _member(base.kind, name)
        if _is_namespace(base):
            is_own = self._kind is not None and issubclass(self._kind, base)
            return _member(self._kind if is_own else base, name)
        return getattr(base, name, _UNKNOWN)


def _is_namespace(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Namespace)


def _member(kind: Any, name: str) -> Any:
    member = inspect.getattr_static(kind, name, _UNKNOWN)
    return _Method(kind, member) if isinstance(member, operation | listing | FunctionType) else member


@cache
def _bound_names(definition: _Definition) -> Counter[str]:
    """How often the body of a function binds each name, also within the functions in it."""
    found: Counter[str] = Counter()
    for node in (each for statement in definition.body for each in ast.walk(statement)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] += 1
        elif isinstance(node, ast.arg):
            found[node.arg] += 1
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] += 1
    return found


@cache
def _definitions(module: ModuleType) -> Mapping[tuple[str, int], _Definition]:
    """The functions of a module by name and first line."""
    return {
        (node.name, min([node.lineno, *(each.lineno for each in node.decorator_list)])): node
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, _Definition)
    }


def _definition(function: Any) -> _Definition:
    module = import_module(function.__module__)
    return _definitions(module)[function.__name__, function.__code__.co_firstlineno]
