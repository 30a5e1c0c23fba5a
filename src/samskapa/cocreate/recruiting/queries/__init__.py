"""Questions about the plan and what has come of it."""
