"""The learner's own text: what one run of it tells, and how it travels in a link."""
