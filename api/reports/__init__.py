"""Read-only numbers over all features."""
