"""Files of documents: `pdf` and `qr`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Annotated, Final, NamedTuple, Protocol, cast

import typer
from invoicexpress import AnyDocument, Download, InvoiceXpress, InvoiceXpressError, Waiting

from ..naming import found, kind_of, name_of, namespace
from ..outcomes import ExitCode, RefusedError, UsageError, code_of, sentence
from ..output import Column, Row, visible
from ..progress import Step, bar
from ..session import Session
from ..shared_options import App, session_of
from .documents import listed

_COLUMNS: Final = (
    Column("document", "Document", is_term=True),
    Column("file", "File"),
    Column("error", "Finding", is_term=True, wraps=20),
)
_AT_ONCE: Final = 4
"""PDFs under way together. The service prepares each one for some seconds; all share the account's pace."""
_LOOKS: Final = 0.2
"""Seconds between two looks for Ctrl-C."""

DocumentsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DOCUMENT]...", help='Ids, or numbers such as "FT A/12".'),
]
FolderOption = Annotated[Path, typer.Option("--to", help="Folder for the files.", file_okay=False)]


class _Fetch(Protocol):
    def __call__(self, document: AnyDocument, on_wait: Callable[[Waiting], object]) -> Download: ...


def add_to(app: App) -> None:
    """Adds the commands."""
    app.command("pdf", rich_help_panel="Documents")(pdf)
    app.command("qr", rich_help_panel="Documents")(qr)


def pdf(
    context: typer.Context,
    documents: DocumentsArgument = None,
    month: Annotated[
        str | None, typer.Option(help="All issued documents of a month, such as 2026-11.")
    ] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="With --month: type; repeat.")] = None,
    to: FolderOption = Path(),
    second_copy: Annotated[bool, typer.Option(help="The second copy instead of the original.")] = False,
    overwrite: Annotated[
        bool, typer.Option(help="Replace files that exist, instead of keeping them.")
    ] = False,
) -> None:
    """Save the PDFs of documents, several at a time.

    Files that exist are kept, so the same command goes on after an interruption.
    """
    session = session_of(context)
    with session.client() as ix:
        if month is not None:
            if documents:
                raise UsageError("give documents or --month, not both")
            chosen = [each for each in listed(ix, type_ or [], month) if str(each.status) not in _UNISSUED]
        elif type_:
            raise UsageError("--type goes with --month")
        else:
            chosen = _named(ix, documents)

        def fetch(document: AnyDocument, on_wait: Callable[[Waiting], object]) -> Download:
            return ix.documents.pdf(document, second_copy=second_copy or None, on_wait=on_wait)

        _save(session, chosen, fetch, _Place(to, "pdf", overwrite))


_UNISSUED: Final = ("draft", "deleted")


def qr(
    context: typer.Context,
    documents: DocumentsArgument = None,
    to: FolderOption = Path(),
    overwrite: Annotated[
        bool, typer.Option(help="Replace files that exist, instead of keeping them.")
    ] = False,
) -> None:
    """Save the QR codes of issued documents, as PNG."""
    session = session_of(context)
    with session.client() as ix:

        def fetch(document: AnyDocument, on_wait: Callable[[Waiting], object]) -> Download:
            method = getattr(namespace(ix, kind_of(document)), "qr_code", None)
            if method is None:
                raise RefusedError(f"{name_of(document)}: documents of this type have no QR code")
            return cast("Download", method(document, on_wait=on_wait))

        _save(session, _named(ix, documents), fetch, _Place(to, "png", overwrite))


def _named(ix: InvoiceXpress, names: Sequence[str] | None) -> list[AnyDocument]:
    if not names:
        raise UsageError('which documents? give ids, or numbers such as "FT A/12"')
    # One named twice, as by id and by number, is one file.
    return list({document.id: document for document in (found(ix, name) for name in names)}.values())


class _Place(NamedTuple):
    """Where files go."""

    folder: Path
    ending: str
    overwrite: bool

    def name(self, document: str) -> str:
        """`FT A-12.pdf`."""
        return f"{document.replace('/', '-')}.{self.ending}"


def _save(session: Session, documents: Sequence[AnyDocument], fetch: _Fetch, place: _Place) -> None:
    """Fetches and saves, several at a time. Ctrl-C lets those under way end, and begins no other."""
    place.folder.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    rows = list[Row]()
    failures: list[BaseException] = []

    def save(document: AnyDocument, step: Step) -> Row:
        name = name_of(document)
        if stop.is_set():
            return {"document": name, "error": "not begun"}
        present = place.folder / place.name(name)
        if present.exists() and not place.overwrite:
            return {"document": name, "file": str(present), "error": "kept, it exists"}
        download = fetch(document, lambda waiting: step(f"{name}: {waiting.waited:.0f} s", 0))
        path = download.save_in(place.folder, name=place.name(name), overwrite=place.overwrite)
        return {"document": name, "file": str(path), "error": None}

    with bar(session, len(documents)) as step, ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = list[Future[Row]]()
        while len(futures) < len(documents) or not all(each.done() for each in futures):
            try:
                for document in documents[len(futures) :]:
                    futures.append(future := pool.submit(save, document, step))
                    future.add_done_callback(lambda _: step("", 1))
                # Now and then, since Ctrl-C does not end every wait: Windows holds it back.
                wait(futures, timeout=_LOOKS)
            except KeyboardInterrupt:
                stop.set()
                session.tell("Stopping: the files under way are still saved.")
    for document, future in zip(documents, futures, strict=True):
        try:
            rows.append(future.result())
        except (InvoiceXpressError, OSError, RefusedError) as error:
            failures.append(error)
            rows.append({"document": name_of(document), "error": visible(sentence(error))})
    session.output.rows(rows, _COLUMNS)
    if stop.is_set():
        session.tell("Stopped. Run the same command again to go on.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if failures:
        session.tell(
            "{missing} of {count} files are missing; run the same command again",
            missing=len(failures),
            count=len(documents),
        )
        raise typer.Exit(code_of(failures[0]) or ExitCode.FAILED)
