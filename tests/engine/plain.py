"""What a plain script computes: each text executed by ``exec`` in a process of its own.

Run as a script it reads a list of texts and writes what came of each. It imports nothing of
groundup, so what it says is Python's and torch's alone. Torch is imported once, and the process
forks for each text: every one begins as a fresh interpreter does.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import time
import traceback
import warnings

import torch


def plain_runs(texts):
    """What :func:`outcome` says of each of ``texts``, executed plainly in fresh processes."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def outcome(variables, printed, notices, failure):
    """All that can be told of a text's end, to the bit, in a form that can be compared."""
    return {
        "variables": {
            name: told(value) for name, value in sorted(variables.items()) if name[:2] != "__"
        },
        "printed": without_addresses(printed),
        # A run keeps the first hundred.
        "notices": [[kind, without_addresses(message)] for kind, message in notices[:100]],
        "failure": [without_addresses(str(part)) for part in failure],
        "random": digest(torch.get_rng_state()),
        "grad": torch.is_grad_enabled(),
        "dtype": str(torch.get_default_dtype()),
    }


def told(value, depth=0):  # noqa: PLR0911
    # Of a class of the text's own nothing is asked: it may answer as it likes.
    cls = type(value)
    if issubclass(cls, torch.nn.Module):
        return [cls.__name__, value.training, told(dict(value.state_dict(keep_vars=True)))]
    if type.__getattribute__(cls, "__module__") == "__main__":
        return type.__getattribute__(cls, "__name__")
    if issubclass(cls, torch.Tensor):
        return told_tensor(value)
    if issubclass(cls, torch.optim.Optimizer):
        return [cls.__name__, told(value.state_dict())]
    if issubclass(cls, dict) and depth < 6:
        return [[told(k, depth + 1), told(v, depth + 1)] for k, v in value.items()]
    if issubclass(cls, list | tuple | set) and depth < 6:
        return [cls.__name__, *(told(one, depth + 1) for one in value)]
    if issubclass(cls, int | float | complex | str | bytes | None):
        return without_addresses(repr(value))
    if cls.__name__ == "ndarray":
        return [str(value.dtype), value.shape, value.tolist()]
    return cls.__name__


def told_tensor(tensor):
    grad = tensor.grad if tensor.is_leaf or tensor.retains_grad else None
    strided = tensor.layout is torch.strided
    there = strided and not tensor.is_meta and tensor.numel() < 10**8
    there = there and tensor.untyped_storage().nbytes() > 0
    return [
        *(type(tensor).__name__, str(tensor.dtype), list(tensor.shape), str(tensor.device)),
        (list(tensor.stride()), tensor.storage_offset()) if strided else None,
        *(tensor.requires_grad, tensor.is_leaf, type(tensor.grad_fn).__name__),
        None if tensor.is_inference() else tensor._version,
        None if grad is None else told_tensor(grad),
        digest(tensor) if there else None,
    ]


def digest(tensor):
    flat = torch.empty(tensor.numel(), dtype=tensor.dtype)
    flat.copy_(tensor.detach().cpu().reshape(-1))
    return hashlib.sha256(flat.view(torch.uint8).numpy().tobytes()).hexdigest()[:16]


def without_addresses(text):
    """``text`` without what differs from process to process: where in memory things lie."""
    return re.sub(r"0x[0-9a-f]+|\b\d{14,}\b", "0x", text)


def steady_clock():
    """Clocks that count their calls, so that a text that measures time can be compared."""
    count = iter(range(10**9))
    for name in ("perf_counter", "time", "monotonic", "process_time", "thread_time"):
        setattr(time, name, lambda: next(count) / 1024)


def run(text):
    steady_clock()
    torch.set_warn_always(True)
    # Unseeded numbers are others in each process: those of a generator that nobody seeded.
    torch.set_rng_state(torch.Generator().get_state())
    namespace = {"__name__": "__main__"}
    printed, failure = io.StringIO(), ()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        out, sys.stdout = sys.stdout, printed
        try:
            exec(compile(text, "<lesson>", "exec", dont_inherit=True), namespace)
        except (Exception, SystemExit) as error:
            failure = (line_of(error), type(error).__name__, error)
        sys.stdout = out
    notices = [(one.category.__name__, str(one.message)) for one in seen]
    return outcome(namespace, printed.getvalue(), notices, failure)


def line_of(error):
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<lesson>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def in_a_process_of_its_own(text):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writing, "w") as pipe:
                json.dump(run(text), pipe)
        except BaseException:
            sys.__stderr__.write(traceback.format_exc())
            sys.__stderr__.flush()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer)


def import_all():
    """Import what torch imports at the first use, so that not each process does it anew."""
    weight = torch.ones(1, requires_grad=True)
    weight.sum().backward()
    torch.optim.Adam([weight]).step()
    torch.ones(1).numpy()
    torch.empty(1, device="meta").exp() * 2


if __name__ == "__main__":
    import_all()
    print(json.dumps([in_a_process_of_its_own(text) for text in json.load(sys.stdin)]))
