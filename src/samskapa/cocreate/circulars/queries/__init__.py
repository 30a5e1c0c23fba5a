"""Questions about letters to many."""
