"""The control plane's operations, one module per subject."""
