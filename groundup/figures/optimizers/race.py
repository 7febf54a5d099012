"""What the race player draws: the landscape, and every racer's run, as one JSON-ready payload."""

from __future__ import annotations

import base64
import math
from typing import Any

import torch

from groundup.figures.optimizers.update_rules import rule_scene
from groundup.figures.theme import palette
from groundup.figures.training.player import packed, rough
from groundup.optimizers.inner_state import worked
from groundup.optimizers.race import SIDE, Entry, Ground, Race
from groundup.optimizers.racers import racers

DASHES = ("", "7 4", "2 3.5")
MARKERS = ("circle", "square", "triangle", "diamond", "cross")
STEPS, EVALUATIONS = "steps", "evaluations"


def race_scene(race: Race, selected: str, by: str, *, dark: bool) -> dict[str, Any]:
    """The payload; ``by`` says what the clock counts, ``selected`` is the racer looked into."""
    shown = [entry for entry in race.entries if entry.run.epochs]
    return {
        "epochs": _total(race, by),
        "word": "evaluation" if by == EVALUATIONS else "step",
        "runs": [_run(race, entry, by, dark) for entry in shown],
        "params": list(race.plan.landscape.params),
        "start": list(race.plan.start),
        "ground": _ground(race.ground),
        "watched": selected,
        "rule": _rule(race, selected),
    }


def style(name: str, *, dark: bool) -> dict[str, str]:
    """How a racer is drawn, whoever else races: by colour, by dashes and by the mark at its end."""
    number = list(racers()).index(name)
    tones = palette(dark)
    colours = (tones.orange, tones.blue, tones.green, tones.pink, tones.yellow, tones.text)
    # Where the colours begin again they are shifted, so each comes with another dash.
    return {
        "colour": colours[(number + number // 6) % 6],
        "dash": DASHES[number % 3],
        "marker": MARKERS[number % 5],
    }


def _total(race: Race, by: str) -> int:
    """How far the clock goes: to where the last of them is, once all are done."""
    if by == EVALUATIONS:
        asked = [entry.evaluations[-1] for entry in race.entries if entry.evaluations]
        return int(max(asked, default=1))
    done = max((entry.run.epochs for entry in race.entries), default=0)
    return max(done, 1) if race.complete else race.plan.steps


def _run(race: Race, entry: Entry, by: str, dark: bool) -> dict[str, Any]:
    columns = entry.recorder.columns
    first, second = race.plan.landscape.params
    asked = by == EVALUATIONS and entry.racer.asks_itself
    return {
        "name": entry.racer.name,
        **style(entry.racer.name, dark=dark),
        "start": list(race.plan.start),
        "loss": packed(entry.losses),
        "x": packed(columns[first]),
        "y": packed(columns[second]),
        "evaluations": packed(entry.evaluations) if entry.racer.asks_itself else "",
        "at": packed(entry.evaluations) if asked else "",
    }


def _ground(ground: Ground) -> dict[str, Any]:
    """The landscape: its heights over the lowest, on a logarithmic scale, as 16-bit numbers."""
    above = (ground.heights - ground.lowest).clamp(min=0)
    floor = 1e-4 * above.max()
    share = ((above + floor) / floor).log() / math.log((1 + 1e-4) / 1e-4)
    whole = (65535 * share.clamp(0, 1)).round().to(torch.int32).flatten()
    data = whole.to(torch.uint16).numpy().astype("<u2").tobytes()
    return {
        "view": rough(ground.view, 6),
        "side": SIDE,
        "heights": base64.b64encode(data).decode("ascii"),
        "minima": [rough(place, 6) for place in ground.minima],
        "lowest": ground.lowest,
    }


def _rule(race: Race, selected: str) -> dict[str, Any] | None:
    entry = race.entry(selected)
    if entry is None or not entry.run.epochs:
        return None
    settings, rate = race.plan.settings[selected], race.plan.rates[selected]
    work = [
        worked(entry.racer.optimizer, settings, entry.recorder, rate=rate, place=n, start=place)
        for n, place in enumerate(race.plan.start)
    ]
    line = next(
        line_text
        for line_text in entry.lesson.text.splitlines()
        if line_text.startswith("optimizer = ")
    )
    return {**rule_scene(work, entry.racer.hyperparameters), "code": line}
