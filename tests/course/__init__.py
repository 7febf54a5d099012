"""The path: its data, tasks and words."""
