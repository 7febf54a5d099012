"""Run a checked text within bounds: what it may hold, make and take, checked before it is made.

The static check lists what a text may say. Here is what holds while it runs: every operator, call
and iteration of it goes through a guard (:mod:`~groundup.language.bounds.rewriting`), every
operation of torch through a mode (:mod:`~groundup.language.bounds.tensors`).
"""
