"""The page on which learners run their own code."""
