"""Questions about who fits, whose turn it is, and who was asked."""
