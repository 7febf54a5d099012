"""Texts to start from: short programs that every tutorial begins with, and two that go wrong."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.engine import lesson

FOLDER = lesson.LESSONS / "your_code"


@dataclass(frozen=True)
class Example:
    """A lesson to start from, with one of its named changes if ``edit`` says so."""

    name: str
    edit: str = ""

    @property
    def lesson(self) -> lesson.Lesson:
        """The lesson, changed."""
        loaded = lesson.load(self.name, FOLDER)
        return loaded.edit(self.edit) if self.edit else loaded

    @property
    def text(self) -> str:
        """The program."""
        return self.lesson.text


EXAMPLES = {
    "Autograd's first lines": Example("first_gradient"),
    "Three ways to make a tensor": Example("three_ways"),
    "One step of learning, by hand": Example("one_step"),
    "A line, by hand": Example("line_by_hand"),
    "A line, with PyTorch's tools": Example("line_with_torch"),
    "Logistic regression": Example("logistic"),
    "XOR with nn.Module": Example("xor"),
    "Batches from a DataLoader": Example("batches"),
    "One that raises": Example("xor", "narrow"),
    "One that is silently wrong": Example("xor", "flat"),
}
"""By what the learner reads."""
FIRST = "Logistic regression"
"""What stands in the editor of who brings nothing."""
