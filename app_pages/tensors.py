"""Tensors: predict shapes, dtypes and memory before running a line."""

import streamlit as st

from groundup.engine import observe
from groundup.engine.lesson import load
from groundup.figures.shapes.lab import inputs_picture, lab_picture
from groundup.figures.tensors import grid as figures
from groundup.figures.tensors import storage as memory
from groundup.shapes import lab as shape_lab
from groundup.shapes.fixes import fixes
from groundup.shapes.rules import judge
from groundup.tensors import lessons as make
from groundup.tensors import storage, views
from groundup.ui.controls.widgets import control, values
from groundup.ui.shapes.lab import answered, ask, offer, typed_lab
from groundup.ui.tensors import common as ui
from groundup.ui.tensors.dtypes import dtype_picture

st.title("What is a tensor, and which shape comes out?")
look_at = control("look_at")
shared = values("seed", "device")

if look_at == "Make one":
    st.markdown(
        "A tensor is numbers in a box with a **shape**: one number, a row, a table, a stack of "
        "tables. Make one, and point at its cells."
    )
    way = control("made_from")
    with ui.refusals("made"):
        if way == "From data":
            lesson = make.from_data(control("data"), shared["device"])
        elif way == "By mimicking":
            template, maker, dtype = ui.row("template", "like", "like_dtype")
            lesson = make.like(maker, dtype, template, **shared)
        else:
            filled_by, its_numbers = st.columns([1, 3])
            with filled_by:
                maker = control("maker")
            with its_numbers:
                typed = ui.row(*make.NUMBERS.get(maker, ("size",)))
            lesson = make.from_numbers(maker, typed, **shared)
    picture, code = st.columns([12, 8])
    with code:
        run = ui.perform(lesson, "make", height=230)
    with picture:
        ui.draw(figures.latest(run.variables, ("t", "template")), key="made")

if look_at == "Storage":
    with ui.refusals("storage"):
        lesson = make.storage(*ui.row("other", "rows", "columns", "written", widths=[5, 3, 3, 4]))
    picture, code = st.columns([12, 8])
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
            key="storage",
        )

if look_at == "Shape lab":
    with ui.refusals("lab"):
        lab = typed_lab(ask())
        question, lesson = shape_lab.read(lab), shape_lab.lab_lesson(lab, **shared)
        verdict = judge(question)
        if not answered(lab, verdict):
            ui.draw(inputs_picture(question, observe.run(lesson.text).variables), key="lab")
            st.stop()
    picture, code = st.columns([12, 8])
    with code:
        run = ui.perform(lesson, "lab", height=270)
    with picture:
        offer(fixes(lab))
        if too_big := shape_lab.too_big(question):
            st.caption(too_big)
        ui.draw(lab_picture(question, verdict, run.variables), key="lab")

if look_at == "Why float32?":
    about = control("about")
    if about == "The nudge":
        st.markdown(
            "Learning is nudging: a weight goes from 3 to 3.001, again and again. Only a dtype "
            "whose numbers lie close together can follow."
        )
        value, nudge = ui.row("value", "nudge", widths=[2, 3])
        lesson = load("nudge").set(value=value, nudge=nudge)
    elif about == "Spacing":
        st.markdown(
            "Floats stand close together near 0 and far apart far out: at each power of 2 the "
            "distance to the next one doubles. Move the value."
        )
        lesson = load("spacing").set(value=control("around"))
    elif about == "Promotion":
        st.markdown(
            "The stronger kind wins: bool, then whole numbers, then floats. A Python number or a "
            "0-D tensor brings in its kind only, so `x + 1.0` leaves a float16 x in float16."
        )
        lesson = load("promotion").set(operation=control("operation"))
    elif about == "Learnable?":
        learnable, asked = ui.row("learnable", "asked")
        lesson = load("integer_grad").set(learnable=learnable, asked=asked)
    elif about == "A million updates":
        lesson = load("updates").set(update=control("update"))
    else:
        lesson = load("ranges")
    dtype_picture(about, lesson)

if look_at == "Device":
    st.markdown(
        "A tensor's numbers live on one **device**, and an operation wants all of its tensors on "
        "the same one. `meta` is always there: it keeps shapes and dtypes, and no numbers."
    )
    target, meeting = ui.row("target", "meeting")
    moved, mixed = st.columns(2)
    with moved:
        happened = st.empty()
        run = ui.perform(load("move_device").set(target=target), "move", height=240)
        happened.markdown(views.moving(run.variables))
    with mixed:
        ui.perform(load("mix_devices").set(elsewhere=target, meeting=meeting), "mix", height=240)
    ui.table(storage.device_rows(), "devices")

if look_at == "NumPy":
    bridge = control("bridge")
    if bridge == "Shared memory":
        to, back, into = ui.row("to_numpy", "from_numpy", "write_into")
        lesson = load("numpy_bridge").set(to_numpy=to, from_numpy=back, write_into=into)
    elif bridge == "float64 arrives":
        lesson = load("numpy_dtype").set(agree=control("agree"))
    else:
        lesson = load("numpy_grad").set(ask_by=control("ask_by"))
    picture, code = st.columns([12, 8])
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
