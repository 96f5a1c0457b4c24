"""The settings file: written whole, for its owner only, and read as it was written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_cli import settings
from invoicexpress_cli.settings import Account, Settings

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
NAMES = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,9}\Z")
PLACES = st.sampled_from(["key", "key_file", "key_command"])
KEYS = st.dictionaries(PLACES, TEXTS, max_size=1)


@st.composite
def files(draw: st.DrawFn) -> Settings:
    """Any file that the command can write."""
    accounts = {
        name: Account(
            name,
            account=draw(st.none() | TEXTS),
            base_url=draw(st.none() | st.just("https://example.com")),
            proxy=draw(st.none() | st.just("http://user:word@proxy.example:3128")),
            account_id=draw(st.none() | st.from_regex(r"\A[0-9]{1,9}\Z")),
            **draw(KEYS),
        )
        for name in draw(st.lists(NAMES, unique=True, max_size=4))
    }
    return Settings(
        Path(), accounts, draw(st.none() | st.sampled_from(sorted(accounts)) if accounts else st.none())
    )


@given(written=files())
def test_a_file_is_read_as_it_was_written(
    written: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    there = Settings(folder / "new" / "config.toml", written.accounts, written.default)
    settings.save(there)
    settings.save(there)
    assert settings.load(there.path) == there
    assert stat.S_IMODE(there.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(there.path.parent.stat().st_mode) == 0o700
    assert os.listdir(there.path.parent) == ["config.toml"]


def test_a_file_is_for_its_owner_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        settings.save(Settings(tmp_path / "config.toml"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "config.toml").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    settings.save(Settings(path, {"a": Account("a", "acme", key="k")}, "a"))
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("tomli_w.dump", fail)
    with pytest.raises(OSError, match="no space"):
        settings.save(Settings(path, {}))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["config.toml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """People keep such files elsewhere, and link them."""
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "config.toml"
    link.symlink_to(tmp_path / "elsewhere" / "invoicexpress.toml")
    settings.save(Settings(link, {"a": Account("a", "acme", key="k")}, "a"))
    assert link.is_symlink()
    assert settings.load(link).accounts["a"].key == "k"


def test_a_key_is_in_no_representation() -> None:
    account = Account("a", "acme", key="planted-key")
    assert "planted-key" not in f"{account!r} {account} {Settings(Path(), {'a': account})!r}"
