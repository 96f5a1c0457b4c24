"""One module per quirk: what the service does differently from its documentation."""
