"""The manager's board."""
