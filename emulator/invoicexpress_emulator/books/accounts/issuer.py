"""Where every account of the emulator has its seat: in a street that no real company has."""

from __future__ import annotations

from typing import Final

from ..documents.goods import Address

ISSUER_ADDRESS: Final = Address("Rua do Exemplo, 1", "Lisboa", "1000-001", "Portugal")
