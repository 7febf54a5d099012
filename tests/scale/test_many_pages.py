"""The layer cut and the state spread out as a learner meets them: every setting, and bad links."""

import pytest

from groundup.scale.catalogue import MODELS, published
from groundup.scale.many import cut, cut_words, state
from groundup.scale.memory import ACCELERATORS
from groundup.scale.spread import words
from groundup.scale.spread.ways import SPREADS, Step, Way
from tests.pages import codes, said, sent_to

CUT, STATE = "The layer cut", "The state spread out"


def opened(visit, part, **link):
    app = visit("ffn_scale", scale="Many machines", many=part, **link)
    assert not app.exception
    return app


@pytest.mark.parametrize("model", ["article", "gated"])
@pytest.mark.parametrize("way", ["outputs", "inputs"])
def test_the_picture_is_of_the_text_beside_it(visit, model, way):
    app = opened(visit, CUT, cut_model=model, cut_by=way)
    made = cut.planned(model=model, cut=way)
    assert codes(app)[0] == made.text
    scene = sent_to(app, "cut")
    said_alone = cut.alone(made)
    assert scene["by"] == way
    assert scene["outputs"] == [part[0] for part in cut.by_part(said_alone, "outputs")]
    assert cut_words.proof(said_alone, workers=1) in said(app)
    table = app.table[0].value
    assert table.iloc[1, 1] == f"{48 * (3 if model == 'article' else 5)} bytes"


def test_where_there_is_no_room_a_recording_stands_in_the_picture(visit, monkeypatch):
    monkeypatch.setattr("groundup.scale.many.room.cores", lambda: 1)
    app = opened(visit, CUT, cut_model="gated")
    assert "Recorded on" in app.info[0].value
    assert "on 2 workers" in said(app)
    app = opened(visit, STATE, spread_over="optimizer")
    assert "Recorded on" in app.info[0].value
    made = state.planned("optimizer")
    expected = state.expected("optimizer", state.parameters(made), 2)
    assert app.table[0].value["worker 1"].tolist() == [f"{size:,}" for size in expected.values()]


def test_the_page_says_what_the_formulas_say(visit):
    app = opened(
        visit, STATE, spread_model="Llama 3 70B", spread_devices="64", spread_over="weights"
    )
    a, way = published("Llama 3 70B").architecture, Way(64, spread="weights")
    assert words.layout(way) in said(app)
    assert words.verdict(a, way, Step(), ACCELERATORS[3]) in said(app)
    assert "The fullest device holds" in said(app)
    alt = app.get("plotly_chart")[0].proto.alt
    assert all(f"{spread} " in alt for spread in SPREADS)
    catalogue = next(frame.value for frame in app.dataframe if "model" in frame.value)
    assert catalogue["model"].tolist() == [model.name for model in MODELS]
    assert codes(app)[0] == state.planned("weights").text


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ({"spread_devices": "12", "spread_tensor": "8"}, "Choose 16 devices"),
        (
            {"spread_pipeline": "2", "spread_devices": "2", "spread_over": "weights"},
            "optimizer alone",
        ),
        ({"spread_context": "131072"}, "Choose a context of 8,192 or less"),
        ({"spread_tensor": "7", "spread_devices": "7"}, "cannot be cut in 7 equal parts"),
    ],
)
def test_an_impossible_setting_is_a_sentence_and_the_rest_stays(visit, link, why):
    app = opened(visit, STATE, **link)
    assert why in app.warning[0].value
    assert not app.get("plotly_chart")


def test_torchs_own_way_is_offered_where_the_weights_are_spread(visit):
    app = opened(visit, STATE, spread_over="weights", spread_by_torch="true")
    assert codes(app)[0] == state.planned(state.FULLY_SHARD).text
    app = opened(visit, STATE, spread_over="optimizer", spread_by_torch="true")
    assert codes(app)[0] == state.planned("optimizer").text
