"""Models and endpoints of the InvoiceXpress API, generated from openapi.yaml by `make generate`. Not edited by hand.

Importing this package, its models or its endpoints loads no HTTP library; only `client` does.
"""
