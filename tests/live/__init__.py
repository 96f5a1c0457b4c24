"""The oracle puts the same requests to a live account and the emulator, and reports where they differ."""
