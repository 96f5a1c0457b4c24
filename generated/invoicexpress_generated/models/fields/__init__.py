# Generated from openapi.yaml by `make generate`. Do not edit.

"""The fields of sent models, as keyword arguments. Each loads on first use."""
