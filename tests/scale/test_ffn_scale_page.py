"""The FFN-scale page as a user meets it: every part, every control, and links made by hand."""

import json
import math
import re
from dataclasses import asdict

import pytest

from groundup.engine import lesson, observe
from groundup.engine.words import bytes_in_words
from groundup.scale import catalogue, ffn_training, ladder, measure, sentences
from groundup.ui.scale.state import ScaleState
from groundup.ui.settings.ffn_scale import DIALS, PARTS
from tests.pages import codes, outputs, said, sent_to, shown_code, state_of


def open_part(visit, part, **link):
    app = visit("ffn_scale", scale=part, **link)
    assert not app.exception
    return app


def pictures(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_and_its_pictures_have_a_text(visit, part):
    app = open_part(visit, part)
    assert not app.warning
    assert app.title[0].value == "What changes between 2 parameters and 8 billion?"
    assert all(chart.proto.alt for chart in app.get("plotly_chart"))


# Read it


@pytest.mark.parametrize("block", ["article", "toy", "Llama 3"])
def test_the_text_shown_is_the_text_that_ran(visit, block):
    app = open_part(visit, "Read it", block=block, tokens="5")
    text = lesson.load("feed_forward").set(block=block, tokens=5).text
    assert codes(app) == [text]
    assert outputs(app)[0] == observe.run(text).output.rstrip()


def test_the_page_says_what_the_article_leaves_out(visit):
    info = open_part(visit, "Read it").info[0].value
    assert "117,458,944" in info
    assert "176,160,768" in info


# Climb the ladder


def test_the_chosen_rung_fills_the_picture(visit):
    app = open_part(visit, "Climb the ladder", fills="GPT-2 XL")
    squares = pictures(app)[0]["data"]
    areas = {
        trace["text"].split(":")[0]: trace["x"][1] ** 2
        for trace in squares  # each x starts 0, side
    }
    xl = ladder.rung("GPT-2 XL").parameters
    assert areas.keys() == {r.name for r in ladder.rungs() if r.parameters <= xl}
    for name, area in areas.items():
        assert area == pytest.approx(ladder.rung(name).parameters / xl, rel=1e-6)


def test_zooming_goes_one_rung_at_a_time(visit):
    app = open_part(visit, "Climb the ladder", fills="GPT-2")
    app.button(key="zoom_in").click().run()
    assert app.selectbox(key="fills").value == "The article's FFN"
    for _ in range(2):
        app.button(key="zoom_in").click().run()
    assert app.selectbox(key="fills").value == "Toy 1×1"
    assert app.button(key="zoom_in").disabled
    app.button(key="zoom_out").click().run()
    assert app.selectbox(key="fills").value == "One hidden layer"


# Dial it


@pytest.mark.parametrize("model", [m.name for m in catalogue.MODELS])
def test_a_published_model_is_loaded_whole(visit, model):
    app = open_part(visit, "Dial it")
    sizes = asdict(catalogue.published(model).architecture)
    for dial in DIALS:
        app.session_state[dial.key] = sizes[dial.parameter]
    app.run()
    assert not app.exception
    assert f"{catalogue.published(model).total:,} by the formulas" in said(app)
    assert "counts the same" in said(app)
    assert f"those of {model} (" in said(app)


@pytest.mark.parametrize(
    "dial", [d for d in DIALS if "window" not in d.key], ids=lambda dial: dial.key
)
def test_every_dial_changes_the_script_and_torch_agrees(visit, dial):
    other = {
        "head_width": 64,
        "positions": 1024,
        "norms": 4,
        "kv_heads": 4,
        "heads": 64,
        "vocabulary": 1000,
        "num_layers": 3,
        "experts": 8,
        "experts_per_token": 3,
        "shared_expert": 640,
        "hidden_size": 512,
        "intermediate_size": 640,
    }
    if dial.key in other:
        value = other[dial.key]
    elif dial.options:
        value = next(o for o in dial.options[::-1] if o != dial.default)
    else:
        value = not dial.default
    link = str(value).lower() if isinstance(value, bool) else str(value)
    beside = {"experts": 4} if dial.key == "shared_expert" else {}
    app = open_part(visit, "Dial it", **{dial.key: link}, **{k: str(v) for k, v in beside.items()})
    assert not app.warning
    text = lesson.load("language_model").set(**{dial.parameter: value}, **beside).text
    assert codes(app) == [text]
    assert "counts the same" in said(app)


def test_a_token_meets_two_of_mixtrals_experts(visit):
    app = open_part(visit, "Dial it", vocabulary="32000", experts="8", cost="FLOPs")
    assert "those of Mixtral 8x7B (" in said(app)
    assert "46.7 billion parameters" in said(app)
    assert "Each token meets **12.88 billion** of them: 2 of 8 experts" in said(app)


def test_a_context_past_a_models_positions_is_not_priced(visit):
    app = open_part(visit, "Dial it", cost="memory to run", context="8193")
    assert "Choose a context of 8,192 or less" in app.warning[0].value
    assert not pictures(app)
    assert "It takes" not in said(app)
    app.number_input(key="context").set_value(8192).run()
    assert not app.warning
    assert "It takes at least **15.96 GiB**" in said(app)
    app.number_input(key="window").set_value(4096).run()
    assert "It takes at least **15.46 GiB**" in said(app)


def test_the_ratio_sets_the_intermediate_size(visit):
    app = open_part(visit, "Dial it")
    assert app.number_input(key="ratio").value == 3.5
    app.number_input(key="ratio").set_value(4.0).run()
    assert app.number_input(key="intermediate_size").value == 4 * 4096
    app.number_input(key="hidden_size").set_value(2048).run()
    assert app.number_input(key="ratio").value == 8.0


def test_sizes_that_do_not_fit_are_answered_by_a_sentence(visit):
    app = open_part(visit, "Dial it", hidden_size="4097")
    assert any("multiple of heads" in warning.value for warning in app.warning)
    app = open_part(visit, "Dial it", kv_heads="5")
    assert any("multiple of key/value heads" in warning.value for warning in app.warning)


@pytest.mark.parametrize("cost", ["parameters", "FLOPs", "memory to run", "memory to train"])
def test_the_picture_of_a_cost_adds_up_to_its_table(visit, cost):
    app = open_part(visit, "Dial it", cost=cost)
    table = app.dataframe[0].value
    values = {row[""]: int(row.iloc[1].replace(",", "")) for _, row in table.iterrows()}
    traces = pictures(app)[0]["data"]
    if cost == "parameters":
        assert sum(traces[0]["values"]) == sum(values.values()) == 8_030_261_248
    elif cost == "FLOPs":
        forward = sum(trace["x"][0] for trace in traces)
        assert 2 * forward == values["backward"]
    elif cost == "memory to train":
        drawn = {t["name"]: t["x"][0] for t in traces if t.get("name") in values}
        assert {name: round(gib * 2**30) for name, gib in drawn.items()} == values
        held = bytes_in_words(sum(values.values()))
        assert f"A step that keeps its gradients holds about **{held}**. Not counted" in said(app)


@pytest.mark.parametrize("dtype", ["int8", "int4"])
def test_a_storage_format_cannot_be_trained_and_the_page_says_why(visit, dtype):
    app = open_part(visit, "Dial it", cost="memory to train", format=dtype)
    assert any("choose float32" in warning.value for warning in app.warning)


# Why bend it?


@pytest.mark.parametrize("bend", ["nothing", "ReLU", "GELU", "SiLU"])
def test_the_sentence_gives_the_scripts_own_difference(visit, bend):
    app = open_part(visit, "Why bend it?", bend=bend, seed="4")
    text = lesson.load("why_activation").set(bend=bend, seed=4).text
    assert shown_code(app) == text
    assert ("Two layers with" in said(app)) == (bend == "nothing")


# Feel it


def test_measuring_goes_on_in_pieces_to_its_end(visit):
    app = open_part(visit, "Feel it", widest="128")
    app.button(key="measure").click().run()
    for _ in range(50):
        if app.button(key="stop").disabled:
            break
        app.run()
    assert not app.exception
    assert len(state_of(app, ScaleState).timing.points) == 4
    numbers = " ".join(said(app).replace(",", "").split())
    three, tokens, forward, flops, rate = map(
        float,
        re.search(
            r"(3) \(forward.*\) · (\d+) · ([\d.]+) billion = ([\d.]+) trillion FLOPs\. At the "
            r"([\d.]+) GFLOP/s measured here",
            numbers,
        ).groups(),
    )
    assert three * tokens * forward / 1e3 == pytest.approx(flops, rel=1e-3)
    points = state_of(app, ScaleState).timing.points
    assert rate == pytest.approx(max(p.flops_per_second for p in points) / 1e9, rel=1e-2)
    slopes = [
        math.log2(wide.seconds / narrow.seconds) for narrow, wide in (points[0::2], points[1::2])
    ]
    written = re.search(r"dashed lines have (\S+) for 1 token and (\S+) for 128 tokens", numbers)
    assert [float(n) for n in written.groups()] == pytest.approx(slopes, rel=1e-2, abs=1e-3)
    timing = state_of(app, ScaleState).timing
    assert sentences.clock(alone=timing.alone) in said(app)
    assert measure.reserved_bytes() == 0


def test_stop_stops_and_keeps_the_points(visit, monkeypatch):
    monkeypatch.setattr("groundup.ui.scale.measure.PIECE", 0.0)
    app = open_part(visit, "Feel it", widest="512")
    app.button(key="measure").click().run()
    assert not app.button(key="stop").disabled
    app.button(key="stop").click().run()
    assert app.button(key="stop").disabled
    assert len(state_of(app, ScaleState).timing.points) < 8
    assert measure.reserved_bytes() == 0


def test_a_small_budget_refuses_a_wide_block_in_a_sentence(visit, monkeypatch):
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "16")
    app = open_part(visit, "Feel it", widest="4096")
    assert any("Choose 256 or less" in warning.value for warning in app.warning)
    assert app.button(key="measure").disabled
    app = open_part(visit, "Train it", ffn_width="1024")
    assert any("Choose a smaller width" in warning.value for warning in app.warning)


# Train it, and ask a neuron


@pytest.mark.parametrize(
    ("link", "settings"),
    [
        ({}, {}),
        ({"ffn_or_toy": "toy"}, {"model": "toy"}),
        ({"ffn_lr": "0.003", "ffn_epochs": "30"}, {"learning_rate": 0.003, "epochs": 30}),
        ({"ffn_optimizer": "momentum", "seed": "3"}, {"optimizer": "momentum", "seed": 3}),
        ({"ffn_width": "16"}, {"hidden": 16, "intermediate": 64}),
    ],
)
def test_the_controls_write_the_script_that_trains(visit, link, settings):
    app = open_part(visit, "Train it", **link)
    assert codes(app) == [lesson.load("train_ffn").set(**settings).text]


def test_train_sends_the_player_the_losses_of_the_codes(visit):
    app = open_part(visit, "Train it", ffn_epochs="40", ffn_width="16")
    app.button(key="ffn_train").click().run()
    (text,) = codes(app)
    kept = state_of(app, ScaleState).training
    assert kept.lesson.text == text
    assert list(kept.losses) == list(observe.run(text).columns["loss"])
    shown = sent_to(app, "player")
    assert shown["epochs"] == 40
    assert shown["curves"]["at"] == list(range(1, 41))
    app.number_input(key="ffn_epochs").set_value(41).run()
    assert any("former settings" in info.value for info in app.info)


def test_a_diff_shows_the_one_statement_that_differs(visit):
    lines = open_part(visit, "Train it").code[-1].value.splitlines()
    assert [line for line in lines if line.startswith("-") and line != "--- toy"] == [
        "-model = nn.Linear(1, 1)"
    ]
    assert sum("FeedForwardNetwork(hidden" in line for line in lines) == 1


def test_the_neurons_near_zero_are_counted_for_the_input_chosen(visit):
    app = open_part(visit, "Ask a neuron", input_x="0.5", ffn_width="16", ffn_epochs="40")
    planned = ffn_training.planned(16, measure.budget(), epochs=40)
    assert codes(app) == [planned.edit("look_inside").text]
    view = ffn_training.look_inside(planned, measure.budget())
    row = view.nearest(0.5)
    assert f"**{view.near_zero[row]} of its 64 neurons**" in said(app)


# Links made by hand


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("Read it", "tokens", "0"),
        ("Read it", "tokens", "-3"),
        ("Read it", "tokens", "1000000000000"),
        ("Read it", "block", "evil"),
        ("Climb the ladder", "fills", "GPT-5"),
        ("Dial it", "hidden_size", "0"),
        ("Dial it", "hidden_size", "-1"),
        ("Dial it", "num_layers", "1000000000000"),
        ("Dial it", "vocabulary", "nan"),
        ("Dial it", "norm", "BatchNorm"),
        ("Dial it", "gated", "maybe"),
        ("Feel it", "widest", "1000000000000"),
        ("Feel it", "cores", "0"),
        ("Train it", "ffn_width", "-64"),
        ("Train it", "ffn_epochs", "1000000000000"),
        ("Train it", "ffn_lr", "inf"),
        ("Ask a neuron", "input_x", "7"),
    ],
)
def test_a_refused_value_gets_a_sentence_and_a_working_page(visit, part, key, value):
    app = open_part(visit, part, **{key: value})
    assert any(f"{key}={value}" in warning.value for warning in app.warning)


def test_an_unknown_part_opens_the_first(visit):
    app = open_part(visit, "Nonsense")
    assert codes(app) == [lesson.load("transformer_block").text]
