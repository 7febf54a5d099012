"""GPUs that no test machine has, faked as far as that goes: what is offered, kept and refused."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from groundup.engine import devices, lesson, observe
from groundup.engine.execution import TorchState
from groundup.tensors import lessons as tensors

ROOT = Path(__file__).parents[2]
ON_A_GPU = [name for name in lesson.names() if '\ndevice = "cpu"' in lesson.load(name).source]


@pytest.fixture
def an_apple_gpu(monkeypatch):
    """Torch believes in an Apple GPU; the random state of it is a list of one tensor."""
    held = [torch.tensor([1], dtype=torch.uint8)]
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setattr(torch.mps, "get_rng_state", lambda: held[0])
    monkeypatch.setattr(torch.mps, "set_rng_state", lambda state: held.__setitem__(0, state))
    devices.devices.cache_clear()
    yield held
    devices.devices.cache_clear()


def test_an_apple_gpu_is_there_to_choose(an_apple_gpu):
    assert devices.available() == ["cpu", "mps"]
    assert devices.devices()[-1] == devices.Device("mps", "an Apple GPU")


def test_an_nvidia_gpu_is_called_by_its_name(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "NVIDIA T4")
    devices.devices.cache_clear()
    found = devices.devices()[1]
    devices.devices.cache_clear()
    assert found == devices.Device("cuda", "NVIDIA T4")


def test_a_gpu_that_is_missing_is_told_with_the_reason(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_built", lambda: True)
    devices.devices.cache_clear()
    missing = [one.missing for one in devices.devices()]
    devices.devices.cache_clear()
    assert missing == ["", "no NVIDIA GPU found", "no Apple GPU found"]


def test_a_run_gets_back_the_random_numbers_of_an_apple_gpu(an_apple_gpu):
    mine = TorchState.now()
    an_apple_gpu[0] = torch.tensor([2], dtype=torch.uint8)
    TorchState().put()
    assert an_apple_gpu[0].item() == 2  # a fresh run has used none, and leaves them alone
    mine.put()
    assert an_apple_gpu[0].item() == 1


@pytest.mark.parametrize("name", ON_A_GPU)
@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_lessons_text_names_the_chosen_device_and_nothing_else_changes(name, device):
    plain, chosen = lesson.load(name), lesson.load(name).set(device=device)
    pairs = zip(plain.text.splitlines(), chosen.text.splitlines(), strict=True)
    (changed,) = [(old, new) for old, new in pairs if old != new]
    assert changed[0].startswith('device = "cpu"')
    assert changed[1].startswith(f"device = {device!r}")


@pytest.mark.parametrize("name", ON_A_GPU)
def test_a_lesson_runs_on_every_device_that_is_here(name):
    """On a machine with a GPU this runs each lesson there."""
    short = {"epochs": 20} if "epochs" in lesson.load(name).parameters else {}
    for device in devices.available():
        run = observe.run(lesson.load(name).set(device=device, **short).text)
        assert run.state == "done", run.failure
        held = [value for value in run.variables.values() if isinstance(value, torch.Tensor)]
        assert device in {tensor.device.type for tensor in held}


@pytest.mark.parametrize("name", ON_A_GPU)
def test_what_is_drawn_with_a_generator_is_drawn_on_the_processor(name):
    """A generator belongs to one device, and another device draws other numbers."""
    text = lesson.load(name).source
    assert text.count("torch.Generator(") == text.count("torch.Generator()")


def test_a_dtype_that_a_device_lacks_is_refused_with_what_to_choose():
    with pytest.raises(
        ValueError, match=r"^mps has no float64\. Choose float32, or the device cpu"
    ):
        tensors.like("rand_like", "float64", "1, 2", 0, "mps")
    assert "float64" in tensors.like("rand_like", "float64", "1, 2", 0, "cpu").text
    assert "device = 'mps'" in tensors.like("rand_like", "float16", "1, 2", 0, "mps").text


PAGE = """
import torch
torch.backends.mps.is_available = lambda: True
torch.mps.get_rng_state, torch.mps.set_rng_state = lambda: None, print
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("script.py", default_timeout=60)
app.query_params.update({"device": "mps", "made_from": "By mimicking", "like_dtype": "float64"})
app.run()
app.switch_page("app_pages/tensors.py").run()
radio = next(one for one in app.sidebar.radio if one.label == "Device")
print(radio.options, radio.value, *(one.value for one in app.error), len(app.exception))
"""


def test_the_pages_offer_an_apple_gpu_and_refuse_what_it_lacks_beside_the_control():
    """In a process of its own: which devices there are is asked once, before the pages are made."""
    done = subprocess.run(
        [sys.executable, "-c", PAGE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    said = "mps has no float64. Choose float32, or the device cpu."
    assert done.stdout.splitlines()[-1] == f"['cpu', 'mps'] mps {said} 0"
