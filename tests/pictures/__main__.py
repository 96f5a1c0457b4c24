"""`python -m tests.pictures`: takes the pictures of README.md and docs/, and pictures to look at.

The pictures of docs/ are of an emulator whose clock stands still, at the address that the pages name, so
two runs give the same bytes. Those to look at are of every page and state of the dashboard and, if there is a
site in build/site, of each of its pages: wide and narrow, light and dark, in build/pictures. A page that is
wider than its window or breaks a word fails the run. `docs`, `dashboard` and `site` choose. Needs chromium,
its driver and pdftoppm.
"""

from __future__ import annotations

import sys

from . import dashboard, documentation, site

PARTS = {"docs": documentation.take, "dashboard": dashboard.take, "site": site.take}


def main(arguments: list[str]) -> int:
    """Takes the chosen pictures, or all of them."""
    if unknown := set(arguments) - set(PARTS):
        sys.exit(f"{', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}")
    unfit = [line for name in arguments or PARTS for line in PARTS[name]()]
    for line in unfit:
        print(line)
    return 1 if unfit else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
