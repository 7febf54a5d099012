"""Fails in a module of its own, which fails in a library."""

import json

from parts import reader

print("begins")
try:
    json.loads("{")
except ValueError:
    print("caught")
reader.read("{")
