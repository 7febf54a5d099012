"""The computation graph of a small program: its nodes, its gradients, the chain rule in words."""
