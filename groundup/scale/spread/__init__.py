"""A training step over many devices: what each holds, and what each must send."""
