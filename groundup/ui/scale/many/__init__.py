"""Many machines: what a model that is too large for one does, on a few processes of this server."""
