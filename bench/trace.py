"""What tracing costs: the same script traced, and bare; and what of it is sent to a browser."""

from __future__ import annotations

import json
import statistics
import time

import torch

from groundup.engine import lesson
from groundup.engine.trace import Trace, expressions, trace
from groundup.engine.trace.wire import packed

PAIRS = 11
TYPICAL = ("slope", "used_twice", "second_order", "storage_views", "nn_module")


def tracing() -> None:
    """Print the median ratio of paired runs, the milliseconds, and the bytes sent."""
    torch.set_num_threads(1)
    loop = lesson.load("training_loop").text
    trace(loop)  # the first run also imports
    ratios, seconds, bare_seconds, one = _pairs(loop)
    print(
        f"tracing {one.count:,} statements of 100 epochs: {statistics.median(ratios):.2f} times "
        f"the bare script ({min(ratios):.2f} to {max(ratios):.2f}, {PAIRS} pairs; 6 at most), "
        f"{_ms(seconds)} against {_ms(bare_seconds)} (under 60 ms wanted)"
    )
    sent = json.dumps(one.wire(), separators=(",", ":"), ensure_ascii=False)
    print(
        f"its wire format: {len(sent.encode()) / 1000:.1f} kB as JSON, "
        f"{len(packed(one)) / 1000:.1f} kB as it is sent, compressed (at most 60 wanted)"
    )
    last = next(
        m for m in reversed(one.moments) if m.line == loop.split("y_hat =")[0].count("\n") + 1
    )
    began = time.perf_counter()
    parts = expressions(loop, last)
    print(f"{len(parts)} parts of a line in its last pass: {_ms(time.perf_counter() - began)}")
    for name in TYPICAL:
        text = lesson.load(name).text
        ratios, seconds, _, one = _pairs(text)
        print(
            f"tracing {name}: {one.count} statements, {_ms(seconds)} (under 10 ms wanted), "
            f"{statistics.median(ratios):.2f} times bare"
        )
    text = lesson.load("network").text
    bare = _bare(text)
    began = time.perf_counter()
    one = trace(text)
    seconds = time.perf_counter() - began
    print(
        f"tracing the network builder: {one.count:,} statements, {len(one.moments):,} kept, "
        f"{seconds:.2f} s, {seconds / bare:.2f} times bare, {len(packed(one)) / 1000:.0f} kB sent"
    )


def _pairs(text: str) -> tuple[list[float], float, float, Trace]:
    """Ratios of paired runs, the quickest of each, and a trace."""
    ratios, quickest, bare_quickest = [], float("inf"), float("inf")
    for _ in range(PAIRS):
        began = time.perf_counter()
        one = trace(text)
        seconds = time.perf_counter() - began
        bare = _bare(text)
        ratios.append(seconds / bare)
        quickest, bare_quickest = min(quickest, seconds), min(bare_quickest, bare)
    return ratios, quickest, bare_quickest, one


def _bare(text: str) -> float:
    code = compile(text, "bare", "exec")
    namespace = {"__name__": "__main__", "print": lambda *_, **__: None}
    began = time.perf_counter()
    exec(code, namespace)
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
