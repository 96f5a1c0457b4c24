"""Lets one scenario drive both clients: awaits awaitables and iterates either kind of listing."""

from __future__ import annotations

import inspect
from typing import Any

from invoicexpress import AsyncInvoiceXpress, AsyncListing, InvoiceXpress, Listing

AnyClient = InvoiceXpress | AsyncInvoiceXpress


async def got(answer: Any) -> Any:
    """The result of a method of either client."""
    return await answer if inspect.isawaitable(answer) else answer


async def entries(listing: Listing[Any] | AsyncListing[Any]) -> list[Any]:
    """All entries of a listing of either client."""
    if isinstance(listing, AsyncListing):
        return [entry async for entry in listing]
    return list(listing)
