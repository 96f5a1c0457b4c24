"""The token that guards the control plane and fault headers where strangers could reach them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

TOKEN_HEADER: Final = "X-Emulator-Token"  # noqa: S105 - the name of a header


def is_shown(headers: Mapping[str, str], token: str | None) -> bool:
    """Whether a request has the token, or needs none."""
    return token is None or hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), token.encode())
