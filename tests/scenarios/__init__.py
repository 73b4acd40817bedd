"""Tests of scenarios: playing a call."""
