"""Tests of the readiness card and our line."""
