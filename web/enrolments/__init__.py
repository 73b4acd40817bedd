"""My plan, assigning, one person's steps."""
