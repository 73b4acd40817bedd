"""The author's view."""
