"""FFN scale: from nn.Linear(1, 1) to the layer inside a model of 8 billion parameters."""

from dataclasses import asdict

import streamlit as st

from groundup.engine import lesson, observe
from groundup.figures.scale import activations
from groundup.figures.scale import size as pictures
from groundup.scale import counterparts, ladder
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, values
from groundup.ui.scale import dials, ffn_training
from groundup.ui.scale import sentences as ui
from groundup.ui.scale.measure import feel

st.title("What changes between 2 parameters and 8 billion?")
dark = ui.is_dark()
part = control("scale")

if part == "Read it":
    code, picture = st.columns([1, 1.6], gap="medium")
    with picture, st.container(horizontal=True, vertical_alignment="bottom"):
        control("block")
        control("tokens")
    block = lesson.load("feed_forward").set(**values("block", "tokens"))
    run = observe.run(block.text)
    toy = lesson.load("feed_forward").set(block="toy")
    with code:
        lesson_panel(block, changed=ui.changed_from("article", block))
    with picture:
        st.plotly_chart(
            pictures.flow(run.variables["flow"], run.variables["weights"], dark=dark),
            key="flow",
            alt="The block's matrices and the data between them, all drawn to one scale",
        )
        st.caption(
            "Area is how many numbers: blue is data (a column for each token), orange is what is "
            "learned. No memory was used: on the `meta` device a tensor has a shape and no numbers."
        )
        st.code(run.output, language=None)
    st.subheader("Line by line, it is the toy")
    st.table(ui.match_rows(counterparts.matched(toy.text, block.text)), hide_index=True)
    st.info(ui.honest_sentence())

elif part == "Climb the ladder":
    zoom, first, second = st.columns([2.4, 1, 1], vertical_alignment="bottom")
    with zoom, st.container(horizontal=True, vertical_alignment="bottom"):
        fills = control("fills")
        ui.zoom_buttons()
    with first:
        left = ladder.rung(control("left"))
    with second:
        right = ladder.rung(control("right"))
    rungs = ladder.rungs()
    area, axis = st.columns(2)
    area.plotly_chart(
        pictures.squares(rungs, [r.name for r in rungs].index(fills), dark=dark),
        key="squares",
        alt=f"Squares whose area is a model's parameters; {fills} fills the picture",
    )
    axis.plotly_chart(
        pictures.log_ladder(rungs, [left.name, right.name], dark=dark),
        key="log_ladder",
        alt="The parameters of every model on a logarithmic axis",
    )
    st.caption(ladder.how_small(rungs[0], ladder.rung(fills)))
    st.table(ladder.comparison(left, right), hide_index=True)

elif part == "Dial it":
    controls, picture = st.columns([1, 1.25], gap="medium")
    with controls:
        sizes = dials.dials()
    with picture:
        cost = control("cost")
        if sizes:
            built = lesson.load("language_model").set(**asdict(sizes))
            dials.total_line(sizes)
            rows = dials.cost(cost, sizes, dark=dark)
            dials.verdict(sizes, observe.run(built.text).variables["count"])
    if sizes:
        dials.formula_table(rows, "bytes" if "memory" in cost else "count", key="formulas")
        with st.expander("The script that built this model on the meta device"):
            lesson_panel(built)
        with st.expander("The catalogue, and where its numbers come from"):
            dials.catalogue_table()

elif part == "Why bend it?":
    text, picture = st.columns([1, 1.4], gap="medium")
    with picture, st.container(horizontal=True, vertical_alignment="bottom"):
        control("bend")
        control("digits")
    why = lesson.load("why_activation").set(**values("bend", "digits", "seed"))
    walk = observe.run(why.text).variables
    with text:
        lesson_panel(why, look=14)
    with picture:
        st.plotly_chart(
            activations.two_against_one(
                walk["t"].flatten().tolist(),
                walk["two"][:, 0].tolist(),
                walk["one"][:, 0].tolist(),
                dark=dark,
            ),
            key="walk",
            alt="The first output of two layers, and of one layer made of their product",
        )
        st.markdown(ui.collapse_sentence(walk["difference"], walk["rounding"], walk["bend"]))
    st.subheader("Three ways to bend, and their slopes")
    shapes = observe.run(lesson.load("activations").text).variables
    places = shapes["places"].tolist()
    for column, kind in zip(st.columns(2), ("curves", "slopes"), strict=True):
        ys = {name: y.tolist() for name, y in shapes[kind].items()}
        column.plotly_chart(
            activations.curves(places, ys, title=ui.AXES[kind], dark=dark),
            key=kind,
            alt=f"The {kind} of GELU, ReLU and SiLU",
        )
    with st.expander("The script behind the curves"):
        lesson_panel(lesson.load("activations"), key="curves_code")

elif part == "Feel it":
    width, share, _ = st.columns([1, 1, 2])
    with width:
        widest = int(control("widest"))
    with share:
        threads = control("cores")
    feel(widest, threads, dark=dark)

elif part == "Train it":
    rate, *rest = st.columns([2.2, 1.1, 1, 1, 1.2], vertical_alignment="bottom")
    with rate:
        control("ffn_lr")
    for column, key in zip(
        rest, ("ffn_or_toy", "ffn_width", "ffn_epochs", "ffn_optimizer"), strict=True
    ):
        with column:
            control(key)
    chosen = values(
        *("ffn_or_toy", "ffn_width", "ffn_lr", "ffn_epochs", "ffn_optimizer", "device", "seed")
    )
    if planned := ffn_training.wanted(**chosen):
        ffn_training.train(planned)
        st.markdown("**The toy's script and this one differ in one statement:**")
        st.code(ffn_training.one_line_diff(planned), language="diff")

elif part == "Ask a neuron":
    input_x, width, training = st.columns([3, 1, 1], vertical_alignment="bottom")
    with input_x:
        look_at = control("input_x")
    with width:
        control("ffn_width")
    with training, st.popover("Training", width="stretch"):
        for key in ("ffn_lr", "ffn_epochs", "ffn_optimizer"):
            control(key)
    chosen = values("ffn_width", "ffn_lr", "ffn_epochs", "ffn_optimizer", "device", "seed")
    if planned := ffn_training.wanted(**chosen):
        ffn_training.ask(planned, look_at, dark=dark)
        with st.expander("The script that trained it and looked inside"):
            inside = planned.edit("look_inside")
            lesson_panel(inside, changed=inside.marked_lines)
