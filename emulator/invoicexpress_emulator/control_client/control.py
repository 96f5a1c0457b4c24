"""A client of the control plane."""

from __future__ import annotations

import datetime as dt
import os
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from ..books.accounts.account import DEFAULT_ACCOUNT
from ..storage.whole_files import replacing
from .answers import (
    AccountInfo,
    DocumentDetails,
    DocumentInfo,
    Figures,
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
    from .operation_names import OperationName

_POLL: Final = 0.02


class Control:
    """The control plane of an emulator, as one account sees it.

    Every method raises ControlRefused, with a status and a sentence, if the control plane refuses, and
    OSError if it does not answer. Methods with `all_accounts` can act on all accounts at once.

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
        ca_file: str | Path | None = None,
    ) -> None:
        """Remember where the emulator is; send nothing yet.

        Args:
            base_url: where the emulator listens, such as `http://127.0.0.1:8080`.
            account: name of the account that the methods act on.
            token: the control token, if the emulator has one.
            timeout: seconds to wait for an answer.
            ca_file: the certificate of the authority to trust, for an emulator with `--tls`.

        Raises:
            ValueError: `base_url` is not an address.
            OSError: `ca_file` cannot be read, or holds no certificate.
        """
        self._speak_for(account, Connection(base_url, token=token, timeout=timeout, ca_file=ca_file))

    def _speak_for(self, account: str, ask: Ask) -> None:
        self._ask = ask
        self.account = account
        self.clock = Clock(ask, account)
        self.config = Config(ask, account)
        self.faults = Faults(ask, account)

    @classmethod
    def over(cls, ask: Ask, account: str = DEFAULT_ACCOUNT) -> Self:
        """Return a control plane that sends its requests through `ask`, not over HTTP."""
        made = cls.__new__(cls)
        made._speak_for(account, ask)
        return made

    def of(self, account: str) -> Self:
        """Return the control plane as another account sees it."""
        return self.over(self._ask, account)

    def _sent(self, more: Sent | None = None, *, all_accounts: bool = False) -> Sent:
        return {"account": EVERYTHING if all_accounts else self.account, **(more or {})}

    def health(self) -> Health:
        """Return the emulator's status, version, profile and seed."""
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
        """Create an account that is ready to issue documents.

        Args:
            name: lower-case letters, digits and hyphens, at most 63.
            api_key: the account's key; None derives one from the seed and the name.
            trial: a trial account cannot send e-mail, export SAF-T or reach the tax authority.
            partner: whether its key may create accounts.
            country: determines the account's taxes.
            language: the language of the service's messages to it.

        Raises:
            ControlRefused: 422, the name or the key is taken or invalid.
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

    def api_key(self) -> str:
        """Return the account's API key."""
        return read(str, part(self._ask("GET", "/key", self._sent()), "api_key"))

    def reset(self, *, all_accounts: bool = False) -> list[str]:
        """Empty the account, but keep its key. Return the names of the emptied accounts."""
        return read(
            list[str], part(self._ask("POST", "/reset", self._sent(all_accounts=all_accounts)), "reset")
        )

    def seed(self, seed: int = 0, *, reset: bool = False) -> JsonValue:
        """Fill the account with a realistic company, and return how much of each was created.

        Args:
            seed: determines the company.
            reset: empty the account first.

        Raises:
            ControlRefused: 409, the account is not empty.
        """
        return self._ask("POST", "/seed", self._sent({"seed": seed, "reset": reset}))

    def snapshot(self, name: str | None = None, *, replace: bool = False) -> str:
        """Save the account under a name, and return the name.

        Args:
            name: the snapshot's name; None for a new one.
            replace: replace an existing snapshot of this name.

        Raises:
            ControlRefused: 409, a snapshot of this name exists.
        """
        sent = self._sent({"replace": replace, **({} if name is None else {"name": name})})
        return read(str, part(self._ask("POST", "/snapshot", sent), "name"))

    def restore(self, name: str) -> None:
        """Return the account to the state of a snapshot.

        Raises:
            ControlRefused: 404, the account has no such snapshot.
        """
        self._ask("POST", "/restore", self._sent({"name": name}))

    def snapshots(self) -> list[SnapshotInfo]:
        """Return the account's snapshots, by name."""
        return read(list[SnapshotInfo], part(self._ask("GET", "/snapshots", self._sent()), "snapshots"))

    def delete_snapshot(self, name: str) -> None:
        """Delete a snapshot.

        Raises:
            ControlRefused: 404, the account has no such snapshot.
        """
        self._ask("DELETE", "/snapshots", self._sent({"name": name}))

    def documents(
        self,
        *,
        text: str | None = None,
        type: str | None = None,
        status: str | None = None,
        serie: str | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        page: int = 1,
        limit: int = 100,
        before: int | None = None,
    ) -> list[DocumentInfo]:
        """Return documents of any type and state, newest first.

        Args:
            text: only documents with this text in their number, ATCUD, client, reference, observations or
                lines, or with this id.
            type: only documents of this type, such as `InvoiceReceipt`.
            status: only documents in this state, such as `final`.
            serie: only documents numbered by the series of this name.
            date_from: only documents of this day or later.
            date_to: only documents of this day or earlier.
            page: which page of `limit` documents, from 1.
            limit: the most documents on a page, up to 1000.
            before: only documents with a smaller id, which keeps pages apart while documents come in.

        Raises:
            ControlRefused: 422, no such type or state.
        """
        filters: dict[str, str | int | None] = {
            "text": text,
            "type": type,
            "status": status,
            "serie": serie,
            "date_from": date_from.isoformat() if date_from else None,
            "date_to": date_to.isoformat() if date_to else None,
            "page": page,
            "limit": limit,
            "before": before,
        }
        sent = self._sent({name: value for name, value in filters.items() if value is not None})
        return read(list[DocumentInfo], part(self._ask("GET", "/documents", sent), "documents"))

    def document_details(self, document_id: int) -> DocumentDetails:
        """Return one document in full.

        Raises:
            ControlRefused: 404, the account has no such document.
        """
        return read(DocumentDetails, self._ask("GET", "/documents/{id}", self._sent({"id": document_id})))

    def series(self) -> list[SeriesInfo]:
        """Return the account's series, oldest first, with their counters."""
        return read(list[SeriesInfo], part(self._ask("GET", "/series", self._sent()), "series"))

    def figures(self) -> Figures:
        """Return the account's figures: documents issued by month, VAT of this month, what clients owe."""
        return read(Figures, self._ask("GET", "/figures", self._sent()))

    def save_saft(self, path: str | os.PathLike[str], year: int, month: int | None = None) -> Path:
        """Write the SAF-T file of a month, or of a whole year, and return its path.

        The file is written beside the target while it arrives, and replaces it once complete.

        Args:
            path: the file to write.
            year: from 2000 on.
            month: 1 to 12; None for the whole year.

        Raises:
            ControlRefused: 404, no document to export was issued then.
            OSError: the file cannot be written, or the download broke off, as it does when the books change
                meanwhile; then ask again.
        """
        target = Path(path)
        sent = self._sent({"year": year, **({} if month is None else {"month": month})})
        with replacing(target) as file:
            self._ask("GET", "/saft", sent, into=file)
        return target

    # Requests and mail -----------------------------------------------------------------------------

    def operations(self) -> list[OperationName]:
        """Return the names of the service's operations, which faults and requests are chosen by."""
        document: Any = self.document()
        (names,) = (
            field["schema"]["enum"]
            for field in document["paths"]["/requests"]["get"]["parameters"]
            if field["name"] == "operation"
        )
        return [name for name in names if name != EVERYTHING]

    def requests(
        self,
        *,
        operation: OperationName | Literal["*"] = EVERYTHING,
        status: int | None = None,
        document: int | None = None,
        since: int = 0,
        limit: int = 1000,
        all_accounts: bool = False,
    ) -> list[LoggedRequest]:
        """Return the latest requests, oldest first. The emulator keeps 1000.

        Args:
            operation: only requests for this operation of the service.
            status: only requests with this HTTP status.
            document: only requests about the document with this id.
            since: only requests with a greater number.
            limit: only this many of the newest requests.
            all_accounts: include every account, and requests without one.

        Raises:
            ControlRefused: 400, the service has no such operation.
        """
        filters: Sent = {
            "operation": operation,
            "since": since,
            "limit": limit,
            **({} if status is None else {"status": status}),
            **({} if document is None else {"document": document}),
        }
        sent = self._sent(filters, all_accounts=all_accounts)
        return read(list[LoggedRequest], part(self._ask("GET", "/requests", sent), "requests"))

    def outbox(self) -> list[Message]:
        """Return the e-mail that the service would have sent, oldest first."""
        return read(list[Message], part(self._ask("GET", "/outbox", self._sent()), "messages"))

    def attachment(self, message_id: int) -> bytes:
        """Return the PDF that a message sends, as the document is printed now.

        Raises:
            ControlRefused: 404, the account has no such message, or its document is deleted.
        """
        content = BytesIO()
        self._ask("GET", "/outbox/{id}/pdf", self._sent({"id": message_id}), into=content)
        return content.getvalue()

    def wait_for_message(
        self,
        *,
        to: str | None = None,
        subject: str | None = None,
        document_id: int | None = None,
        timeout: float = 10.0,
    ) -> Message:
        """Wait for a message that matches, and return the oldest.

        Args:
            to: the whole address.
            subject: text that the subject contains.
            document_id: the document that the message sends.
            timeout: the most seconds to wait.

        Raises:
            TimeoutError: no message matched in time; the error lists those in the outbox.
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

    # Evidence --------------------------------------------------------------------------------------

    def verify(self, *, all_accounts: bool = False) -> list[Finding]:
        """Check the books against the tax authority's rules, and return each violation."""
        answer = self._ask("GET", "/verify", self._sent(all_accounts=all_accounts))
        return read(list[Finding], part(answer, "findings"))

    def warnings(self, *, all_accounts: bool = False) -> list[Finding]:
        """Check the books as `verify` does, and return entries that may be wrong and need a look."""
        answer = self._ask("GET", "/verify", self._sent(all_accounts=all_accounts))
        return read(list[Finding], part(answer, "warnings"))

    def public_key(self) -> PublicKey:
        """Return the public key that verifies the signatures of every account."""
        return read(PublicKey, self._ask("GET", "/public_key"))

    def ledger(self) -> Ledger:
        """Return what the emulator does, and the evidence for it."""
        return read(Ledger, self._ask("GET", "/ledger"))
