"""One model on several machines: what is run for it, what the runs say, and what was recorded."""
