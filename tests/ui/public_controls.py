"""What a link may say: every page's keys with default, options and bounds, as they were published.

``python -m tests.ui.public_controls`` writes the table anew, for a change that is meant.
"""

import json
import math
from pathlib import Path
from typing import Any

from groundup.ui import settings
from groundup.ui.controls.declaration import Control

FILE = Path(__file__).with_suffix(".json")
# Their defaults, options or bounds are those of the machine.
OF_THE_MACHINE = {"device", "cores"}


def declared() -> dict[str, Any]:
    """The table as the code declares it now: a key to what a link may say under it."""
    return {control.key: _published(control) for control in settings.ALL}


def published() -> dict[str, Any]:
    """The table as it was published."""
    table: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return table


def _published(control: Control) -> dict[str, Any]:
    if control.key in OF_THE_MACHINE:
        return {}
    entry: dict[str, Any] = {"default": control.default}
    if control.options:
        entry["options"] = list(control.options)
    if math.isfinite(control.low):
        entry["bounds"] = [control.low, control.high]
    return entry


def _write() -> None:
    rows = (f"{json.dumps(key)}: {json.dumps(entry)}" for key, entry in declared().items())
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")


if __name__ == "__main__":
    _write()
