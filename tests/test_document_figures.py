"""Every figure of the documents that the code can tell is read out of them and compared.

Figures that were measured are not: beside them stands when, and on what.
"""

import importlib.metadata
import json
import math
import re
import tomllib

import pytest
import yaml

from bench import classroom, graph, observing, race, soak, sweeping
from groundup.engine import lesson, observe, playback, turns, warm_up
from groundup.engine.trace import trace
from groundup.engine.trace.wire import packed
from groundup.figures.graph.drawing import MAX_DRAWN
from groundup.mistakes.gallery import FOLDER, MODULE_FOLDER, gallery
from groundup.scale import measure
from groundup.shapes.chain import MAX_LINKS
from groundup.shapes.question import OPERATIONS
from groundup.ui.components import feeding
from groundup.ui.settings.training_loop import CONTROLS
from groundup.ui.shell import holdings
from groundup.ui.training import compare
from tests.test_boundaries import ROOT

SMALL = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NAMED = {word: n for n, word in enumerate(SMALL, 1)} | {
    "eleven": 11, "fourteen": 14, "half": 0.5, "fifty": 50, "million": 10**6, "millisecond": 0.001
}  # fmt: skip

OPTIONS = {control.key: control.options for control in CONTROLS}
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
COPIES = [name for name in COMPOSE["services"] if name.startswith("app")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FFN = {name: p.default for name, p in lesson.load("feed_forward").parameters.items()}
MIB, GIB = 2**20, 2**30


TORCH = importlib.metadata.version("torch").partition("+")[0]


def source(file):
    return (ROOT / file).read_text("utf-8")


def in_source(file, words):
    """The one number that stands in ``file`` between ``words``."""
    (found,) = set(re.findall(words, source(file)))
    return int(found)


PORT = in_source("Dockerfile", r"EXPOSE (\d+)")
PYTHON = re.findall(r"FROM python:([\d.]+)", source("Dockerfile"))
FRONT = int(COMPOSE["services"]["proxy"]["ports"][0].partition(":")[0])
GIGABYTES = int(COMPOSE["x-app"]["mem_limit"].removesuffix("g"))
VISITS = in_source("bench/soak.py", r'GROUNDUP_SOAK", "(\d+)"')
OF_THE_LOOP = len(re.findall(r"^ +# \d\. ", lesson.load("training_loop").source, re.MULTILINE))
PASSES = map(int, re.findall(r"range\((\d+)\)", lesson.load("updates").source))


# A document, words with a group for each figure, and what the code says of them.
FIGURES = [
    ("README", r"install torch==([\d.]+) ", (TORCH,)),
    ("README", r"serves (\w+) copies", (len(COPIES),)),
    ("README", r"comes out of (\d+) operations", (len(OPERATIONS),)),
    ("README", r"of up to (\w+) in a row", (MAX_LINKS,)),
    ("README", r"adds a (\w+) small updates", (math.prod(PASSES),)),
    ("README", r"holds (\d+) real mistakes", (len(gallery(FOLDER)),)),
    ("README", r"\*Mistakes\* makes (\d+) more", (len(gallery(MODULE_FOLDER)),)),
    ("README", r"Up to (\d+) nodes", (MAX_DRAWN,)),
    ("README", r"The (\w+) hand-written steps", (OF_THE_LOOP,)),
    ("README", r"the (\d+) → (\d+) block", (FFN["hidden"], FFN["intermediate"])),
    ("README", r"in (\w+) ways, or reorder", (len(OPTIONS["break"]) - 2,)),
    ("README", r"sweep (\d+) learning rates", (compare.COUNT,)),
    ("README", r"at most (\d) GiB; (\d+) MiB on a hosted copy",
     (measure.MAX_BYTES / GIB, measure.HOSTED_BYTES / MIB)),
    ("README", r"observing ([\d,]+) epochs", (observing.EPOCHS,)),
    ("README", r"a sweep of (\d+) learning rates", (len(sweeping.RATES),)),
    ("README", r"steps: (\d), (\d) of them", (4, len(race.EIGHT))),
    ("README", r"(\d+), (\d+) learners press Train", classroom.CLASSES),
    ("README", r"298 ms \(median of (\d)", (graph.TIMES,)),
    ("README", r"the training loop's (\d+) epochs",
     (lesson.load("training_loop").settings["epochs"],)),
    ("HOSTING", r"`([\d.]+)\+cpu`", (TORCH,)),
    ("HOSTING", r"pip's choice \(`([\d.]+)`", (TORCH,)),
    ("HOSTING", r"install torch==([\d.]+) ", (TORCH,)),
    ("HOSTING", r"serves (\w+) copies behind Caddy on port (\d+)", (len(COPIES), FRONT)),
    ("HOSTING", r"-p (\d+):(\d+) -m (\d)g", (PORT, PORT, GIGABYTES)),
    ("HOSTING", r"and Python ([\d.]+) under", PYTHON),
    ("HOSTING", r"tests run on ([\d.]+);",
     (PROJECT["project"]["requires-python"].removeprefix(">="),)),
    ("HOSTING", r"lets (\d+) visitors come, use (\w+) pages", (VISITS, len(soak.USES))),
    ("HOSTING", r"memory after each (\w+):", (VISITS / soak.ROUNDS,)),
    ("HOSTING", r"hold at most (\d+) MiB", (holdings.MOST_BYTES / MIB,)),
    ("DESIGN", r"a slice of about (\d+) ms \(`advance`\)", (1000 * observe.SLICE,)),
    ("DESIGN", r"takes it for a slice of about (\d+) ms", (1000 * observe.SLICE,)),
    ("DESIGN", r"after (\w+) times its seconds", (playback.PATIENCE,)),
    ("DESIGN", r"switches every (\w+) \(", (warm_up.SWITCH_SECONDS,)),
    ("DESIGN", r"walked every (\w+) seconds", (holdings.GARBAGE_SECONDS,)),
    ("DESIGN", r"wait for theirs\s+or for (\w+) seconds", (turns.WAITED,)),
    ("DESIGN", r"computes for (\w+) a second of every second", (feeding.PIECE / 2,)),
    ("DESIGN", r"memory, at most (\d) GiB; (\d+) MiB on a hosted",
     (measure.MAX_BYTES / GIB, measure.HOSTED_BYTES / MIB)),
    ("CONTRIBUTING", r"have at most (\d+) characters", (PROJECT["tool"]["ruff"]["line-length"],)),
]  # fmt: skip


def said(document):
    file = ROOT / "README.md" if document == "README" else ROOT / "docs" / f"{document}.md"
    return " ".join(file.read_text("utf-8").split())


def worth(figure):
    plain = figure.replace(",", "")
    return NAMED[plain] if plain in NAMED else plain if plain.count(".") else int(plain)


@pytest.mark.parametrize(
    ("document", "words", "figures"), FIGURES, ids=[f"{d} {w}" for d, w, _ in FIGURES]
)
def test_a_figure_of_a_document_is_the_codes(document, words, figures):
    found = re.search(words, said(document))
    assert found, f"{document} says no longer: {words}"
    assert tuple(map(worth, found.groups())) == tuple(figures)


def test_the_memory_budget_is_the_share_that_is_said(monkeypatch):
    monkeypatch.delenv("GROUNDUP_MEMORY_MIB", raising=False)
    monkeypatch.setattr(measure, "free_bytes", lambda: GIB)
    assert measure.budget().bytes == GIB / 4
    assert "a quarter of what is free" in said("README")
    assert "a quarter of the free memory" in said("DESIGN")
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "7")
    assert measure.budget().bytes == 7 * MIB
    assert f"MEMORY_MIB={measure.HOSTED_BYTES // MIB} " in source("Dockerfile")


def test_the_large_model_has_as_many_parameters_as_is_said():
    count = observe.run(lesson.load("language_model").text).variables["count"]
    (said_of_it,) = re.findall(r"the (\d+)-billion-parameter model", said("README"))
    assert round(count / 1e9) == int(said_of_it)


def test_a_recording_has_about_the_bytes_that_are_said():
    one = trace(lesson.load("training_loop").text)
    plain = len(json.dumps(one.wire(), separators=(",", ":"), ensure_ascii=False).encode())
    pairs = re.findall(r"(\d+) kB for 100 epochs, (\d+) kB as they are sent", said("DESIGN"))
    sent = re.findall(r"about (\d+) kB for 100 epochs", said("DESIGN"))
    for figure, wanted in zip([*pairs[0], *sent], [plain, *2 * [len(packed(one))]], strict=True):
        assert int(figure) == pytest.approx(wanted / 1000, rel=0.1)


# The beginning of a row of README's table, what it wants, and the same words in the bench's report.
WANTED = [
    ("observing", "≤ 1.15 ×", "observing", "at most 1.15 wanted"),
    ("playback", "≥ 50", "browser", "painted frames a second (50 wanted)"),
    ("press of Train", "< 300 ms", "browser", "after Train: {_median(page, _train)} (under 300 ms"),
    ("500 epochs sent", "≤ 40 kB", "browser", "at most 40 kB wanted"),
    ("Stop, in a run", "< 150 ms", "browser", "2,000: {_median(page, _stop)} (under 150 ms"),
    ("a slider, during", "< 300 ms", "browser", "{_median(page, _slide)} (under 300 ms"),
    ("a recording", "≤ 6 ×, < 60 ms, ≤ 60 kB", "trace", "pairs; 6 at most"),
    ("a recording", "≤ 6 ×, < 60 ms, ≤ 60 kB", "trace", "(under 60 ms wanted)"),
    ("a recording", "≤ 6 ×, < 60 ms, ≤ 60 kB", "trace", "at most 60 wanted"),
    ("a sweep of", "≤ 1.3 ×", "sweeping", "at most 1.3 wanted"),
    ("a network filmed", "≥ 0.85 ×", "network", "at least 0.85 wanted"),
    ("… painted frames", "≥ 15", "network", "(15 wanted)"),
    ("… Stop meanwhile", "< 150 ms", "network", "(under 150 wanted)"),
    ("… scrubbing", "60", "network", "(60 wanted)"),
    ("optimizers racing", "≥ 50", "race", "(50 wanted)"),
    ("a typed program", "< 500 ms", "graph", "(under 500 wanted)"),
]


@pytest.mark.parametrize(("row", "wanted", "part", "words"), WANTED)
def test_what_the_readme_wants_is_what_the_bench_compares_with(row, wanted, part, words):
    assert re.search(
        rf"^\| {re.escape(row)}.*\| {re.escape(wanted)} \|$", source("README.md"), re.M
    )
    joined = re.sub(r'"\s+f?"', "", source(f"bench/{part}.py"))
    assert words in joined


DATED = [("README", "Measured by"), ("HOSTING", "measured in"), ("HOSTING", "in one run")]


@pytest.mark.parametrize(("document", "title"), DATED)
def test_what_was_measured_says_when(document, title):
    """A date within the sentence, so that an old figure is known to be old."""
    assert re.search(rf"{title}[^.|]*?\b\d{{1,2}} [A-Z]\w+ 20\d\d", said(document))
