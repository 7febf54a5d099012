"""A table of every sentence that the app may show, with the tests that try to make it false."""
