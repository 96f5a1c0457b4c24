"""What lines of documents refer to: items and taxes."""
