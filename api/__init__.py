"""The domain, its storage and its JSON door.

Cut by feature; a feature imports only earlier ones in this order (kept by tests/test_architecture.py):
people, library, plans, enrolments, lessons, scenarios, followup, readiness, reports.
Inside a feature: rules (pure) -> tables -> actions (writes) and queries (reads) -> routes (JSON).
"""
