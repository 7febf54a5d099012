"""What learners should not copy from a lesson stands in none, whatever was chosen in it."""

import re

import pytest

from groundup.engine import lesson

BETTER = {
    r"set_default_dtype": "dtype=… where a tensor is made: the default belongs to the process",
    r"autograd\.functional": "torch.func",
    r"torch\.load\((?!.*map_location)": "torch.load(…, map_location=…)",
    r"torch\.load\((?!.*weights_only=True)": "torch.load(…, weights_only=True)",
    r"binary_cross_entropy\(": "binary_cross_entropy_with_logits",
    r"\.train\(\w+ ==": "model.train() and model.eval()",
    r"\.eval\(\)\(": "model.eval() on a line of its own",
    r"torch\.Tensor\(": "torch.tensor",
    r"\bVariable\(": "a tensor",
    r"Adam\(.*weight_decay": "AdamW: Adam divides the decay by the gradient's size",
    r"^(answer|once|again|right|same) = .*model\(": "answers asked for under torch.no_grad()",
}
TEXTS = {path.name: path.read_text("utf-8") for path in lesson.LESSONS.rglob("*.[pt][yo]*")
         if path.suffix in {".py", ".toml"}}  # fmt: skip


@pytest.mark.parametrize("idiom", BETTER)
def test_no_lesson_has_an_idiom_that_has_a_better_one(idiom):
    found = {name: line for name, text in TEXTS.items()
             for line in text.splitlines() if re.search(idiom, line)}  # fmt: skip
    assert not found, BETTER[idiom]
