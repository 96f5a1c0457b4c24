"""`/_emulator/`: what the real service can never have. One module per thing that can be driven."""
