"""Centres, teams, cohorts, persons, their roles, and signing in."""
