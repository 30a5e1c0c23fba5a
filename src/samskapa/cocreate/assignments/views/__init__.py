"""The pages of assignments."""
