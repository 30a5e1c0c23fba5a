"""Asking people, answering, and what the clock does."""
