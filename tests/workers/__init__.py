"""Workers: how they run, end and are bounded; and what the app shows of them."""
