"""The control plane as an object."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from ..books.accounts.account import DEFAULT_ACCOUNT
from ..storage.whole_files import replacing
from .answers import (
    AccountInfo,
    DocumentInfo,
    Finding,
    Health,
    Ledger,
    LoggedRequest,
    Message,
    NewAccount,
    PublicKey,
    SeriesInfo,
    SnapshotInfo,
    part,
    read,
)
from .clock import Clock
from .config import Config
from .connection import Ask, Connection, Sent
from .effects import EVERYTHING, Faults

if TYPE_CHECKING:
    from ..books.accounts.settings import Country
    from ..http.messages import Language
    from ..http.wire_values import JsonValue

_POLL: Final = 0.02


class Control:
    """The control plane of an emulator, as one account sees it.

    Every method raises ControlRefused where the control plane refuses, with its status and its sentence, and
    OSError where nobody answers. Methods that take `all_accounts` do the same for all accounts at once.

    Attributes:
        account: the account's name.
        clock: its time.
        config: its settings.
        faults: its faults.
    """

    def __init__(
        self,
        base_url: str,
        *,
        account: str = DEFAULT_ACCOUNT,
        token: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        """Remember where the emulator is; nothing is sent yet.

        Args:
            base_url: where it listens, such as `http://127.0.0.1:8080`.
            account: name of the account that the methods are about.
            token: the control token, where the emulator wants one.
            timeout: seconds that an answer may take.

        Raises:
            ValueError: `base_url` is no address.
        """
        self._speak_for(account, Connection(base_url, token=token, timeout=timeout))

    def _speak_for(self, account: str, ask: Ask) -> None:
        self._ask = ask
        self.account = account
        self.clock = Clock(ask, account)
        self.config = Config(ask, account)
        self.faults = Faults(ask, account)

    @classmethod
    def over(cls, ask: Ask, account: str = DEFAULT_ACCOUNT) -> Self:
        """Return a control plane that is reached in another way than over HTTP, or watched on the way."""
        made = cls.__new__(cls)
        made._speak_for(account, ask)
        return made

    def of(self, account: str) -> Self:
        """Return the control plane as another account sees it."""
        return self.over(self._ask, account)

    def _sent(self, more: Sent | None = None, *, all_accounts: bool = False) -> Sent:
        return {"account": EVERYTHING if all_accounts else self.account, **(more or {})}

    def health(self) -> Health:
        """Return what answers."""
        return read(Health, self._ask("GET", "/health"))

    def document(self) -> JsonValue:
        """Return the control plane's OpenAPI document."""
        return self._ask("GET", "/openapi.json")

    # Accounts and what is in them ------------------------------------------------------------------

    def accounts(self) -> list[AccountInfo]:
        """Return all accounts, oldest first."""
        return read(list[AccountInfo], part(self._ask("GET", "/accounts"), "accounts"))

    def create_account(
        self,
        name: str,
        *,
        api_key: str | None = None,
        trial: bool = False,
        partner: bool = True,
        country: Country = "Portugal",
        language: Language = "pt",
    ) -> NewAccount:
        """Make an account, ready to issue documents.

        Args:
            name: lower-case letters, digits and hyphens, at most 63.
            api_key: its key; made from the seed and the name if None.
            trial: whether it may send no e-mail, export no SAF-T and reach no tax authority.
            partner: whether its key may create accounts.
            country: where it is, which decides its taxes.
            language: what it is told things in.

        Raises:
            ControlRefused: 422, the name or the key is taken, or cannot be one.
        """
        sent: Sent = {
            "name": name,
            "api_key": api_key,
            "trial": trial,
            "partner": partner,
            "country": country,
            "language": language,
        }
        return read(NewAccount, self._ask("POST", "/accounts", sent))

    def reset(self, *, all_accounts: bool = False) -> list[str]:
        """Empty the account, and return the names of those that were emptied; keys stay, all else goes."""
        return read(
            list[str], part(self._ask("POST", "/reset", self._sent(all_accounts=all_accounts)), "reset")
        )

    def seed(self, seed: int = 0, *, reset: bool = False) -> JsonValue:
        """Fill the account with a believable company, the same for the same seed; return what was made.

        Args:
            seed: decides the company.
            reset: whether the account is emptied first.

        Raises:
            ControlRefused: 409, there is something in the account.
        """
        return self._ask("POST", "/seed", self._sent({"seed": seed, "reset": reset}))

    def snapshot(self, name: str | None = None, *, replace: bool = False) -> str:
        """Keep the account as it is under a name, and return the name.

        Args:
            name: how it is called; a new name is made up if None.
            replace: whether a snapshot of this name may be replaced.

        Raises:
            ControlRefused: 409, there is one of this name already.
        """
        sent = self._sent({"replace": replace, **({} if name is None else {"name": name})})
        return read(str, part(self._ask("POST", "/snapshot", sent), "name"))

    def restore(self, name: str) -> None:
        """Make the account what it was when a snapshot was taken.

        Raises:
            ControlRefused: 404, there is no such snapshot.
        """
        self._ask("POST", "/restore", self._sent({"name": name}))

    def snapshots(self) -> list[SnapshotInfo]:
        """Return what there is to restore, by name."""
        return read(list[SnapshotInfo], part(self._ask("GET", "/snapshots", self._sent()), "snapshots"))

    def delete_snapshot(self, name: str) -> None:
        """Forget a snapshot.

        Raises:
            ControlRefused: 404, there is no such snapshot.
        """
        self._ask("DELETE", "/snapshots", self._sent({"name": name}))

    def documents(self, *, limit: int = 100, before: int | None = None) -> list[DocumentInfo]:
        """Return documents of any type and state, newest first.

        Args:
            limit: how many at most, up to 1000.
            before: only those with a smaller id, for the next page.
        """
        sent = self._sent({"limit": limit, **({} if before is None else {"before": before})})
        return read(list[DocumentInfo], part(self._ask("GET", "/documents", sent), "documents"))

    def series(self) -> list[SeriesInfo]:
        """Return the account's series, oldest first, with their counters."""
        return read(list[SeriesInfo], part(self._ask("GET", "/series", self._sent()), "series"))

    def save_saft(self, path: str | os.PathLike[str], year: int, month: int | None = None) -> Path:
        """Write the SAF-T file of a month, or of a whole year, and return its path.

        It is written while it comes, beside what has that name, and replaces it when it is whole.

        Args:
            path: the file to write.
            year: from 2000 on.
            month: 1 to 12; None for the whole year.

        Raises:
            ControlRefused: 404, nothing to export was issued then.
            OSError: it cannot be written, or broke off, as it does when the books are changed meanwhile: then
                ask again.
        """
        target = Path(path)
        sent = self._sent({"year": year, **({} if month is None else {"month": month})})
        with replacing(target) as file:
            self._ask("GET", "/saft", sent, into=file)
        return target

    # What was asked and sent -----------------------------------------------------------------------

    def requests(
        self,
        *,
        operation: str = EVERYTHING,
        status: int | None = None,
        since: int = 0,
        limit: int = 1000,
        all_accounts: bool = False,
    ) -> list[LoggedRequest]:
        """Return the last requests, oldest first; the emulator keeps a thousand.

        Args:
            operation: only those for this operation of the service.
            status: only those that were answered with it.
            since: only those with a greater number.
            limit: only so many of the newest.
            all_accounts: everybody's, and those without an account.

        Raises:
            ControlRefused: 400, there is no such operation.
        """
        filters: Sent = {
            "operation": operation,
            "since": since,
            "limit": limit,
            **({} if status is None else {"status": status}),
        }
        sent = self._sent(filters, all_accounts=all_accounts)
        return read(list[LoggedRequest], part(self._ask("GET", "/requests", sent), "requests"))

    def outbox(self) -> list[Message]:
        """Return the e-mail that the service would have sent, oldest first."""
        return read(list[Message], part(self._ask("GET", "/outbox", self._sent()), "messages"))

    def wait_for_message(
        self,
        *,
        to: str | None = None,
        subject: str | None = None,
        document_id: int | None = None,
        timeout: float = 10.0,
    ) -> Message:
        """Return the oldest message that fits, as soon as there is one.

        Args:
            to: the whole address.
            subject: text that the subject has in it.
            document_id: the document that is sent.
            timeout: seconds to wait at most.

        Raises:
            TimeoutError: none came; it says what is there.
        """
        deadline = time.monotonic() + timeout
        while True:
            found = self.outbox()
            for message in found:
                if (
                    to in {None, message.to}
                    and (subject is None or subject in (message.subject or ""))
                    and document_id in {None, message.document_id}
                ):
                    return message
            if time.monotonic() >= deadline:
                there = "; ".join(f"{each.subject!r} to {each.to}" for each in found) or "nothing"
                raise TimeoutError(f"no such message after {timeout:g} s; in the outbox: {there}")
            time.sleep(_POLL)

    # What it is worth ------------------------------------------------------------------------------

    def verify(self, *, all_accounts: bool = False) -> list[Finding]:
        """Check the books against the rules of the tax authority; return what breaks them."""
        answer = self._ask("GET", "/verify", self._sent(all_accounts=all_accounts))
        return read(list[Finding], part(answer, "findings"))

    def warnings(self, *, all_accounts: bool = False) -> list[Finding]:
        """Check the books as `verify` does; return what breaks no rule, or may, and should be looked at."""
        answer = self._ask("GET", "/verify", self._sent(all_accounts=all_accounts))
        return read(list[Finding], part(answer, "warnings"))

    def public_key(self) -> PublicKey:
        """Return the key that the signatures of all accounts verify with."""
        return read(PublicKey, self._ask("GET", "/public_key"))

    def ledger(self) -> Ledger:
        """Return what is emulated, and how that is known."""
        return read(Ledger, self._ask("GET", "/ledger"))
