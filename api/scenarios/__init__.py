"""Playing a call: moves, state and ends."""
