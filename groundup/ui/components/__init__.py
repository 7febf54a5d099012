"""Pieces of a page that any topic may show: code, player, messages, what is taken home."""
