"""nn.Module: the same training in fewer lines, what a model holds, and a network built."""
