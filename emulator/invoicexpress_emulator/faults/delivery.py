"""What an effect does to one request: whether and when it is carried out, and how its answer goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.types import Message, Receive, Scope, Send

from ..http.answer import Answer
from ..http.connections import connection_of
from .effects import HTML_TYPE, Delayed, Effect, Late, Replaced, Reset, Truncated, html_page

CarryOut = Callable[[], Answer]
PutOff = Callable[[float, Callable[[], None], bool], None]
"""Does something after so many seconds of real time, or sooner if the account's clock is moved past them;
the flag says whether the caller waits for it.
"""
Respond = Callable[[Answer, Send], Awaitable[None]]


async def deliver(
    effect: Effect,
    *,
    carry_out: CarryOut,
    put_off: PutOff,
    respond: Respond,
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    """Answer one request under an effect.

    Raises:
        NoConnection: the effect breaks the connection, and the server does not let it; nothing was done.
    """
    match effect:
        case Replaced():
            await respond(replaced(effect, carry_out), send)
        case Delayed(seconds):
            await respond(await _later(seconds, carry_out, put_off), send)
        case Reset(applied):
            connection = connection_of(scope)
            if applied:
                carry_out()
            await connection.reset(receive)
        case Late(seconds):
            connection = connection_of(scope)
            put_off(seconds, lambda: _forget(carry_out()), False)
            await connection.reset(receive)
        case Truncated(at):
            connection = connection_of(scope)
            answer = carry_out()
            if len(answer.body) <= at or scope["method"] == "HEAD":
                await respond(answer, send)
                return
            await respond(answer, _cut(at, send))
            await connection.hang_up(receive)


def replaced(effect: Replaced, carry_out: CarryOut) -> Answer:
    """Return the answer that stands in for the one that a request would get."""
    status = effect.status
    body = effect.body
    if effect.applied:
        answer = carry_out()
        if status is None:
            status = answer.status
            body = html_page(status) if effect.media_type == HTML_TYPE else body
    answer = Answer(200 if status is None else status, body, effect.media_type)
    return replace(answer, headers=effect.headers)


def _forget(answer: Answer) -> None:
    """Nobody hears of it."""


async def _later(seconds: float, carry_out: CarryOut, put_off: PutOff) -> Answer:
    answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def work() -> None:
        answer = carry_out()
        if not answered.done():
            answered.set_result(answer)

    put_off(seconds, work, True)
    return await answered


def _cut(at: int, send: Send) -> Send:
    """Return a sender that lets so many bytes of the body through and promises more."""

    async def send_part(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": message["body"][:at], "more_body": True}
        await send(message)

    return send_part
