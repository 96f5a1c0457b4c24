"""Documents of all types: drafts, issuing, states, payments, lists, e-mail."""
