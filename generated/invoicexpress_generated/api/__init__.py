"""One module per operation: `request` builds it, `parse` reads its answer. Neither does any I/O."""
