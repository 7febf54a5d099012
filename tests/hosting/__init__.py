"""What a copy that is open to strangers must bear."""
