"""torch.optim: what there is, what each remembers, and a race between them."""
