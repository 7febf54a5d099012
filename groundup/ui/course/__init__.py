"""The shell of the path, its questions and tasks, and what a learner did."""
