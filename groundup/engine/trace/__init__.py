"""Run a text once, and record every statement that was executed: see :func:`trace`."""

from groundup.engine.trace.expressions import Expression, expressions
from groundup.engine.trace.limits import TraceLimits
from groundup.engine.trace.result import End, Trace, View
from groundup.engine.trace.tracing import Tracing, trace

__all__ = [
    "End",
    "Expression",
    "Trace",
    "TraceLimits",
    "Tracing",
    "View",
    "expressions",
    "trace",
]
