"""The doorways to assignments. What one may not know of looks like what is not there."""
