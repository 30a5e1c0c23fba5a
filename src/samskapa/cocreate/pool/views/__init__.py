"""Pages of resource groups."""
