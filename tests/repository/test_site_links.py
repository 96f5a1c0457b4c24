"""The check of a built site finds each kind of mistake."""

from __future__ import annotations

from pathlib import Path

from tests.site_links import check

GOOD = """
<link rel="canonical" href="https://example.com/"><link rel="stylesheet" href="site.css">
<a href="other/">a page</a><a href="other/#part">a part</a><a href="#top">here</a><p id="top">
<a href="https://example.com/">elsewhere</a><a href="mailto:ana@example.com">a mail</a><img src="a%20b.png">
"""


def site(folder: Path, home: str) -> Path:
    (folder / "other").mkdir()
    (folder / "other" / "index.html").write_text('<h2 id="part">Part</h2>', "utf-8")
    (folder / "index.html").write_text(home, "utf-8")
    for name in ("site.css", "a b.png"):
        (folder / name).touch()
    return folder


def test_a_good_site(tmp_path: Path) -> None:
    found = check(site(tmp_path, GOOD))
    assert found.wrong == []
    assert (found.pages, found.links, found.fragments, found.pictures, found.elsewhere) == (2, 5, 2, 1, 1)


def test_each_mistake(tmp_path: Path) -> None:
    mistakes = (
        '<a href="missing/">',
        '<a href="other/#missing">',
        '<a href="#missing">',
        '<img src="missing.png">',
        '<link rel="stylesheet" href="//example.com/font.css">',
        '<script src="https://example.com/script.js"></script>',
    )
    found = check(site(tmp_path, GOOD + "\n".join(mistakes)))
    assert len(found.wrong) == len(mistakes), found.wrong
