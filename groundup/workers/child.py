"""The process that starts the workers: imports torch once, and forks a worker for each rank.

It is a Python of its own and has one thread, so a fork of it is safe; the server is never forked.
What torch holds is shared by all workers. It reads one line of JSON for each job, and writes one
for whatever happens. It ends, and all its workers with it, when whoever started it has ended.
"""

import json
import os
import selectors
import shutil
import signal
import socket
import sys
from typing import Any, NoReturn

# Nothing waits in a buffer, where a selector would not see it.
told_so_far = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115  # held for as long as the process lives
from_workers: dict[int, int] = {}
"""The pipe of each worker, and its rank."""
pids: dict[int, int] = {}
"""The process of each rank that has not ended yet."""


def main() -> None:
    """Do the jobs that come in, one after the other."""
    root, scratch = sys.argv[1:]
    sys.path[0] = root
    from groundup.workers.worker import warm_up  # noqa: PLC0415  # found from here on

    warm_up()
    _say({"ready": os.getpid()})
    while line := told_so_far.readline():
        # One that is told to stop may just have come to its end.
        if job := json.loads(line).get("job"):
            _perform(job, scratch)
    _end(scratch)


def _perform(job: dict[str, Any], scratch: str) -> None:
    """Start the workers, pass on what they say, and wait until all have ended."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(16)
        for rank in range(job["world_size"]):
            _start(job, rank, door)
        # Made only now, because it starts a thread: the workers' calls wait at the door.
        store = _meeting_place(door)
        _pass_on(scratch)
        del store
    _say({"over": True})


def _start(job: dict[str, Any], rank: int, door: socket.socket) -> None:
    pipe, end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(end)
        from_workers[pipe], pids[rank] = rank, pid
        return
    from groundup.workers.worker import work  # noqa: PLC0415  # after the fork

    for other in (pipe, *from_workers):
        os.close(other)
    port = door.getsockname()[1]
    door.close()
    work(job, rank, port, end)


def _meeting_place(door: socket.socket) -> Any:
    """Where the workers find each other, as torchrun has it; only this machine can reach it."""
    from torch import distributed as dist  # noqa: PLC0415  # it takes seconds: only where it is needed

    host, port = door.getsockname()
    return dist.TCPStore(  # type: ignore[attr-defined]  # torch does not list it among its names
        host, port, is_master=True, wait_for_workers=False, master_listen_fd=os.dup(door.fileno())
    )


def _pass_on(scratch: str) -> None:
    """Until every worker has ended: what they say goes out, what is told comes in."""
    with selectors.DefaultSelector() as ready:
        for source in (0, *from_workers):
            ready.register(source, selectors.EVENT_READ)
        while from_workers:
            for key, _ in ready.select():
                if key.fd == 0:
                    _obey(scratch)
                elif said := os.read(key.fd, 65536):
                    _forward(from_workers[key.fd], said)
                else:
                    ready.unregister(key.fd)
                    _ended(key.fd)


_halves: dict[int, bytes] = {}


def _forward(rank: int, said: bytes) -> None:
    """Whole lines alone, or two workers' would be mixed."""
    whole, _, _halves[rank] = (_halves.get(rank, b"") + said).rpartition(b"\n")
    if whole:
        os.write(1, whole + b"\n") if len(whole) < 4096 else _write_all(whole + b"\n")


def _write_all(data: bytes) -> None:
    while data:
        data = data[os.write(1, data) :]


def _ended(pipe: int) -> None:
    rank = from_workers.pop(pipe)
    os.close(pipe)
    _halves.pop(rank, None)
    _, status = os.waitpid(pids.pop(rank), 0)
    _say({"ended": rank, "status": os.waitstatus_to_exitcode(status)})


def _obey(scratch: str) -> None:
    line = told_so_far.readline()
    if not line:
        _end(scratch)
    for pid in list(pids.values()):
        os.kill(pid, signal.SIGKILL)


def _say(message: dict[str, Any]) -> None:
    _write_all(json.dumps(message).encode() + b"\n")


def _end(scratch: str) -> NoReturn:
    """Whoever started it has ended, and can tidy up no more."""
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
