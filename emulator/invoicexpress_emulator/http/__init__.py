"""What a request and an answer are made of: bytes, JSON, the service's texts, the clock."""
