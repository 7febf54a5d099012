"""The tensors page as a user meets it: sections, controls, refusals, fixes, and hand-made links."""

import contextlib
import io
import json

import pytest

from groundup.shapes.chain import CHAIN, read_chain
from groundup.shapes.lab import read
from groundup.shapes.presets import PRESETS
from groundup.shapes.rules import OPERATIONS, judge
from groundup.ui.settings.tensors import BRIDGES, CONTROLS, DTYPE_VIEWS, WAYS
from tests.pages import outputs, said, sent_to, shown_code, with_settings


def drawn(app, name):
    """The cells' texts of the panel called ``name``, row by row."""
    (panel,) = [p for p in sent_to(app, "tensor_grid")["panels"] if p["id"] == name]
    return [
        [cell[0] for cell in cells]
        for row in panel["blocks"]
        for block in row
        for _, cells in block["rows"]
    ]


def printed(text):
    """What a fresh interpreter's namespace prints when it executes ``text``."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(RuntimeError, NotImplementedError):
        exec(text, {"__name__": "__main__"})
    return out.getvalue().rstrip()


VIEWS = [
    *({"look_at": "Make one", "made_from": way} for way in WAYS),
    {"look_at": "Make one", "made_from": "From a shape", "maker": "arange"},
    {"look_at": "Make one", "made_from": "From a shape", "maker": "linspace"},
    {"look_at": "Storage", "written": "other[0, 1]"},
    {"look_at": "Storage", "other": "t.T.view(-1)"},
    *({"look_at": "Why float32?", "about": about} for about in DTYPE_VIEWS),
    {"look_at": "Device"},
    *({"look_at": "NumPy", "bridge": bridge} for bridge in BRIDGES),
]


@pytest.mark.parametrize("link", VIEWS, ids=lambda link: " ".join(link.values()))
def test_every_view_shows_a_script_and_what_that_script_prints(visit, link):
    app = visit("tensors", **link)
    assert not app.exception
    # A dataframe cuts its cells without a mark.
    assert not app.dataframe
    if link.get("about") != "A million updates":
        assert printed(shown_code(app)) in [*outputs(app), ""]


@pytest.mark.parametrize("op", OPERATIONS)
def test_the_shape_lab_takes_every_operation(visit, op):
    app = visit("tensors", look_at="Shape lab", op=op, a="2, 3", b="2, 3", numbers="1, 0")
    assert not app.exception
    app.selectbox(key="op").set_value("mean").run()
    app.selectbox(key="op").set_value(op).run()
    assert not app.exception
    assert printed(shown_code(app)) in [*outputs(app), ""]


@pytest.mark.parametrize("name", PRESETS)
def test_a_classic_does_what_its_sign_promises(visit, name):
    classic = PRESETS[name]
    verdict = read_chain(classic).verdict if classic.chain else judge(read(classic))
    sign = "✗" if verdict.result is None else "⚠" if verdict.trap else "✓"
    assert name[0] == sign
    app = visit("tensors", look_at="Shape lab")
    app.selectbox(key="classic").set_value(name).run()
    assert not app.exception
    assert sign in said(app)
    fixes = [one.key for one in app.button if one.key.startswith("fix_")]
    assert bool(fixes) == (sign != "✓")
    # It is called so for as long as it stands there.
    assert app.run().selectbox(key="classic").value == name
    app.text_input(key="a").set_value("7, 7").run()
    assert app.selectbox(key="classic").value is None


def test_a_fix_is_applied_and_run_by_its_button(visit):
    app = visit("tensors", look_at="Shape lab", op="@", a="2, 3", b="4, 3")
    assert "clash" in json.dumps(sent_to(app, "tensor_grid")["align"])
    app.button(key="fix_0").click().run()
    assert "b = b.mT" in shown_code(app)
    assert drawn(app, "result") == [["14.", "32.", "50.", "68."], ["32.", "77.", "122.", "167."]]
    assert "✓ (2, 4)" in said(app)


@pytest.mark.parametrize("link", [{"op": "@", "a": "2,3", "b": "4,3"}, {"op": "-", "b": "5,1"}])
def test_what_a_fix_leads_to_was_said_on_its_button_and_is_not_asked(visit, link):
    app = visit("tensors", look_at="Shape lab", guess_first="true", **{"a": "5"} | link)
    asked = [one.key for one in app.text_input if one.key.startswith("guess ")]
    app.text_input(key=asked[0]).set_value("error").run()
    app.button(key="fix_0").click().run()
    assert not [one.key for one in app.text_input if one.key.startswith("guess ")]
    assert "✓" in said(app)
    # What is typed next is asked again.
    app.text_input(key="a").set_value("6, 6").run()
    assert [one.key for one in app.text_input if one.key.startswith("guess ")]


WHY_400 = "nn.Conv2d(6, 16, 5) → nn.MaxPool2d(2) → flatten(1) → nn.Linear(512, 120)"


def test_a_chain_shows_each_shape_the_script_and_a_fix_that_mends_it(visit):
    app = visit("tensors", look_at="Shape lab", op=CHAIN, a="8, 6, 14, 14", chain=WHY_400)
    drawn_steps = sent_to(app, "chain_picture")
    assert [stage["shape"] for stage in drawn_steps["stages"]][-1] == "(8, 400)"
    assert drawn_steps["operations"][3]["state"] == "fails"
    assert "mat1 and mat2 shapes cannot be multiplied (8x400 and 512x120)" in said(app) + " ".join(
        outputs(app)
    )
    app.button(key="fix_0").click().run()
    assert "torch.nn.Linear(400, 120, device=device)(x3)" in shown_code(app)
    assert "✓ (8, 120)" in said(app)
    assert printed(shown_code(app)) in outputs(app)


def test_a_chain_is_guessed_first_where_that_is_wanted(visit):
    app = visit("tensors", look_at="Shape lab", op=CHAIN, a="8, 6, 14, 14", guess_first="true")
    assert "✓" not in said(app)
    (box,) = [text for text in app.text_input if text.label == "Which shape comes out?"]
    box.set_value("8, 120").run()
    assert any("Right" in success.value for success in app.success)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (
            {"op": "+", "a": "2, 64, 150, 150", "b": "2, 64, 152, 152"},
            "The size of tensor a (150) must match the size of tensor b (152) at non-singleton "
            "dimension 3",
        ),
        (
            {"op": "nn.Linear", "a": "8, 4095", "numbers": "4096, 14336"},
            "mat1 and mat2 shapes cannot be multiplied (8x4095 and 4096x14336)",
        ),
        (
            {"op": CHAIN, "a": "64, 3, 224, 224", "chain": "nn.Conv2d(1, 64, 7)"},
            "Given groups=1, weight of size [64, 1, 7, 7], expected input[64, 3, 224, 224] to have "
            "1 channels, but got 3 channels instead",
        ),
    ],
    ids=["+", "nn.Linear", CHAIN],
)
def test_a_mistake_of_real_size_is_told_in_the_words_of_a_real_device(visit, link, words):
    app = visit("tensors", look_at="Shape lab", **link)
    assert words in outputs(app)
    assert "device = 'meta'" in shown_code(app)


def test_another_operation_begins_with_shapes_that_it_can_take(visit):
    app = visit("tensors", look_at="Shape lab")
    for op in (
        "nn.Conv2d",
        CHAIN,
        "cross_entropy",
        "flatten",
        "+",
        "nn.MaxPool2d",
        "einsum",
        "expand",
    ):
        app.selectbox(key="op").set_value(op).run()
        assert not app.exception
        assert "✓" in said(app)


def test_a_guess_is_wanted_first_and_then_marked(visit):
    app = visit("tensors", look_at="Shape lab", op="@", a="2, 3", b="3, 4", guess_first="true")
    assert "✓" not in said(app)
    assert [p["id"] for p in sent_to(app, "tensor_grid")["panels"]] == ["a", "b"]
    (box,) = [text for text in app.text_input if text.label == "Which shape comes out?"]
    box.set_value("2, 4").run()
    assert any("Right" in success.value for success in app.success)
    (box,) = [text for text in app.text_input if text.label == "Which shape comes out?"]
    box.set_value("error").run()
    assert any("You said an error" in warning.value for warning in app.warning)


def test_typed_numbers_are_drawn_cell_by_cell_with_torchs_attributes(visit):
    app = visit("tensors", data="[[1.5, 2], [3, 4]]")
    assert drawn(app, "t") == [["1.500", "2.000"], ["3.000", "4.000"]]
    facts = dict(sent_to(app, "tensor_grid")["facts"])
    assert facts[".dtype"] == "torch.float32"
    assert facts[".nbytes"] == "4 × 4 = 16 bytes"


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"data": "[[1, 2], [3]]"}, "ragged"),
        ({"data": "__import__('os')"}, "cannot be read"),
        ({"made_from": "From a shape", "size": "2, x"}, "“x” is no whole number"),
        ({"made_from": "From a shape", "maker": "eye", "size": "2, 2, 2"}, "one or two sizes"),
        ({"made_from": "From a shape", "maker": "arange", "step": "0"}, "never arrives"),
        ({"look_at": "Storage", "written": "t[0]; import os"}, "names no cell"),
        ({"look_at": "Shape lab", "a": "3, y"}, "a: “y” is no whole number"),
        ({"look_at": "Shape lab", "first_do": "a.exec()"}, "is no step here"),
        ({"look_at": "Shape lab", "op": "chain", "chain": "os.system(1)"}, "no operation here"),
        ({"look_at": "Shape lab", "op": "einsum", "numbers": "ij;jk"}, "takes letters"),
        ({"look_at": "Shape lab", "op": "index", "numbers": "a.x"}, "is no index here"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_gets_a_sentence_and_stays_in_its_box(visit, link, says):
    app = visit("tensors", **link)
    assert not app.exception
    assert says in " ".join(error.value for error in app.error)
    typed = [text.value for text in app.text_input]
    assert all(
        value in typed
        for key, value in link.items()
        if key not in {"look_at", "made_from", "maker", "op"}
    )


def test_the_last_picture_stays_while_what_is_typed_cannot_be_used(visit):
    app = visit("tensors", data="[[7, 8]]")
    app.text_input(key="data").set_value("[[7, 8], [9]]").run()
    assert drawn(app, "t") == [["7", "8"]]
    assert app.error


def test_a_real_error_is_shown_in_torchs_words_and_the_inputs_stay_drawn(visit):
    app = visit("tensors", look_at="Shape lab", op="+", a="3, 4", b="2, 4")
    assert any("RuntimeError" in error.value for error in app.error)
    assert any("must match the size of tensor" in text for text in outputs(app))
    assert drawn(app, "b") == [["1.", "2.", "3.", "4."], ["5.", "6.", "7.", "8."]]


def test_a_huge_shape_is_described_and_not_allocated(visit):
    app = visit("tensors", made_from="From a shape", size="100000, 100000, 100")
    facts = dict(sent_to(app, "tensor_grid")["facts"])
    assert facts[".device"] == "meta"
    assert facts[".nbytes"].endswith("4 TB, not allocated")


def test_the_seed_is_the_apps(visit):
    app = with_settings(visit("tensors", made_from="From a shape"))
    before = drawn(app, "t")
    app.number_input(key="seed").set_value(7).run()
    assert "seed = 7" in shown_code(app)
    assert drawn(app, "t") != before


def test_writing_into_a_view_is_erased_when_the_view_changes(visit):
    app = visit("tensors", look_at="Storage", written="other[3, 2]")
    assert "other[3, 2] = 99" in shown_code(app)
    app.selectbox(key="other").set_value("t.clone()").run()
    assert "= 99" not in shown_code(app)


def test_links_with_refused_values_fall_back_to_a_working_page(visit):
    for control in CONTROLS:
        if control.kind not in {"text", "switch"}:
            app = visit("tensors", **{control.key: "nonsense<script>"})
            assert not app.exception, control.key


def test_the_smallest_nudge_that_float32_sees_at_3_can_be_found(visit):
    """Numbers of float32 stand 2**-22 apart there, and half of that is rounded up."""
    for nudge, stays in ((2**-24, True), (2**-23 * 1.01, False)):
        app = visit("tensors", look_at="Why float32?", value="3.0", nudge=f"{nudge:.9g}")
        assert not app.warning
        line = next(one for one in outputs(app)[0].splitlines() if one.startswith("float32"))
        assert line.endswith("becomes 3") == stays
