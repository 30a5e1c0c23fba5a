"""Verbs of the work. Everything on one assignment happens in order: its row is the lock, as below."""
