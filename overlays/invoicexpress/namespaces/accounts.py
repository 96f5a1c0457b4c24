"""Accounts, created and changed by partners, and an account's communication with the tax authority.

Only partners can create accounts; any other key gets 404 for an account that is not its own
(diogopms 2026-06). Passwords of the tax authority travel in base64; this module encodes them.
"""

from __future__ import annotations

import base64
import contextlib
from copy import copy
from functools import partial
from typing import Final, Unpack

from invoicexpress_generated import models
from invoicexpress_generated.api import accounts as api
from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Response, Unset
from invoicexpress_wire import WireError

from .. import quirks
from ..quirks import envelopes
from ..quirks.envelopes import the_one
from ..quirks.identity import id_of
from ..redaction import known_in
from ..sending.flows import C_co, Flow, Namespace, exchange, operation

_NEW_ACCOUNT: Final = "the accounts of the user"


def in_base64(password: object, *path: str) -> str:
    """A password in base64. Raises WireError, with the path and without the password."""
    if not isinstance(password, str):
        raise WireError(f"expected a str, got {type(password).__name__}", path)
    return base64.b64encode(_in_utf8(password, path)).decode("ascii")


def _in_utf8(password: str, path: tuple[str, ...]) -> bytes:
    with contextlib.suppress(UnicodeEncodeError):
        return password.encode()
    # Outside of the handler: the exception repeats the password.
    raise WireError("expected text that can be written in UTF-8", path)


class Accounts(Namespace[C_co]):
    """Accounts, for partners, and their communication with the tax authority."""

    @operation
    def create(self, **fields: Unpack[models.AccountCreateFields]) -> Flow[models.Account]:
        """Creates an account and its first user; the answer holds its key, which is a secret.

        Takes the fields of AccountCreate; `terms` must be True. Never repeated. Raises ValidationError,
        and AmbiguousResultError if no answer came.
        """
        known_in(fields)
        body = envelopes.account(lambda: models.AccountCreate.of(**fields))
        request = api.create_account.request(body=body)

        def read(response: Response) -> models.Account:
            return the_one(
                response, api.create_account.parse(response).value, name=body.value.organization_name
            )

        write = quirks.attempts.Write(request, read, _NEW_ACCOUNT)
        return (yield from quirks.reconciliation.send_once(write))

    @operation
    def create_for_existing_user(self, **fields: Unpack[models.AccountCreateFields]) -> Flow[models.Account]:
        """Creates another account for a user: `email` and `password` are that user's.

        Takes the fields of AccountCreate. Raises ValidationError, and AmbiguousResultError if no answer came.
        """
        known_in(fields)
        body = envelopes.account(lambda: models.AccountCreate.of(**fields))
        request = api.create_account_for_existing_user.request(body=body)

        def read(response: Response) -> models.Account:
            found = api.create_account_for_existing_user.parse(response).value
            return the_one(response, found, name=body.value.organization_name)

        write = quirks.attempts.Write(request, read, _NEW_ACCOUNT)
        return (yield from quirks.reconciliation.send_once(write))

    @operation
    def get(self, account: models.Account | int) -> Flow[models.AccountDetails]:
        """Reads an account.

        Raises NotFoundError for another account than the key's own, unless the key is a partner's.
        """
        return (
            yield from exchange(
                api.get_account.request(id_of(account, models.Account)), api.get_account.parse
            )
        ).value

    @operation
    def update(
        self, account: models.Account | int, **fields: Unpack[models.AccountUpdateFields]
    ) -> Flow[None]:
        """Changes an account, reads it again and compares it. The tax number cannot be changed.

        Fields left out stay; an empty text removes the old one, and None is an InputError.

        `credentials` serve to register séries with the tax authority; pass their password in plain text. An
        account does not show them. Raises ValidationError, NotFoundError, and AmbiguousResultError if the
        account still differs, or if no answer came to fields that it does not show.
        """

        known_in(fields)
        envelopes.check_changes("account", models.AccountUpdate, fields)

        def written() -> models.AccountUpdate:
            account = models.AccountUpdate.of(**fields)
            # Writing the body refuses a value of another type.
            if isinstance(account.credentials, models.AccountCredentials):
                # A copy: the caller's credentials stay unchanged.
                account.credentials = copy(account.credentials)
                account.credentials.password = in_base64(
                    account.credentials.password, "credentials", "password"
                )
            return account

        body = envelopes.changed_account(written)
        sent = body.value
        request = api.update_account.request(id_of(account, models.Account), body=body)
        write = quirks.attempts.Write(
            request, api.update_account.parse, f"account {id_of(account, models.Account)}"
        )
        if all(isinstance(getattr(sent, name), Unset) for name in quirks.comparison.ACCOUNT_FIELDS):
            yield from quirks.reconciliation.send_once(write)
            return

        def read() -> Flow[models.AccountDetails]:
            return (
                yield from exchange(
                    api.get_account.request(id_of(account, models.Account)), api.get_account.parse
                )
            ).value

        differences = partial(quirks.comparison.account_differences, sent)
        yield from quirks.reconciliation.update_and_compare(
            write, sent, read, differences, self._core.options
        )

    @operation
    def set_at_communication(
        self, *, subuser: str, password: str, communication_type: models.AtCommunicationCommunicationType
    ) -> Flow[None]:
        """Sets how and as which user this account reports its documents to the tax authority.

        `subuser` is a tax number and the number of a user, `500100200/1`; `password` is in plain text.
        Raises ValidationError, also on trial accounts.
        """
        known_in({"password": password})
        body = envelopes.at_communication(
            lambda: models.AtCommunication(subuser, in_base64(password, "at_password"), communication_type)
        )
        request = api.set_at_communication.request(body=body)
        yield from quirks.reconciliation.send_once(
            quirks.attempts.Write(request, _set, "the account's settings")
        )


def _set(response: Response) -> None:
    """Checks the answer: a 200 without `success: true` proves nothing."""
    said = api.set_at_communication.parse(response).success
    if not isinstance(said, str) or said.strip().lower() != "true":
        shown = "none" if isinstance(said, Unset) else repr(said)
        raise UnreadableBody(response, f"expected success: true, got {shown}")
