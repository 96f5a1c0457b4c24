"""`python -m tests.site_links build/site`: checks what a built site links to, and shows.

Every link within the site leads to a file, every fragment to an id of its page, and nothing is loaded from
another host: no picture, script, font or style sheet. Links to other hosts are counted, and not followed.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

LOADED: Final = {
    "img": "src",
    "script": "src",
    "link": "href",
    "source": "src",
    "iframe": "src",
    "video": "src",
}
"""Elements that load something, and the attribute that names it."""
NO_LOAD: Final = frozenset({"canonical", "next", "prev", "alternate", "author"})
"""Relations of `link` that load nothing."""


class Reference(NamedTuple):
    """A link or a thing to load, as a page has it."""

    address: str
    loads: bool


class Page(HTMLParser):
    """The ids and references of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.references: list[Reference] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value is not None}
        self.ids.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and "href" in values:
            self.references.append(Reference(values["href"], loads=False))
        elif tag in LOADED and LOADED[tag] in values and not NO_LOAD & set(values.get("rel", "").split()):
            self.references.append(Reference(values[LOADED[tag]], loads=True))


class Checked(NamedTuple):
    """What was found in a site."""

    pages: int
    links: int
    fragments: int
    pictures: int
    elsewhere: int
    """Links to other hosts."""
    wrong: list[str]


def check(site: Path) -> Checked:
    """Check all pages of a site."""
    pages = {path.resolve(): Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    links = fragments = pictures = elsewhere = 0
    wrong: list[str] = []
    for path, page in pages.items():
        if path.name == "404.html":  # its links are absolute, for a site at the root of a host
            continue
        for address, loads in page.references:
            parts = urlsplit(address)
            if parts.scheme in {"http", "https"} or parts.netloc:
                elsewhere += 1
                if loads:
                    wrong.append(f"{path.relative_to(site.resolve())}: loads from another host: {address}")
                continue
            if parts.scheme:  # mailto, data, javascript
                continue
            links += 1
            pictures += loads and parts.path.endswith((".png", ".svg"))
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                wrong.append(f"{path.relative_to(site.resolve())}: no such page or file: {address}")
            elif parts.fragment and target in pages:
                fragments += 1
                if unquote(parts.fragment) not in pages[target].ids:
                    wrong.append(f"{path.relative_to(site.resolve())}: no such anchor: {address}")
    return Checked(len(pages), links, fragments, pictures, elsewhere, wrong)


def main(site: str) -> int:
    """Prints what is wrong, or how much is right; returns the exit status."""
    found = check(Path(site))
    for line in found.wrong:
        print(line)
    print(
        f"{found.pages} pages, {found.links} links ({found.fragments} with an anchor), "
        f"{found.pictures} pictures, {found.elsewhere} links to other hosts, {len(found.wrong)} wrong"
    )
    return 1 if found.wrong or not found.links else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
