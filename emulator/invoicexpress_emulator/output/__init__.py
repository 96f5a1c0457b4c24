"""Files made of the books: PDF, SAF-T, QR code, and their downloads."""
