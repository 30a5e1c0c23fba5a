"""The verbs of assignments: each writes in one transaction, and says so in the trail."""
