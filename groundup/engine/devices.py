"""Which of torch's devices this machine has, and why it lacks the others."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

import torch

NAMES = ("cpu", "cuda", "mps")
LACKING = {"mps": ("float64", "complex128")}
"""The dtypes that a device's chips do not know."""


@dataclass(frozen=True)
class Device:
    """One kind of device; ``missing`` says why it cannot be used, and is empty where it can."""

    name: str
    title: str
    missing: str = ""


@cache
def devices() -> tuple[Device, ...]:
    """All of :data:`NAMES`, those that are missing with the reason."""
    return (Device("cpu", "the processor"), _cuda(), _mps())


def available() -> list[str]:
    """The names of the devices that can be used here."""
    return [device.name for device in devices() if not device.missing]


def refuse_lacking(device: str, dtype: str) -> None:
    """Refuse a tensor of ``dtype`` where ``device`` cannot hold one.

    Raises:
        ValueError: with a sentence that says what to choose instead.
    """
    if dtype in LACKING.get(device, ()):
        raise ValueError(f"{device} has no {dtype}. Choose float32, or the device cpu.")


def threads() -> str:
    """How many threads torch computes with, and how many processors there are, in words."""
    return f"threads: torch computes with {torch.get_num_threads()}, processors: {os.cpu_count()}"


def _cuda() -> Device:
    if torch.cuda.is_available():
        return Device("cuda", torch.cuda.get_device_name())
    built = torch.version.cuda is not None or torch.version.hip is not None
    reason = "no NVIDIA GPU found" if built else "this PyTorch is a CPU-only build"
    return Device("cuda", "an NVIDIA GPU", reason)


def _mps() -> Device:
    if torch.backends.mps.is_available():
        return Device("mps", "an Apple GPU")
    built = torch.backends.mps.is_built()
    return Device("mps", "an Apple GPU", "no Apple GPU found" if built else "needs an Apple Mac")
