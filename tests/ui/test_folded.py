"""What a link held for a control in a closed popover is answered where it is seen."""

from collections.abc import Iterator

import pytest

from groundup.ui.controls.widgets import declared
from tests.hosting.hostile import opened

FOLDED = {"popover", "expander", "expandable"}
PLACES = [
    ("training_loop", {}),
    ("nn_module", {"topic": "The proof"}),
    ("nn_module", {"topic": "Beyond a line"}),
    ("ffn_scale", {"scale": "Dial it"}),
    ("ffn_scale", {"scale": "Ask a neuron"}),
    ("requires_grad", {"autograd": "Beyond"}),
    ("computation_graph", {}),
]


def _elements(block, *, folded=False) -> Iterator[tuple[object, bool]]:
    """Every element in ``block``, and whether it stands in something that may be closed."""
    for child in getattr(block, "children", {}).values():
        inside = folded or getattr(child, "type", "") in FOLDED
        if getattr(child, "children", None):
            yield from _elements(child, folded=inside)
        else:
            yield child, inside


@pytest.mark.parametrize(("page", "link"), PLACES)
def test_it_is_said_outside_of_what_may_be_closed(page, link):
    app = opened(page, link)
    inside = {getattr(one, "key", None) for one, folded in _elements(app._tree) if folded}
    keys = {key for key, one in declared().items() if key in inside and one.refusal("nothing")}
    assert keys
    app = opened(page, link | dict.fromkeys(keys, "nothing"))
    said = [(one.value, folded) for one, folded in _elements(app._tree) if one.type == "warning"]
    assert {key for key in keys for text, _ in said if text.startswith(f"`{key}=")} == keys
    assert not [text for text, folded in said if folded and "was not used" in text]
