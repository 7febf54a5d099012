"""What stands around the pages: the first page, and what the server does once."""
