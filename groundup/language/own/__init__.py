"""The check of a learner's own code, part by part; its door is ``own_code``."""
