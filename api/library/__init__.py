"""What is taught: content files read, linted and published as immutable revisions."""
