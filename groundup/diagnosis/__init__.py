"""What is silently wrong with a run, found by watching it."""

from groundup.diagnosis.findings import Check, Diagnosis, Finding
from groundup.diagnosis.watch import Watch

__all__ = ["Check", "Diagnosis", "Finding", "Watch"]
