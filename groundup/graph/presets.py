"""Programs to begin with, each with inputs and a reason to look at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProgramPreset:
    """A program, its inputs as text (see ``input_line``), and what to look for."""

    title: str
    text: str
    inputs: str
    look: str


_ALL = (
    ProgramPreset(
        "z = x·(a + b)",
        "y = a + b\nz = x * y\n",
        "a=2; b=3; x=4",
        "a and b share one gradient: a sum passes on what it gets, to both.",
    ),
    ProgramPreset(
        "one neuron",
        "h = w * x + b\ny = torch.sigmoid(h)\n",
        "w=0.5; x=2 fixed; b=-0.5",
        "x is data and needs no gradient, so autograd makes no node that would collect one for it.",
    ),
    ProgramPreset(
        "loss of the training loop",
        "y_hat = X @ w + b\nloss = torch.mean((y_hat - y_true) ** 2)\n",
        "X=[[-1], [0], [1]] fixed; w=[[-1]]; b=[0]; y_true=[[-1], [1], [3]] fixed",
        "Each w and b serves three examples: their gradients are summed.",
    ),
    ProgramPreset(
        "two layers of tanh",
        "h = torch.tanh(W1 @ x + b1)\ny = torch.tanh(W2 @ h + b2)\nloss = F.mse_loss(y, t)\n",
        "W1=[[0.5, -0.3], [0.8, 0.2]]; x=[1, 2] fixed; b1=[0.3, -0.1]; "
        "W2=[[0.7, -0.4]]; b2=[0.2]; t=[1] fixed",
        "On its way from b2 to b1 the gradient passes W2 and another tanh, and gets smaller.",
    ),
    ProgramPreset(
        "a value used twice",
        "y = x * x + x\n",
        "x=3",
        "Three ways lead from y to x. Their contributions are summed.",
    ),
    ProgramPreset(
        "softmax cross-entropy",
        "p = softmax(logits, dim=0)\nloss = -(target * log(p)).sum()\n",
        "logits=[2, 1, 0.1]; target=[1, 0, 0] fixed",
        "The gradient at logits comes out as p − target.",
    ),
    ProgramPreset(
        "an in-place change",
        "y = exp(x)\ny += 1\nz = y * 3\n",
        "x=1",
        "exp saved its result for the backward pass, and then the result was changed.",
    ),
    ProgramPreset(
        "detach() cuts the graph",
        "y = x * x\nc = y.detach()\nz = y + c * x\n",
        "x=3",
        "Through c nothing flows back, so x.grad is not the whole derivative.",
    ),
    ProgramPreset(
        "a ReLU that is off",
        "h = w * x + b\ny = relu(h)\nloss = (y - t) ** 2\n",
        "w=-1; x=2 fixed; b=0.5; t=1 fixed",
        "h is negative, the local derivative of relu is 0, and nothing behind it can learn.",
    ),
    ProgramPreset(
        "matrices",
        "Y = A @ B\nZ = Y.t() * C\ns = Z.sum()\n",
        "A=[[1, 2], [3, 4]]; B=[[0.5, -1], [2, 0]]; C=[[1, 0], [0, 2]]",
        "The gradient of a matrix product is two matrix products: no element stands alone.",
    ),
)

PRESETS: dict[str, ProgramPreset] = {preset.title: preset for preset in _ALL}
"""The presets by their titles."""
