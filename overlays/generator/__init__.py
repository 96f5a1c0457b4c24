"""Builds `openapi.concrete.yaml` and `generated/` from `openapi.yaml`.

Never shipped: only `make generate` needs it.
"""
