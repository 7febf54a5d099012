"""What the text calls its parameters: ``w``, or ``model.0.weight``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from groundup.diagnosis.leaves import Leaves


def name_leaves(leaves: Leaves, names: Mapping[str, Any]) -> None:
    """Give each leaf the name that the text's ``names`` lead to it by."""
    for name, value in list(names.items()):
        if isinstance(value, torch.nn.Module) and "_modules" in vars(value):
            for path, tensor in value.named_parameters():
                _name(leaves, tensor, f"{name}.{path}")
    for name, value in list(names.items()):
        if type(value) is torch.Tensor or type(value) is torch.nn.Parameter:
            _name(leaves, value, name)
        elif type(value) in {list, tuple}:
            for index, one in enumerate(value[:20]):
                _name(leaves, one, f"{name}[{index}]")


def _name(leaves: Leaves, tensor: Any, name: str) -> None:
    leaf = leaves.known(tensor)
    if leaf is not None and not leaf.name:
        leaf.name = name
