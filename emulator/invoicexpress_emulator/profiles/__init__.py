"""The two wires: how documents, clients, séries and errors are spelt in production and in the docs."""
