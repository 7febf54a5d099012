"""What is told of texts that join a group of processes, each a group of one.

They run in a process of their own. Whoever drops the last reference to a group of gloo (a model in
DistributedDataParallel has one) waits for its threads, and holds Python's lock meanwhile. A thread
that is about to let go of its last all-reduce waits for that lock, as that keeps an object of
Python's: then neither ends, as both stacks showed, and nothing within the process ends them.
"""

import json
import os
import subprocess
import sys

from groundup.diagnosis import Watch
from groundup.diagnosis.running import _Watched

SECONDS = 100


def told_of(texts):
    """Lines and keys of what is told of each of ``texts``; an error after :data:`SECONDS`."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    return json.loads(done.stdout)


def main():
    """Read texts, write what is told of them, and end without taking any group apart."""
    kept, told = [], []
    for text in json.load(sys.stdin):
        watch, run = Watch(text), _Watched(text, None)
        run.run(watch)
        assert run.failure is None, run.failure
        kept.append(run)
        told.append([(one.line, one.key) for one in watch.diagnosis().findings])
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
