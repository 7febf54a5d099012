"""``python -m groundup.scale.many`` records the runs that a small server plays."""

from groundup.scale.many.recordings import record

record()
