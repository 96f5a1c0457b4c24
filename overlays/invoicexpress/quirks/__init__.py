"""One module per quirk: each difference between the service and its documentation."""
