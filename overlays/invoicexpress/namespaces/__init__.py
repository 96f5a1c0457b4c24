"""The methods of the two clients, one namespace per kind of document or resource."""
