"""requires_grad: slopes, tracking, how gradients add up, and the ways out of the graph."""
