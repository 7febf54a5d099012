"""``python -m tests.sentences [PART]``: missing rows of makers with PART in them, and faults."""

import sys

from tests.sentences.harvest import sentences, written
from tests.sentences.table import rows

wanted = sys.argv[1] if len(sys.argv) > 1 else ""
said, listed = sentences(), rows()
for maker, row in listed.items():
    if wanted in maker:
        for fault in row.faults(said.get(maker, [])):
            print(f"# {maker}: {fault}")
for maker, texts in said.items():
    if wanted in maker and maker not in listed:
        print(written(maker, texts))
