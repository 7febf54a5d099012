"""However workers end, a sentence says why, and nothing of them is left."""

import inspect
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import torch

from groundup.workers import Event, Job, Launcher, WorkersError, one_at_a_time, run_on_workers
from groundup.workers import launcher as starting
from groundup.workers import watch as watching
from tests.waiting import wait_until
from tests.workers.conftest import is_there, text

ROOT = Path(__file__).parents[2]


def test_what_workers_say_is_what_their_variables_hold(workers):
    events = workers.events(Job(text(), 3, each_step=("total", "rank"), at_end=("step", "nothing")))
    for rank in range(3):
        own = [e for e in events if e.rank == rank]
        assert [e.kind for e in own] == ["begun", "step", "step", "step", "done"]
        totals = [3.0 + 3 * step for step in range(3)]
        assert [e.numbers["total"] for e in own[1:4]] == totals
        assert own[-1].numbers == {"printed": "", "step": 2}


HANGS = "time.sleep(600) if rank == 1 and step == 1 else 0"
ENDS = {
    "os._exit(3) if rank == 1 and step == 1 else 0": (
        "died",
        "Worker 1 ended itself, with status 3, before its text was over. The others would wait",
    ),
    "os.kill(os.getpid(), 9) if rank == 1 and step == 1 else 0": (
        "died",
        f"Worker 1 died: the system ended its process ({signal.strsignal(9)}).",
    ),
    "assert rank == 0 or step == 0, 'oh'": (
        "failed",
        "Worker 1 failed, line 12: AssertionError: oh",
    ),
    HANGS: ("hangs", "Worker 1 got no further for 3 seconds, after 1 steps."),
    "rank == 1 and step == 1 and exit()": ("failed", "Worker 1 failed"),
}


@pytest.mark.parametrize("line", ENDS)
def test_one_that_dies_fails_or_hangs_is_named_and_all_are_ended(workers, line):
    reason, words = ENDS[line]
    # A worker that ends is heard of, however long it took: only for the one that hangs it counts.
    error, pids = workers.ended(Job(text(line), 2, silence=3.0 if line == HANGS else 30.0))
    assert (error.reason, error.rank) == (reason, 1)
    assert words in str(error)
    assert len(pids) == 2
    assert not any(map(is_there, pids))


def test_all_that_wait_are_ended_together(workers):
    error, pids = workers.ended(Job(text("time.sleep(600)"), 2, silence=1.5))
    assert error.reason == "hangs"
    assert str(error).startswith("No worker got any further for 1.5 seconds, after 0 steps.")
    assert not any(map(is_there, pids))


def test_a_worker_that_hangs_is_known_within_ten_seconds():
    silence = inspect.signature(Job).parameters["silence"].default
    assert silence + starting.POLL + watching.GRACE + 1 < 10


def test_the_memory_is_bounded_before_it_is_taken(workers):
    numbers = 30 * 2**20 // 4
    within, beyond = (
        Job(text(f"kept = torch.ones({size}) if rank == 1 else 0"), 2, megabytes=megabytes)
        for size, megabytes in ((numbers, 110), (2 * numbers, 40))
    )
    assert workers.events(within)[-1].kind == "done"
    error, pids = workers.ended(beyond)
    assert (error.reason, error.rank) == ("failed", 1)
    assert "can't allocate memory: you tried to allocate 62914560 bytes" in str(error)
    assert not any(map(is_there, pids))


def test_time_and_what_is_told_are_bounded(workers):
    error, _ = workers.ended(Job(text("time.sleep(0.1)", steps=500), 2, seconds=0.5))
    assert error.reason == "late"
    assert "after 0.5 seconds" in str(error)
    told = text("many = [0.1] * 60_000", steps=5)
    error, _ = workers.ended(Job(told, 1, each_step=("many",)))
    assert error.reason == "loud"
    assert str(error) == "Worker 0 told more than it may. Nothing of it is left."
    with pytest.raises(ValueError, match="from 1 to 4"):
        Job("", 5)


def test_a_closed_tab_and_a_rerun_leave_nothing(workers):
    endless = Job(text("time.sleep(0.01)", steps=10**6), 2)
    there = iter([True] * 20 + [False] * 100)
    error, pids = workers.ended(endless, present=lambda: next(there))
    assert error.reason == "gone"
    with closing(workers.launcher.run(endless)) as running:
        pids += [next(running).numbers["pid"]]
    assert len(pids) == 3
    assert not any(map(is_there, pids))


def test_only_one_run_at_a_time():
    with one_at_a_time(), pytest.raises(WorkersError, match="one such run at a time") as raised:
        next(run_on_workers(Job(text(), 2)))
    assert raised.value.reason == "busy"


def test_the_starter_and_its_folder_are_gone_with_its_end():
    with Launcher() as made:
        folder = Path(made._scratch.name)
        assert folder.is_dir()
    assert not is_there(made.pid)
    assert not folder.exists()


def test_a_starter_that_cannot_start_says_so(monkeypatch, tmp_path):
    other = tmp_path / "child.py"
    monkeypatch.setattr(starting, "CHILD", other)
    for does, within, words in (
        ("exit(3)", starting.START, "ended itself, with status 3"),
        ("input()", 0.2, "after 0.2 seconds, so it was given up"),
    ):
        other.write_text(does, "utf-8")
        monkeypatch.setattr(starting, "START", within)
        with Launcher() as made, pytest.raises(WorkersError, match=words):
            next(made.run(Job(text(), 1)))
    monkeypatch.delattr(os, "fork")
    with pytest.raises(WorkersError, match="Windows has not"):
        Launcher()


SERVER = """
from groundup.workers import Job, Launcher
launcher = Launcher()
print(launcher.pid, launcher._scratch.name, flush=True)
for event in launcher.run(Job({text!r}, 2)):
    if event.kind == "begun":
        print(event.numbers["pid"], flush=True)
"""


def test_a_server_that_is_killed_leaves_no_process_and_no_file():
    endless = SERVER.format(text=text("time.sleep(0.01)", steps=10**6))
    with subprocess.Popen(
        [sys.executable, "-c", endless], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        starter, folder = server.stdout.readline().split()
        pids = [int(starter), *(int(server.stdout.readline()) for _ in range(2))]
        assert all(map(is_there, pids))
        server.kill()
    wait_until(lambda: not any(map(_runs, pids)))
    wait_until(lambda: not Path(folder).exists())


def _runs(pid: int) -> bool:
    """One that nobody fetches, because its parent died, runs no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


LISTENS = """
def listens():
    folder = "/proc/self/fd/"
    places = [folder + name for name in os.listdir(folder)]
    own = [os.readlink(place)[8:-1] for place in places if os.path.exists(place)]
    rows = [row.split() for kind in ("tcp", "tcp6") for row in open("/proc/net/" + kind)]
    return [row[1] for row in rows if row[3] == "0A" and row[9] in own]


dist.init_process_group"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's sockets in /proc")
def test_no_other_machine_can_call_a_worker(workers):
    looks = text("places = listens()").replace("dist.init_process_group", LISTENS[1:], 1)
    for event in workers.events(Job(looks, 2, at_end=("places",))):
        if event.kind == "done":
            assert event.numbers["places"]
            assert all(place.startswith("0100007F:") for place in event.numbers["places"])


def test_workers_know_what_torchrun_tells(workers):
    names = ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR")
    line = f"told = [os.environ[name] for name in {names}]"
    events: list[Event] = workers.events(Job(text(line), 2, at_end=("told",)))
    told = {e.rank: e.numbers["told"] for e in events if e.kind == "done"}
    assert told == {rank: [str(rank), str(rank), "2", "2", "127.0.0.1"] for rank in (0, 1)}
    assert "RANK" not in os.environ
    assert not torch.distributed.is_initialized()


def test_of_those_that_failed_the_first_is_named_in_whatever_order_they_are_read():
    watch = watching.Watch(Job(text(), 2))
    for rank, at in ((0, 2.0), (1, 1.0)):
        numbers = {"error": "RuntimeError", "message": "gone", "line": 1, "at": at}
        watch.take({"rank": rank, "kind": "failed", "numbers": numbers})
    watch.take({"over": True})
    with pytest.raises(WorkersError, match="Worker 1 failed") as raised:
        watch.check(0.0)
    assert raised.value.rank == 1
