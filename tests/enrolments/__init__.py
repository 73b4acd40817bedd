"""Tests of enrolments: assigning, attendance, completion."""
