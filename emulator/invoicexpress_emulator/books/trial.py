"""The limits of a trial account. It may not send e-mail, export SAF-T or communicate with the tax authority.

Source: diogopms 2026-06 and square-bit 2026-04. E-mail was refused with 401 and a Portuguese sentence,
the export with 422; the status of the third is assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..http import messages
from ..http.errors import Refused, Shape

if TYPE_CHECKING:
    from .accounts.account import Account


def refuse_on_trial(account: Account, status: int, shape: Shape) -> None:
    """Refuse with `status`, in an error body of `shape`, if the account is a trial account.

    Raises:
        Refused: it is a trial account.
    """
    if account.trial:
        raise Refused(status, shape, messages.TRIAL.about())
