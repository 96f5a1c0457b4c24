"""Absent values: a field missing from an answer is UNSET, null is None."""

from __future__ import annotations

from typing import TypeVar

from invoicexpress_generated.types import UNSET, Unset

T = TypeVar("T")
D = TypeVar("D")


def known(value: T | Unset | None, default: D) -> T | D:
    """The value, or the default where the service sent none: for UNSET and None, not for False, 0 or ""."""
    return default if value is None or isinstance(value, Unset) else value


def or_unset(value: T | None) -> T | Unset:
    """A value, or UNSET for None."""
    return UNSET if value is None else value
