"""The heaviest thing of each kind that a link can hold and a page accepts.

Run as a process of its own, it does each three times and prints, a line for each, the bytes by
which the process grew at its peak, the processor's seconds, and the name. The smallest of the three
counts: what the system adds of its own (a page it maps, a thread it starts) is not in all of them.
"""

import ctypes
import gc
import re
import time
from pathlib import Path

import torch

from groundup.autograd import slopes
from groundup.engine import lesson, observe
from groundup.graph import input_line
from groundup.graph.gradient_check import check_gradients
from groundup.graph.recording import trace_graph
from groundup.graph.script import write
from groundup.language.program import check
from groundup.shapes.chain import CHAIN
from groundup.shapes.chain_lesson import chain_lesson
from groundup.shapes.lab import Lab, lab_lesson
from groundup.tensors import lessons as make

ELEVEN = [f"a{i}" for i in range(11)]
WIDE = "A = w.reshape(16, 1) * w\nB = A.reshape(256, 1) * w\n"
ONES = "w=[" + ",".join(["1"] * 16) + "]"


def repeated(line, times):
    return WIDE + "".join(line.replace("a?", ELEVEN[i % 11]) + "\n" for i in range(times))


PROGRAMS = {
    "graph: a loss that broadcasts": (
        "A = w.reshape(26, 1) * w\nB = A.reshape(676)\n"
        "y = mse_loss(B.reshape(676, 1), B.reshape(1, 676) * 0.5)",
        "w=[" + ",".join(["1"] * 26) + "]",
    ),
    "graph: thirty losses that broadcast": (
        WIDE
        + "p = B.reshape(128, 32).sum(1)\n"
        + "".join(f"y{i} = l1_loss(p.reshape(128, 1), p.reshape(1, 128))\n" for i in range(30)),
        ONES,
    ),
    "graph: batched products": (
        WIDE
        + "p = B.reshape(4, 1024).sum(0).reshape(32, 1, 1, 32)\nq = p.reshape(1, 32, 32, 1)\n"
        + "".join(f"y{i} = p @ q\n" for i in range(6)),
        ONES,
    ),
    "graph: many lines of many numbers": (repeated("B = exp(-B * B) + sin(B) ** a?", 54), ONES),
    "graph: matrix products": (
        repeated("B = tanh(B.reshape(64, 64) @ B.reshape(64, 64))", 14),
        ONES,
    ),
    "graph: softmax after softmax": (repeated("B = softmax(B * a?, 0)", 90), ONES),
}


def graph(text, line):
    program = check(text)
    inputs = input_line.complete(input_line.parse(line), program.inputs)
    script = write(program, inputs)
    seen = trace_graph(script)
    check_gradients(program, {n: one.tensor for n, one in inputs.items()}, seen.gradients)
    for edit in ("again", "retain"):
        observe.run(script.lesson.edit(edit).text)


def text_of(made):
    return lambda: finished(made)


def finished(made):
    run = observe.Run(made.text, files=made.files).finish()
    assert run.state == "done", run.failure or run.ended


def lab(op, a, b="()", numbers="", steps=""):
    return text_of(lab_lesson(Lab(op, a, b, numbers, steps=steps)))


def chained(a, typed):
    return text_of(chain_lesson(Lab(CHAIN, a, chain=typed)))


def of(name, **settings):
    return text_of(lesson.load(name).set(**settings))


OTHERS = {
    "a curve": text_of(
        slopes.typed(("softplus(w)*" * 16 + "w")[:200]).set(steps=100, low=-4.0, high=4.0)
    ),
    "a shape": text_of(make.from_shape("rand", "1000, 1000", 7.0, 0, "cpu")),
    "an identity": text_of(make.from_shape("eye", "1000", 7.0, 0, "cpu")),
    "a range": text_of(make.from_range("0", "1000000", "1", "cpu")),
    "numbers": text_of(make.from_data("[" + "1," * 249 + "1]", "cpu")),
    "a product": lab("@", "1000, 1000", "1000, 1000"),
    "a stretched product": lab("@", "1000, 1, 2, 10", "100, 10, 2"),
    "a product stretched on both sides": lab("@", "140, 1, 1, 100", "1, 140, 100, 1"),
    "a sum": lab("+", "1000, 1000", "1000, 1000"),
    "a join": lab("cat", "500, 1000", "500, 1000", "0"),
    "steps before it": lab("sum", "1000, 1000", "", "", "a.mT; a.flatten()"),
    "a layer": lab("nn.Linear", "100, 1000", "", "1000, 1000"),
    "a convolution": lab("nn.Conv2d", "8, 64, 50, 50", "", "64, 64, 3, 1, 1"),
    "a convolution with a large window": lab("nn.Conv2d", "1, 8, 128, 128", "", "8, 8, 29"),
    "a pool": lab("nn.MaxPool2d", "1, 1, 1000, 1000", "", "31, 1"),
    "a table of rows": lab("nn.Embedding", "1000, 100", "", "1000, 10"),
    "a loss of scores": lab("cross_entropy", "1000, 1000", "1000"),
    "an einsum": lab("einsum", "1000, 1000", "1000, 1000", "ij,jk->ik"),
    "an einsum of one": lab("einsum", "1000, 1000", "", "ij->ji"),
    "an expansion": lab("expand", "1", "", "1000, 1000"),
    "a chain": chained("8, 64, 50, 50", "; ".join(["nn.Conv2d(64, 64, 3, padding=1)"] * 3)),
    "a chain of turned pictures": chained(
        "8, 50, 50, 64", "permute(0, 3, 1, 2) → nn.Conv2d(64, 64, 3) → view(8, -1)"
    ),
    "kept memory": of("kept_memory", layers=16, batch=512, width=256),
    "why bend it": of("why_activation", hidden=512, intermediate=2048, bend="GELU"),
    "a block": of("feed_forward", hidden=65536, intermediate=262144, tokens=65536),
    "mini-batches": of("mini_batches", batches=16, size=64),
}


def peak(wanted):
    """The bytes of the process: ``VmRSS`` now, ``VmHWM`` at its highest since it was reset."""
    found = re.search(rf"{wanted}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024


def measured(job):
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    before, began = peak("VmRSS"), time.process_time()
    job()
    return peak("VmHWM") - before, time.process_time() - began


def least(job):
    return map(min, measured(job), measured(job), measured(job))


def main():
    torch.set_num_threads(1)
    # What the first use imports and warms up is no single text's.
    for job in (*OTHERS.values(), lambda: graph("y = (w @ w.t()).exp()", "w=[[1, 2]]")):
        job()
    for name, program in PROGRAMS.items():
        print(*least(lambda program=program: graph(*program)), name)
    for name, job in OTHERS.items():
        print(*least(job), name)


if __name__ == "__main__":
    main()
