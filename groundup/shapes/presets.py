"""Where to begin in the shape lab: the errors and the silent traps that everyone meets."""

from groundup.shapes.lab import Lab

PRESETS: dict[str, Lab] = {
    "✗ matrix product, one turned": Lab("@", "2, 3", "4, 3"),
    "✗ bias along the wrong side": Lab("+", "3, 4", "3"),
    "✗ view after a transpose": Lab("view", "3, 4", numbers="12", steps="a.mT"),
    "✗ layer with the wrong features": Lab("nn.Linear", "5, 4", numbers="3, 2"),
    "✗ joined along the wrong side": Lab("cat", "2, 3", "2, 4", "0"),
    "⚠ loss of (N,) and (N, 1)": Lab("-", "5", "5, 1"),
    "⚠ (3,) and (3, 1)": Lab("+", "3", "3, 1"),
    "⚠ outer product by accident": Lab("*", "4, 1", "1, 3"),
    "✓ matrix product": Lab("@", "2, 3", "3, 4"),
    "✓ a batch of matrices": Lab("@", "2, 2, 3", "3, 2"),
    "✓ add a bias to every row": Lab("+", "4, 3", "3"),
    "✓ mean of each column": Lab("mean", "4, 3", numbers="0"),
}
