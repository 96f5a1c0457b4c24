"""The parts of a request and an answer: bytes, JSON, the service's texts, the clock."""
