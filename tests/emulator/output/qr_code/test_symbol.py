"""The picture of a QR code, read dot by dot: version, error correction, margin, and text."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.fiscal.qr_fields import LONGEST
from invoicexpress_emulator.output.qr_code import qr_png, qr_text
from PIL import Image

from tests.emulator.output.qr_code.test_text import EXAMPLES
from tests.emulator.support.issued_document import ISSUER, a_document

QUIET_ZONE = 4
SMALLEST, LARGEST = 9, 40


class Symbol(NamedTuple):
    """A decoded picture: the margin in modules, and the modules inside it, row by row."""

    margin: int
    modules: list[list[bool]]

    @property
    def version(self) -> int:
        """ISO/IEC 18004: a side has 17 modules plus four per version."""
        assert (len(self.modules) - 17) % 4 == 0
        return (len(self.modules) - 17) // 4

    @property
    def format_bits(self) -> int:
        """The fifteen bits next to the upper left finder, unmasked (ISO/IEC 18004, 7.9)."""
        places = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)]
        places += [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
        bits = "".join(str(int(self.modules[row][column])) for row, column in places)
        return int(bits, 2) ^ 0b101010000010010


def symbol(picture: bytes, scale: int) -> Symbol:
    """Read the modules of a picture with `scale` dots per module."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    side = image.width // scale
    assert image.width == image.height == side * scale
    dark = [
        [image.getpixel((column * scale, row * scale)) == 0 for column in range(side)] for row in range(side)
    ]
    margin = next(row for row in range(side) if any(dark[row]))
    inner = range(margin, side - margin)
    assert not any(
        dark[row][column] for row in range(side) for column in range(side) if {row, column} - {*inner}
    )
    return Symbol(margin, [[dark[row][column] for column in inner] for row in inner])


def read(picture: bytes) -> Any:
    (found,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(picture)).convert("L"),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
    )
    return found


ERROR_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
GENERATOR = 0b10100110111
"""Of the format bits' Bose code (ISO/IEC 18004, annex C)."""


def assert_is_the_authoritys(text: str, scale: int) -> int:
    """Check a text's picture against the specification, and return its symbol's version."""
    picture = qr_png(text, scale)
    found, seen = symbol(picture, scale), read(picture)
    assert found.margin == QUIET_ZONE
    assert SMALLEST <= found.version <= LARGEST
    remainder = found.format_bits
    for shift in range(4, -1, -1):
        if remainder >> (shift + 10) & 1:
            remainder ^= GENERATOR << shift
    assert remainder == 0, "the format bits are not a code word"
    assert ERROR_LEVELS[found.format_bits >> 13] == "M"
    assert (seen.text, seen.bytes) == (text, text.encode())
    assert (seen.ec_level, seen.extra["Version"]) == ("M", str(found.version))
    return found.version


LENGTHS = st.integers(1, sum(LONGEST.values()) + 150)
"""The longest text has 839 characters: each value at its longest, 40 codes with their colons, 39 `*`."""


class TestPicture:
    @pytest.mark.parametrize(
        ("name", "version"),
        [
            ("5.1 invoice", 17),
            ("5.2 simplified invoice", 9),
            ("5.3 pro-forma", 10),
            ("5.4 guide without prices", 9),
        ],
    )
    def test_the_worked_examples(self, name: str, version: int) -> None:
        """Version 17 for the first, as printed by AT; the second would fit in 8, but 9 is the minimum."""
        assert assert_is_the_authoritys(EXAMPLES[name], 4) == version

    @settings(max_examples=40, deadline=None)
    @given(LENGTHS, st.integers(2, 6))
    @example(1, 2)
    @example(180, 2)
    @example(181, 2)
    @example(839, 2)
    def test_texts_of_every_length(self, length: int, scale: int) -> None:
        text = (EXAMPLES["5.1 invoice"] * 3)[:length]
        version = assert_is_the_authoritys(text, scale)
        assert (version == SMALLEST) == (length <= 180), "a version 9-M symbol holds 180 bytes"

    def test_the_longest_text_there_can_be(self) -> None:
        length = sum(LONGEST.values()) + sum(len(code) + 1 for code in LONGEST) + len(LONGEST) - 1
        assert length == 839
        assert assert_is_the_authoritys("9" * length, 2) == 23

    def test_correction_is_not_raised_where_there_is_room(self) -> None:
        assert assert_is_the_authoritys("A:1", 2) == SMALLEST

    @settings(max_examples=40, deadline=None)
    @given(
        st.text(
            st.characters(categories=["L", "N", "P", "S"], exclude_characters="*"), min_size=1, max_size=30
        )
    )
    @example("É1-ção")
    @example("Ã©")
    @example("日本")
    @example("ÄÖÜ ß 1")
    def test_what_is_not_ascii_is_in_utf_8(self, number: str) -> None:
        client = {"id": 1, "name": "A", "fiscal_id": number, "country": "Japan"}
        text = qr_text(a_document(client=client), ISSUER)
        picture = qr_png(text)
        assert read(picture).bytes == text.encode()
        assert f"B:{number}*" in read(picture).bytes.decode()

    @pytest.mark.parametrize("length", [30, 300, 500])
    def test_so_it_is_in_a_symbol_of_any_size(self, length: int) -> None:
        """The Latin-1 bytes of these texts would decode differently as UTF-8."""
        text = "Ã©" * length
        assert read(qr_png(text)).bytes == text.encode()

    @pytest.mark.parametrize("scale", [2, 4, 6])
    def test_dots_a_module(self, scale: int) -> None:
        width = Image.open(io.BytesIO(qr_png("A:1", scale))).width
        assert width == (53 + 2 * QUIET_ZONE) * scale
