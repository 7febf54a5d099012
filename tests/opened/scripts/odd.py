"""Prints in every way there is, and ends itself."""

import atexit
import os
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path


class Last:
    def __del__(self):
        print("the last object goes", flush=True)


def from_a_thread():
    time.sleep(0.2)
    print("a thread that outlives the text")


here = Path(__file__).parent
kept = Last()
atexit.register(print, "at the exit")
print("äöü — 🧱", here == Path(sys.path[0]), Path.cwd() == here, __name__, __spec__)
os.write(1, b"past Python's own stream\n")
print("to the other stream", file=sys.stderr)
subprocess.run([sys.executable, "-c", "print('from another process')"], check=True)
print("no line end; ", end="")
text = open(__file__)  # noqa: SIM115  # Python keeps to itself that nobody closed it
del text
print("mainly:", sys.modules["__main__"].kept is kept, "groundup" in sys.path[0])
warnings.filterwarnings("ignore")
warnings.warn("nobody sees this", stacklevel=1)
try:
    input()
except EOFError:
    print("nobody answers")
threading.Thread(target=from_a_thread).start()
sys.exit("done — ✓")
