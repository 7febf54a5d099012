"""The script of a chain, and what it would cost."""

from __future__ import annotations

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.literals import show_shape, with_literals
from groundup.shapes.budget import cells_of_work, described, largest, weights, work
from groundup.shapes.chain import Chain, read_chain, written
from groundup.shapes.lab import COUNTED, Lab, changed, typed_shape, whole_numbers
from groundup.shapes.question import LAYERS
from groundup.shapes.writing import expression, layer
from groundup.tensors.lessons import MAX_CELLS, home


def chain_lesson(lab: Lab, device: str = "cpu", seed: int = 0) -> Lesson:
    """The script that makes the chain's shapes one after another.

    Raises:
        ValueError: with a sentence for the learner.
    """
    chain = read_chain(lab)
    shape = show_shape(typed_shape("a", lab.a))
    made = with_literals(lesson.load("shape_lab_chain"), a_shape=shape)
    made = made.set(device=home(largest_of(chain), device), seed=seed)
    tail = made.source.partition('print("a has", tuple(a.shape))\n')[2]
    changes = [(tail, _lines(chain))]
    first = chain.links[0].question
    if first.op == "nn.Embedding":
        changes.append((COUNTED, whole_numbers(first.numbers[0])))
    return changed(made, changes)


def _lines(chain: Chain) -> str:
    questions = [*(link.question for link in chain.links), *chain.after]
    lines, before = [], "a"
    for number, q in enumerate(questions, 1):
        name = "result" if number == len(questions) else f"x{number}"
        call = expression(q, before)
        if q.op in LAYERS:
            call = f"torch.{layer(q, device=True)}({before})"
        lines += [f"{name} = {call}", f'print("{written(q)} gives", tuple({name}.shape))']
        before = name
    return "\n".join(lines) + "\n"


def largest_of(chain: Chain) -> int:
    """The most cells of one of the links, and the work of all of them, as ``home`` judges."""
    each = [largest(link.question) for link in chain.links]
    done = sum(work(link.question, link.verdict.result or ()) for link in chain.links)
    behind = (weights(q) for q in chain.after)
    return max(*each, cells_of_work(done), *behind, 0)


def chain_too_big(chain: Chain) -> str:
    """A sentence where the chain is described and not computed; empty where it is computed."""
    if largest_of(chain) <= MAX_CELLS:
        return ""
    return described([link.question for link in chain.links])
