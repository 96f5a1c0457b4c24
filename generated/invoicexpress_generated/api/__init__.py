# Generated from openapi.yaml by `make generate`. Do not edit.

"""One module per operation: `request` builds a request, `parse` reads its answer. Neither does any I/O."""
