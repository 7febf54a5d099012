"""requires_grad: the switch, slopes, sums of gradients, ways out, and mistakes."""
