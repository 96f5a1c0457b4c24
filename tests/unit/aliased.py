"""A plugin for pytest: `import httpx` gives httpx2, in the tests and in the client.

So the tests of the client's network side run with httpx2 as they stand (test_httpx2.py).
"""

from __future__ import annotations

import httpx2

httpx2.alias_httpx()
