"""The rules that find what is silently wrong with a run."""

from groundup.diagnosis.rules.classes import Classes
from groundup.diagnosis.rules.copies import Copies
from groundup.diagnosis.rules.cuts import Cuts
from groundup.diagnosis.rules.failing import Failing
from groundup.diagnosis.rules.invariant import Invariants
from groundup.diagnosis.rules.kept_graphs import KeptGraphs
from groundup.diagnosis.rules.modes import Modes
from groundup.diagnosis.rules.not_finite import NotFinite
from groundup.diagnosis.rules.rates import Rates
from groundup.diagnosis.rules.repeats import Repeats
from groundup.diagnosis.rules.shapes import Shapes
from groundup.diagnosis.rules.shuffled import Shuffled
from groundup.diagnosis.rules.steps import Steps
from groundup.diagnosis.rules.whole_numbers import WholeNumbers

RULES = (
    Failing,
    Invariants,
    Cuts,
    Steps,
    Shapes,
    WholeNumbers,
    Classes,
    Rates,
    Copies,
    Repeats,
    KeptGraphs,
    Modes,
    NotFinite,
    Shuffled,
)
"""All of them; where two tell of one line, the first is believed."""

EXPLAINED = {
    "changed: left out": {"plain_list", "rebound"},
    "diverges": {"fresh", "two_steps", "uphill", "broadcast"},
    "nonzero": {"one_class", "broadcast", "zeros", "cut"},
    "not_finite": {"diverges", "shot_up", "uphill", "two_steps", "fresh"},
    "shot_up": {"fresh", "broadcast"},
    "zeros": {"broadcast", "one_class"},
}
"""What is not told where one of the others was found: it follows from that."""
