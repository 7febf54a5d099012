"""A script of the user's own: opened, watched, run, and out of everybody else's reach."""
