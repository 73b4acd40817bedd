"""The HTML door: pages and their templates, cut by the same features as api/."""
