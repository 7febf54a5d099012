"""The stage of what a model holds: its tables, its tree, its hooks, and its file."""

from __future__ import annotations

from typing import Any

import streamlit as st
import torch

from groundup import holdings
from groundup.figures.holdings import histograms, tree
from groundup.figures.theme import palette
from groundup.lesson import Lesson
from groundup.observe import Run, run
from groundup.snapshot import number
from groundup.turns import TURN
from groundup.ui import messages
from groundup.ui.code_panel import code_panel


def stage(lesson: Lesson) -> None:
    """Run ``lesson`` and lay out all that its model holds."""
    done = run(lesson.text)
    picture, code = st.columns([1.45, 1], gap="medium")
    with code:
        failed = done.failure.line if done.failure else None
        look = lesson.text[: lesson.text.find("class Classifier")].count("\n") + 1
        code_panel(lesson.text, key="inside_code", failed=failed, look=look, height=470)
        st.download_button("Code (.py)", lesson.text, f"{lesson.name}.py", "text/x-python")
    with picture:
        if done.failure:
            messages.failed(done.failure)
        else:
            _tabs(done, lesson)


def _tabs(done: Run, lesson: Lesson) -> None:
    names = ["Parameters", "Tree", "Layer outputs", "train and eval", "Save and load"]
    drawn = [_parameters, _tree, _outputs, _modes, _files]
    opened = st.tabs(names, key="inside_tabs", on_change="rerun")
    for tab, draw in zip(opened, drawn, strict=True):
        if tab.open:
            with tab:
                draw(done.variables, done.output, lesson)


def _parameters(found: dict[str, Any], said: str, lesson: Lesson) -> None:
    held = holdings.parameters(found["model"])
    st.table([_row(one) for one in held], border="horizontal")
    total, learning = (
        sum(one.count for one in held if one.requires_grad or not only) for only in (False, True)
    )
    st.markdown(
        f"**{total:,} numbers, {learning:,} of them learn.** A norm is √Σ² over the tensor; the "
        "gradient's is that of the last step. None: no gradient was ever computed."
    )


def _row(one: holdings.Held) -> dict[str, str]:
    return {
        "name": f"`{one.name}`",
        "shape": " × ".join(map(str, one.shape)),
        "count": f"{one.count:,}",
        "requires_grad": str(one.requires_grad),
        "norm": number(one.norm),
        "grad norm": "None" if one.grad_norm is None else number(one.grad_norm),
    }


def _tree(found: dict[str, Any], said: str, lesson: Lesson) -> None:
    listed = holdings.layers(found["model"])
    colours = palette(dark=st.context.theme.type == "dark")
    alt = "The tree of modules: " + ", ".join(
        f"{one.name or 'model'} ({one.kind})" for one in listed
    )
    st.graphviz_chart(tree(listed, colours), width="stretch", alt=alt)
    st.markdown("`print(model)` says the same in text:")
    st.code(said.partition("\n\n")[0], language=None)


def _outputs(found: dict[str, Any], said: str, lesson: Lesson) -> None:
    given = [holdings.output(name, values) for name, values in found["outputs"].items()]
    colours = palette(dark=st.context.theme.type == "dark")
    alt = "Histograms of each layer's output: " + ", ".join(one.name for one in given)
    st.plotly_chart(histograms(given, colours), key="outputs", alt=alt)
    st.markdown(
        "A **forward hook** is a function that a layer calls with each output. Here each leaf of "
        "the tree has one, and all 200 examples passed through: read the shapes from left to "
        "right. ReLU turns everything below zero into 0; in train mode dropout adds zeros of its "
        "own, and scales what is left by 1 / (1 − p)."
    )


def _modes(found: dict[str, Any], said: str, lesson: Lesson) -> None:
    once, again = (found[name].detach() for name in ("once", "again"))
    gap = (once - again).abs().max().item()
    mode = lesson.settings["mode"]
    st.table(
        [
            {"example": str(n), "asked once": number(a), "asked again": number(b)}
            for n, (a, b) in enumerate(zip(once[:6].tolist(), again[:6].tolist(), strict=True))
        ],
        border="horizontal",
    )
    st.markdown(
        f"The same 200 examples, asked twice in **{mode}** mode; the largest difference between "
        f"the two answers is **{number(gap)}**. `model.train()` lets dropout throw away random "
        "outputs, so the answer changes each time; `model.eval()` makes it stand still. Neither "
        "has anything to do with gradients: that is `torch.no_grad()`."
    )


def _files(found: dict[str, Any], said: str, lesson: Lesson) -> None:
    model, X, y = found["model"], found["X"], found["y"]
    own = model.state_dict()
    st.markdown(
        "`state_dict()` is a plain dictionary from names to tensors. The file holds nothing else: "
        "to load it, you need the class."
    )
    st.download_button("Save these numbers (model.pt)", found["file"].getvalue(), "model.pt")
    file = st.file_uploader(
        "Load a model.pt that was saved here", key="state_file", max_upload_size=1
    )
    if file is None:
        return
    try:
        with TURN, torch.enable_grad():
            state = holdings.loaded(file.getvalue(), model)
            scores = [holdings.accuracy(model, one, X, y) for one in (state, own)]
    except ValueError as error:
        st.error(f"{error} Nothing was changed.", title="This file was not loaded")
        return
    st.success(
        f"Loaded: every name and shape fits. Its numbers get {scores[0]:.1%} of the examples "
        f"right; those on this page get {scores[1]:.1%}.",
        icon=":material/check:",
    )
