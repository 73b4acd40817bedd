"""Tests of plans: from two anchors to dates."""
