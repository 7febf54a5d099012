"""What the page says of a model over many devices, each sentence from the numbers it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from groundup.engine.words import bytes_in_words, count_in_words, time_in_words
from groundup.scale.architecture import Architecture
from groundup.scale.catalogue import MODELS, Published
from groundup.scale.memory import Accelerator
from groundup.scale.spread.fewest import fewest
from groundup.scale.spread.held import fullest, idle
from groundup.scale.spread.links import JOINED, LINKS, NETWORK, NETWORK_SOURCE, Link
from groundup.scale.spread.sending import computing, most_sent, seconds
from groundup.scale.spread.ways import SPREADS, Step, Way


def layout(way: Way) -> str:
    """How the devices are used."""
    many = "copy" if way.copies == 1 else "copies"
    if way.group == 1:
        return f"{way.copies:,} {many} of the model, one on each device."
    return (
        f"{way.copies:,} {many} of the model, each over {way.group:,} devices: matrices cut in "
        f"{way.tensor:,}, layers in {way.pipeline:,} stages."
    )


def verdict(a: Architecture, way: Way, step: Step, device: Accelerator) -> str:
    """Whether the fullest device has the memory, and if not how many would be enough."""
    needs = sum(fullest(a, way, step).values())
    held = f"The fullest device holds **{bytes_in_words(needs)}** of {device.gib:g} GiB"
    if needs <= device.bytes:
        return f"{held}: it fits."
    enough = fewest(a, way, step, device)
    if enough:
        return f"{held}: it does not fit. Used like this, at least **{enough:,}** would be enough."
    return f"{held}: it does not fit, however many there are. {_instead(way)}"


def _instead(way: Way) -> str:
    if way.pipeline == 1 and way.spread != SPREADS[-1]:
        return "Spread more, or cut the matrices."
    return "Cut the matrices in more parts, or give each copy less text."


def sending(a: Architecture, way: Way, step: Step, link: Link) -> str:
    """What the busiest device sends in a step, and how long at least, beside the computing."""
    one = most_sent(a, way, step)
    if not one.total:
        return "One device has nobody to send to."
    kinds = {"between copies": one.copies, "between the parts of matrices": one.parts}
    kinds |= {"between stages": one.stages}
    used = {what: size for what, size in kinds.items() if size}
    parts = ", ".join(f"{bytes_in_words(size)} {what}" for what, size in used.items())
    parts = parts if len(used) > 1 else f"all of it {next(iter(used))}"
    slow = time_in_words(seconds(one, way, link))
    fast = time_in_words(computing(a, way, step, link))
    return (
        f"In a step each sends **{bytes_in_words(one.total)}**: {parts}. {_by(way, link)} that "
        f"takes at least {slow}; computing the step takes at least {fast}."
    )


def _by(way: Way, link: Link) -> str:
    if way.devices <= JOINED:
        return f"Over {link.kind}"
    if one_part_per_machine(way):
        return f"Over {link.kind} inside a machine of {JOINED}, and cables between machines,"
    return "Over cables between machines"


def one_part_per_machine(way: Way) -> bool:
    """Do the parts of a matrix stay in one machine, on its fast link?"""
    return 1 < way.tensor <= JOINED


def waiting(way: Way, step: Step) -> str:
    """How long a stage waits for the others; empty without stages."""
    if way.pipeline == 1:
        return ""
    texts = "one text" if step.batch == 1 else f"{step.batch:,} texts"
    return (
        f"With {texts} through {way.pipeline:,} stages, each stage waits for the others "
        f"{100 * idle(way, step):.0f} % of the time."
    )


@lru_cache(maxsize=64)
def catalogue(way: Way, step: Step, device: Accelerator) -> list[dict[str, str]]:
    """For every published model: how many devices, and what each sends in a step."""
    return [
        {"model": model.name, "parameters": count_in_words(model.total)}
        | _of_model(model, way, step, device)
        for model in MODELS
    ]


def _of_model(model: Published, way: Way, step: Step, device: Accelerator) -> dict[str, str]:
    a, step = model.architecture, replace(step, context=min(step.context, model.context))
    found, refused = {}, []
    for spread in SPREADS:
        try:
            found[f"{spread} spread"] = _of_spread(a, way, spread, step, device)
        except ValueError as error:
            found[f"{spread} spread"] = "—"
            refused.append(str(error))
    return found | {"why not": next(iter(refused), "")}


def _of_spread(a: Architecture, way: Way, spread: str, step: Step, device: Accelerator) -> str:
    group = replace(way, devices=way.group, spread=spread)
    enough = fewest(a, group, step, device)
    if enough is None:
        return "none is enough"
    one = most_sent(a, replace(group, devices=enough), step)
    sends = f", each sends {bytes_in_words(one.total)}" if one.total else ""
    return f"{enough:,}{sends}"


def links() -> list[dict[str, str]]:
    """The devices' links and peaks, and where they are from."""
    return [
        {
            "device": link.name,
            "link": link.kind,
            "sends, each way": f"{link.each_way / 1e9:,.0f} GB/s",
            "16-bit peak": f"{link.peak / 1e12:,.0f} TFLOP/s",
            "numbers from": link.source,
        }
        for link in LINKS
    ]


def network() -> str:
    """Which links join what."""
    return (
        f"Up to {JOINED} devices share a machine and its link; makers give the sum of both ways, "
        f"and a device sends with half of it. Between machines {NETWORK / 1e9:.0f} GB/s are taken "
        f"for each device ({NETWORK_SOURCE})."
    )


def picture(bars: Mapping[str, Mapping[str, int]], device: Accelerator) -> str:
    """The picture in words."""
    sums = ", ".join(f"{name} {bytes_in_words(sum(held.values()))}" for name, held in bars.items())
    return f"Held by the fullest device, by what is spread: {sums}; it has {device.gib:g} GiB"


def catalogue_said(way: Way, step: Step, device: Accelerator) -> str:
    """What the catalogue's table is of."""
    return (
        f"The least number of {device.name}, with {step.dtype} and {step.optimizer}. Each copy is "
        f"given {step.batch:,} · {step.context:,} tokens in a step, or as many as its model takes. "
        f"Matrices are cut in {way.tensor:,}, layers in {way.pipeline:,}."
    )


def assumed() -> str:
    """What the formulas leave out."""
    return (
        "N is the number of copies, t that of a matrix's parts. Not counted: what the device's own "
        "software takes, room for what is being sent, and activations computed anew to save memory."
    )
