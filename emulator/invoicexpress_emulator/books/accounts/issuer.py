"""The address of every account of the emulator: a street without a real company."""

from __future__ import annotations

from typing import Final

from ..documents.goods import Address

ISSUER_ADDRESS: Final = Address("Rua do Exemplo, 1", "Lisboa", "1000-001", "Portugal")
