"""How fast devices send to each other and compute, as their makers say."""

from __future__ import annotations

from dataclasses import dataclass

JOINED = 8
"""Devices in one machine, joined by their own link; further ones are reached over the network."""

NETWORK = 50e9
"""Bytes a second between machines, for each device and each way: a 400 Gb/s port for each."""

NETWORK_SOURCE = "NVIDIA DGX H100 data sheet: a ConnectX-7 of up to 400 Gb/s for each GPU"


@dataclass(frozen=True)
class Link:
    """What joins devices of one kind inside a machine, and how fast one of them computes.

    ``each_way`` is bytes a second that a device sends while it receives as many; makers give the
    sum of both ways. ``peak`` is FLOPs a second of matrix products of 16-bit numbers, added up in
    float32, without sparsity.
    """

    name: str
    kind: str
    each_way: float
    peak: float
    source: str


LINKS = (
    Link("NVIDIA T4", "PCIe 3.0", 16e9, 65e12, "NVIDIA T4 data sheet: 32 GB/s, 65 TFLOPS"),
    Link(
        "GeForce RTX 4090",
        "PCIe 4.0",
        32e9,
        165.2e12,
        "NVIDIA Ada GPU Architecture, version 2, appendix A; PCIe 4.0: 64 GB/s",
    ),
    Link("NVIDIA A100", "NVLink 3", 300e9, 312e12, "NVIDIA A100 data sheet: 600 GB/s, 312 TFLOPS"),
    Link(
        "NVIDIA H100",
        "NVLink 4",
        450e9,
        989.4e12,
        "NVIDIA H100 data sheet (SXM): 900 GB/s, 1,979 TFLOPS with sparsity",
    ),
    Link(
        "NVIDIA H200",
        "NVLink 4",
        450e9,
        989.4e12,
        "NVIDIA H200 data sheet (SXM): 900 GB/s, 1,979 TFLOPS with sparsity",
    ),
    Link(
        "AMD MI300X",
        "Infinity Fabric",
        448e9,
        1307.4e12,
        "AMD Instinct MI300X data sheet: 7 links of 128 GB/s, 1,307.4 TFLOPS",
    ),
)
"""In the order of ``memory.ACCELERATORS``."""


def link_of(name: str) -> Link:
    """The link of the device called ``name``.

    Raises:
        ValueError: if there is no such device.
    """
    for link in LINKS:
        if link.name == name:
            return link
    raise ValueError(f"no device is called {name!r}.")


def speed(link: Link, group: int) -> float:
    """Bytes a second each way within a group of ``group`` devices: the slowest way counts."""
    return link.each_way if group <= JOINED else min(NETWORK, link.each_way)
