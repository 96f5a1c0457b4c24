"""Which answer an exception gets."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from ..books.accounts.settings import Settings
from ..faults.crashes import CRASH, Crashed
from ..faults.effects import HTML_TYPE, BadFault, html_page
from ..http import messages
from ..http.answer import Answer, json_answer
from ..http.errors import NotFound, Refused, Shape
from ..storage.store import StorageFailed
from .json_body import BODY_LIMIT, BodyTooLarge, HalfSent

if TYPE_CHECKING:
    from ..books.accounts.account import Account
    from .exchange import Exchange

_log: Final = logging.getLogger("invoicexpress_emulator")


NO_SITE: Final = Answer(530, html_page(530), HTML_TYPE)
"""To a Host without an account behind it; the vendor's edge answers, not the service."""


def answer_to(error: Exception, exchange: Exchange, account: Account | None) -> Answer:
    """Return the answer to a request that ended with `error`.

    Its words are in the language of `account`; in the default language when the account is not known.
    """
    profile, entry = exchange.emulation.profile, exchange.entry
    language = (account.settings if account else Settings()).language
    match error:
        case Refused():
            answer = profile.error(error.status, error.shape, error.complaints, language)
            return answer._replace(headers=error.headers)
        case NotFound():
            return profile.missing[error.missing]
        case BodyTooLarge():
            entry.body_size = BODY_LIMIT + 1
            complaint = messages.BODY_TOO_LARGE.about(limit=BODY_LIMIT)
            return profile.error(413, Shape.GENERAL, [complaint], language)
        case HalfSent():  # for the log: the connection is gone (which says 408 where the server gave up)
            return json_answer({"error": str(error)}, 400)
        case Crashed():
            return CRASH
        case BadFault():
            return json_answer({"error": str(error)}, 400)
        case StorageFailed():
            _log.error("%s %s: %s", entry.method, entry.path, error)
            return json_answer({"error": str(error)}, 500)
        case _:
            _log.error("%s %s failed", entry.method, entry.path, exc_info=error)
            return json_answer({"error": "The emulator failed; its log has the traceback."}, 500)
