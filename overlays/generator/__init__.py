"""Builds `openapi.concrete.yaml` and `generated/` from `openapi.yaml`, and `docs/api.md` from the client.

Not shipped: only `make generate` and `make api` need it.
"""
