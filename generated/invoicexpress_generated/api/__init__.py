# Generated from openapi.yaml by `make generate`. Do not edit.

"""One module per operation: `request` builds it, `parse` reads its answer. Neither does any I/O."""
