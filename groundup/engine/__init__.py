"""What every lesson needs: its text, a run of it, and how the two are shown and taken home."""
