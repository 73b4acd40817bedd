"""Tests of content: reading, linting, publishing."""
