"""`python -m generator.errors_page` prints docs/errors.md: each exception with its usual cause and remedy.

What an exception means is read from its docstring, the service's texts and statuses from the tables that the
client itself uses. Only the usual cause and the remedy of an exception stand here.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from invoicexpress import errors
from invoicexpress.errors import InvoiceXpressError
from invoicexpress.errors.blank_answers import BY_STATUS
from invoicexpress.errors.service_texts import TEXTS


class Advice(NamedTuple):
    """What usually leads to an exception, and what to do about it."""

    cause: str
    remedy: str


ADVICE: Final = {
    "ConfigurationError": Advice(
        "a blank or misspelt account, key or address; an option out of range; a client that is closed, "
        "or that belongs to another event loop",
        "correct the setting that the message names. For `from_env`, look at `INVOICEXPRESS_ACCOUNT`, "
        "`INVOICEXPRESS_API_KEY` and `INVOICEXPRESS_BASE_URL`",
    ),
    "InputError": Advice(
        "a float instead of a `Decimal`, a text instead of a `date`, an unknown field or filter, a value "
        "that the service refuses in any case",
        "correct `field`; `reason` shows what to write",
    ),
    "SilentChangeError": Advice(
        "a misspelt tax, which would become the account's default; a tax number that the known client does "
        "not have; a date ahead of today, which would close the série; a VAT or total that the service "
        "stored differently",
        "correct the value; for a tax number, update the client first. If `document` is set, a draft exists: "
        "update or delete it. `Checks` decides which changes raise",
    ),
    "DraftMismatchError": Advice(
        "`expect_total` is not the total that the service computed; the draft was changed by someone else",
        "read `differences`. If the draft is right, correct `expect_total` and make the same call again: "
        "`issue` with the same key finalizes this draft. If it is wrong, correct it with `update`, or delete "
        "it",
    ),
    "KeyReusedError": Advice(
        "a second sale under the key of the first; the same sale with another date, price or client; the "
        "key of a cancelled document",
        "for the same sale, read `document` and issue nothing. For another sale, use another key",
    ),
    "NotReadyError": Advice(
        "the service is slow to make a file, or the tax authority to give a code",
        "call the same method again: it resumes. Or pass a longer `timeout`",
    ),
    "UnstableListError": Advice(
        "documents are made or changed while the list is read",
        "read it again, or narrow it with filters such as `date_from` and `date_to`",
    ),
    "SearchLimitError": Advice(
        "the document is older than the search goes; the number is of another série or type",
        "pass a larger `limit`, or read the document by its id",
    ),
    "DownloadError": Advice(
        "the link has expired, the file is larger than `limit`, or the address is not the service's",
        "call the method again for a new link; pass a larger `limit`",
    ),
    "SaftFileError": Advice(
        "a file that is cut short, an HTML page saved as XML, an accounting file of another country",
        "fetch the file again; look at its first lines",
    ),
    "TransportError": Advice(
        "no network, a wrong address, a proxy in the way, a certificate that is not trusted; a read that "
        "timed out",
        "nothing was changed, so the same call is safe. Look at host and port in the message",
    ),
    "AmbiguousResultError": Advice(
        "the answer to a write was lost, late or unreadable, and no read settled the question",
        "with `proprietary_uid`: call the same method again, with the same key and content. Without: "
        "read `look_at` first. See [Done, refused, unknown](concepts/outcomes.md)",
    ),
    "ApiError": Advice(
        "see its subclasses",
        "`hints` says what the answer means; `messages` are the service's texts",
    ),
    "AuthenticationError": Advice(
        "a key of another account, a key that was renewed, a misspelt account",
        "compare account and key with the account's settings, under Account > API",
    ),
    "PermissionDeniedError": Advice(
        "a trial account, which has no e-mail, SAF-T or communication with the tax authority; a plan or "
        "a user without the right",
        "subscribe to a plan, or test against the emulator; give the user of the key the right",
    ),
    "NotFoundError": Advice(
        "an id of another account, a client's code in place of its id, a document of another type",
        "`ix.documents.get` finds a document of any type; `ix.clients.find_by_code` a client by its code",
    ),
    "NotAcceptableError": Advice(
        "the document's state does not allow it: a PDF of a deleted draft, a change of an issued document",
        "read the document again, and look at `status`",
    ),
    "ConflictError": Advice(
        "the same create is in progress, in another thread or on another host",
        "wait a moment, and call again with the same key",
    ),
    "ValidationError": Advice(
        "a tax number with a wrong digit, a country in another spelling, a line at 0 % without its "
        "exemption, a date before the série's last document",
        "`hints` explains the service's texts; the table below has all of them",
    ),
    "DocumentInUseError": Advice(
        "a cancellation while receipts or notes refer to the document",
        "cancel each of `documents` first",
    ),
    "RateLimitError": Advice(
        "more than 780 requests in a minute, of all programs of the account together",
        "wait a minute. Share one `Pace` between processes: `Pace(redis=...)`",
    ),
    "ServerError": Advice(
        "the service is down, or fails on this request: some updates of guides always do",
        "after a read, try again later. After a write the client has looked already; read `advice`",
    ),
    "UnexpectedResponseError": Advice(
        "a proxy's or a login page, an address that is not the service's, an answer larger than `max_answer`",
        "look at `status` and `body`; check `base_url`",
    ),
}
"""By the name of the exception."""

_HEAD: Final = """# Errors

Generated by `python -m generator.errors_page`; `make api` writes it anew.

Every exception of the client derives from `InvoiceXpressError`; `invoicexpress.errors` shows the tree. Two
kinds do not: `OSError` of files that you save or read (`save_in`, and `save` with `overwrite=False`, raise
`FileExistsError`), and Python's own for calls that the annotations rule out, such as a missing argument.

`InputError` names the invalid field and shows what to write; nothing was sent. `ApiError` has `status` and
`messages`, with a subclass for each meaningful status; its text adds what a Portuguese message means, and
the usual remedy (`hints`). `TransportError` names host and port. `AmbiguousResultError` means that the
result of a write is unknown, and names the thing to check. `NotReadyError` means that a file is not ready
yet; call again to resume.

No error shows the account's key, a password or a secret link. [Exceptions](reference/exceptions.md) has the
attributes of each."""


def page() -> str:
    """The page, in Markdown."""
    lines = [_HEAD, "", "## Exceptions", ""]
    for kind in exceptions():
        lines += [*_section(kind), ""]
    lines += ["## Statuses without a text", "", "| status | meaning and remedy |", "| --- | --- |"]
    lines += [f"| {status} | {_cell(text)} |" for status, text in BY_STATUS.items()]
    lines += ["", "## Texts of the service", ""]
    lines += ["A text is found by the words below, wherever they stand in it; the first match counts.", ""]
    lines += ["| text | meaning | remedy | source |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {_words(text.pattern)} | {_cell(text.meaning)} | {_cell(text.remedy)} | {_cell(text.source)} |"
        for text in TEXTS
    ]
    return "\n".join(lines) + "\n"


def exceptions() -> list[type[InvoiceXpressError]]:
    """The public exceptions, each below its parent, in the order of their definitions."""
    found = [
        each
        for each in vars(errors).values()
        if inspect.isclass(each) and issubclass(each, InvoiceXpressError) and each is not InvoiceXpressError
    ]
    return list(_below(InvoiceXpressError, found))


def _below(
    parent: type[InvoiceXpressError], found: list[type[InvoiceXpressError]]
) -> Iterator[type[InvoiceXpressError]]:
    for each in found:
        if parent in each.__bases__:
            yield each
            yield from _below(each, found)


def _section(kind: type[InvoiceXpressError]) -> list[str]:
    advice = ADVICE[kind.__name__]
    meaning = " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())
    parent = kind.__bases__[0].__name__
    below = "" if parent == "InvoiceXpressError" else f" A kind of [{parent}](#{parent.lower()})."
    return [
        f"### {kind.__name__}",
        "",
        f"{meaning}{below}",
        "",
        f"- **Usual cause:** {advice.cause}.",
        f"- **Remedy:** {advice.remedy}.",
    ]


def _words(pattern: str) -> str:
    """A pattern as words to look for: each alternative in code, without the signs of regular expressions."""
    plain = re.sub(r"\(\\S\+\)|\.\*", "…", pattern).replace("^", "")
    plain = re.sub(r"\([^()]*\)\?", "", plain)
    plain = re.sub(r"\[\w*(\w)\]", r"\1", plain)
    group = re.search(r"\(([^()]*)\)", plain)
    spelt = [plain.replace(group[0], each) for each in group[1].split("|")] if group else [plain]
    alternatives = dict.fromkeys(" ".join(each.split()) for text in spelt for each in text.split("|"))
    return ", ".join(f"`{each}`" for each in alternatives)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(page())
