"""The control plane, `/_emulator/`: everything that the real service cannot offer. One module per topic."""
