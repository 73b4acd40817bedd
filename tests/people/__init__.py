"""Tests of people: permissions, passwords, signing in."""
