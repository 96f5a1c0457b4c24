"""Flows: one source for sync and async.

A method is a generator, a flow: it yields steps (a request, a pause, a download), receives their outcomes,
and returns its typed result. So find-then-create, polling and reconciliation are plain code, tested without
HTTP. Two small cores drive flows; `operation` and `listing` type each method for the core of its client.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import time
from collections.abc import Callable, Generator
from types import MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Concatenate,
    Final,
    Generic,
    ParamSpec,
    Protocol,
    TypeAlias,
    TypeVar,
    overload,
)

from invoicexpress_generated.errors import ResponseError
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import WireError

from .. import redaction
from ..errors import AmbiguousResultError, DraftMismatchError, InvoiceXpressError, from_response, from_wire
from ..options import Options
from .delivery import Delivery, Outgoing, Primitive, attempt_once
from .forks import loading
from .hooks import Notice, notify
from .in_flight import InFlight
from .interruptions import Interrupted, Writes
from .pagination import Listing, PageReader
from .steps import Hold, Link, Pause, Turn

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from .asynchronous.flows import AsyncCore, RawAsyncCore
    from .asynchronous.pagination import AsyncListing
    from .raw_responses import RawResult

__all__ = [
    "BasicCore",
    "C_co",
    "Flow",
    "Link",
    "Namespace",
    "Pause",
    "RawCore",
    "RawSyncCore",
    "Sender",
    "Step",
    "SyncCore",
    "exchange",
    "fetch",
    "listing",
    "operation",
    "pause",
]

T = TypeVar("T")
S = TypeVar("S")
P = ParamSpec("P")


Step: TypeAlias = Request | Pause | Link
Flow: TypeAlias = Generator[Step, Any, T]


def exchange(request: Request, parse: Callable[[Response], T]) -> Flow[T]:
    """Sends a request and reads the answer.

    Raises an ApiError for any answer except a readable success.
    """
    response: Response = yield request
    try:
        return parse(response)
    except ResponseError as error:
        failure = from_response(request, error)
    # Raised outside of the handler, so that no context keeps the answer and its links.
    raise failure from None


def pause(seconds: float) -> Flow[float]:
    """Waits; returns the monotonic time in seconds."""
    now: float = yield Pause(seconds)
    return now


def fetch(link: Link) -> Flow[Response]:
    """Fetches a file by its link."""
    response: Response = yield link
    return response


class Sender(Protocol):
    """The network side of a SyncCore."""

    def check(self) -> None: ...
    def send(self, request: Request) -> Response: ...
    def fetch(self, link: Link) -> Response: ...


N = TypeVar("N")


class BasicCore(Generic[N]):
    """State of both cores.

    `deliver` turns a request of a flow into attempts; the default makes one.
    """

    answers: ClassVar[str]
    """Return type of a method; {} stands for the result of its flow."""
    lists: ClassVar[str]
    """Return type of a method that lists entries; {} stands for their type."""
    prefix: ClassVar[str] = ""
    """Of the names of namespaces: `AsyncInvoices` is `Invoices` for an AsyncCore."""

    def __init__(
        self,
        sender: N,
        options: Options | None = None,
        deliver: Callable[[Outgoing], Delivery] = attempt_once,
        in_flight: InFlight | None = None,
    ) -> None:
        self.sender = sender
        self.options = options or Options()
        self.in_flight = in_flight or InFlight()
        self._deliver = deliver


class SyncCore(BasicCore[Sender]):
    """Drives flows one after the other. Threads may share one."""

    answers = "{}"
    lists = "Listing[{}]"

    def listing(self, reader: PageReader[T]) -> Listing[T]:
        """The entries of a list."""
        return Listing(reader, self.run)

    def _perform(self, writes: Writes, step: Step) -> object:
        """Performs one step of a flow, repeats and waits included."""
        if isinstance(step, Request | Link):
            return _driven(self._deliver(step), functools.partial(self._perform_primitive, writes), writes)
        return self._perform_primitive(writes, step)

    def _perform_primitive(self, writes: Writes, step: Primitive) -> object:
        if isinstance(step, Request):
            # Closed perhaps since the call began.
            self.sender.check()
            with writes.sending(step) as answered:
                return answered(self.sender.send(step))
        if isinstance(step, Link):
            self.sender.check()
            return self.sender.fetch(step)
        if isinstance(step, Turn | Hold):
            return step()
        if isinstance(step, Notice):
            notify(step)
            return None
        time.sleep(step.seconds)
        return time.monotonic()

    def run(self, flow: Flow[T]) -> T:
        """Runs a flow to its end. Exceptions of a step are thrown into the flow, which may handle them.

        Raises ConfigurationError, with nothing sent, for a client that is closed or belongs elsewhere.
        """
        self.sender.check()
        writes = Writes()
        with redaction.call():
            try:
                return _driven(flow, functools.partial(self._perform, writes), writes)
            except WireError as error:
                failure = from_wire(error)
                redaction.cleaned(failure)
            except BaseException as error:
                if not isinstance(error, InvoiceXpressError):
                    writes.tell(error)
                redaction.cleaned(error)
                raise
        # Raised outside of the handler, so that no context keeps the values.
        raise failure from None


def _driven(flow: Generator[S, Any, T], perform: Callable[[S], object], writes: Writes) -> T:
    try:
        step = next(flow)
        while True:
            try:
                outcome = perform(step)
            except Exception as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        end(flow, writes)


def end(flow: Generator[Any, Any, Any], writes: Writes) -> None:
    """Ends a flow whose call is cancelled or interrupted; at once, not when the garbage collector runs."""
    if inspect.getgeneratorstate(flow) != inspect.GEN_CLOSED:
        with contextlib.suppress(Interrupted):
            flow.throw(Interrupted(in_doubt=writes.are_in_doubt))


K = TypeVar("K", bound=BasicCore[Any])


class RawCore(Generic[K]):
    """Settings of both cores that return the answers with the result."""

    answers: ClassVar[str]
    lists: ClassVar[str]
    prefix: ClassVar[str]

    def __init__(self, core: K) -> None:
        self.core = core
        self.options = core.options
        self.in_flight = core.in_flight

    def listing(self, reader: PageReader[Any]) -> Any:
        """The entries of a list, without answers: no page is read before the iteration."""
        core: Any = self.core
        return core.listing(reader)


class RawSyncCore(RawCore[SyncCore]):
    """Drives flows like the core inside, and returns the answers with the result."""

    answers = "RawResult[{}]"
    lists = SyncCore.lists
    prefix = "Raw"

    def run(self, flow: Flow[T]) -> RawResult[T]:
        """Runs a flow to its end."""
        with loading():
            from .raw_responses import recorded  # noqa: PLC0415 - few programs need it

        return self.core.run(recorded(flow))


class Core(Protocol):
    """Drives the flows of a namespace."""

    @property
    def options(self) -> Options: ...
    @property
    def in_flight(self) -> InFlight: ...


C_co = TypeVar("C_co", bound=Core, covariant=True)


class Namespace(Generic[C_co]):
    """A group of methods of a client.

    `Invoices[AsyncCore]` is a class of its own: `isinstance` takes it, and its methods show what they return.
    """

    _core_type: ClassVar[type[BasicCore[Any] | RawCore[Any]] | None] = None

    def __class_getitem__(cls, parameters: Any) -> Any:
        core: Any = parameters
        if isinstance(core, type) and issubclass(core, BasicCore | RawCore):
            return _for_core(cls, parameters)
        return super().__class_getitem__(parameters)  # type: ignore[misc]  # of Generic

    def __init__(self, core: C_co) -> None:
        self._core = core

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Explains a method that the type does not have. Type checkers find it by themselves."""
            said = f"{type(self).__name__!r} object has no attribute {name!r}"
            if name.startswith("_") or not (advice := self._advice_without(name)):
                raise AttributeError(said, name=name, obj=self)
            raise AttributeError(f"{said}: {advice}")

    def _advice_without(self, name: str) -> str:
        """What to do in place of a method that the namespace does not have; "" for no advice."""
        return ""


_PUBLIC: Final = "invoicexpress"
"""Where users name the classes of namespaces."""
_FOR_CORES: Final[dict[tuple[type[Any], type[Any]], type[Any]]] = {}


def _for_core(kind: type[Any], core: type[BasicCore[Any] | RawCore[Any]]) -> type[Any]:
    """The class of a namespace for one kind of core, under its public name."""
    found = _FOR_CORES.get((kind, core))
    if found is None:
        name = f"{core.prefix}{kind.__name__}"
        body = {"_core_type": core, "__doc__": kind.__doc__, "__module__": _PUBLIC}
        # Another thread may have made it meanwhile.
        found = _FOR_CORES.setdefault((kind, core), type(name, (kind,), body))
    return found


def _docstring(described: _Described) -> str | None:
    with loading():
        from .method_help import docstring  # noqa: PLC0415 - see _Described

    return docstring(described.__wrapped__)


class _Described:
    """Shows the docstring and the signature of a flow, made when they are read.

    Calls read neither, and a docstring with the fields of keyword arguments loads their types.
    """

    __wrapped__: Callable[..., Any]
    """The flow."""
    answers: str
    """What it returns; {} stands for the result of the flow."""

    def __init_subclass__(cls) -> None:
        # A class has a docstring of its own, or None, which would hide an inherited property.
        cls.__doc__ = property(_docstring)  # type: ignore[assignment] # inspect and help read it

    @property
    def __signature__(self) -> inspect.Signature:
        with loading():
            from .method_help import signature  # noqa: PLC0415 - see _Described

        return signature(self.__wrapped__, self.answers)


_NAMES: Final = ("__module__", "__name__", "__qualname__")


class _Method(_Described, functools.partial[Any]):
    """A function for one kind of core."""


def _method(call: Callable[..., Any], source: Callable[..., Any], answers: str) -> _Method:
    """Gives a function the name, docstring and signature of `source`, with the type of its answer."""
    method = _Method(call)
    functools.update_wrapper(method, source, _NAMES, ())
    method.answers = answers
    return method


class _OfClass(_Described):
    """A method as a class shows it. It is called with an instance first, like any function of a class."""

    def __init__(self, source: Callable[..., Any], answers: str) -> None:
        functools.update_wrapper(self, source, _NAMES, ())
        self.answers = answers
        # A function for each kind of core, made at its first use.
        self._methods: dict[str, Callable[..., Any]] = {}

    def __call__(self, instance: Any, /, *args: Any, **kwargs: Any) -> Any:
        method: Any = self
        try:
            return method.__get__(instance, type(instance))(*args, **kwargs)
        finally:
            # They may be passwords, and an error reporter prints the variables of this frame.
            del args, kwargs


def _called(name: str, key: object, flow: Flow[T]) -> Flow[T]:
    """Runs the flow of a method.

    A result in doubt then says which call, with which key, decides it, and a draft that differs what to call.
    """
    try:
        return (yield from flow)
    except AmbiguousResultError as error:
        error.called = name
        if isinstance(key, str):
            error.proprietary_uid = key.strip()
        raise
    except DraftMismatchError as error:
        error.called = name
        raise


class operation(_OfClass, Generic[P, T]):
    """Turns a flow into a method: it returns T on the sync client, a coroutine of T on the async one.

    Under `with_raw_response` it returns a RawResult of T instead.
    """

    def __init__(self, flow: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        super().__init__(flow, SyncCore.answers)
        self.flow = flow

    @overload
    def __get__(self, instance: None, owner: type[object]) -> operation[P, T]: ...
    @overload
    def __get__(self, instance: Namespace[SyncCore], owner: type[object]) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, instance: Namespace[AsyncCore], owner: type[object]
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, instance: Namespace[RawSyncCore], owner: type[object]) -> Callable[P, RawResult[T]]: ...
    @overload
    def __get__(
        self, instance: Namespace[RawAsyncCore], owner: type[object]
    ) -> Callable[P, Coroutine[Any, Any, RawResult[T]]]: ...
    def __get__(self, instance: Any, owner: type[object]) -> Any:
        if instance is None:
            return _shown(self, self.flow, owner, "answers")
        answers = instance._core.answers
        method = self._methods.get(answers)
        if method is None:
            method = self._methods[answers] = _method(_runs(self.flow), self.flow, answers)
        return MethodType(method, instance)


D = TypeVar("D", bound=_OfClass)


def _shown(method: D, source: Callable[..., Any], owner: Any, kind: str) -> D:
    """A method for the core of its class. A class for any core shows it as the sync client has it."""
    core = getattr(owner, "_core_type", None)
    answers = method.answers if core is None else getattr(core, kind)
    if answers == method.answers:
        return method
    other: Any = type(method)
    shown: D = other(source)
    shown.answers = answers
    return shown


def _runs(flow: Callable[..., Flow[Any]]) -> Callable[..., Any]:
    """A function that runs a flow on the core of its namespace."""
    name = flow.__name__

    def call(instance: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            running = _called(name, kwargs.get("key"), flow(instance, *args, **kwargs))
        except TypeError as error:
            raise _explained(error, flow, instance) from None
        finally:
            # They may be passwords, and an error reporter prints the variables of this frame.
            del args, kwargs
        return instance._core.run(running)

    return call


def _explained(error: TypeError, source: Callable[..., Any], instance: object) -> TypeError:
    """The error of a call with wrong arguments, in the caller's words; any other error as it is."""
    with loading():
        from .method_help import wrong_call  # noqa: PLC0415 - for errors only

    said = wrong_call(str(error), source, type(instance).__name__)
    return error if said is None else TypeError(said)


class listing(_OfClass, Generic[P, T]):
    """Turns a method that describes pages into one that returns an iterable.

    Listing[T] on the sync client, AsyncListing[T] on the async one; `with_raw_response` changes nothing,
    since no page is read before the iteration.
    """

    def __init__(self, describe: Callable[Concatenate[Any, P], PageReader[T]]) -> None:
        super().__init__(describe, SyncCore.lists)
        self.describe = describe

    @overload
    def __get__(self, instance: None, owner: type[object]) -> listing[P, T]: ...
    @overload
    def __get__(
        self, instance: Namespace[SyncCore] | Namespace[RawSyncCore], owner: type[object]
    ) -> Callable[P, Listing[T]]: ...
    @overload
    def __get__(
        self, instance: Namespace[AsyncCore] | Namespace[RawAsyncCore], owner: type[object]
    ) -> Callable[P, AsyncListing[T]]: ...
    def __get__(self, instance: Any, owner: type[object]) -> Any:
        if instance is None:
            return _shown(self, self.describe, owner, "lists")
        lists = instance._core.lists
        method = self._methods.get(lists)
        if method is None:
            method = self._methods[lists] = _method(_lists(self.describe), self.describe, lists)
        return MethodType(method, instance)


def _lists(describe: Callable[..., PageReader[Any]]) -> Callable[..., Any]:
    """A function that makes a list of the core of its namespace."""

    def call(instance: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            reader = describe(instance, *args, **kwargs)
        except TypeError as error:
            raise _explained(error, describe, instance) from None
        return instance._core.listing(reader)

    return call
