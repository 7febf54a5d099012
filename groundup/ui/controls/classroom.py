"""What a class has answered together: then the page does not ask for a guess once more."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.ui.state import page_state


@dataclass
class ClassState:
    """Whether the class answered what this page would ask, and saw what is right."""

    has_answered: bool = False


def class_has_answered() -> bool:
    """Whether the question of the moment was put to a class, and revealed."""
    return page_state(ClassState).has_answered


def tell_answered(*, has_answered: bool) -> None:
    """From now on the page's question is answered, or is not."""
    page_state(ClassState).has_answered = has_answered
