"""What is done in resource groups."""
