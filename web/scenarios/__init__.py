"""Playing a call."""
