"""What the requires_grad page shows that is more than one line of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from groundup import level_line, mistakes, slopes, summing, tracking, ways_out
from groundup.figures import level_line as contours
from groundup.figures import slopes as curves
from groundup.figures import summing as stacks
from groundup.figures import theme
from groundup.figures import tracking as cards
from groundup.figures.theme import Palette
from groundup.lesson import Lesson
from groundup.mistakes import Mistake, Outcome
from groundup.observe import Failure, Run, run
from groundup.slopes import Slope
from groundup.snapshot import number
from groundup.tracking import Moment, Watched
from groundup.ui.code_panel import code_panel


def colours() -> Palette:
    """The palette of the visitor's theme."""
    return theme.palette(st.context.theme.type == "dark")


def code(
    lesson: Lesson,
    *,
    key: str,
    running: int | None = None,
    failed: int | None = None,
    look: str = "",
    height: int = 380,
) -> None:
    """The lesson's text, the lines that an edit changed marked, and a way to take it home.

    ``look`` is how the line begins that should be in view.
    """
    lines = lesson.text.splitlines()
    code_panel(
        lesson.text,
        key=key,
        running=running,
        failed=failed,
        changed=lesson.marked_lines,
        look=next((n for n, line in enumerate(lines, 1) if look and line.startswith(look)), None),
        height=min(height, 40 + 20 * len(lines)),
    )
    st.download_button(
        "Take home (.py)",
        lesson.text,
        f"{lesson.name}.py",
        "text/x-python",
        key=f"{key}_py",
        icon=":material/download:",
        type="tertiary",
    )


def printed(finished: Run) -> None:
    """What a run printed, and how it failed if it did."""
    if finished.output:
        st.code(finished.output.strip(), language=None, wrap_lines=True)
    failure(finished.failure)


def failure(failed: Failure | None) -> None:
    """An exception, in PyTorch's own words."""
    if failed:
        st.error(_plain(failed.message), title=f"Line {failed.line}: {failed.kind}")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A small table whose cells may hold Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    st.markdown("\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines))


# 1. The switch


def tensor_cards(watched: Watched, index: int) -> None:
    """The tensors after moment ``index`` (from 0), what changed in it marked."""
    now = watched.moments[index]
    before = watched.moments[index - 1] if index else None
    figure = cards.cards(now, watched.operands, tracking.changes(before, now), colours())
    st.graphviz_chart(figure, width="stretch", height=420, alt=cards.in_words(now))


def destinies(moment: Moment) -> None:
    """For each tensor, where a gradient that reaches it goes."""
    rows = [(f"`{name}`", tracking.destiny(one)) for name, one in moment.tensors.items()]
    table(("tensor", "a gradient that reaches it …"), rows)


# 2. A slope


def curve_lesson(curve: str, formula: str) -> Lesson:
    """The lesson for the chosen curve; a sentence, and the last good one, if it cannot be used."""
    try:
        found = slopes.curve_lesson(curve, formula)
    except ValueError as error:
        found = st.session_state.get("last_curve") or slopes.curve_lesson("w²", "")
        st.warning(f"{error} The last curve that worked stays.", icon=":material/edit_off:")
    st.session_state["last_curve"] = found
    return found


def one_more(key: str, most: int) -> None:
    """Add one to the control called ``key``, for a button."""
    st.session_state[key] = min(st.session_state.get(key, 0) + 1, most)


def curve(found: Slope) -> None:
    """The curve with its tangent, or why there is nothing to draw."""
    if found.failure:
        failure(found.failure)
    elif found.empty:
        low, high = found.ws[0], found.ws[-1]
        st.warning(
            f"This curve has no value anywhere from {low:.4g} to {high:.4g}: every one is NaN or "
            "infinite, as the root of a negative number is. Change the formula.",
            icon=":material/block:",
        )
    else:
        figure = curves.curve_and_slope(found, colours())
        st.plotly_chart(figure, key="curve_chart", alt=curves.in_words(found))
        st.markdown(slopes.about_walk(found))


def slope_numbers(found: Slope) -> None:
    """Autograd's slope beside the central difference, and what a kink means."""
    if found.failure:
        return
    st.code(
        f"autograd says w.grad =    {slopes.in_full(found.slope)}\n"
        f"(f(w+h) − f(w−h)) / 2h =  {slopes.in_full(found.central)}\n"
        f"they differ by            {number(found.disagreement, 2)}",
        language=None,
    )
    if said := slopes.in_words(found):
        st.markdown(said)


def surface(lesson: Lesson) -> None:
    """Level lines and the gradient's arrow."""
    found = level_line.look(lesson.text)
    st.plotly_chart(
        contours.contour(found, colours()), key="surface_chart", alt=contours.in_words(found)
    )
    st.markdown(level_line.in_words(found))


# 3. Gradients add up


def stack(text: str) -> None:
    """The blocks that w.grad is made of after each call."""
    calls = summing.calls(text)
    st.plotly_chart(stacks.stack(calls, colours()), key="stack_chart", alt=stacks.in_words(calls))


def used_twice(lesson: Lesson) -> None:
    """The two contributions to one gradient, and their sum."""
    found = run(lesson.text).variables
    parts = [found["from_first"].item(), found["from_second"].item()]
    figure = stacks.parts(("first = 3 * w", "second = w**2"), parts, colours())
    said = f"{number(parts[0])} and {number(parts[1])} make {number(found['w'].grad.item())}."
    st.plotly_chart(figure, key="twice_chart", alt=said)


def ways_to_clear() -> None:
    """What each way of clearing leaves, and what the next step then does."""
    table(
        ("to clear", "leaves in `w.grad`", "same memory", "next step with momentum"),
        (
            (
                f"`{way.way}`",
                "**None**: no tensor" if way.left is None else f"**{number(way.left)}**: a tensor",
                "yes" if way.same_memory else "–",
                f"moves w by {number(way.moved)}" if way.moved else "skips w",
            )
            for way in summing.ways_to_clear()
        ),
    )


# 4. Ways out


def ways(chosen: str) -> None:
    """Every way out, found by running each; the chosen one in bold."""
    table(
        ("", "returns", "tracked", "shares memory with `w`", "`w.grad`", "`b.grad`", "training"),
        (
            (
                f"**▸ {way.name}**" if way.name == chosen else way.name,
                f"a {way.returned}",
                "yes" if way.tracked else "no",
                "**yes**" if way.shared else "no",
                way.w_grad or "None",
                way.b_grad or "None",
                f"stops: {way.failure.kind}" if way.failure else _learns(way),
            )
            for way in ways_out.every_way()
        ),
    )


def about_way(lesson: Lesson, chosen: str) -> None:
    """One sentence on the chosen way."""
    edit = lesson.choices["way"].edits.get(chosen)
    said = edit.title if edit else "The graph goes on, and gradients flow back to w and to b."
    st.markdown(f"**{chosen}.** {said}")


def _learns(way: ways_out.Way) -> str:
    names = [name for name, grad in (("w", way.w_grad), ("b", way.b_grad)) if grad]
    return f"{' and '.join(names)} can learn" if names else "nothing can learn"


def memory(layers: int, batch: int, breadth: int) -> None:
    """Bytes kept for the backward pass, tracked and not."""
    measured = ways_out.kept_memory(layers, batch, breadth)
    most = measured[-1]
    st.plotly_chart(
        stacks.kept(measured, colours()),
        key="memory_chart",
        alt=f"{most.layers} layers: {most.tracked:,} bytes kept tracked, {most.untracked:,} not.",
    )


# 5. When autograd says no


def search(query: str) -> None:
    """The mistakes that a pasted text resembles, each a button that opens it."""
    if not query.strip():
        return
    found = mistakes.closest(query)
    if not found:
        st.caption("Nothing here resembles that. Paste the last line of the traceback.")
    with st.container(horizontal=True):
        for entry, score in found:
            st.button(
                f"{entry.title} · {score:.0%}",
                key=f"found_{entry.name}",
                on_click=st.session_state.update,
                args=({"mistake": entry.title},),
            )


_PREDICTIONS = {
    "error": ":material/error: Error",
    "warning": ":material/warning: Warning",
    "silence": ":material/volume_off: Silence",
}


def predicted(entry: Mistake) -> str | None:
    """Ask what the text will do; None until the learner has said."""
    said: str | None = st.segmented_control(
        "What will it do?",
        mistakes.OUTCOMES,
        format_func=lambda kind: _PREDICTIONS[kind],
        key=f"predict_{entry.name}",
        persist_state="page",
    )
    return said


def verdict(entry: Mistake, said: str, found: Outcome) -> None:
    """Whether the prediction held, PyTorch's own words, and what they mean."""
    right = said == found.kind
    held = ":material/check_circle: You foresaw it" if right else f"You said {said}; it is"
    if found.message:
        st.markdown(f"{held}: **{found.kind}**, on line {found.line}. In PyTorch's own words:")
        box = st.error if found.kind == "error" else st.warning
        box(f"{_plain(found.message)}", title=found.name)
    else:
        st.markdown(f"{held}: **silence**. PyTorch runs it to the end without a word.")
    if found.output:
        st.code(found.output.strip(), language=None, wrap_lines=True)
    st.markdown(f"**What it means.** {entry.meaning}")


def cure(entry: Mistake) -> None:
    """The fix as a marked edit, run."""
    fixed = entry.fixed
    code_panel(fixed.text, key=f"fixed_{entry.name}", changed=fixed.marked_lines)
    printed(run(fixed.text))


def _plain(text: str) -> str:
    """``text`` with the characters escaped that Markdown would take for its own."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~$<>:" else c for c in text)


# 6. Beyond


def hessian(lesson: Lesson) -> None:
    """The gradient and the matrix of second derivatives, from the lesson ``second_order``."""
    finished = run(lesson.text)
    rows = finished.variables["hessian"].tolist()
    table(
        ("", "∂/∂w", "∂/∂b"),
        (
            (f"**{name}**", *map(number, row))
            for name, row in zip(("∂f/∂w", "∂f/∂b"), rows, strict=True)
        ),
    )
    printed(finished)
    code(lesson, key="hessian_code", look="def f")
