"""Every formula on the page, worked out again from the numbers it shows."""

from dataclasses import replace

import pytest
import torch

from groundup.engine import lesson, words
from groundup.scale import catalogue, formulas, memory
from groundup.scale.architecture import total
from groundup.scale.counterparts import matched

MODELS = [m.architecture for m in catalogue.MODELS]
MODELS.append(replace(MODELS[-1], tied=True, head_bias=True, window=300, window_every=7))
ODD = replace(
    MODELS[0], ffn_biases=True, gated=True, head_norms=True, attention_biases="qkv", head_width=5
)


def worked_out(numbers: str) -> float:
    """The value of ``2 · 4,096 + 1``: the test's own text, so eval is harmless."""
    return eval(numbers.replace(",", "").replace("·", "*"), {"__builtins__": {}})


@pytest.mark.parametrize("a", [*MODELS, ODD])
def test_the_numbers_shown_give_the_value_shown(a):
    shown = [
        *formulas.parameter_formulas(a),
        *formulas.flop_formulas(a, 1_000),
        *formulas.flop_formulas(a, 10_000),
        *formulas.inference_formulas(a, 3, 10_000, "bfloat16"),
        *formulas.inference_formulas(a, 3, 1_000, "float32"),
        *formulas.inference_formulas(a, 3, 1_000, "int4"),
        *formulas.training_formulas(a, 3, 1_000, "float32"),
        *formulas.training_formulas(a, 3, 1_000, "bfloat16"),
    ]
    for formula in shown:
        assert worked_out(formula.numbers) == pytest.approx(formula.value, abs=0.5), formula


def test_the_parts_add_up_to_the_whole():
    for a in [*MODELS, ODD]:
        assert sum(f.value for f in formulas.parameter_formulas(a)) == total(a)
        held = formulas.training_formulas(a, 2, 64, "bfloat16")
        assert sum(f.value for f in held) == sum(
            memory.training_bytes(a, 2, 64, "bfloat16").values()
        )


def text(block: str) -> str:
    return lesson.load("feed_forward").set(block=block).text


@pytest.mark.parametrize(("block", "layers"), [("article", 2), ("Llama 3", 3)])
def test_every_line_of_both_models_stands_in_the_comparison_once(block, layers):
    rows = matched(text("toy"), text(block))
    assert [r.left for r in rows if r.left] == [
        "class LinearRegressionModel(nn.Module):",
        "def __init__(self):",
        "super().__init__()",
        "self.linear = nn.Linear(hidden, hidden)",
        "def forward(self, x):",
        "return self.linear(x)",
    ]
    model = text(block).split("\n\n\n")[1].splitlines()
    assert [r.right for r in rows] == [line.strip() for line in model if line.strip()]
    assert sum("nn.Linear" in r.right for r in rows) == layers
    assert next(r for r in rows if "nn.Linear" in r.left).right.count("nn.Linear") == 1


def test_a_layers_line_says_what_linear_computes_with_it():
    """``nn.Linear`` on the very shapes: its own product is the brick's, and X @ w would raise."""
    bricks = {row.right: row.brick for row in matched(text("toy"), text("Llama 3"))}
    assert bricks["gate = self.gate(x)"] == bricks["x = self.down(x)"] == "x @ W.T"
    assert bricks["x = gate * self.up(x)"] == "x @ W.T; then each number times another"
    article = {row.right: row.brick for row in matched(text("toy"), text("article"))}
    assert article["x = self.layer1(x)"] == "x @ W.T + b"
    layer, x = torch.nn.Linear(3, 5), torch.randn(2, 3)
    assert torch.allclose(layer(x), x @ layer.weight.T + layer.bias)
    with pytest.raises(RuntimeError):
        x @ layer.weight


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (words.count_in_words(8_030_261_248), "8.03 billion"),
        (words.count_in_words(193), "193"),
        (words.count_in_words(999_949), "999.9 thousand"),
        (words.count_in_words(999_999), "1 million"),
        (words.count_in_words(999_999_999_999), "1 trillion"),
        (words.bytes_in_words(2**20 - 1), "1 MiB"),
        (words.time_in_words(0.99999), "1 s"),
        (words.time_in_words(119.99), "2 minutes"),
        (words.length_in_words(999.9), "1 km"),
        (words.bytes_in_words(16 * 2**30), "16 GiB"),
        (words.bytes_in_words(0), "0 bytes"),
        (words.time_in_words(90), "90 s"),
        (words.time_in_words(0.0123), "12.3 ms"),
        (words.time_in_words(4e-5), "40 µs"),
        (words.time_in_words(3 * 365.25 * 86400), "3 years"),
        (words.length_in_words(4.7e-6), "4.7 µm"),
        (words.length_in_words(63.4), "63.4 m"),
        (words.length_in_words(2e-9), "2 nm"),
    ],
)
def test_numbers_in_words(shown, expected):
    assert shown == expected
