"""The small safe language of typed programs, walked node by node; nothing typed is evaluated."""
