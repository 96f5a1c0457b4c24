"""How an effect changes one request: whether and when it is carried out, and how its answer goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Protocol

from starlette.types import Message, Receive, Scope, Send

from ..http.answer import Answer
from ..http.connections import connection_of
from .effects import HTML_TYPE, Delayed, Effect, Late, Replaced, Reset, Truncated, html_page


class Request(Protocol):
    """A request that is ready to be carried out."""

    def carry_out(self) -> Answer:
        """Carry it out now, and return its answer."""
        ...

    def put_off(self, seconds: float, work: Callable[[], None], *, caller_waits: bool) -> None:
        """Do `work` in `seconds` of real time, or sooner if the account's clock is moved past them."""
        ...

    async def respond(self, answer: Answer, send: Send | None = None) -> None:
        """Send an answer, through `send` instead of the server's own if one is given."""
        ...


async def deliver(effect: Effect, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request under an effect.

    Raises:
        NoConnection: the effect breaks the connection, and the server does not let it; nothing was done.
    """
    match effect:
        case Replaced():
            await request.respond(replaced(effect, request.carry_out))
        case Delayed(seconds):
            await request.respond(await _later(seconds, request))
        case Reset(applied):
            connection = connection_of(scope)
            if applied:
                request.carry_out()
            await connection.reset(receive)
        case Late(seconds):
            connection = connection_of(scope)
            request.put_off(seconds, partial(_carry_out_unseen, request), caller_waits=False)
            await connection.reset(receive)
        case Truncated(at):
            connection = connection_of(scope)
            answer = request.carry_out()
            if len(answer.body) <= at or scope["method"] == "HEAD":
                await request.respond(answer)
                return
            await request.respond(answer, _cut(at, send))
            await connection.hang_up(receive)


def replaced(effect: Replaced, carry_out: Callable[[], Answer]) -> Answer:
    """Return the answer that stands in for the request's own."""
    status = effect.status
    body = effect.body
    if effect.applied:
        answer = carry_out()
        if status is None:
            status = answer.status
            body = html_page(status) if effect.media_type == HTML_TYPE else body
    answer = Answer(200 if status is None else status, body, effect.media_type)
    return answer._replace(headers=effect.headers)


def _carry_out_unseen(request: Request) -> None:
    """Carry out a request whose caller is gone, and drop the answer."""
    request.carry_out()


async def _later(seconds: float, request: Request) -> Answer:
    answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    request.put_off(seconds, partial(_carry_out_into, answered, request), caller_waits=True)
    return await answered


def _carry_out_into(answered: asyncio.Future[Answer], request: Request) -> None:
    answer = request.carry_out()
    if not answered.done():
        answered.set_result(answer)


def _cut(at: int, send: Send) -> Send:
    """Return a sender that passes on the first `at` bytes of the body and promises more."""

    async def send_part(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": message["body"][:at], "more_body": True}
        await send(message)

    return send_part
