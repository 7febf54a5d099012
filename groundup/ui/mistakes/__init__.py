"""The search box: from an error message to what the app teaches about it."""
