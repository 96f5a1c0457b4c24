"""The commands, by what they are about. Each module adds its own with `add_to`."""
