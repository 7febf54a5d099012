"""Whether this machine has room for workers, and why not."""

from __future__ import annotations

import os
from pathlib import Path

from groundup.engine.words import bytes_in_words
from groundup.scale.measure import free_bytes

STARTER = 230 * 2**20
"""Bytes of the process that imports torch for all workers."""
WORKER = 60 * 2**20
"""Bytes that each worker adds to it before its own tensors."""
KEPT_FREE = 0.5
"""The share of the free memory that workers leave alone, for the app and everybody else."""


def needed(world_size: int, megabytes: int) -> int:
    """Bytes that a run may come to hold."""
    return STARTER + world_size * (WORKER + megabytes * 2**20)


def why_not(world_size: int, megabytes: int) -> str:
    """Why ``world_size`` workers cannot be started here; empty if they can."""
    if not hasattr(os, "fork"):
        return "Workers are started by fork, which this system has not."
    if cores() < 2:
        return "This server has one core, which is too few for workers."
    free = free_bytes()
    if free is None:
        return "This system does not say how much memory is free."
    most, wanted = int(free * (1 - KEPT_FREE)), needed(world_size, megabytes)
    if wanted <= most:
        return ""
    where = "hosted copy" if hosted() else "server"
    return (
        f"{world_size} workers may need {bytes_in_words(wanted)}, and this {where} has "
        f"{bytes_in_words(most)} for them: half of what is free."
    )


def hosted() -> bool:
    """Whether it is a hosted copy; Streamlit's hosting mounts the app under ``/mount/src``."""
    return Path(__file__).is_relative_to("/mount/src")


def cores() -> int:
    """The cores that this process may use, as far as the system says."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
