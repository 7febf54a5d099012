"""Whether this machine can run the app: a line for each thing that matters."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from groundup.engine import devices
from groundup.engine.words import bytes_in_words
from groundup.scale import measure

PACKAGE = Path(__file__).parents[2]
WANTED_BYTES = 600 * 2**20
"""What a copy should find free: about 430 MB at rest, and up to 128 MiB for its sessions' runs."""
PIN = re.compile(r"([\w-]+)==([\w.]+)")


class Finding(NamedTuple):
    """One line; ``wrong`` if the app does not run well until it is mended."""

    text: str
    wrong: bool = False


def findings() -> Iterator[Finding]:
    """All that was looked at, in the order in which it is told."""
    yield Finding(f"groundup, from {PACKAGE}")
    yield Finding(f"Python {platform.python_version()}, {sys.executable}")
    yield from map(package, pins().items())
    yield from map(device, devices.devices())
    yield memory()
    yield Finding(f"scale page: timings may hold {bytes_in_words(measure.budget().bytes)}")
    yield Finding(devices.threads())


def pins() -> dict[str, str]:
    """The versions that groundup is made for: of the installed package, or of the checkout."""
    checkout = PACKAGE.parent / "requirements.txt"
    if checkout.is_file():
        return dict(PIN.findall(checkout.read_text("utf-8")))
    return dict(PIN.findall(" ".join(metadata.requires("groundup") or [])))


def package(pin: tuple[str, str]) -> Finding:
    """Whether the package is here, in the version that ``pin`` names."""
    name, wanted = pin
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(f'{name} is missing: pip install "{name}=={wanted}"', wrong=True)
    if found.partition("+")[0] != wanted:
        return Finding(f'{name} {found}: pip install "{name}=={wanted}"', wrong=True)
    return Finding(f"{name} {found}")


def device(one: devices.Device) -> Finding:
    """What the device is, or why it cannot be used; a machine without a GPU is not at fault."""
    return Finding(f"{one.name}: {f'none ({one.missing})' if one.missing else one.title}")


def memory() -> Finding:
    """Whether enough memory is free."""
    free = measure.free_bytes()
    if free is None:
        return Finding("memory: this system does not say how much is free")
    if free >= WANTED_BYTES:
        return Finding(f"memory: {bytes_in_words(free)} free")
    needed = bytes_in_words(WANTED_BYTES)
    return Finding(f"memory: {bytes_in_words(free)} free, the app wants {needed}", wrong=True)
