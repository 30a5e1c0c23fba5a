"""Letters are written, sent and cleared away."""
