"""The switch that turns a tensor into something that can learn."""

import streamlit as st

from groundup.autograd import slopes, tracking
from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.mistakes import gallery
from groundup.ui import autograd as show
from groundup.ui.controls.widgets import control, values
from groundup.ui.settings import requires_grad as settings

st.title("What does `requires_grad` switch on?")
section = control("autograd")
st.caption(settings.ABOUT[section])

if section == settings.SWITCH:
    with st.container(horizontal=True, gap="small"):
        for key in ("track_x", "track_w", "track_b"):
            control(key)
        added = [e for e in ("keep_y", "zero_w", "update_w", "forget_b") if control(e)]
    program = lesson.load("switch").set(**values("track_x", "track_w", "track_b"))
    for name in added:
        program = program.edit(name)
    watched = tracking.watch(program.text)
    picture, code = st.columns([1.5, 1], gap="medium")
    with code:
        now = show.walk(watched)
        show.program(program, watched, now)
    with picture:
        if watched.moments[now].failed:
            show.failed(watched.failure)
        show.tensor_cards(watched, now)
        st.caption("A grad of **None** is no tensor; **0 (zeros)** is a tensor full of zeros.")
        show.destinies(watched.moments[now])

elif section == settings.SLOPE:
    how_many, which, own = st.columns([1, 1, 1.5])
    with how_many:
        variables = control("variables")
    if variables == settings.ONE:
        with which:
            chosen = control("curve")
        with own:
            formula = control("formula") if chosen == slopes.OWN else ""
            program = show.curve_lesson(chosen, formula)
        picture, code = st.columns([1.35, 1], gap="medium")
        with code:
            at = control("at")
            control("rate")
            steps, go = st.columns(2, vertical_alignment="bottom")
            with go:
                st.button(
                    "Step downhill",
                    icon=":material/south_east:",
                    type="primary",
                    on_click=show.one_more,
                    args=("walk", 100),
                )
            with steps:
                control("walk")
            low, high = slopes.view(at)
            program = program.set(at=at, low=low, high=high, **values("rate", "walk"))
            found = slopes.look(program.text)
            show.code(program, key="slope_code", look="height.backward", height=250)
        with picture:
            show.slope_numbers(found)
            show.curve(found)
    else:
        with which:
            control("surface")
        picture, code = st.columns([1.2, 1], gap="medium")
        with code:
            control("at_w")
            control("at_b")
            program = lesson.load("level_line").set(**values("surface", "at_w", "at_b"))
            show.code(program, key="surface_code", look="def f(w, b)")
        with picture:
            show.surface(program)

elif section == settings.SUM:
    picture, code = st.columns([1.2, 1], gap="medium")
    with code:
        count, clearing = st.columns([1, 1.4], vertical_alignment="bottom")
        with count:
            control("calls")
        with clearing:
            control("between")
        program = lesson.load("adding_up").set(**values("calls", "between"))
        show.code(program, key="sum_code", look="for call")
    with picture:
        st.button(
            "Call backward() again",
            icon=":material/add:",
            type="primary",
            on_click=show.one_more,
            args=("calls", 12),
        )
        show.stack(program.text)
    st.subheader("What does clearing leave behind?")
    show.ways_to_clear()
    twice, batches = st.columns(2, gap="medium")
    with twice:
        st.subheader("One parameter, used in two places")
        control("both_w")
        program = lesson.load("used_twice").set(**values("both_w"))
        show.used_twice(program)
        show.printed(run(program.text))
        show.code(program, key="twice_code", look="first")
    with batches:
        st.subheader("Small batches add up to a big one")
        with st.container(horizontal=True):
            control("batches")
            control("batch_size")
        with st.container(horizontal=True, vertical_alignment="center"):
            control("precision")
            undivided = control("undivided")
        program = lesson.load("mini_batches").set(
            **values("batches", "batch_size", "precision", "seed")
        )
        program = program.edit("forget_division") if undivided else program
        show.printed(run(program.text))
        show.code(program, key="batches_code", look="# One mini-batch")

elif section == settings.OUT:
    way = control("way")
    program = lesson.load("way_out").set(way=way)
    show.every_way(way)
    said, code = st.columns([1, 1.35], gap="medium")
    with said:
        show.about_way(program, way)
        show.printed(run(program.text))
    with code:
        show.code(program, key="way_code", look="out =")
    st.subheader("What tracking costs: memory")
    picture, code = st.columns([1.35, 1], gap="medium")
    with code:
        sizes = [control(key) for key in ("layers", "batch", "breadth")]
        show.code(
            lesson.load("kept_memory").set(**values("layers", "batch", "breadth")),
            key="memory_code",
            look="def keep",
        )
    with picture:
        show.memory(*sizes)

elif section == settings.MISTAKES:
    paste, choose = st.columns(2, vertical_alignment="top")
    with paste:
        show.search(st.text_input("Paste an error message", key="error", persist_state="page"))
    with choose:
        entry = gallery.titled(control("mistake"))
    wrong, right = st.columns(2, gap="medium")
    with right:
        said = show.predicted(entry)
        found = gallery.outcomes()[entry.name]
        show.tally()
        if said:
            show.verdict(entry, said, found)
    with wrong:
        line = found.line if said else None
        show.code(entry.lesson, key=f"wrong_{entry.name}", failed=line)
        fix = f"fix_{entry.name}"
        if said and st.toggle(f"Fix it: {entry.cure}", key=fix, persist_state="page"):
            show.cure(entry)

else:
    with st.expander("The slope of the slope: `create_graph=True` and the Hessian"):
        with st.container(horizontal=True):
            control("surface")
            control("at_w")
            control("at_b")
        program = lesson.load("second_order").set(**values("surface", "at_w", "at_b"))
        show.hessian(program)
    with st.expander("`torch.autograd.grad` against `.backward()`"):
        program = lesson.load("grad_or_backward")
        show.printed(run(program.text))
        show.code(program, key="grad_code")
    with st.expander("A hook that prints the gradient as it passes"):
        control("hook")
        program = lesson.load("gradient_hook").set(**values("hook"))
        show.printed(run(program.text))
        show.code(program, key="hook_code")
