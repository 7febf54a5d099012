"""The sections of the tensors page: each asks its controls, runs its lesson, and draws."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from groundup.engine.lesson import Lesson, load
from groundup.figures.tensors import grid as figures
from groundup.figures.tensors import storage as memory
from groundup.tensors import lessons as make
from groundup.tensors import storage, views
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, values
from groundup.ui.tensors import common as ui
from groundup.ui.tensors.dtypes import why_float32

# The pictures that a refusal leaves standing.
_MADE = "made"
_STORED = "stored"


def make_one() -> None:
    """A tensor from data, from a shape or from another tensor, cell by cell."""
    st.markdown(
        "A tensor is numbers in a box, like a NumPy array. Its **shape** says how many along each "
        "dimension, its **dtype** what kind of number (int64 is whole, float32 has a point), and "
        "its **device** where they lie. It can also remember how it was computed."
    )
    way = control("made_from")
    with ui.refusals(_MADE):
        lesson = _WAYS[way]()
    picture, code = st.columns([10, 8])
    with code:
        run = ui.perform(lesson, "make", height=230)
    with picture:
        ui.draw(figures.latest(run.variables, ("t", "template")), key=_MADE)
    with st.expander("Beside a NumPy array: what only the tensor can"):
        ui.perform(load("array_or_tensor").set(**values("device")), "beside")


def _from_data() -> Lesson:
    return make.from_data(control("data"), values("device")["device"])


def _by_mimicking() -> Lesson:
    template, maker, dtype = ui.row("template", "like", "like_dtype")
    return make.like(maker, dtype, template, **values("seed", "device"))


def _from_shape() -> Lesson:
    filled_by, its_numbers = st.columns([1, 3])
    with filled_by:
        maker = control("maker")
    with its_numbers:
        typed = ui.row(*make.NUMBERS.get(maker, ("size",)))
    return make.from_numbers(maker, typed, **values("seed", "device"))


_WAYS: dict[str, Callable[[], Lesson]] = {
    "From data": _from_data,
    "From a shape": _from_shape,
    "By mimicking": _by_mimicking,
}


def in_storage() -> None:
    """Two tensors, and which bytes of one storage each of them reads."""
    with ui.refusals(_STORED):
        lesson = make.storage(*ui.row("other", "rows", "columns", "written", widths=[5, 3, 3, 4]))
    picture, code = st.columns([10, 8])
    with code:
        run = ui.perform(lesson, "storage", height=320)
    with picture:
        t, view = run.variables["t"], run.variables.get("other")
        st.markdown(views.sentence(t, view))
        if view is None:
            ui.offer_instead("other", ("t.T.reshape(-1)", "t.T.contiguous().view(-1)"))
        ui.draw_and_write(
            memory.storage_picture(
                views.drawable(t=t, other=view), make.NEW_VALUE, more=memory.view_facts(t, view)
            ),
            key=_STORED,
        )


def devices() -> None:
    """A tensor moved to another device, and what happens when the two meet."""
    st.markdown(
        "A tensor's numbers live on one **device**. An operation needs all of its tensors on the "
        "same one; only a 0-D tensor of the CPU may join the others. `meta` is always there: "
        "it keeps shapes and dtypes, and no numbers."
    )
    target, meeting = ui.row("target", "meeting")
    moved, mixed = st.columns(2)
    with moved:
        happened = st.empty()
        run = ui.perform(load("move_device").set(target=target), "move", height=240)
        happened.markdown(views.moving(run.variables))
    with mixed:
        ui.perform(load("mix_devices").set(elsewhere=target, meeting=meeting), "mix", height=240)
    table(*ui.columns(storage.device_rows()))


def numpy() -> None:
    """An array and a tensor: when they share memory, and when they cannot."""
    lesson = _BRIDGES[control("bridge")]()
    picture, code = st.columns([10, 8])
    with code:
        run = ui.perform(lesson, "numpy", height=300)
    with picture:
        three = views.bridge(run.variables)
        st.markdown(views.bridge_sentence(three))
        if "back" in three:
            picture_of_memory = memory.storage_picture(three, make.NEW_VALUE, pick=False)
            ui.draw(picture_of_memory, key="bridge_picture")
        else:
            ui.draw(figures.portraits(three), key="numpy_picture")


def _shared_memory() -> Lesson:
    to, back, into = ui.row("to_numpy", "from_numpy", "write_into")
    return load("numpy_bridge").set(to_numpy=to, from_numpy=back, write_into=into)


def _float64_arrives() -> Lesson:
    return load("numpy_dtype").set(agree=control("agree"))


def _parameter() -> Lesson:
    return load("numpy_grad").set(ask_by=control("ask_by"))


_BRIDGES: dict[str, Callable[[], Lesson]] = {
    "Shared memory": _shared_memory,
    "float64 arrives": _float64_arrives,
    "A parameter": _parameter,
}

SECTIONS: dict[str, Callable[[], None]] = {
    "Make one": make_one,
    "Storage": in_storage,
    "Why float32?": why_float32,
    "Device": devices,
    "NumPy": numpy,
}
"""What each choice of the control ``look_at`` shows; the shape lab is a topic of its own."""
