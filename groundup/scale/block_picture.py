"""What the picture of a transformer block shows of its lesson's run, and which lines do what."""

from __future__ import annotations

from typing import Any

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.scale.catalogue import published

_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "x": (
        "x: a row of numbers for each token of the text. Each column is one token.",
        ("\nx = torch.randn(tokens, hidden)",),
    ),
    "norm1": (
        "A norm: brings the numbers of each token to one scale, for each token alone.",
        ("self.norm1 = ", "h = self.norm1(x)"),
    ),
    "attention": (
        "Attention: each token takes in something of itself and of those before it. The broader an "
        "arrow, the more.",
        ("self.attention = ", "h, self.looks = ", "later = "),
    ),
    "plus1": (
        "The bypass: what attention found is added to x, which went around it.",
        ("x = x + h",),
    ),
    "norm2": (
        "A norm again, before the feed-forward network.",
        ("self.norm2 = ", "h = self.norm2(x)"),
    ),
    "network": (
        "The feed-forward network: one arrow a column. No token sees another one here.",
        ("class FeedForwardNetwork", "self.ffn = ", "return x + self.ffn(h)"),
    ),
    "layer1": (
        "layer1: from hidden to four times as many numbers, for each token.",
        ("self.layer1 = ", "x = self.layer1(x)"),
    ),
    "activation": (
        "The activation bends each number by itself. It has nothing to learn.",
        ("self.activation = ", "x = self.activation(x)"),
    ),
    "layer2": (
        "layer2: back to as many numbers as came in.",
        ("self.layer2 = ", "x = self.layer2(x)"),
    ),
    "plus2": (
        "The second bypass: the network's answer is added to what came around it.",
        ("return x + self.ffn(h)",),
    ),
    "out": (
        "The output has the shape of x, so another block can follow.",
        ("block = Block()", "return x + self.ffn(h)"),
    ),
}
"""What each part is, and where the lines that do it begin in the text."""

HINT = "Point at a part, tap it, or press Tab: its lines light up."


def lines_of(text: Lesson) -> dict[str, list[int]]:
    """The lines of each part, those that make it first.

    Raises:
        ValueError: if one of them does not stand in the text exactly once.
    """
    return {
        name: [text.line_of(beginning) for beginning in beginnings]
        for name, (_, beginnings) in _PARTS.items()
    }


def scene(shown: Lesson, done: Run, *, is_changed: bool) -> dict[str, Any]:
    """The picture of a finished run, as a JSON-ready payload; with what another token changed."""
    found = done.variables
    lines = lines_of(shown)
    return {
        "tokens": found["tokens"],
        "changed": found["changed"] if is_changed else None,
        "looks": found["block"].looks.tolist(),
        "met": found["met"] if is_changed else [],
        "after": found["all_in_all"] if is_changed else [],
        "parts": {name: {"said": said, "lines": lines[name]} for name, (said, _) in _PARTS.items()},
        "hint": spread(done) if is_changed else HINT,
    }


def spread(done: Run) -> str:
    """Why what is red in the picture is more than one column, though the network mixes none."""
    rows = len(done.variables["met"])
    carried = "1 row" if rows == 1 else f"{rows} rows"
    return (
        f"Red is what changed: of x 1 row, and after attention {carried}. The feed-forward network "
        f"gets {carried} changed and gives {carried} changed: one out for one in."
    )


def counted(done: Run) -> str:
    """How many rows of attention's and of the network's output another token changed."""
    found = done.variables
    count, met, alone = found["tokens"], len(found["met"]), len(found["alone"])
    return (
        f"Token {found['changed']} became another one. With this alone, attention changes "
        f"**{met}** of its {count} rows, and the feed-forward network **{alone}**. In the block "
        "attention comes first, so what it changed goes on."
    )


def repeated(name: str = "Llama 3 8B") -> str:
    """How often the block stands in a published model."""
    layers = published(name).architecture.layers
    return (
        f"× {layers} in {name}: so many blocks, one after the other. There a block has more "
        "numbers for each token, and its feed-forward network a third matrix: *Read the class* "
        "has it."
    )
