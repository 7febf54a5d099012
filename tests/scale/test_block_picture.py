"""The small transformer block: its run against torch's own masks, its picture against its text."""

import pytest
import torch
from torch import nn

from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.scale import block_picture
from groundup.scale.catalogue import published
from tests.pages import codes, said, sent_to, shown_code

BLOCK = lesson.load("transformer_block")


@pytest.mark.parametrize("changed", range(8))
def test_a_token_reaches_those_after_it_by_attention_and_only_itself_in_the_network(changed):
    for seed in (0, 1):
        done = run(BLOCK.set(changed=changed, seed=seed).text)
        found = done.variables
        assert found["met"] == found["all_in_all"] == list(range(changed, 8))
        assert found["alone"] == [changed]
        reach = 8 - changed
        told = block_picture.counted(done)
        assert f"attention changes **{reach}** of its 8 rows" in told
        assert "the feed-forward network **1**." in told
        carried = "1 row" if reach == 1 else f"{reach} rows"
        hint = block_picture.scene(BLOCK, done, is_changed=True)["hint"]
        assert f"gets {carried} changed and gives {carried} changed" in hint
        assert f"attention             {found['met']}\n" in done.output


def test_the_block_is_torchs_own_layer_that_norms_first():
    """``nn.TransformerEncoderLayer`` with the same numbers in it gives the same output."""
    found = run(BLOCK.text).variables
    block, x, hidden = found["block"], found["x"], found["hidden"]
    own = nn.TransformerEncoderLayer(
        hidden, 2, 4 * hidden, dropout=0.0, activation="gelu", norm_first=True
    )
    own.self_attn, own.norm1, own.norm2 = block.attention, block.norm1, block.norm2
    own.linear1, own.linear2 = block.ffn.layer1, block.ffn.layer2
    mask = nn.Transformer.generate_square_subsequent_mask(len(x))
    with torch.no_grad():
        # In training mode torch takes no short cut, and there is no dropout to draw.
        torch.testing.assert_close(block(x), own.train()(x, src_mask=mask))


def test_arrows_are_the_attention_of_the_run_and_come_from_before():
    scene = block_picture.scene(BLOCK, run(BLOCK.text), is_changed=True)
    looks = torch.tensor(scene["looks"])
    torch.testing.assert_close(looks.sum(dim=1), torch.ones(8))
    assert looks.triu(1).count_nonzero() == 0
    assert (looks.tril() > 0).sum() == 8 * 9 // 2


def test_each_part_lights_the_lines_that_make_and_use_it():
    lines = BLOCK.text.splitlines()
    parts = block_picture.scene(BLOCK, run(BLOCK.text), is_changed=False)["parts"]
    lit = {name: [lines[n - 1].strip() for n in part["lines"]] for name, part in parts.items()}
    children = dict(run(BLOCK.text).variables["block"].named_modules())
    for name in ("norm1", "attention", "norm2", "layer1", "activation", "layer2"):
        kind = type(children.get(name, children.get(f"ffn.{name}"))).__name__
        assert lit[name][0].startswith(f"self.{name} = nn.{kind}(")
        assert f"self.{name}(" in lit[name][1]
    assert lit["plus1"] == ["x = x + h"]
    assert lit["plus2"] == ["return x + self.ffn(h)"]
    assert lit["network"][0] == "class FeedForwardNetwork(nn.Module):"
    widths = [children[f"ffn.{name}"].weight.shape for name in ("layer1", "layer2")]
    assert [tuple(one) for one in widths] == [(64, 16), (16, 64)]
    assert not list(children["ffn.activation"].parameters())
    output = run(BLOCK.text).variables
    assert output["block"](output["x"]).shape == output["x"].shape
    scaled = children["norm1"](output["x"])
    torch.testing.assert_close(scaled.mean(dim=1), torch.zeros(8), atol=1e-6, rtol=0)


def test_how_often_the_block_stands_in_the_model_is_the_catalogues():
    for name in ("Llama 3 8B", "GPT-2"):
        layers = published(name).architecture.layers
        assert block_picture.repeated(name).startswith(f"× {layers} in {name}:")
    llama = published("Llama 3 8B").architecture
    assert llama.layers == 32
    assert llama.gated
    assert llama.hidden > run(BLOCK.text).variables["hidden"]


# The page


def test_the_page_tells_what_a_token_changes_once_one_was_chosen(visit):
    app = visit("ffn_scale")
    assert not app.exception
    assert codes(app) == [BLOCK.text]
    picture = sent_to(app, "block")
    assert (picture["changed"], picture["met"], picture["after"]) == (None, [], [])
    assert "became another one" not in said(app)
    app.button_group(key="other_token").set_value("5").run()
    picture = sent_to(app, "block")
    assert (picture["changed"], picture["met"]) == (5, [5, 6, 7])
    assert shown_code(app) == BLOCK.set(changed=5).text
    assert block_picture.counted(run(shown_code(app))) in said(app)


@pytest.mark.parametrize(
    ("link", "section"),
    [
        ({"block": "toy"}, "Read it"),
        ({"statement": "read_code-3"}, "Read it"),
        ({"block": "toy", "scale": "Train it"}, "Train it"),
        ({}, "Inside a block"),
    ],
)
def test_a_link_from_before_the_block_was_drawn_opens_what_it_opened(visit, link, section):
    assert visit("ffn_scale", **link).session_state["scale"] == section
