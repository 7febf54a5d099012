"""Four hundred visitors come, do something and leave: the memory of the server is flat in the end.

A smaller trial: ``GROUNDUP_SOAK=80 python -m bench soak``.
"""

from __future__ import annotations

import asyncio
import os
from itertools import cycle, islice

from bench.learner import Learner
from bench.served import Served, served
from groundup.ui.settings import nn_module

ROUNDS = 8
AT_ONCE = 5
KEPT_SECONDS = 5
"""How long the server keeps a session whose visitor has left; 120 in Streamlit's own settings."""

USES: tuple[tuple[str, dict[str, object], tuple[str, ...]], ...] = (
    ("training_loop", {"epochs": 500}, ("Train",)),
    ("training_loop", {"lr": "inf", "optimizer": "Adam"}, ("Step", "Step", "Reset")),
    ("tensors", {"look_at": "Shape lab"}, ()),
    ("requires_grad", {}, ()),
    ("computation_graph", {"program": "y = (a * x + b) ** 2"}, ()),
    ("nn_module", {"topic": nn_module.OPTIMIZERS}, ()),
    ("nn_module", {"topic": nn_module.BEYOND}, ("Train",)),
    ("nn_module", {"topic": nn_module.MISTAKES}, ()),
    ("ffn_scale", {}, ()),
    ("your_code", {}, ()),
    ("", {}, ()),
)
"""Pages, what their link holds, and the buttons that are pressed there, in turn."""


def soak() -> None:
    """Print the server's memory after each eighth of the visits, once their sessions are gone."""
    visits = int(os.environ.get("GROUNDUP_SOAK", "400"))
    with served(options=(f"--server.disconnectedSessionTTL={KEPT_SECONDS}",)) as app:
        asyncio.run(_rounds(app, visits))


async def _rounds(app: Served, visits: int) -> None:
    uses, after, errors = cycle(USES), [], 0
    for _ in range(ROUNDS):
        some = list(islice(uses, visits // ROUNDS))
        for start in range(0, len(some), AT_ONCE):
            errors += sum(
                await asyncio.gather(*(_visit(app, *use) for use in some[start:][:AT_ONCE]))
            )
        await asyncio.sleep(3 * KEPT_SECONDS)
        after.append(app.megabytes_now())
    sizes = ", ".join(f"{size:.0f}" for size in after)
    growth = after[-1] - after[ROUNDS // 2 - 1]
    print(
        f"{visits} visits, {AT_ONCE} at a time: MB after each {visits // ROUNDS}: {sizes}; in the "
        f"second half {growth:+.0f} MB; at most {app.megabytes():.0f} MB; {errors} errors",
        flush=True,
    )


async def _visit(
    app: Served, page: str, settings: dict[str, object], buttons: tuple[str, ...]
) -> int:
    learner = Learner(app.address, page, **settings)
    await learner.arrive()
    for label in buttons:
        await learner.press(label)
    await learner.leave()
    return len(learner.errors)
