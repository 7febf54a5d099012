"""The page of a room: its projector, its phones, and where one comes in."""
