"""Shapes: what comes out of an operation, or which dimension is to blame."""
