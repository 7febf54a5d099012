"""The gallery of mistakes, and the search for the one behind an error message."""
