"""Runs the fault matrix: `python -m tests.faults --only "invoices.pay × reset after"`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .run import run_share


def main() -> int:
    """Run the matrix, and print each lie."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", default="", help="parts of a cell's name, with × between them")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="a file for one line of JSON for each cell")
    options = parser.parse_args()
    began, shares = time.monotonic(), options.processes
    with ProcessPoolExecutor(shares, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(run_share, share, shares, options.only) for share in range(shares)]
        rows = sorted((row for future in futures for row in future.result()), key=lambda row: row["cell"])
    if options.out:
        options.out.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    lies = [row for row in rows if row["lie"]]
    for row in lies:
        print(f"{row['lie']}: {row['cell']}\n    {row['way']} {row['error']}; {row['exists']} exists")
        print(f"    {row['detail']}\n    {', '.join(row['requests'])}")
    print(
        f"{len(rows)} cells in {time.monotonic() - began:.0f} s: {dict(Counter(row['way'] for row in rows))}"
    )
    print(f"lies: {dict(Counter(row['lie'] for row in lies))}")
    return bool(lies)


if __name__ == "__main__":
    sys.exit(main())
