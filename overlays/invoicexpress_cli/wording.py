"""The client's texts in the words of the command line: commands and options for methods and arguments.

The client says what to call, since its reader writes Python. Here the reader types commands.
"""

from __future__ import annotations

import ast
import re
import shlex
from typing import Final

METHODS: Final = {
    "clients.find_by_code": "clients show CODE",
    "clients.find_by_name": "clients show NAME",
    "clients.get_or_create": "clients show CODE",
    "clients.list": "clients list",
    "credit_notes.credit": "credit DOCUMENT",
    "documents.get": "show DOCUMENT",
    "documents.related": "related DOCUMENT",
    "invoices.get": "show DOCUMENT",
    "items.list": "items list",
    "sequences.find": "sequences list",
    "sequences.get": "sequences list",
    "sequences.list": "sequences list",
    "sequences.register": "sequences register SERIE",
    "taxes.list": "taxes list",
}
"""The command that does what a method does."""
TABLES: Final = {
    "countries": "countries",
    "country_name": "countries",
    "currencies": "currencies",
    "exemptions": "exemptions",
    "payment_mechanisms": "mechanisms",
    "tax_regions": "regions",
}
"""The table of `invoicexpress codes` that a function of `reference_data` reads."""

_METHOD: Final = re.compile(r"`?\bix\.([a-z_]+\.[a-z_]+)(?:\(([^()]*)\))?`?")
_TABLE: Final = re.compile(r"`?\breference_data\.([a-z_]+)\([^()]*\)`?")
_KEY: Final = r"""(?:key|proprietary_uid)=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_REPEATS: Final = (
    re.compile(rf"call `\w+` again with {_KEY} and the same content to get the same document"),
    re.compile(
        rf"repeat it with {_KEY} \(of `issue`: {_KEY}\) and the same content, which makes no second document"
    ),
)
"""How the client says that a key makes a repeat safe."""

_PHRASES: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # Keys and repeats
        (r"repeat the create with the same proprietary_uid", "run the command again with the same --key"),
        (r"with reference=", "with reference "),
        (
            r"Draft (\d+) exists: delete it or update it, then issue again",
            r"Draft \1 exists: delete it with `invoicexpress delete \1`, then run the command again",
        ),
        (
            r"draft (\w+) (\d+)(, which differs: .*)Delete that draft or update it, then send this again",
            r"draft \1 \2\3Delete that draft with `invoicexpress delete \2`, then run the command again",
        ),
        (
            r"([Dd]elete (?:it|that draft)) or update it, then (?:issue|send this) again",
            r"\1 with `invoicexpress delete DOCUMENT`, then run the command again",
        ),
        (
            r"\bdraft (\w+ )?(\d+)(.*)Correct it with update, or delete it\.",
            r"draft \1\2\3Correct it on the website, or delete it with `invoicexpress delete \2` and run the "
            "command again.",
        ),
        (r"Correct it with update, or delete it\.", "Correct it on the website, or delete it."),
        (r"(?<!ix\.)\bdocuments\.get\((\d+)\)", r"`invoicexpress show \1`"),
        (r"correct expect_total", "correct --expect-total"),
        (
            r"call `issue` again with the same key or reference, the same content and the right "
            r"`expect_total`(.*)delete it or correct it with `update` first",
            r"run the same command again with the right --expect-total\1delete it first",
        ),
        # Silent changes
        (
            r"et it first with `ix\.clients\.update\((\d+), .*?\)`, then make the same call again",
            r"et it first with `invoicexpress clients update \1 --nif NIF`, then run the command again",
        ),
        (r"; Checks\(dated_ahead=\"warn\"\) allows it", ""),
        (r"; call again to resume, or pass a longer timeout", ""),
        # Finding things
        (
            r"`find_by_number\(28, \"A\"\)` of its namespace finds it by its number in the série A",
            '`invoicexpress show "FT A/28"` finds it by its number',
        ),
        (
            r"`find_by_number\((\d+)(?:, \"([^\"]*)\")?\)` of its namespace finds it by its number",
            r'`invoicexpress show "FT \2/\1"` finds it by its number',
        ),
        (
            r"`ix\.clients\.find_by_code\(\"A1\"\)` (.*), `find_by_name` by its name",
            r"`ix.clients.find_by_code` \1 or name",
        ),
        (r"use it: `ix\.sequences\.find`", "use that one: `invoicexpress sequences list` shows it"),
        (
            r"`ix\.accounts\.create` returns the id of an account",
            "`--account-id` of `invoicexpress config add` has it",
        ),
        (r"; `ix\.treasury\.regularizations` lists them", ""),
        (
            r"`ix\.treasury\.regularizations` lists those of a client",
            "`invoicexpress treasury balance CLIENT` shows what a client owes",
        ),
        (r"`ix\.treasury\.create_movement` returns", "`invoicexpress treasury move --json` prints"),
        (
            r"`ix\.credit_notes\.left_to_credit` returns the amount left",
            "`invoicexpress related DOCUMENT` lists the notes that count",
        ),
        (r"with `ix\.accounts\.set_at_communication`, or in", "in"),
        (r"; pass a larger limit to (?:fetch|read) it", ""),
        (r"; pass a larger limit", "; name it by its id, which `invoicexpress list` shows"),
        (r"saft_file\.vat_summary reads", "`invoicexpress saft vat FILE` reads"),
        (
            r"credit_notes\.lines\(invoice\) has the exact one",
            "`invoicexpress credit DOCUMENT --line NUMBER` takes the exact one",
        ),
        # Clients
        (r"`ix\.clients\.update\((\d+), .*?\)`", r"`invoicexpress clients update \1 --nif NIF`"),
        (
            r"For another customer send another code and name",
            "For another customer give another --client and --client-code",
        ),
        (
            r"client (\d+) has another (\w+); the service ignores this one",
            r"client \1 has another \2, which the service would use; `invoicexpress clients show \1` "
            r"shows it. Correct it with `invoicexpress clients update \1`, or choose another --client or "
            "--client-code",
        ),
        (
            r"Use another code, or update the client",
            "Use another --client-code, or correct the client with `invoicexpress clients update CODE`",
        ),
        (
            r"look for it with `ix\.(?:\w+)\.list\(text=.*?\)`, and if",
            "look for it with `invoicexpress list`, and if",
        ),
        (r"set the code first, with `ix\.clients\.update\(.*?\)`", "set the code first, on the website"),
        # Credit notes
        (
            r"Set the old one with `ix\.clients\.update\(.*?\)`, issue the note, then",
            "Set the old one on the website, issue the note, then",
        ),
        (r"; pass the lines to credit", "; choose lines with --line"),
        (
            r"; pass the part for these lines, or None",
            "; credit the whole document, without --line, or credit these lines on the website",
        ),
        (
            r"; (?:pass the items of the note instead|create the note with yours)",
            "; credit it on the website",
        ),
        # Values
        (r"set due_date to", "set --due-date to"),
        (
            r"pass sequence= with the série or its name instead of sequence_id=, .*row",
            "give the série's name with --serie",
        ),
        (r"pass name=", "give a name"),
        (r"such as lisbon\.today\(\)", "such as 2026-11-21"),
        (r"such as lisbon\.now\(\)(?: \+ timedelta\(minutes=\d+\))?", "such as 2026-11-21T09:30:00"),
        (r"Decimal\((?:\"([^\"]*)\"|(\d+))\)", r'"\1\2"'),
        (
            r"overwrite=True replaces it, or choose another name",
            "--overwrite replaces it, or choose another folder with --to",
        ),
        # Connection
        (r", and share one pace between hosts: Pace\(redis=\.\.\.\)", ""),
        (r"check proxy= and", "check the proxy and"),
        (r"(?:; )?a larger timeout= waits longer", ""),
        (r" before the client is made, or pass verify=ssl\.create_default_context\(cafile=that file\)", ""),
        (r", or pass allow_insecure_http=True to accept that", ""),
        (r"max_answer=(\d+) bytes; pass a larger max_answer to read it", r"\1 bytes"),
        (r"within deadline=", "within "),
        (r"pass the account's name first, the key second", "give the account's name, and the key apart"),
    )
)


def in_run(text: str) -> str:
    """The same for a message of a billing run, whose documents have the keys of the run."""
    for pattern in _REPEATS:
        text = pattern.sub("start the run again, which gives the same document", text)
    return in_commands(text)


def in_commands(text: str) -> str:
    """A text of the client with commands and options in place of methods and arguments."""
    for pattern, words in _PHRASES:
        text = pattern.sub(words, text)
    for pattern in _REPEATS:
        text = pattern.sub(_again, text)
    return _TABLE.sub(_table, _METHOD.sub(_command, text))


def _again(found: re.Match[str]) -> str:
    key = shlex.quote(str(ast.literal_eval(found[1])))
    return f"run the same command again with --key {key}, which gives the same document"


def _command(found: re.Match[str]) -> str:
    command = METHODS.get(found[1])
    if command is None:
        return found[0]
    number = found[2] or ""
    return f"`invoicexpress {command.replace('DOCUMENT', number) if number.isdecimal() else command}`"


def _table(found: re.Match[str]) -> str:
    table = TABLES.get(found[1])
    return found[0] if table is None else f"`invoicexpress codes {table}`"
