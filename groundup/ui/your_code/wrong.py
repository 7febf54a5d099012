"""Where a run failed, what it was warned of, and where it is wrong without a word."""

from __future__ import annotations

import streamlit as st

from groundup.diagnosis import Finding
from groundup.figures.theme import palette
from groundup.figures.your_code.operands import clashing
from groundup.mistakes import gallery
from groundup.mistakes.answer import answer
from groundup.mistakes.gallery import Mistake
from groundup.ui.components.messages import plain, warned
from groundup.ui.components.table import table
from groundup.ui.mistakes.places import Place, home, places
from groundup.ui.mistakes.search_box import link
from groundup.ui.state import page_state
from groundup.ui.your_code.source import source
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.clashes import Clash, Operand
from groundup.your_code.failing import FailingPart
from groundup.your_code.proposals import Proposal, proposal
from groundup.your_code.running import Ran

MAX_PLACES = 2
"""So many pages are named for one failure."""


def doubtful(state: YourCodeState) -> bool:
    """Whether there is something to look at though it ran: a warning, or a finding."""
    return bool(_findings(state) or (state.ran and state.ran.notices))


def doubtful_lines(state: YourCodeState) -> list[int]:
    """The lines of the findings that were not said to be meant so."""
    return sorted({one.line for one in _findings(state)})


def stopped(state: YourCodeState) -> None:
    """PyTorch's own words, the part that failed with its shapes, and the closest mistake."""
    failure = state.ran.end.failure if state.ran and state.ran.end else None
    if state.ran is None or failure is None:
        return
    part = state.ran.part
    inside = f", in `{part.function}`" if part and part.function else ""
    st.markdown(f"**Stopped at line {failure.line}{inside}**")
    st.error(plain(failure.message) or " ", title=f"Line {failure.line}: {failure.kind}")
    if part:
        _part(part)
    if source().shared:
        _offer(state.ran)
    _closest(f"{failure.kind}: {failure.message}")
    warned(state.ran.notices)


def look_here(state: YourCodeState) -> None:
    """A card for each finding, and the warnings."""
    for number, one in enumerate(_findings(state)):
        _card(number, one)
    if state.ran:
        warned(state.ran.notices)
        for notice in state.ran.notices[:1]:
            _closest(f"{notice.kind}: {notice.message}")


def _findings(state: YourCodeState) -> list[Finding]:
    every = state.ran.diagnosis.findings if state.ran else ()
    return [one for one in every if (one.key, one.line) not in state.meant]


def _offer(failed: Ran) -> None:
    """A change that was tried, and helps; where one is known."""
    found = _proposal(failed.text)
    if found is None:
        return
    later = found.fails_later
    st.markdown(
        f"**A change that gets past it.** With it the text fails later, at line {later}."
        if later
        else "**A change with which it runs.** Whether it computes what you mean, only you know."
    )
    st.code(found.diff, language="diff")
    label = "Make this change and run"
    st.button(label, key="make_change", type="primary", on_click=_change, args=(found.text,))


@st.cache_data(max_entries=32, ttl=1800, show_spinner="Trying a change…")
def _proposal(text: str) -> Proposal | None:
    return proposal(source().run(text))


def _change(text: str) -> None:
    state = page_state(YourCodeState)
    if not state.stale:
        state.write(text, run=True)


def _part(part: FailingPart) -> None:
    st.markdown(f"What failed: {_code(part.written)}, on line {part.line}. Its inputs were:")
    if part.clash:
        _clash(part.clash)
    elif part.operands:
        rows = [(_code(one.written), plain(one.worth)) for one in part.operands]
        table(("what", "shape or value"), rows)


def _clash(found: Clash) -> None:
    """The two operands to scale; what does not fit is red, bold and crossed."""
    dark = st.context.theme.type == "dark"
    st.html(clashing(found, palette(dark)))
    st.markdown(
        f"**✗ {_size(found.left, found.left_dim)} meets "
        f"{_size(found.right, found.right_dim)}.** {plain(found.said)}"
    )


def _size(one: Operand, dim: int) -> int:
    return (one.sizes or ())[dim]


def _closest(message: str) -> None:
    """The nearest entry of the gallery with its fix, or the page that is about the message."""
    reply = answer(message)
    for entry in reply.mistakes[:1]:
        _entry(entry)
    there = [place for reading in reply.readings for place in places(reading)]
    for place in there[:MAX_PLACES]:
        link(place)
    if reply.python:
        st.markdown(reply.python)


def _entry(entry: Mistake) -> None:
    st.markdown(
        f"The closest mistake of the gallery: **{entry.title}**. {entry.meaning}  \n"
        f"Its fix: **{entry.fix_title}**."
    )
    link(_home(entry))


def _home(entry: Mistake) -> Place:
    own = {"autograd": "When autograd says no", "mistake": entry.title}
    return home(entry) or Place("requires_grad", entry.title, own)


def _card(number: int, one: Finding) -> None:
    st.markdown(f"**It ran, but line {one.line} may be wrong**")
    st.warning(one.sentence, icon=":material/priority_high:")
    if one.evidence:
        st.markdown("\n".join(f"- {said}" for said in one.evidence))
    if one.fix:
        st.markdown(f"**What helps.** {one.fix}")
    if one.mistake in {entry.name for entry in gallery.everything()}:
        link(_home(gallery.mistake(one.mistake)))
    st.button("It is meant so", key=f"meant_{number}", on_click=_meant, args=(one,))


def _meant(one: Finding) -> None:
    page_state(YourCodeState).meant.add((one.key, one.line))


def _code(text: str) -> str:
    return f"`` {text} ``"
