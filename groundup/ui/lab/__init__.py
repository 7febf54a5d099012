"""The lab of the training page: each mode's panel, in a module of its name."""

from groundup.ui.lab.predict import predict

PANELS = {"Predict": predict}
"""The panels that are drawn above the picture, by the name of their mode."""
