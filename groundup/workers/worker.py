"""One worker: the text, observed, in the environment that torchrun gives, within its bounds."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import torch
from torch.nn.parallel import DistributedDataParallel  # noqa: F401  # imported once, for all workers

from groundup.engine.observe import Run

MAX_BYTES = 2**20
"""What one worker may say, in all."""
MAX_NUMBERS = 4096
"""A tensor of more is not told."""
MAX_FILE = 64 * 2**20


def warm_up() -> None:
    """Import what torch imports only at its first use: an optimizer brings torch._dynamo."""
    weight = torch.zeros(1, requires_grad=True)
    weight.grad = torch.zeros(1)
    for optimizer in (torch.optim.SGD([weight]), torch.optim.Adam([weight])):
        optimizer.step()


def work(job: Mapping[str, Any], rank: int, port: int, pipe: int) -> NoReturn:
    """Run the text of ``job`` as worker ``rank``, tell what it holds through ``pipe``, and end."""
    try:
        _settle(job, rank, port)
        teller = _Teller(pipe)
        teller.say(rank, "begun", {"pid": os.getpid()})
        _run(job, rank, teller)
    except BaseException as error:  # its last words; there is nobody above
        print(error, file=sys.stderr)
        os._exit(1)


def _settle(job: Mapping[str, Any], rank: int, port: int) -> None:
    size = str(job["world_size"])
    os.environ |= {
        "RANK": str(rank),
        "LOCAL_RANK": str(rank),
        "WORLD_SIZE": size,
        "LOCAL_WORLD_SIZE": size,
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "TORCHELASTIC_RUN_ID": "groundup",
        "TORCHELASTIC_USE_AGENT_STORE": "True",
    }
    os.chdir(job["folder"])
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    torch.set_num_threads(1)
    _bound("RLIMIT_FSIZE", MAX_FILE)
    _bound("RLIMIT_CORE", 0)
    _bound("RLIMIT_CPU", int(job["seconds"]) + 5 + round(sum(os.times()[:2])))
    if (held := _data_bytes()) is not None:
        _bound("RLIMIT_DATA", held + job["megabytes"] * 2**20)


def _bound(name: str, most: int) -> None:
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _data_bytes() -> int | None:
    """What this process has for data now; None where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in lines if "VmData" in line), None)


def _run(job: Mapping[str, Any], rank: int, teller: _Teller) -> NoReturn:
    steps = iter(range(sys.maxsize))

    def over(variables: Mapping[str, Any]) -> None:
        step = next(steps)
        teller.say(rank, "step", {"step": step, **_plain_of(variables, job["each_step"])})
        if job["kill"] == [rank, step]:
            # By itself: a signal from outside comes steps later, and on a slow machine a
            # checkpoint later.
            os.kill(os.getpid(), signal.SIGKILL)

    run = Run(job["text"], record=(), watch=over).finish()
    if run.state == "done":
        numbers = _plain_of(run.variables, job["at_end"])
        teller.say(rank, "done", {"printed": run.output, **numbers})
    else:
        failure = run.failure
        kind, message = (failure.kind, failure.message) if failure else ("", run.ended)
        line = failure.line if failure else None
        said = {"error": kind, "message": message[:600], "line": line}
        teller.say(rank, "failed", said | {"at": time.monotonic()})
    # While the run still has its variables: a model among them that is freed as the last to
    # hold the workers' group can wait without end.
    os._exit(0)


class _Teller:
    """Writes lines of JSON, so many bytes of them."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._left = pipe, MAX_BYTES

    def say(self, rank: int, kind: str, numbers: Mapping[str, Any]) -> None:
        line = json.dumps({"rank": rank, "kind": kind, "numbers": numbers}).encode() + b"\n"
        self._left -= len(line)
        if self._left < 0:
            line, self._left = self._too_much(rank), 0
        while line:
            line = line[os.write(self._pipe, line) :]
        if not self._left:
            os._exit(0)

    @staticmethod
    def _too_much(rank: int) -> bytes:
        numbers = {"at": time.monotonic()}
        return json.dumps({"rank": rank, "kind": "loud", "numbers": numbers}).encode() + b"\n"


def _plain_of(variables: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: _plain(variables[name]) for name in names if name in variables}


def _plain(value: Any) -> Any:
    """``value`` as JSON has it; None for what is no number, text or list of them, or too large."""
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().tolist() if value.numel() <= MAX_NUMBERS else None
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int | float | str) else None
