"""The feed-forward layer at the scale of language models: sizes, memory, time."""
