"""The ten themes, and the sources of all that is taught."""
