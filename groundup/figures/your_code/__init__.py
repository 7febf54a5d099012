"""Pictures of a learner's own run: its numbers, and the graph behind one of them."""
