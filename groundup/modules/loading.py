"""The numbers of a file in a model: what fits is converted, and said; what does not, is told."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import nn

from groundup.modules import state_file
from groundup.modules.file_index import Kept, Unknown
from groundup.modules.state_file import SavedFile

PREFIXES = {
    "module.": "nn.DataParallel puts it before every name",
    "_orig_mod.": "torch.compile puts it before every name",
    "model.": "a class around the model puts it before every name",
}
"""What may stand before all names, and where that comes from."""

State = Mapping[str, Kept]


@dataclass(frozen=True)
class Loaded:
    """A file's numbers as ``torch.save`` writes them for the model, and what was done to them."""

    content: bytes
    notes: tuple[str, ...]


class WrappedError(ValueError):
    """The numbers are those of the model, but wrapped; the sentence says in what."""


def fitted(content: bytes, model: nn.Module, *, unwrap: bool = False) -> Loaded:
    """The numbers of the file ``content`` for ``model``, which is not changed.

    They are converted to the model's dtype, on the CPU. ``unwrap`` also takes them from under a key
    (``{"model": …}``) or from names with a prefix of :data:`PREFIXES`.

    Raises:
        WrappedError: where only unwrapping them makes them fit, and ``unwrap`` is not set.
        ValueError: in a sentence that says how the file differs.
    """
    saved = state_file.read(content)
    wanted = model.state_dict()
    found = [(way, state) for way, state in _states(saved.top) if set(state) == set(wanted)]
    if not found:
        raise ValueError(_difference(saved.top, wanted))
    way, state = found[0]
    if way and not unwrap:
        raise WrappedError(f"Its numbers are wrapped: {'; '.join(way)}.")
    if wrong := _shapes(state, wanted):
        raise ValueError(
            f"{_few(wrong)}. If only the width differs, set the one it was saved with."
        )
    notes = [f"Unwrapped: {step}" for step in way]
    return Loaded(_written(saved, state, wanted), (*notes, *_conversions(state, wanted)))


def _states(value: object, under: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], State]]:
    """Every dictionary of tensors in ``value``, with how it is wrapped; then without prefixes."""
    if not isinstance(value, dict) or len(under) > 2:
        return
    if value and all(isinstance(k, str) and isinstance(v, Kept) for k, v in value.items()):
        yield from _without_prefixes(under, value)
    for key, inside in value.items():
        yield from _states(inside, (*under, f"they stand under the key {_short(key)}"))


def _without_prefixes(
    way: tuple[str, ...], state: State
) -> Iterator[tuple[tuple[str, ...], State]]:
    yield way, state
    for prefix, reason in PREFIXES.items():
        if all(name.startswith(prefix) for name in state):
            plain = {name.removeprefix(prefix): kept for name, kept in state.items()}
            yield from _without_prefixes((*way, f"«{prefix}»: {reason}"), plain)


def _short(value: object) -> str:
    return f"«{' '.join(str(value).split())[:30]}»"


def _difference(top: object, wanted: Mapping[str, torch.Tensor]) -> str:
    """How what was saved differs from the model's own names."""
    if isinstance(top, Unknown):
        return (
            f"It holds a whole object ({top.of}), and to load one is to run its code. Save its "
            "numbers instead: torch.save(model.state_dict(), …)."
        )
    if isinstance(top, Kept):
        return "It holds one tensor, and no names. Save model.state_dict()."
    states = [state for _, state in _states(top)]
    if not states:
        return "No dictionary from names to tensors was found in it. Save model.state_dict()."
    nearest = max(states, key=lambda state: len(set(state) & set(wanted)))
    missing = [f"{name} is missing" for name in wanted if name not in nearest]
    more = [f"{_short(name)} is not in this model" for name in nearest if name not in wanted]
    return f"Its names differ from this model's: {_few([*missing[:3], *more])}."


def _shapes(state: State, wanted: Mapping[str, torch.Tensor]) -> list[str]:
    return [
        f"{name} has shape {state[name].shape}, and this model's has {tuple(own.shape)}"
        for name, own in wanted.items()
        if state[name].shape != tuple(own.shape)
    ]


def _few(said: list[str], most: int = 4) -> str:
    more = f"; and {len(said) - most} more" if len(said) > most else ""
    return "; ".join(said[:most]) + more


def _conversions(state: State, wanted: Mapping[str, torch.Tensor]) -> Iterator[str]:
    """What was converted: dtypes and devices, each once."""
    pairs = {(state[name].storage.dtype, own.dtype) for name, own in wanted.items()}
    for had, has in sorted(pairs, key=str):
        if had != has:
            said = [str(dtype).removeprefix("torch.") for dtype in (had, has)]
            yield "{} was converted to {}".format(*said)
    for device in sorted({kept.storage.device for kept in state.values()} - {"cpu"}):
        yield f"It was saved on {_short(device)}, and was loaded onto the CPU"


def _written(saved: SavedFile, state: State, wanted: Mapping[str, torch.Tensor]) -> bytes:
    numbers = {}
    for name, own in wanted.items():
        tensor = saved.tensor(state[name]).to(own.dtype)
        if not tensor.isfinite().all():
            raise ValueError(f"{name} in it holds numbers that are not finite in {own.dtype}.")
        numbers[name] = tensor
    file = io.BytesIO()
    torch.save(numbers, file)
    return file.getvalue()
