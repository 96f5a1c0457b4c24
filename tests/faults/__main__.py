"""Runs the fault matrix: `python -m tests.faults --only "invoices.pay × reset after"`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from .record import Record, write_records
from .report import page
from .run import Selection, run_share


def records_of(selection: Selection, processes: int) -> Iterator[Record]:
    """Run a selection on several processes, and tell how far it has come."""
    shares = selection.shares()
    with ProcessPoolExecutor(min(processes, len(shares)), mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(run_share, selection, names) for names in shares]
        for number, run in enumerate(as_completed(runs), 1):
            yield from run.result()
            if selection.is_whole:
                print(f"{number} of {len(shares)} shares are done", file=sys.stderr)


def main() -> int:
    """Run the matrix, and print each lie."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--cell", action="append", default=[], help="a whole name; may be repeated")
    parser.add_argument("--only", default="", help="parts of the names of cells, with × between them")
    parser.add_argument("--samples", type=int, default=0, help="this many short forms")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first of them")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="a file for one line of JSON for each cell")
    parser.add_argument("--page", type=Path, help="a file for the report of the whole matrix")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.samples)
    selection = Selection(tuple(options.cell), tuple(seeds), options.only)
    began = time.monotonic()
    records = sorted(records_of(selection, options.processes), key=lambda each: each.cell)
    seconds = time.monotonic() - began
    if options.out:
        write_records(options.out, records)
    if options.page and selection.is_whole:
        options.page.write_text(page(records), "utf-8")
    for record in records:
        if record.lie or options.cell:
            print(record)
    print(f"{len(records):,} cells in {seconds:.0f} s: {dict(Counter(each.way for each in records))}")
    lies = Counter(each.lie for each in records if each.lie)
    print(f"lies: {dict(lies)}")
    return bool(lies)


if __name__ == "__main__":
    sys.exit(main())
