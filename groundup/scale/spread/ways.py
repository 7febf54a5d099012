"""How a model is laid over devices: copies of it, cut or not, and what the copies share out."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.scale import memory
from groundup.scale.architecture import Architecture

SPREADS = ("nothing", "optimizer", "gradients", "weights")
"""What is spread out over the copies, each with those before it: ZeRO 0, 1, 2 and 3."""

OPTIMIZERS = ("SGD", "momentum", "Adam")
MAX_DEVICES = 65_536


@dataclass(frozen=True)
class Way:
    """``devices`` in groups of ``tensor`` · ``pipeline``; each group holds one copy of the model.

    In a group each matrix is cut in ``tensor`` parts, and the layers in ``pipeline`` stages.
    ``spread`` says what the copies share out among them.

    Raises:
        ValueError: when created with numbers that do not go together, saying what to change.
    """

    devices: int = 1
    tensor: int = 1
    pipeline: int = 1
    spread: str = "nothing"

    def __post_init__(self) -> None:
        for name in ("devices", "tensor", "pipeline"):
            number = getattr(self, name)
            if type(number) is not int or not 1 <= number <= MAX_DEVICES:
                raise ValueError(f"{name} must be a whole number from 1 to {MAX_DEVICES:,}.")
        if self.spread not in SPREADS:
            raise ValueError(f"What is spread out must be one of {', '.join(SPREADS)}.")
        if self.devices % self.group:
            raise ValueError(self._uneven())
        if self.pipeline > 1 and self.spread in ("gradients", "weights"):
            raise ValueError(
                "A pipeline uses its weights and gradients for one text after the other: spread "
                "out, they would be sent anew for each. With stages, spread the optimizer alone."
            )

    def _uneven(self) -> str:
        group = self.group
        near = max(group, round(self.devices / group) * group)
        return (
            f"A copy of the model takes {self.tensor:,} · {self.pipeline:,} = {group:,} devices, "
            f"and {self.devices:,} cannot be dealt out to such groups. Choose {near:,} devices."
        )

    @property
    def group(self) -> int:
        """Devices that hold one copy together."""
        return self.tensor * self.pipeline

    @property
    def copies(self) -> int:
        """Copies of the model, each with texts of its own: N in the formulas."""
        return self.devices // self.group


@dataclass(frozen=True)
class Step:
    """One training step: what is computed, in which numbers.

    ``batch`` is texts that each copy of the model is given in a step; of ``context`` tokens each.
    Through a pipeline they go one at a time.
    """

    batch: int = 1
    context: int = 2_048
    dtype: str = "bfloat16"
    optimizer: str = "Adam"

    @property
    def tokens(self) -> int:
        """Tokens for each copy."""
        return self.batch * self.context

    @property
    def size(self) -> int:
        """Bytes of a weight, of a gradient and of an activation."""
        return int(memory.BYTES[self.dtype])

    @property
    def remembered(self) -> int:
        """Bytes for each parameter that the optimizer keeps, a float32 copy of it included."""
        master = 4 if self.size < 4 else 0
        return 4 * memory.OPTIMIZER_COPIES[self.optimizer] + master


def check(a: Architecture, way: Way, step: Step) -> None:
    """Hold ``way`` against what ``a`` can be cut in, and ``step`` against its bounds.

    Raises:
        ValueError: saying what does not fit and what to choose.
    """
    memory.training_bytes(a, step.batch, step.context, step.dtype)
    if step.optimizer not in OPTIMIZERS:
        raise ValueError(f"optimizer must be one of {', '.join(OPTIMIZERS)}.")
    if way.pipeline > a.layers:
        raise ValueError(
            f"{a.layers:,} layers make {a.layers:,} stages at most, not {way.pipeline:,}."
        )
    for name, size in _cut_sizes(a).items():
        if size % way.tensor:
            raise ValueError(
                f"{size:,} {name} cannot be cut in {way.tensor:,} equal parts. Matrices of this "
                f"model can be cut in {', '.join(map(str, possible_cuts(a)))}."
            )


def _cut_sizes(a: Architecture) -> dict[str, int]:
    """What a cut of the matrices must divide: a head stays whole, and so does a neuron."""
    sizes = {"key/value heads": a.key_value_heads, "neurons of a feed-forward part": a.intermediate}
    return sizes | ({"neurons of the shared expert": a.shared_expert} if a.shared_expert else {})


def possible_cuts(a: Architecture) -> list[int]:
    """The numbers of parts, up to 64, in which the matrices of ``a`` can be cut evenly."""
    sizes = _cut_sizes(a).values()
    return [parts for parts in range(1, 65) if not any(size % parts for size in sizes)]
