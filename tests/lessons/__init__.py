"""Tests of lessons: answering, going on, finishing."""
