"""The script that is taken home: alone, under torchrun, and after a worker was lost."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from groundup.scale.many import resuming
from groundup.workers import WorkersError
from tests.waiting import wait_until

ALONE = ("-u", "train_on_many.py")
# --standalone takes a free port: its usual one may be another program's on this machine.
# Without the variable workers that start anew may read an address of those that ended, and fail
# (pytorch/pytorch#135712): two of three trials did.
APART = {"TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1"}
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")

COMPLAINED = "stderr.txt"


def started(command, script, folder):
    """``script``, started so in ``folder``."""
    (folder / "train_on_many.py").write_text(script, "utf-8")
    # Closed here once it is handed on: the process has it of its own
    with (folder / COMPLAINED).open("w") as complaints:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=os.environ | APART | {"OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"},
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )


def printed(output):
    """The lines of steps, of which torchrun passes on two workers' together."""
    return re.findall(r"step \d+ on \d workers: loss [\d.]+", output)


def workers_of(pid):
    """The processes that ``pid`` started, by what Linux says."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(child) for child in found]


@pytest.fixture(scope="module")
def resumed(workers, tmp_path_factory) -> resuming.Resumed:
    folder = tmp_path_factory.mktemp("resumed")
    going = resuming.kill_and_resume(resuming.planned(), workers.launcher, folder, lambda: True)
    while True:
        try:
            next(going)
        except StopIteration as over:
            return over.value


def test_a_training_goes_on_from_its_checkpoint_as_if_nothing_had_happened(resumed):
    assert resumed.saved == 75
    # The other worker may be in the middle of that step, and can begin no further one.
    assert resumed.reached in (resuming.AT_STEP - 1, resuming.AT_STEP)
    assert len(resumed.resumed) == 125
    assert resumed.difference == 0
    assert [s["whole"] for s in resumed.resumed] == [s["whole"] for s in resumed.undisturbed[75:]]
    happened, lost, on = resumed.said()
    assert "Worker 1 died" in happened
    assert f"{resumed.reached} steps were done, and the last checkpoint held 75" in lost
    assert f"so {resumed.reached - 75} steps were done twice" in lost
    assert "with step 76. After 200 steps their weights are exactly those" in on


def test_what_differs_is_said_to_differ(resumed):
    changed = [{"weights": [[1.0], [2.0]]}, {"weights": [[1.0], [2.5]]}]
    other = resuming.Resumed(
        resumed.killed, resumed.words, resumed.resumed, resumed.undisturbed, changed
    )
    assert "their weights are 0.5 from those" in other.said()[2]


def test_a_worker_that_outlives_its_training_is_said_to(workers, tmp_path):
    short = resuming.planned(epochs=5)
    going = resuming.kill_and_resume(short, workers.launcher, tmp_path, lambda: True)
    with pytest.raises(WorkersError, match="was over before its worker could be killed"):
        list(going)


@pytest.mark.skipif(sys.platform != "linux", reason="a worker's process is found in /proc")
def test_torchrun_runs_the_same_file_and_starts_all_anew_when_a_worker_was_lost(resumed, tmp_path):
    script = resuming.planned(epochs=1000).text
    # One for the worker that is killed, and one for a port that was free and is another's by then.
    command = (*TORCHRUN, "--max-restarts", "2", "train_on_many.py")
    with started(command, script, tmp_path) as torchrun:
        wait_until((tmp_path / resuming.CHECKPOINT).exists, seconds=60)
        os.kill(workers_of(torchrun.pid)[-1], signal.SIGKILL)
        said = printed(torchrun.stdout.read())
    assert torchrun.returncode == 0, (tmp_path / COMPLAINED).read_text()[-3000:]
    steps = [int(one.split()[1]) for one in said]
    assert sorted(set(steps)) == list(range(25, 1001, 25))
    assert set(printed(resumed.ends[1]["printed"])) <= set(said)


def test_alone_it_trains_too(tmp_path):
    with started(ALONE, resuming.planned(epochs=50).text, tmp_path) as alone:
        said = printed(alone.stdout.read())
    assert alone.returncode == 0
    assert [one.split(":")[0] for one in said] == ["step 25 on 1 workers", "step 50 on 1 workers"]


def test_the_recorded_one_tells_the_same_story():
    kept = resuming.recorded()
    assert kept.seen.saved == 75
    assert kept.seen.difference == 0
    assert kept.whence.startswith("Recorded on ")
