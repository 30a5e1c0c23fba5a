"""The forms of resource groups."""
