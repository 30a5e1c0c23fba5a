"""What coordinators write in the plan and on posters, and what a link is counted by."""
