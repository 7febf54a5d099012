"""The path: the course through the app's sections, its questions, tasks and words."""
