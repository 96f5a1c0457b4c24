"""Builds `openapi.concrete.yaml` and `generated/` from `openapi.yaml`.

Not shipped: only `make generate` needs it.
"""
