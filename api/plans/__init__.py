"""Two anchors, working days and holidays: from a plan to dates. Pure rules only."""
