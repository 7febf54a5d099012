"""Pictures of size must be true to size, and readable."""

import math
from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.figures.lettering import least_height, lettered
from groundup.figures.scale import activations, cost, ffn_training, timing
from groundup.figures.scale import size as pictures
from groundup.figures.scale.flow import flow
from groundup.scale import architecture, growth, ladder, memory
from groundup.scale.catalogue import published
from groundup.scale.ffn_training import NeuronAnswers
from groundup.scale.ladder import Rung
from groundup.scale.measure import Point

LLAMA = published("Llama 3 8B").architecture


def area(trace):
    return (max(trace.x) - min(trace.x)) * (max(trace.y) - min(trace.y))


@pytest.mark.parametrize("block", ["article", "toy", "Llama 3"])
def test_area_is_numbers_in_the_picture_of_a_block(block):
    found = observe.run(lesson.load("feed_forward").set(block=block).text).variables
    figure = flow(found["flow"], found["weights"], dark=False)
    boxes = {t.text.split(":")[0]: area(t) for t in figure.data if t.text}
    layers = {name.removesuffix(".weight"): shape for name, shape in found["weights"].items()}
    for name, shape in layers.items():
        if len(shape) == 2:
            assert boxes[name] == pytest.approx(math.prod(shape))
    for name, _, _, after in found["flow"]:
        assert boxes[f"after {name}"] == pytest.approx(math.prod(after))


def test_llamas_up_gets_x_and_down_gets_the_product():
    found = observe.run(lesson.load("feed_forward").set(block="Llama 3").text).variables
    figure = flow(found["flow"], found["weights"], dark=False)
    at = {t.text.split(":")[0]: (min(t.x) + max(t.x)) / 2 for t in figure.data if t.text}
    arrows = [(t.x[0], t.x[-1]) for t in figure.data if t.line.dash == "dot"]
    product = "activation · up"
    assert arrows == [
        pytest.approx((at["x"], at["up"])),
        pytest.approx((at["after activation"], at[product])),
    ]
    assert [name for name in at if at["after up"] < at[name]] == [product, "down", "after down"]
    article = observe.run(lesson.load("feed_forward").text).variables
    drawn = flow(article["flow"], article["weights"], dark=False).data
    assert not [t for t in drawn if t.line.dash == "dot"]


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=15, unique=True))
def test_names_on_the_ladder_never_collide(sizes):
    rungs = [Rung(f"m{n}", n, (1, 1), "", 1) for n in sorted(sizes)]
    figure = pictures.squares(rungs, len(rungs) - 1, dark=False)
    heights = sorted(a.ay for a in figure.layout.annotations)
    assert all(b - a >= 0.06 for a, b in pairwise(heights))
    assert len(heights) == len(rungs)


def test_larger_rungs_are_left_out_of_a_closer_look():
    rungs = ladder.rungs()
    for fills, rung in enumerate(rungs):
        drawn = pictures.squares(rungs, fills, dark=True).data
        assert len(drawn) == fills + 1
        assert max(max(t.x) for t in drawn) == pytest.approx(1)
        assert any(rung.name in t.text for t in drawn)


def test_the_treemap_adds_up_and_leaves_out_what_is_not_there():
    gpt2 = published("GPT-2").architecture
    (tree,) = cost.treemap(architecture.parameters(gpt2), dark=False).data
    assert sum(tree.values) == published("GPT-2").total
    assert "head" not in tree.labels


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (0.5, "14.56 GiB: 7.28 GiB left"),
        (0.95, "only 745.5 MiB left"),
        (1.01, "at least 2 of them"),
        (3.5, "at least 4 of them"),
    ],
)
def test_a_device_says_whether_the_model_fits(share, says):
    device = memory.ACCELERATORS[0]
    held = {"weights": int(share * device.bytes)}
    bars = cost.memory(held, memory.ACCELERATORS, dark=False).data
    assert says in bars[-1].text[0]


def test_llama_3_8b_in_bfloat16_fits_no_t4():
    """The weights alone are 14.96 GiB; torch sees 14.56 of the 16 GB on the box."""
    held = memory.inference_bytes(LLAMA, 1, 1, "bfloat16")
    bars = cost.memory(held, memory.ACCELERATORS, dark=False).data
    assert "at least 2 of them" in bars[-1].text[0]
    for device in memory.ACCELERATORS:
        sold = float(device.sold_as.removesuffix(" GB"))
        assert 0.9 * sold * 1e9 < device.bytes < sold * 2**30


def test_parts_are_told_apart_without_colour():
    held = memory.training_bytes(LLAMA, 1, 1024, "bfloat16")
    bars = cost.memory(held, memory.ACCELERATORS, dark=False).data[:-1]
    shapes = [bar.marker.pattern.shape for bar in bars]
    assert len(set(shapes)) == len(shapes) == 7


def test_only_measured_points_are_points():
    points = [Point(w, 4 * w, 1, w**2 * 1e-9, w**2 * 2e-9) for w in (64, 128, 256)]
    fit = growth.Fit([64, 4096], [1e-5, 0.05], 2.0, 256)
    dots, line = timing.times({1: points}, {1: fit}, dark=False).data
    assert (dots.mode, line.mode, line.line.dash) == ("markers", "lines", "dash")
    assert list(dots.x) == [64, 128, 256]
    labels = [a.text for a in timing.times({1: points}, {1: fit}, dark=False).layout.annotations]
    assert labels == ["estimated: 50 ms"]


def test_near_zero_neurons_are_drawn_muted():
    view = NeuronAnswers(
        [0.0, 1.0],
        [0.0, 0.0],
        torch.tensor([[0.001, 2.0, -1.0], [0.0, 0.0, 0.0]]),
        [1, 3],
        torch.zeros(2, 3),
        0.0,
    )
    (bars,) = ffn_training.neurons(view, 0, dark=False).data
    assert list(bars.y) == pytest.approx([-1.0, 0.001, 2.0])
    assert bars.marker.color[1] != bars.marker.color[0] == bars.marker.color[2]
    assert len(ffn_training.fields(view, 0, dark=True).data) == 3


def test_curves_are_told_apart_without_colour():
    ys = {"GELU": [0.0, 1.0], "ReLU": [0.0, 1.0], "SiLU": [0.0, 1.0]}
    lines = activations.curves([0.0, 1.0], ys, title="", dark=False).data
    assert len({line.line.dash for line in lines}) == 3


def test_to_a_room_every_letter_is_as_large_and_rows_of_names_have_their_height():
    rungs = ladder.rungs()
    for made in (pictures.squares(rungs, 0, dark=False), pictures.log_ladder(rungs, [], dark=True)):
        figure = lettered(made, 18)
        layout = figure.layout
        fonts = [layout.font, layout.legend.font, layout.xaxis.tickfont, layout.yaxis.title.font]
        fonts += [one.font for one in layout.annotations] + [one.textfont for one in figure.data]
        assert {font.size for font in fonts} == {18}
    named = pictures.log_ladder(rungs, [], dark=True)
    assert least_height(named, 18) > 18 * len(rungs)
    assert least_height(pictures.squares(rungs, 0, dark=False), 18) == 0
