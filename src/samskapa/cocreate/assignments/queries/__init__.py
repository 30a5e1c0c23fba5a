"""Questions about assignments. Never a write."""
