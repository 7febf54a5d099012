"""Mistakes with modules and optimizers: foreseen, made, in PyTorch's own words, and put right."""

from __future__ import annotations

from groundup.mistakes import gallery
from groundup.ui.mistakes.asking import foresee
from groundup.ui.mistakes.places import SEARCH
from groundup.ui.mistakes.search_box import link


def render_mistake(title: str) -> None:
    """The mistake with that title; its answer comes after the learner's."""
    link(SEARCH)
    entries = gallery.gallery(gallery.MODULE_FOLDER)
    foresee(gallery.titled(title, gallery.MODULE_FOLDER), entries)
