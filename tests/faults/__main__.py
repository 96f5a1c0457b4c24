"""Runs the fault matrix: `python -m tests.faults --only "invoices.pay × reset after"`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from .record import Record
from .run import Selection, run_share


def records_of(selection: Selection, processes: int) -> list[Record]:
    """Run a selection on several processes."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        shares = [pool.submit(run_share, selection, share, processes) for share in range(processes)]
        return sorted((record for share in shares for record in share.result()), key=lambda each: each.cell)


def main() -> int:
    """Run the matrix, and print each lie."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--cell", action="append", default=[], help="a whole name; may be repeated")
    parser.add_argument("--only", default="", help="parts of the names of cells, with × between them")
    parser.add_argument("--samples", type=int, default=0, help="this many short forms")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first of them")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="a file for one line of JSON for each cell")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.samples)
    selection = Selection(tuple(options.cell), tuple(seeds), options.only)
    began = time.monotonic()
    records = records_of(selection, min(options.processes, len(options.cell) or options.processes))
    seconds = time.monotonic() - began
    if options.out:
        options.out.write_text("".join(f"{json.dumps(asdict(each))}\n" for each in records), "utf-8")
    for record in records:
        if record.lie or options.cell:
            print(record)
    print(f"{len(records)} cells in {seconds:.0f} s: {dict(Counter(each.way for each in records))}")
    lies = Counter(each.lie for each in records if each.lie)
    print(f"lies: {dict(lies)}")
    return bool(lies)


if __name__ == "__main__":
    sys.exit(main())
