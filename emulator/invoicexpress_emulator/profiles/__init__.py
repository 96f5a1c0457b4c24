"""The two wires: the one that the live service was seen to speak, and the one that its page documents.

`profile` is the class with a field for each of their differences, `observed` and `documented` are the two; a
module for each thing has its keys on both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .documented import DOCUMENTED
from .observed import OBSERVED

if TYPE_CHECKING:
    from .profile import Profile, ProfileName

PROFILES: Final[Mapping[ProfileName, Profile]] = {"observed": OBSERVED, "documented": DOCUMENTED}
