"""The examples, run as their heads say; effects are counted in the emulator's books."""
