"""The oracle: a live account and the emulator are asked the same, and what they disagree about is told."""
