"""A person on a plan: assigning, step status, completion and its evidence."""
