"""The controls that every page shares."""

from groundup.engine import devices
from groundup.ui.controls.declaration import Control

CONTROLS = (
    Control(
        "device",
        "Device",
        "device",
        "cpu",
        options=tuple(devices.available()),
        help="Where a lesson that names a device keeps its tensors and does its arithmetic.",
    ),
    Control(
        "seed",
        "Seed",
        "number",
        0,
        0,
        999_999,
        help="The same seed draws the same random numbers, with one release of PyTorch and on one "
        "kind of device.",
    ),
    Control(
        "word_marks",
        "Mark the words",
        "switch",
        True,
        help="Words of the field have a dotted line: point at one, or tap it, and read what it "
        "means.",
    ),
    Control(
        "letter_keys",
        "Keys of one letter",
        "switch",
        True,
        help="Buttons show theirs. P shows the page to a room, N a plan's notes, A the answer to a "
        "vote, and ? lists the page's words. Switched off, no letter, digit or sign is a key.",
    ),
    Control(
        "type_size",
        "Size",
        "segments",
        "normal",
        options=("small", "normal", "large"),
        names={"small": "A−", "normal": "A", "large": "A+"},
    ),
    Control("present", "Present", "segments", "off", options=("off", "on")),
)
