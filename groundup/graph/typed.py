"""What the learner types on the computation-graph page: read, run, checked.

Assignments alone are computed by the small language, whose sizes are known before anything runs;
whatever else is typed runs within the bounds of *Your code*.
"""

from __future__ import annotations

from groundup.engine.failures import Failure
from groundup.engine.observe import run as run_text
from groundup.graph import input_line, own_program
from groundup.graph.gradient_check import Check, check_gradients
from groundup.graph.graph_watch import GraphWatch
from groundup.graph.own_check import check_own
from groundup.graph.own_recording import record_own
from groundup.graph.recording import GraphTrace, trace_graph
from groundup.graph.script import Script, write
from groundup.language.program import Program, ProgramError, check


def inputs_of(text: str) -> tuple[str, ...]:
    """The names that ``text`` reads and never assigns.

    Raises:
        ProgramError: if it cannot be read, or is not in the language.
    """
    if program := _small(text):
        return program.inputs
    own = own_program.read(text)
    own_program.checked(own_program.script(own, input_line.complete({}, own.inputs)))
    return own.inputs


def _small(text: str) -> Program | None:
    """``text`` in the small language; None if it is not in it."""
    try:
        return check(text)
    except ProgramError:
        return None


def record(text: str, line: str) -> GraphTrace:
    """The recording of ``text`` with its inputs in one ``line``.

    Raises:
        ValueError: if there can be none; a ProgramError names the place.
    """
    given = input_line.parse(line)
    if program := _small(text):
        return trace_graph(write(program, input_line.complete(given, program.inputs)))
    own = own_program.read(text)
    return record_own(own_program.write(own, input_line.complete(given, own.inputs)))


def checks(text: str, line: str, seen: GraphTrace) -> list[Check]:
    """The gradients of ``seen``, which is of ``text`` and ``line``, beside central differences.

    Raises:
        ValueError: if the text cannot be read.
        RuntimeError: if it does not run.
    """
    program = _small(text)
    if program is None:
        if own_program.read(text).text not in seen.script.text:
            raise RuntimeError("of another program")
        return check_own(seen.script, seen.gradients)
    inputs = input_line.complete(input_line.parse(line), program.inputs)
    wanted = {n: seen.gradients[n] for n in program.inputs if inputs[n].requires_grad}
    return check_gradients(program, {n: i.tensor for n, i in inputs.items()}, wanted)


def outcome(script: Script, text: str) -> tuple[str, Failure | None]:
    """What ``text``, an edit of ``script``, prints, and what it raises.

    Raises:
        ProgramError: where a limit was reached.
    """
    if not script.own:
        run = run_text(text)
        return run.output, run.failure
    watch = GraphWatch(text, own_program.FILE, range(0), lambda _: None)
    trace = own_program.run(script.edited(text), watch)
    return trace.output, trace.end.failure
