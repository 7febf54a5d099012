"""The pictures of “Why float32?”, each beside the script that computed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from groundup.engine.lesson import Lesson, load
from groundup.engine.observe import Run
from groundup.figures.tensors import dtypes as figures
from groundup.tensors import dtypes
from groundup.ui.components import messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.table import table
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.controls.widgets import control
from groundup.ui.state import page_state
from groundup.ui.tensors.common import chart, columns, perform, recorded, row
from groundup.ui.tensors.state import TensorsState


def why_float32() -> None:
    """What a dtype can hold, from one of six sides."""
    about = control("about")
    lesson = _LESSONS[about]()
    if about == "A million updates":
        _updates(lesson)
        return
    if about == "Promotion":
        picture, code = st.container(), st.container()  # the table needs the whole width
    else:
        picture, code = st.columns([10, 8])
    with code:
        done = perform(lesson, "dtype", height=320)
    with picture:
        _PICTURES[about](done)


def _nudge_lesson() -> Lesson:
    st.markdown(
        "Learning is nudging: a weight goes from 3 to 3.001, again and again. Only a dtype "
        "whose numbers lie close together can follow. Look at the bold ones first: "
        f"{', '.join(figures.LOOK_AT)}."
    )
    value, nudge = row("value", "nudge", widths=[2, 3])
    return load("nudge").set(value=value, nudge=nudge)


def _spacing_lesson() -> Lesson:
    st.markdown(
        "Near 0 floats lie close together, and far from 0 they lie far apart. At each power of 2 "
        "the distance to the next one doubles. Only below the smallest normal number does it "
        "stay the same. Move the value."
    )
    return load("spacing").set(value=control("around"))


def _promotion_lesson() -> Lesson:
    said = st.empty()
    operation = control("operation")
    said.markdown(dtypes.promotion_rule(operation))
    return load("promotion").set(operation=operation)


def _learnable_lesson() -> Lesson:
    learnable, asked = row("learnable", "asked")
    return load("integer_grad").set(learnable=learnable, asked=asked)


_LESSONS: dict[str, Callable[[], Lesson]] = {
    "The nudge": _nudge_lesson,
    "Spacing": _spacing_lesson,
    "Ranges": lambda: load("ranges"),
    "Promotion": _promotion_lesson,
    "Learnable?": _learnable_lesson,
    "A million updates": lambda: load("updates").set(update=control("update")),
}


def _nudge(done: Run) -> None:
    rows = dtypes.nudges(done.variables)
    nudge = done.variables["nudge"]
    chart(
        lambda colours: figures.nudge_figure(rows, nudge, colours),
        "nudge_figure",
        "; ".join(f"{n.dtype} {n.verdict}" for n in rows),
    )
    if said := dtypes.about_misfits(rows):
        st.caption(said)
    table(*columns(dtypes.nudge_rows(rows)))


def _spacing(done: Run) -> None:
    rows = dtypes.spacing_rows(done.variables)
    chart(
        lambda colours: figures.number_line(done.variables, colours),
        "number_line",
        "The numbers that each dtype can hold near the value. "
        + "; ".join(f"{row['dtype']}, to the next: {row['to the next number']}" for row in rows),
    )
    chart(
        lambda colours: figures.spacing_figure(done.variables, colours),
        "spacing_figure",
        "Distance to the next number against the value, both logarithmic: each dtype has stairs "
        "of its own. They are level up to its smallest normal number; from there to its largest "
        "they rise at each power of two. At the value: "
        + "; ".join(f"{row['dtype']} {row['to the next number']}" for row in rows),
    )
    table(*columns(rows))


def _ranges(done: Run) -> None:
    table(*columns(dtypes.range_rows(done.variables)))
    st.caption("Epsilon is the distance from 1 to the next number; least, the smallest above 0 "
               "that keeps all its digits.")  # fmt: skip


_AS_WIDE_AS_ITS_CELLS = """<style>
.st-key-promotion_figure { min-width: 820px; }
:has(> .st-key-promotion_figure) { overflow-x: auto; }
</style>"""


def _promotion(done: Run) -> None:
    names, results = dtypes.promotion_table(done.variables)
    # On a narrow screen the table scrolls: its cells would cut the dtypes' names.
    st.html(_AS_WIDE_AS_ITS_CELLS)
    chart(
        lambda colours: figures.promotion_figure(names, results, colours),
        "promotion_figure",
        "Result dtype of each pair of operands: "
        + "; ".join(f"{n} with itself {results[i][i]}" for i, n in enumerate(names)),
    )


def _learnable(done: Run) -> None:
    if done.failure:
        st.markdown(
            "**Not learnable.** A gradient says which way to move by a tiny step, and between "
            "two whole numbers there is none. Choose a float dtype."
        )
    else:
        st.markdown("**Learnable.** The gradient of w² is 2w, and it is there:")
        messages.printed(done.output.rstrip())


_PICTURES: dict[str, Callable[[Run], None]] = {
    "The nudge": _nudge,
    "Spacing": _spacing,
    "Ranges": _ranges,
    "Promotion": _promotion,
    "Learnable?": _learnable,
}


def _updates(lesson: Lesson) -> None:
    guesses = _guesses()
    if st.button("Run a million updates", type="primary", icon=":material/play_arrow:"):
        page_state(TensorsState).updated = lesson.text
    picture, code = st.columns([10, 8])
    with code:
        code_panel(lesson.text, key="updates_code", height=420, steps=True)
        with st.container(horizontal=True):
            take_home(lesson, key="updates", parts=steps_of(lesson))
    # What stands here is taken away before the computing begins, not covered by its notice.
    place = picture.empty()
    if page_state(TensorsState).updated != lesson.text:
        place.info("Guess first: where will each weight end? Then press the button.")
        return
    place.info("A million updates, two dtypes: a few seconds…", icon=":material/hourglass_top:")
    columns = recorded(lesson.text)
    with place.container():
        _ended(columns, float(str(lesson.settings["update"])), guesses)


def _guesses() -> dict[str, float | None]:
    """Where the learner says that each weight will end."""
    st.markdown("A weight of 1, and a million small updates. Where will it end in each dtype?")
    kinds = ("bfloat16", "float32")
    boxes = st.columns([1, 1, 2])
    return {
        name: box.number_input(
            f"Your guess for {name}",
            value=None,
            format="%.6g",
            step=0.1,
            key=f"ends_{name}",
            persist_state="page",
        )
        for name, box in zip(kinds, boxes, strict=False)
    }


def _ended(
    columns: Mapping[str, Sequence[float]], update: float, guesses: Mapping[str, float | None]
) -> None:
    """Where the weights ended, why, and the way there."""
    ends = {name.removeprefix("in_"): column[-1] for name, column in columns.items()}
    st.markdown(
        f"Asked for {1 + dtypes.MILLION * update:.7g}. "
        + "; ".join(f"**{name}** ended at **{end:.7g}**" for name, end in ends.items())
        + "."
    )
    told = [dtypes.about_guess(name, guesses[name], end) for name, end in ends.items()]
    if any(told):
        st.markdown(" ".join(filter(None, told)))
    chart(
        lambda colours: figures.updates_figure(columns, update, colours),
        "updates_figure",
        "; ".join(f"{name} ends at {end:.7g}" for name, end in ends.items()),
    )
    st.markdown("\n".join(f"- {line}" for line in dtypes.about_updates(update, ends)))
