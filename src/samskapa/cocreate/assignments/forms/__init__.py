"""What is typed in on the pages of assignments, and the wording of every choice."""
