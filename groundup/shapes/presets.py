"""Where to begin in the shape lab: the errors and the silent traps that everyone meets."""

from groundup.shapes.chain import CHAIN
from groundup.shapes.lab import Lab

_LENET = "nn.Conv2d(6, 16, 5) → nn.MaxPool2d(2) → flatten(1) → "

PRESETS: dict[str, Lab] = {
    "✗ matrix product, one turned": Lab("@", "2, 3", "4, 3"),
    "✗ bias along the wrong side": Lab("+", "3, 4", "3"),
    "✗ each row divided by its sum": Lab("/", "5, 3", "5"),
    "✗ view after a transpose": Lab("view", "3, 4", numbers="12", steps="a.mT"),
    "✗ view with the wrong batch": Lab("view", "16, 784", numbers="32, 784"),
    "✗ layer with the wrong features": Lab("nn.Linear", "5, 4", numbers="3, 2"),
    "✗ joined along the wrong side": Lab("cat", "2, 3", "2, 4", "0"),
    "✗ channels last": Lab("nn.Conv2d", "1, 4, 4, 3", numbers="3, 2, 3"),
    "✗ targets as a column": Lab("cross_entropy", "4, 3", "4, 1"),
    "✗ why 400?": Lab(CHAIN, "8, 6, 14, 14", chain=f"{_LENET}nn.Linear(512, 120)"),
    "⚠ loss of (N,) and (N, 1)": Lab("-", "5", "5, 1"),
    "⚠ (3,) and (3, 1)": Lab("+", "3", "3, 1"),
    "⚠ outer product by accident": Lab("*", "4, 1", "1, 3"),
    "⚠ square, and the vector either way": Lab("-", "4, 4", "4"),
    "⚠ −1 that counts the wrong thing": Lab("view", "3, 2, 4", numbers="-1, 6"),
    "✓ matrix product": Lab("@", "2, 3", "3, 4"),
    "✓ a batch of matrices": Lab("@", "2, 2, 3", "3, 2"),
    "✓ add a bias to every row": Lab("+", "4, 3", "3"),
    "✓ mean of each column": Lab("mean", "4, 3", numbers="0"),
    "✓ flatten all but the batch": Lab("flatten", "32, 64, 7, 7", numbers="1"),
    "✓ a convolution": Lab("nn.Conv2d", "1, 2, 4, 4", numbers="2, 3, 3"),
    "✓ Conv2d → flatten → Linear": Lab(CHAIN, "8, 6, 14, 14", chain=f"{_LENET}nn.Linear(400, 120)"),
    "✓ a layer of Llama 3 8B's FFN": Lab("nn.Linear", "1, 4096", numbers="4096, 14336"),
}
