"""The line at the top of every generated file."""

from __future__ import annotations

from typing import Final

HEADER: Final = "# Generated from openapi.yaml by `make generate`. Do not edit.\n"
