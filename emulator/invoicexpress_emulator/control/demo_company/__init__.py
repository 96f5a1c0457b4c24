"""A believable company and a year of its documents, which `seed` puts into an account."""
