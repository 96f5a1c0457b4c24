"""The month end of an accountant: every PDF, the SAF-T file, VAT by rate, and open items.

    python examples/with_emulator.py --company python examples/month_end.py

Takes the month, by default the last one, and the folder: `month_end.py --to books/october 2026-10`. It only
reads, so it may be run again at any time; PDFs that are there already are kept. It ends with

* 0: all is there, and the figures agree;
* 1: a person has to look: the SAF-T file contradicts itself, its VAT is not that of the documents, or the
  service refused, say the key;
* 75: something could not be read, or was not ready yet. Run it again.

Needs `pip install 'invoicexpress[saft]' rich matplotlib`. The variables: INVOICEXPRESS_ACCOUNT and
INVOICEXPRESS_API_KEY.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

from invoicexpress import (
    AnyDocument,
    InputError,
    InvoiceXpress,
    InvoiceXpressError,
    NotReadyError,
    RateLimitError,
    ServerError,
    TransportError,
    UnstableListError,
    legal_number,
    lisbon,
    payment_terms,
    reference_data,
    reports,
    saft_file,
)
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Month: TypeAlias = payment_terms.MonthRange

DONE, LOOK, TRY_AGAIN = 0, 1, 75
PASSING: Final = (NotReadyError, RateLimitError, ServerError, TransportError, UnstableListError)
AT_ONCE: Final = 4
"""Files under way together. The service prepares each for some seconds; all share the account's pace."""
UNPAID: Final = ("final", "settled", "second_copy")
"""The statuses of issued documents. Credit notes that pay an invoice are among the settled ones."""

console = Console(stderr=True)
"""For progress alone, which is no part of the result."""


def month_of(text: str) -> Month:
    """Reads `2026-10`."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write it as 2026-10")
    return payment_terms.month_range(int(found[1]), int(found[2]))


def last_month() -> Month:
    """The month before this one, by the calendar of Lisbon."""
    day = lisbon.today().replace(day=1) - timedelta(days=1)
    return payment_terms.month_range(day.year, day.month)


def name_of(document: AnyDocument) -> str:
    """`FT DEMO/1`; a VAT MOSS invoice has no number by law, and is named by its type and id."""
    try:
        return legal_number(document)
    except InputError:
        return f"{document.type} {document.id}"


# --- Files ----------------------------------------------------------------------------------------------


def save_pdfs(ix: InvoiceXpress, documents: Sequence[AnyDocument], folder: Path) -> list[str]:
    """Saves the PDFs, several at a time. Returns a sentence for each that is missing."""
    missing: list[str] = []

    def save(document: AnyDocument) -> None:
        target = folder / f"{name_of(document).replace('/', '-')}.pdf"
        if not target.exists():
            # A file is written under another name first, so one that is there is whole.
            ix.documents.pdf(document).save(target)

    columns = (TextColumn("PDFs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress, ThreadPoolExecutor(AT_ONCE) as pool:
        task = progress.add_task("", total=len(documents))
        running = {pool.submit(save, each): each for each in documents}
        for done in as_completed(running):
            progress.advance(task)
            try:
                done.result()
            except InvoiceXpressError as error:  # one missing file does not stop the others
                missing.append(f"{name_of(running[done])}: {error}")
    return missing


def save_saft(ix: InvoiceXpress, month: Month, folder: Path) -> saft_file.AuditFile:
    """Saves the SAF-T file, and opens it."""
    with console.status("The service prepares the SAF-T file"):
        download = ix.saft.export(month.first.year, month.first.month)
    # A file of yesterday may lack a document of today: the new one replaces it.
    return saft_file.read(download.save_in(folder, overwrite=True))


# --- Figures --------------------------------------------------------------------------------------------

Vat: TypeAlias = dict[tuple[str | None, Decimal], tuple[Decimal, Decimal]]
"""Base and VAT in EUR, by region and rate in percent."""


def vat_of_documents(documents: Iterable[AnyDocument], ix: InvoiceXpress) -> Vat:
    """VAT as the documents in the account have it, credit notes deducted."""
    rows = reports.vat_by_rate(documents, taxes=ix.taxes.list()).rows
    return {(row.region, row.rate): (row.base, row.tax) for row in rows}


def vat_of_file(file: saft_file.AuditFile) -> Vat:
    """VAT as the SAF-T file has it: the tax authority's view of the month.

    The file tells exempt lines apart by the reason; the documents' report does not.
    """
    summed: defaultdict[tuple[str | None, Decimal], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    for row in saft_file.vat_summary(file).rows:
        sums = summed[row.tax_country_region, row.tax_percentage or Decimal(0)]
        sums[:] = [sums[0] + row.base, sums[1] + row.tax]
    return {place: (base, tax) for place, (base, tax) in summed.items()}


def open_items(ix: InvoiceXpress) -> reports.OpenItems:
    """Today's open amounts by age. Takes a request for each unpaid document, and for each receipt."""
    documents = list(ix.documents.list(status=UNPAID))
    related: dict[int, Sequence[AnyDocument]] = {}
    with console.status("Open items"), ThreadPoolExecutor(AT_ONCE) as pool:
        while missing := reports.unread(documents, related):
            answers = pool.map(ix.documents.related, missing)
            related.update(zip([each.id for each in missing], answers, strict=True))
    return reports.open_items_by_age(documents, related)


# --- Tables and a picture -------------------------------------------------------------------------------

AGES: Final = {
    "name": "Client",
    "not_due": "Not due",
    "days_1_to_30": "1-30 days",
    "days_31_to_60": "31-60",
    "days_61_to_90": "61-90",
    "over_90": "Over 90",
    "credit": "Credit",
    "total": "Total",
}
"""The fields of an `AgeRow` that are shown, and their headings."""


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | Decimal | None]]) -> None:
    """Prints a table: names on the left, amounts with two decimals on the right, and nothing cut."""
    texts = [[f"{each:.2f}" if isinstance(each, Decimal) else each or "?" for each in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *texts, strict=True)]
    lines = [headings, ["-" * width for width in widths], *texts]
    print(f"\n{title}\n")
    for first, *others in lines:
        cells = [each.rjust(width) for each, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]))


def rate_name(region: str | None, rate: Decimal) -> str:
    """`PT 23 %`."""
    return f"{region or '?'} {rate.normalize():f} %"


def show_vat(vat: Vat, month: str) -> None:
    """Prints base and VAT by rate."""
    total = [sum((sums[column] for sums in vat.values()), Decimal(0)) for column in (0, 1)]
    rows = [(rate_name(*place), *sums) for place, sums in vat.items()]
    table(f"VAT of {month}, EUR", ("Rate", "Base", "VAT"), [*rows, ("Total", *total)])


def show_open(owed: reports.OpenItems) -> None:
    """Prints the open amounts of each client, by days since they were due."""
    rows = [
        [getattr(row, field) for field in AGES] for row in (*owed.rows, owed.total._replace(name="Total"))
    ]
    table(f"Open items on {lisbon.today()}, EUR", list(AGES.values()), rows)


def draw(vat: Vat, path: Path, title: str) -> None:
    """Draws base and VAT by rate. Floats are for the length of a bar alone."""
    names = [rate_name(*place) for place in vat]
    # Not pyplot, which keeps every figure, and may need a screen. Any: the stubs are incomplete.
    figure: Any = Figure(figsize=(8, 1.5 + 0.6 * len(names)), layout="constrained")
    axes = figure.add_subplot()
    for number, label in enumerate(("Base", "VAT")):
        amounts = [sums[number] for sums in vat.values()]
        places = [row + 0.4 * number for row in range(len(names))]
        bars = axes.barh(places, [float(each) for each in amounts], 0.4, label=label)
        axes.bar_label(bars, [f" {each:.2f}" for each in amounts])
    axes.set_yticks([row + 0.2 for row in range(len(names))], names)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.set(title=title, xlabel="EUR")
    figure.legend(loc="outside upper right", frameon=False)
    figure.savefig(path, dpi=150)


def close(ix: InvoiceXpress, month: Month, folder: Path) -> int:
    """Closes a month. Returns the exit status."""
    name = f"{month.first:%Y-%m}"
    folder.mkdir(parents=True, exist_ok=True)
    documents = list(ix.documents.list(**month.as_filter()))
    drafts = [each for each in documents if each.status == "draft"]
    # A cancelled document has its number, its PDF and its place in the file, and no VAT.
    issued = [each for each in documents if each.status not in {"draft", "deleted"}]
    if drafts:
        print(f"Drafts of {name}, which are in no file: {len(drafts)}. Finalize or delete them.")
    if not issued:
        print(f"No document was issued in {name}.")
        return DONE

    missing = save_pdfs(ix, issued, folder)
    file = save_saft(ix, month, folder)
    by_documents, by_file = vat_of_documents(issued, ix), vat_of_file(file)
    show_vat(by_documents, name)
    draw(by_documents, folder / f"VAT {name}.png", f"VAT of {name}")
    show_open(open_items(ix))

    findings = [str(each) for each in saft_file.check(file)]
    if by_documents != by_file:
        # Two readings of one month: the account's documents, and the file for the tax authority.
        findings.append(f"VAT of the documents is {by_documents}, of the SAF-T file {by_file}")
    for each in (*findings, *missing):
        print(each)
    due = reference_data.saft_due(month.first.year, month.first.month)
    print(f"\n{len(issued)} documents, SAF-T due on {due}, all in {folder}")
    return LOOK if findings else TRY_AGAIN if missing else DONE


def main(arguments: list[str] | None = None) -> int:
    """Reads the arguments, and closes the month."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("month", type=month_of, nargs="?", help="such as 2026-10; by default the last month")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="by default build/ and the month")
    given = parser.parse_args(arguments)
    month: Month = given.month or last_month()
    try:
        with InvoiceXpress.from_env() as ix:
            return close(ix, month, given.to or Path("build") / f"{month.first:%Y-%m}")
    except InvoiceXpressError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return TRY_AGAIN if isinstance(error, PASSING) else LOOK


if __name__ == "__main__":
    sys.exit(main())
