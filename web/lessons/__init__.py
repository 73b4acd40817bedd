"""Taking a lesson."""
