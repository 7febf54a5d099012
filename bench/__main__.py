"""Measure everything, or the parts named: ``python -m bench observing sweeping``."""

import sys

from bench.browser import browser
from bench.classroom import classroom
from bench.observing import observing
from bench.sweeping import sweeping

PARTS = {"observing": observing, "sweeping": sweeping, "browser": browser, "classroom": classroom}

for part in sys.argv[1:] or PARTS:
    PARTS[part]()
