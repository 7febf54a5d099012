"""Tensors: predict shapes, dtypes and memory before running a line."""

import streamlit as st

from groundup import shape_lab, views
from groundup import tensor_lessons as make
from groundup.figures.shapes import lab_picture
from groundup.figures.tensors import portrait, storage_picture
from groundup.lesson import load
from groundup.shape_fixes import fixes
from groundup.shape_presets import PRESETS
from groundup.shapes import judge
from groundup.ui.controls import control, values
from groundup.ui.tensor_dtypes import dtype_picture
from groundup.ui.tensors import (
    answered,
    draw,
    erase_written,
    offer,
    offer_instead,
    perform,
    refusals,
    start_numbers,
    take_preset,
    typed_lab,
    write_where_picked,
)

st.title("What is a tensor, and which shape comes out?")
look_at = control("look_at")

if look_at == "Make one":
    first, second, third, fourth = st.columns([9, 3, 3, 3], vertical_alignment="bottom")
    way, shared = first.container(), values("seed", "device")
    with way:
        way = control("way")
    with refusals():
        if way == "From data":
            lesson = make.from_data(control("data"))
        elif way == "By mimicking":
            with second:
                template = control("template")
            with third:
                like = control("like")
            with fourth:
                dtype = control("like_dtype")
            lesson = make.like(like, dtype, template, shared["seed"])
        else:
            with second:
                maker = control("maker")
            if maker in ("arange", "linspace"):
                with third:
                    start = control("start")
                with fourth:
                    end = control("end")
                if maker == "arange":
                    lesson = make.from_range(start, end, control("step"), shared["device"])
                else:
                    lesson = make.from_linspace(start, end, control("how_many"), shared["device"])
            else:
                with third:
                    size = control("size")
                with fourth:
                    fill = control("fill") if maker == "full" else 7.0
                lesson = make.from_shape(maker, size, fill, **shared)
    picture, code = st.columns([11, 9])
    with code:
        run = perform(lesson, "make", height=300)
    with picture:
        if "t" in run.variables:
            draw(portrait("t", run.variables["t"]), key="made")

if look_at == "Storage":
    how, up, across, edit = st.columns([5, 3, 3, 4], vertical_alignment="bottom")
    with how:
        other = control("other", on_change=erase_written)
    with up:
        rows = control("rows", on_change=erase_written)
    with across:
        columns = control("columns", on_change=erase_written)
    with edit:
        written = control("written")
    with refusals():
        lesson = make.storage(other, rows, columns, written)
    picture, code = st.columns([11, 9])
    with code:
        run = perform(lesson, "storage", height=300)
    with picture:
        t, view = run.variables["t"], run.variables.get("other")
        st.markdown(views.sentence(t, view))
        if view is None:
            offer_instead("other", ("t.T.reshape(-1)", "t.T.contiguous().view(-1)"))
        write_where_picked(storage_picture(t, view, make.NEW_VALUE), run.variables, key="storage")

if look_at == "Why float32?":
    about = control("about")
    ask, second = st.columns([2, 3])
    if about == "The nudge":
        with ask:
            value = control("value")
        with second:
            nudge = control("nudge")
        lesson = load("nudge").set(value=value, nudge=nudge)
        st.markdown(
            "Learning is nudging: a weight goes from 3 to 3.001, again and again. Only a dtype "
            "whose numbers lie close together can follow."
        )
    elif about == "Spacing":
        with second:
            lesson = load("spacing").set(value=control("around"))
    elif about == "Promotion":
        with ask:
            lesson = load("promotion").set(operation=control("operation"))
    elif about == "Learnable?":
        with ask:
            learnable = control("learnable")
        with second:
            lesson = load("integer_grad").set(learnable=learnable, asked=control("asked"))
    elif about == "A million updates":
        with second:
            lesson = load("updates").set(update=control("update"))
    else:
        lesson = load("nudge")
    dtype_picture(about, lesson)

if look_at == "Shape lab":
    which, kind, guess_box, switch = st.columns([5, 3, 4, 3], vertical_alignment="bottom")
    which.selectbox(
        "Start from a classic",
        PRESETS,
        index=None,
        placeholder="✗ errors, ⚠ silent traps, ✓ good ones",
        key="classic",
        on_change=take_preset,
    )
    with kind:
        op = control("op", on_change=start_numbers)
    with switch:
        guess_first = control("guess_first")
    with refusals():
        lab = typed_lab(op)
        question = shape_lab.read(lab)
        lesson = shape_lab.lab_lesson(lab, **values("device", "seed"))
        verdict = judge(question)
        guess = guess_box.text_input(
            "Your guess", key=f"guess {lab}", placeholder="2, 4 or error", help="A shape, or error."
        )
        if guess_first and not guess.strip():
            st.info("Which shape comes out? Type your guess above: a shape, or the word error.")
            st.stop()
        answered(verdict, guess)
    picture, code = st.columns([11, 9])
    with code:
        run = perform(lesson, "lab", height=270)
    with picture:
        offer(fixes(lab))
        draw(lab_picture(question, verdict, run.variables), key="lab")
