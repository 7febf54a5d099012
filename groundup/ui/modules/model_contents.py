"""The stage of what a model holds: its table, its tree, its hooks, and its file."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.figures.modules.model_contents import histograms, tree
from groundup.figures.theme import palette
from groundup.modules import model_contents
from groundup.modules.parameter_history import TrainedModel, with_numbers
from groundup.ui.components import feeding, messages
from groundup.ui.components.chart import chart
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.feeding import Feed
from groundup.ui.components.player_panel import read_player
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.modules import saved_file
from groundup.ui.modules.parameters_panel import KEY, parameters_player
from groundup.ui.modules.state import ModulesState
from groundup.ui.state import page_state


def render_model(plain: Lesson, pressed: bool) -> None:
    """Run ``plain``, or train it again if ``pressed``, and lay out all that its model holds.

    Where the learner has loaded a file, the text loads its numbers before it trains.
    """
    state = page_state(ModulesState)
    lesson = with_numbers(plain, state.own_numbers)
    trained = state.trained_model = state.trained_model or TrainedModel(lesson)
    with trained.exclusive():
        read_player(KEY, trained)
        if pressed:
            trained.train(lesson)
        trained.show(lesson)
        _draw(trained)


def _draw(trained: TrainedModel) -> None:
    if trained.lesson.files:
        saved_file.visitors_numbers(trained)
    picture, code = st.columns([1.25, 1], gap="medium")
    with code:
        _code(trained)
    with picture:
        if trained.run.failure:
            messages.failed(trained.run.failure, _MISFIT if trained.lesson.files else "")
        else:
            _tabs(trained)


_MISFIT = (
    "The file was saved from a model of another size. Set **Hidden units** back to what it was, or "
    "go back to the model's own numbers."
)


def _code(trained: TrainedModel) -> None:
    lesson, failure = trained.lesson, trained.run.failure
    look = lesson.line_of("    def forward")
    failed = failure.line if failure else None
    changed = lesson.marked_lines
    code_panel(
        lesson.text,
        key="inside_code",
        changed=changed,
        failed=failed,
        look=look,
        height=470,
        steps=True,
        files=lesson.files,
    )
    with st.container(horizontal=True):
        if lesson.files:
            _zipped(lesson)
        else:
            take_home(lesson, key="inside", parts=steps_of(lesson))


def _zipped(lesson: Lesson) -> None:
    st.download_button(
        "Code and model.pt (.zip)",
        export.to_zip({f"{lesson.name}.py": lesson.text, **lesson.files}),
        f"{lesson.name}.zip",
        "application/zip",
        key="inside_zip",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help="The script and the file that it loads, which must lie beside it.",
    )


def _tabs(trained: TrainedModel) -> None:
    names = ["Parameters", "Tree", "Layer outputs", "train and eval", "Save and load"]
    drawn = [_parameters, _tree, _outputs, _modes, _files]
    opened = st.tabs(names, key="inside_tabs", on_change="rerun")
    for tab, draw in zip(opened, drawn, strict=True):
        if tab.open:
            with tab:
                draw(trained)


def _parameters(trained: TrainedModel) -> None:
    feeding.feed_player(trained, KEY, partial(_course, trained))


def _course(trained: TrainedModel, feed: Feed) -> None:
    feed()
    parameters_player(trained)
    every, learning = model_contents.counted([history.facts for history in trained.histories])
    st.markdown(
        f"**{every:,} numbers, {learning:,} of them learn.** A norm is √Σ² over the tensor; the "
        "gradient's is that of the last step. Each curve has a scale of its own."
    )


def _ended(trained: TrainedModel) -> dict[str, Any]:
    """The variables of the run, which is computed to its end for it."""
    trained.finish()
    return trained.run.variables


def _tree(trained: TrainedModel) -> None:
    ended = _ended(trained)
    listed = model_contents.layers(ended["model"])
    colours = palette(dark=st.context.theme.type == "dark")
    alt = "The tree of modules: " + ", ".join(
        f"{layer.name or 'model'} ({layer.kind})" for layer in listed
    )
    st.graphviz_chart(tree(listed, colours), width="stretch", alt=alt)
    st.markdown("`print(model)` says the same in text, but for the counts:")
    messages.printed(trained.run.output.partition("\n\n")[0])


def _outputs(trained: TrainedModel) -> None:
    ended = _ended(trained)
    outputs = [model_contents.output(name, values) for name, values in ended["outputs"].items()]
    colours = palette(dark=st.context.theme.type == "dark")
    alt = "Histograms of each layer's output: " + ", ".join(output.name for output in outputs)
    chart(histograms(outputs, colours), key="outputs", alt=alt)
    st.markdown(
        "A **forward hook** is a function that a layer calls with each output. Here each leaf of "
        f"the tree has one. After {trained.run.epochs} epochs all 200 examples passed through in "
        f"**{trained.lesson.settings['mode']}** mode: read the shapes from left to "
        "right. ReLU turns everything below zero into 0; in train mode dropout sets each number to "
        "0 with probability p, and scales the others by 1 / (1 − p)."
    )


def _modes(trained: TrainedModel) -> None:
    ended = _ended(trained)
    answers = model_contents.answers(ended["once"], ended["again"])
    mode = trained.lesson.settings["mode"]
    other = "train" if mode == "eval" else "eval"
    st.table(
        [
            {"example": str(n), "asked once": number(a), "asked again": number(b)}
            for n, (a, b) in enumerate(answers.pairs[:6])
        ],
        border="horizontal",
    )
    st.markdown(
        f"The same 200 examples, asked twice in **{mode}** mode; the largest difference between "
        f"the two answers is **{number(answers.gap)}**. `model.train()` makes dropout choose "
        "anew each time which outputs it throws away; after `model.eval()` it throws away none. "
        "Neither changes anything about gradients: that is `torch.no_grad()`. Switch **Mode** to "
        f"**{other}** and read again."
    )


def _files(trained: TrainedModel) -> None:
    saved_file.save_and_load(_ended(trained)["file"].getvalue(), trained.run.output)
