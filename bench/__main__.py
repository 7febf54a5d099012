"""Measure everything, or the parts named, such as ``observing`` or ``graph``."""

import sys

from bench.browser import browser
from bench.classroom import classroom
from bench.graph import graph
from bench.network import network
from bench.observing import observing
from bench.own_code import own_code
from bench.race import race
from bench.rooms import rooms
from bench.soak import soak
from bench.sweeping import sweeping
from bench.trace import tracing
from bench.visits import visits

PARTS = {
    "observing": observing,
    "sweeping": sweeping,
    "trace": tracing,
    "browser": browser,
    "classroom": classroom,
    "network": network,
    "race": race,
    "graph": graph,
    "own_code": own_code,
    "soak": soak,
    "rooms": rooms,
    "visits": visits,
}

for part in sys.argv[1:] or PARTS:
    PARTS[part]()
