"""The process in which an opened script runs: imports torch, and waits for the one it is told of.

It is started as a script, and its import path becomes the one that ``python train.py`` has: the
script finds nothing of groundup beside itself. It ends with the process that started it.
"""

import atexit
import os
import pickle
import shutil
import signal
import sys
import threading
from typing import BinaryIO, NoReturn

_done: list[bool] = []


def main() -> None:
    """Run the script that comes in, and write what was recorded."""
    # Registered before all others, so called after them: Python alone takes half a second to undo
    # torch at its end.
    atexit.register(_end_at_once)
    if not sys.flags.safe_path:
        del sys.path[0]
    root, scratch = sys.argv[1:]
    sys.path.insert(0, root)
    from groundup.opened.unrestricted import perform, warm_up  # noqa: PLC0415  # found from here on

    warm_up()
    told = _standard_input()
    try:
        job = pickle.load(told)
    except EOFError:  # there will be none
        _end_with(told, scratch)
    threading.Thread(target=_end_with, args=(told, scratch), daemon=True).start()
    sys.path[:1] = [] if sys.flags.safe_path else [str(job.path.resolve().parent)]
    perform(job)
    _done.append(True)


def _standard_input() -> BinaryIO:
    """What is told through it; whoever reads it from now on finds nothing."""
    told = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return told


def _end_at_once() -> None:
    if _done:
        script = vars(sys.modules["__main__"])
        for name in [name for name in script if name != "__builtins__"]:
            script[name] = None  # as Python does at its end: an object that goes may have a say
    os._exit(0 if _done else 1)


def _end_with(told: BinaryIO, scratch: str) -> NoReturn:
    told.read()  # until whoever tells has ended, who can tidy up no more
    shutil.rmtree(scratch, ignore_errors=True)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
