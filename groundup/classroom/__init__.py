"""Rooms in which a class answers one question at once: no names, and gone after a day."""
