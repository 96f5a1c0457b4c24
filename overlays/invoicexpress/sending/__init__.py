"""How a request reaches the service: address, transport, pace, attempts, retries, pages."""
