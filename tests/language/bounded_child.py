"""Run texts within bounds, one after another, and tell what each took: a process of its own.

Reads a JSON list of texts, writes a line of JSON for each: how it ended, its output, the seconds
that the process computed, the bytes by which its memory grew at its highest, and what had changed
of what all texts share. The seconds that each may compute are the command's argument.
"""

from __future__ import annotations

import ast
import gc
import json
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

from groundup.engine.warm_up import warm_up
from groundup.language.bounded import trace_own
from groundup.language.bounds.limits import LIMITS
from groundup.language.own_code import OwnCode
from tests.language.shared_state import shared_state


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def told(text: str) -> dict[str, Any]:
    """What became of ``text``."""
    limits = replace(LIMITS, seconds=float(sys.argv[1]), statements=20_000)
    Path("/proc/self/clear_refs").write_text("5")  # the highest memory is counted from here
    before, began, state = _status("VmRSS"), process_time(), shared_state()
    trace = trace_own(OwnCode(text, ast.parse(text)), limits=limits)
    seconds, grown = process_time() - began, _status("VmHWM") - before
    changed = [name for name, value in shared_state().items() if value != state[name]]
    end, output = trace.end.words, trace.output
    del trace
    gc.collect()
    return {
        **{"text": text, "end": end, "output": output, "seconds": seconds},
        **{"grown": grown, "changed": changed},
    }


def main() -> None:
    """Do it."""
    warm_up()
    told("x = 1")  # what is imported once is imported
    gc.collect()
    gc.freeze()  # as the app does: what is there now is not looked through again
    for text in json.load(sys.stdin):
        print(text, file=sys.stderr, flush=True)  # the last one, should it be the process's
        print(json.dumps(told(text)), flush=True)


if __name__ == "__main__":
    main()
