"""The readiness card, our line and who has read it."""
