"""Tests of reports: the manager's board."""
