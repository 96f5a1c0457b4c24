"""The mask of a QR code and the penalties are those that the library finds by its own, slower scoring."""

from __future__ import annotations

import random
from functools import partial

import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.output.qr_mask import best_mask, bits, frame_of, penalty
from segno.encoder import evaluate_mask  # pyright: ignore[reportUnknownVariableType] # has no types

from tests.emulator.output.qr_code.test_text import EXAMPLES

SMALLEST, LARGEST = 9, 23
"""Versions that a document's text can have."""


def assert_is_the_librarys(text: str, version: int) -> None:
    make = partial(
        segno.make_qr, text, error="m", mode="byte", encoding="utf-8", boost_error=False, version=version
    )
    assert best_mask(make(mask=0)) == make().mask


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=[*EXAMPLES])
def test_the_worked_examples(text: str) -> None:
    assert_is_the_librarys(text, 17)


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=180), st.just(SMALLEST))
@example("A" * 180, SMALLEST)
@example("\0" * 180, SMALLEST)
@example("", LARGEST)
@example("A:1*" * 200, LARGEST)
@example("A:1", 10)
@example("A:1", 14)
def test_texts(text: str, version: int) -> None:
    assert_is_the_librarys(text, version)


def assert_has_the_librarys_penalty(rows: list[bytes]) -> None:
    side = len(rows)
    expected = evaluate_mask(rows, side, side)  # type: ignore[no-untyped-call] # as the library has it
    assert penalty(bits(rows), frame_of(SMALLEST)) == expected


SIDE = 17 + 4 * SMALLEST


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.5, 0.7, 0.95]))
def test_penalties(seed: int, darkness: float) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    assert_has_the_librarys_penalty(
        [bytes(dice.random() < darkness for _ in range(SIDE)) for _ in range(SIDE)]
    )


@pytest.mark.parametrize("shape", ["1011101", "10111011101", "1011101011101", "101110101110111", "11111"])
@pytest.mark.parametrize("place", [0, 2, 4, 20, 40, 42, 46, 48])
@pytest.mark.parametrize("around", ["0", "1"])
def test_penalties_of_shapes(shape: str, place: int, around: str) -> None:
    row = (around * place + shape).ljust(SIDE, around)[:SIDE]
    band = [bytes(map(int, row))] + [bytes(map(int, around * SIDE))] * (SIDE - 1)
    assert_has_the_librarys_penalty(band)
    assert_has_the_librarys_penalty([bytes(column) for column in zip(*band, strict=True)])
