"""What all texts of a process share, as plain data that can be compared."""

from __future__ import annotations

import math
import random
import warnings
from typing import Any

import torch
from torch import nn
from torch._tensor_str import PRINT_OPTS
from torch.nn.modules import module as hooks
from torch.optim import optimizer as optimizers

MODULES = (math, random, torch, nn, nn.functional, nn.init, torch.optim, torch.linalg)
CLASSES = (torch.Tensor, nn.Module, nn.Linear, nn.ReLU, nn.Parameter, torch.optim.SGD)


def shared_state() -> dict[str, Any]:
    """All of it, by name."""
    found: dict[str, Any] = {
        "dtype": torch.get_default_dtype(),
        "grad": torch.is_grad_enabled(),
        "inference": torch.is_inference_mode_enabled(),
        "threads": torch.get_num_threads(),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "anomaly": torch.is_anomaly_enabled(),
        "precision": torch.get_float32_matmul_precision(),
        "torch's random": hash(torch.get_rng_state().numpy().tobytes()),
        "random": random.getstate(),
        "device": torch.empty(0).device,
        "printing": dict(vars(PRINT_OPTS)),
        "warnings": list(warnings.filters),
        "showing warnings": warnings.showwarning,
        "modes": torch._C._len_torch_dispatch_stack(),
    }
    for where in (hooks, optimizers):
        for name, one in vars(where).items():
            if name.startswith("_global_") and isinstance(one, dict):
                found[name] = dict(one)
    for one in (*MODULES, *CLASSES):
        held = {key: id(value) for key, value in vars(one).items() if key != "__warningregistry__"}
        found[one.__name__] = held
    return found
