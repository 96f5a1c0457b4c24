"""The methods of the two clients: one namespace per document type or resource."""
