"""The C library's heaps, asked of the C library itself, in a process of their own."""

import subprocess
import sys

import pytest

from groundup.engine import heap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc's alone")

HEAPS = """
import ctypes, sys, threading
from groundup.engine import heap

library = ctypes.CDLL(None)
if sys.argv[1] == "shared":
    heap.share()
together = threading.Barrier(8)

def work():
    together.wait()
    library.malloc(5_000)
    together.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""

FREED = """
import ctypes
from pathlib import Path
from groundup.engine import heap

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
blocks = [ctypes.c_void_p(library.malloc(4_096)) for _ in range(20_000)]
for block in blocks:
    ctypes.memset(block, 1, 4_096)
# The last one stays: what is below it the library keeps of itself.
for block in blocks[:-1]:
    library.free(block)
before = resident()
heap.give_back()
print(before - resident())
"""


def told(code, *given):
    command = [sys.executable, "-c", code, *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_threads_share_the_heaps(tmp_path):
    counts = {}
    for way in ("alone", "shared"):
        told(HEAPS, way, tmp_path / way)
        counts[way] = (tmp_path / way).read_text().count("<heap nr=")
    assert counts["shared"] <= heap.HEAPS < counts["alone"]


def test_what_is_free_goes_back_to_the_system():
    assert float(told(FREED)) > 60


def test_where_the_library_is_another_nothing_is_asked_of_it(monkeypatch):
    monkeypatch.setattr(heap.sys, "platform", "win32")
    monkeypatch.setattr(heap.ctypes, "CDLL", None)
    heap.share()
    heap.give_back()
