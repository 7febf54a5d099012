"""What a typed program costs on the graph page, from Ctrl+Enter to its finished picture."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Page

from bench.page import visitor
from groundup.figures.graph.drawing import Look, draw, size
from groundup.figures.theme import LIGHT
from groundup.graph import input_line
from groundup.graph.gradient_check import check_gradients
from groundup.graph.recording import GraphTrace, trace_graph
from groundup.graph.script import write
from groundup.language.program import check

TIMES = 7
LINES = (4, 19, 44, 78)
FORMS = ("y{} = {} * x", "y{} = {} + w", "y{} = tanh({} * x)", "y{} = sigmoid({} - {})")

# Milliseconds from Ctrl+Enter to the first frame in which the picture is what it then stays.
PICTURE = """async () => {
  const roots = () => [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const svg = () => roots().map(root => root.querySelector(".stage svg")).find(Boolean)
  const before = svg()?.innerHTML, start = performance.now()
  const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true }
  document.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", press))
  let last = before, changed = NaN
  while (performance.now() - start < 10000) {
    await new Promise(requestAnimationFrame)
    const now = svg()?.innerHTML
    if (now !== last) [last, changed] = [now, performance.now()]
    if (performance.now() - changed > 500) break
  }
  return [changed - start, svg().querySelectorAll("g.node").length]
}"""


def graph() -> None:
    """Print the times for programs of up to 200 nodes."""
    # The first arithmetic on the meta device imports for a second; a server does so when it starts.
    _on_the_server(_program(1, 0))
    with visitor() as visit:
        visit.open("computation_graph", ready="g.node")
        for lines in LINES:
            _row(visit.page, lines)


def _row(page: Page, lines: int) -> None:
    times, nodes = [], 0
    for turn in range(TIMES):
        page.locator("textarea").first.fill(_program(lines, turn))
        milliseconds, nodes = page.evaluate(PICTURE)
        times.append(milliseconds)
    recorded, checked = _on_the_server(_program(lines, 0))
    print(
        f"press to picture, {nodes} nodes: median {statistics.median(times):.0f} ms, worst "
        f"{max(times):.0f} ms of {TIMES} (under 500 wanted); of it the server records and "
        f"describes in {recorded:.0f} ms; the check, asked for apart, takes {checked:.0f} ms"
    )


def _program(lines: int, turn: int) -> str:
    """A program whose inputs are used in every line, and each result in the two lines after it."""
    names = ["x", "w", *(f"y{place}" for place in range(lines))]
    filled = [FORMS[i % 4].format(i, names[i + 1], names[i]) for i in range(lines)]
    return "\n".join([*filled, f"z = y{lines - 1} * {turn + 2}"])


def _on_the_server(text: str) -> tuple[float, float]:
    """Milliseconds for the recording with its drawing, and for the central differences."""
    program = check(text)
    inputs = input_line.complete({}, program.inputs)
    start = time.perf_counter()
    seen: GraphTrace = trace_graph(write(program, inputs))
    draw(seen, "mathematics", Look(LIGHT))
    recorded = time.perf_counter()
    check_gradients(program, {n: one.tensor for n, one in inputs.items()}, seen.gradients)
    checked = time.perf_counter()
    assert size(seen, "mathematics") <= 200, size(seen, "mathematics")
    return 1000 * (recorded - start), 1000 * (checked - recorded)
