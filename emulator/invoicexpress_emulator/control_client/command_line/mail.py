"""`mail`: what the service would have sent."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...storage.whole_files import replacing
from ..control import Control
from .arguments import with_actions
from .outcomes import Failed
from .output import Column, Output
from .values import whole

if TYPE_CHECKING:
    from ..answers import Message


_MAIL_COLUMNS: Final = (
    Column("Mail", is_number=True),
    Column("Sent"),
    Column("To"),
    Column("Document"),
    Column("Subject"),
)


def add_mail(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `mail`."""
    parser.description = "Shows the mails that the service would have sent. The emulator sends none."
    actions = with_actions(
        parser,
        "list",
        {"list": "all, the oldest first", "show": "one, with its text", "save": "the PDF that one sends"},
    )
    for name in ("show", "save"):
        actions[name].add_argument(
            "id", type=whole(0, 2**63 - 1), metavar="MAIL", help="its number in the list"
        )
    actions["save"].add_argument(
        "--output", metavar="FILE", help="the file; - for standard output (default: named after the document)"
    )
    actions["save"].add_argument("--force", action="store_true", help="replace a file of that name")


def run_mail(control: Control, options: argparse.Namespace, output: Output) -> None:
    """Carry out `mail`."""
    found = control.outbox()
    if options.action == "list":
        rows = (
            (
                str(each.id),
                f"{each.sent_at:%Y-%m-%d %H:%M}",
                each.to,
                f"{each.document_type} {each.document_id}",
                each.subject or "",
            )
            for each in found
        )
        output.objects(found, _MAIL_COLUMNS, rows, "No mail yet.")
        return
    chosen = next((each for each in found if each.id == options.id), None)
    if chosen is None:
        raise Failed(f"{control.account} has no mail {options.id}: `invoicexpress-emulator mail` lists them.")
    if options.action == "show":
        _show_mail(chosen, output)
    else:
        _save_pdf(control, chosen, options, output)


def _show_mail(mail: Message, output: Output) -> None:
    if not output.is_text:
        output.json(asdict(mail))
        return
    heads = {
        "To": mail.to,
        "Cc": mail.cc,
        "Bcc": mail.bcc,
        "Date": f"{mail.sent_at:%a %Y-%m-%d %H:%M:%S}",
        "Subject": mail.subject or "",
        "Sends": f"{mail.document_type} {mail.document_id}",
    }
    for name, value in heads.items():
        if value is not None:
            output.done(f"{name + ':':<9}{value}", {})
    output.line("")
    for line in (mail.body or "").splitlines():
        output.done(line, {})


def _save_pdf(control: Control, mail: Message, options: argparse.Namespace, output: Output) -> None:
    target: str = getattr(options, "output", f"{mail.document_type}-{mail.document_id}.pdf")
    if target != "-" and Path(target).exists() and not getattr(options, "force", False):
        raise Failed(f"{target} exists: give another file with --output, or add --force.")
    content = control.attachment(mail.id)
    try:
        if target == "-":
            sys.stdout.buffer.write(content)
            return
        with replacing(Path(target)) as file:
            file.write(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failed(
            f"{target} cannot be written: {error.strerror or error}. Choose one with --output."
        ) from error
    output.done(f"{target}: {len(content)} bytes.", {"file": target, "bytes": len(content)})
