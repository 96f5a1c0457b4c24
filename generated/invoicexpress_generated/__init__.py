# Generated from openapi.yaml by `make generate`. Do not edit.

"""Models and endpoints of the InvoiceXpress API.

Importing this package, its models or its endpoints loads no HTTP library; only `client` does.
"""
