"""What is asked about lists that are taken in. Never a write."""
