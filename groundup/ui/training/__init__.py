"""The training loop: a session of it, its mistakes, its data and its stability."""
