"""Repeats: which requests may be sent again after which outcome, and after what delay.

A write sent twice may issue a second legal document. So one table lists each operation of the contract, and
a write missing from it is never repeated. Methods that send other writes find out themselves whether these
were carried out (`quirks.reconciliation`).
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeAlias

from invoicexpress_generated.types import Request, Response
from invoicexpress_loading import lazy_pattern

from ..errors import AmbiguousResultError, TransportError
from .refusals import TOO_MANY_REQUESTS, refuses


class Repeat(Enum):
    """Effect of sending an operation twice."""

    READ = "read"
    """None: it only reads."""
    NEVER = "never"
    """Possibly harm: a second document, a second e-mail, an older value over a newer one, or an error that
    hides a success.
    """
    LOOK = "look"
    """The same, and its flow reads before each repeat, also after a 429."""


REPEATS: Final[Mapping[str, Repeat]] = {
    # Documents.
    "listDocuments": Repeat.READ,
    "listEstimates": Repeat.READ,
    "listGuides": Repeat.READ,
    "getDocument": Repeat.READ,
    "relatedDocuments": Repeat.READ,
    # These start the making of a file, but only once; later ones find it (vendor docs 2026-07).
    "generatePdf": Repeat.READ,
    "getQrCode": Repeat.READ,
    "exportSaft": Repeat.READ,
    "createDocument": Repeat.NEVER,
    # A late update would overwrite a newer one.
    "updateDocument": Repeat.NEVER,
    # Finalizing numbers a document, and settling issues a receipt.
    "changeDocumentState": Repeat.LOOK,
    "sendDocumentEmail": Repeat.NEVER,
    "generatePayment": Repeat.NEVER,
    "archiveDocument": Repeat.NEVER,
    "unarchiveDocument": Repeat.NEVER,
    # Clients.
    "listClients": Repeat.READ,
    "getClient": Repeat.READ,
    "findClientByName": Repeat.READ,
    "findClientByCode": Repeat.READ,
    # A POST that carries a filter.
    "listClientInvoices": Repeat.READ,
    "createClient": Repeat.NEVER,
    "updateClient": Repeat.NEVER,
    "deleteClient": Repeat.NEVER,
    # Items and taxes. A second delete is answered with 404, which would hide that the first was carried out.
    "listItems": Repeat.READ,
    "getItem": Repeat.READ,
    "createItem": Repeat.NEVER,
    "updateItem": Repeat.NEVER,
    "deleteItem": Repeat.NEVER,
    "listTaxes": Repeat.READ,
    "getTax": Repeat.READ,
    "createTax": Repeat.NEVER,
    "updateTax": Repeat.NEVER,
    "deleteTax": Repeat.NEVER,
    # Séries. Registering one tells the tax authority, and is answered with 409 the second time.
    "listSequences": Repeat.READ,
    "getSequence": Repeat.READ,
    "createSequence": Repeat.NEVER,
    "setCurrentSequence": Repeat.NEVER,
    "registerSequence": Repeat.NEVER,
    # Accounts.
    "getAccount": Repeat.READ,
    "getAccountStats": Repeat.READ,
    "createAccount": Repeat.NEVER,
    "createAccountForExistingUser": Repeat.NEVER,
    "updateAccount": Repeat.NEVER,
    # Sets credentials that are tried at the tax authority, which locks a user out after a few wrong ones.
    "setAtCommunication": Repeat.NEVER,
    "suspendAccount": Repeat.NEVER,
    "activateAccount": Repeat.NEVER,
    # Treasury. A delete of a movement that answers 500 has been applied (diogopms 2026-06).
    "getClientBalance": Repeat.READ,
    "updateClientInitialBalance": Repeat.NEVER,
    "listClientRegularizations": Repeat.READ,
    "createClientRegularization": Repeat.NEVER,
    "deleteClientRegularization": Repeat.NEVER,
    "createClientTreasuryMovement": Repeat.NEVER,
    "deleteClientTreasuryMovement": Repeat.NEVER,
}

Outcome: TypeAlias = Response | TransportError | AmbiguousResultError
"""Result of an attempt."""

# 501 and 505 are permanent, and 530 means an unknown account (suestecreative 2026).
TRANSIENT: Final = frozenset({500, 502, 503, 504})
BASE: Final = 0.5
"""Seconds within which the first repeat falls; each further one has twice as many."""
CAP: Final = 8.0
"""Upper limit of these seconds, unless the service asks for more."""
_SECONDS: Final = lazy_pattern(r"\d+(\.\d+)?", re.ASCII)


def repeat_of(request: Request) -> Repeat:
    """Effect of sending a request twice."""
    unknown = Repeat.READ if request.method == "GET" else Repeat.NEVER
    return REPEATS.get(request.operation, unknown)


def may_repeat(repeat: Repeat, outcome: Outcome) -> bool:
    """Whether a request may be sent again after this outcome."""
    if isinstance(outcome, TransportError):
        # It never left, or it was a read.
        return True
    if isinstance(outcome, AmbiguousResultError):
        return False
    if outcome.status == TOO_MANY_REQUESTS:
        # Refused at the door, whatever the verb (digitaldev 2026-07).
        return repeat is Repeat.READ or (repeat is Repeat.NEVER and refuses(outcome))
    return outcome.status in TRANSIENT and repeat is Repeat.READ


def delay(attempt: int, outcome: Outcome, *, random: float, now: float) -> float:
    """Seconds to wait after an attempt, counted from 1.

    Exponential with full jitter, and never less than the service asks for. `random` is from 0 to 1; `now` is
    the time in seconds since 1970, for answers without a date.
    """
    # The exponent is bounded, or a large count of repeats would not fit a float.
    jittered = random * min(CAP, BASE * 2.0 ** min(attempt - 1, 16))
    asked = retry_after(outcome, now) if isinstance(outcome, Response) else None
    return jittered if asked is None else max(asked, jittered)


def retry_after(response: Response, now: float) -> float | None:
    """Seconds that an answer asks to wait; None without a readable Retry-After.

    A date is compared with the answer's own, since the clocks of two machines differ.
    """
    said = response.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    asked = _moment(said)
    if asked is None:
        return None
    answered = _moment(response.headers.get("date", ""))
    return max(0.0, asked - (now if answered is None else answered))


def seconds_to_wait(retry_after: str | None, number: int) -> float:
    """Seconds to wait after refusal `number` at the door, counted from 1: what it asks for, or doubling."""
    said = (retry_after or "").strip()
    return float(said) if _SECONDS.fullmatch(said) else min(CAP, BASE * 2.0 ** min(number - 1, 16))


def _moment(text: str) -> float | None:
    """An HTTP date as seconds since 1970."""
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
