"""Items and taxes, to which lines of documents refer."""
