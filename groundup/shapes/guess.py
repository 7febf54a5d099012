"""Compare a learner's guess at a shape with what comes out."""

from __future__ import annotations

from groundup.engine.literals import read_shape, show_shape
from groundup.shapes.rules import Verdict

ERROR_WORDS = {"error", "fails", "fail", "no", "none", "✗"}


def marked(guess: str, verdict: Verdict) -> tuple[bool, str]:
    """Whether ``guess`` (a shape, or ``error``) is right, and a sentence about it.

    Raises:
        ValueError: with a sentence for the learner, if the guess is neither.
    """
    expects_error = guess.strip().lower() in ERROR_WORDS
    guessed = None if expects_error else read_shape(guess)
    said = "an error" if expects_error else show_shape(guessed or ())
    truth = "an error" if verdict.result is None else show_shape(verdict.result)
    if guessed == verdict.result:
        return True, f"Right: {truth}."
    return False, f"You said {said}; it is {truth}. Look where the sizes meet."
