"""Questions about resource groups. Never a write."""
