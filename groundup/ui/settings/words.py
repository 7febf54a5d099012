"""The control of the glossary's page."""

from groundup.ui.controls.declaration import Control

CONTROLS = (
    Control(
        "word",
        "Find a word",
        "text",
        "",
        high=60,
        help="A word, or a part of one; sentences that mention it are found too.",
    ),
)
