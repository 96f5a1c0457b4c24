"""An extension of mkdocstrings: shows what a method returns to its caller.

The methods of namespaces are written once, as flows, for both clients: `-> Flow[Invoice]`. A caller of
InvoiceXpress gets the Invoice. zensical.toml names this file.
"""

from __future__ import annotations

from typing import Any

import griffe


class ReturnedValues(griffe.Extension):
    """Takes what methods return out of its Flow."""

    def on_function(self, *, func: griffe.Function, **kwargs: Any) -> None:
        returned = func.returns
        if isinstance(returned, griffe.ExprSubscript) and str(returned.left) == "Flow":
            func.returns = returned.slice
