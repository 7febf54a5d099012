"""What belongs to the process beside torch's own state: a text has it as in a fresh process, and
everybody else as it was."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import torch
from torch._tensor_str import PRINT_OPTS
from torch.nn.modules import module as hooks
from torch.optim import optimizer as optimizers

_DICTS: tuple[dict[Any, Any], ...] = tuple(
    one
    for where in (hooks, optimizers)
    for name, one in vars(where).items()
    if name.startswith("_global_") and isinstance(one, dict)
)
"""Hooks that are called for all modules and optimizers."""


def _print_options() -> dict[str, Any]:
    return dict(vars(PRINT_OPTS))


@dataclass
class Shared:
    """One state of all that; as it is made, that of a fresh process."""

    printing: dict[str, Any] = field(default_factory=lambda: dict(vars(type(PRINT_OPTS)())))
    random: Any = field(default_factory=lambda: random.Random(0).getstate())
    hooks: tuple[dict[Any, Any], ...] = field(default_factory=lambda: tuple({} for _ in _DICTS))
    deterministic: tuple[bool, bool] = (False, False)
    anomaly: tuple[bool, bool] = (False, True)
    precision: str = "highest"
    device: Any = None
    benchmark: bool = False

    @classmethod
    def now(cls) -> Shared:
        """The state as it is."""
        return cls(
            _print_options(),
            random.getstate(),
            tuple(dict(one) for one in _DICTS),
            (
                torch.are_deterministic_algorithms_enabled(),
                torch.is_deterministic_algorithms_warn_only_enabled(),
            ),
            (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()),
            torch.get_float32_matmul_precision(),
            getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None),
            torch.backends.cudnn.benchmark,
        )

    def put(self) -> None:
        """Make this the state."""
        for name, value in self.printing.items():
            setattr(PRINT_OPTS, name, value)
        random.setstate(self.random)
        for one, held in zip(_DICTS, self.hooks, strict=True):
            if one != held:
                one.clear()
                one.update(held)
        before = Shared.now()
        if before.deterministic != self.deterministic:
            mode, warn_only = self.deterministic
            torch.use_deterministic_algorithms(mode, warn_only=warn_only)
        if before.anomaly != self.anomaly:
            torch.autograd.set_detect_anomaly(*self.anomaly)
        if before.precision != self.precision:
            torch.set_float32_matmul_precision(self.precision)
        if before.device is not self.device:
            _put_device(self.device)


def _put_device(context: Any) -> None:
    """The device on which tensors are made, if it is not the CPU: a mode of this thread."""
    torch.set_default_device(None if context is None else context.device)
