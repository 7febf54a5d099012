"""The lesson of the DataLoader against torch's own, and what is said of its batches."""

import subprocess
import sys

import pytest

from groundup.engine import lesson
from groundup.engine.edits import replace_once
from groundup.engine.observe import run
from groundup.modules.dealing import Dealt
from tests.pages import codes, outputs, said

LESSON = lesson.load("data_loader")


def dealt(**settings):
    done = run(LESSON.set(**settings).text)
    assert done.failure is None
    return Dealt(done.variables["dealt"], len(done.variables["dataset"]))


@pytest.mark.parametrize("size", [1, 3, 5, 10, 20])
@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("shuffle", [False, True])
def test_the_batches_and_what_is_said_of_them(size, drop_last, shuffle):
    found = dealt(batch_size=size, drop_last=drop_last, shuffle=shuffle)
    flat = [[n for batch in epoch for n in batch] for epoch in found.epochs]
    steps, order, *rest = found.sentences()
    kept = 10 // size * size if drop_last else 10
    assert {len(one) for one in flat} == {kept}
    assert {len(epoch) for epoch in found.epochs} == {kept // size + (kept % size > 0)}
    in_order = [one == list(range(kept)) for one in flat]
    assert all(in_order) if not shuffle else not any(in_order) or kept == 0
    assert ("same order" in order) == (not shuffle or kept == 0)
    if kept:
        assert steps.startswith(f"An epoch has {len(found.epochs[0])} step")
        assert ("the last with" in steps) == (kept % size > 0 and kept > size)
    else:
        assert "nothing is learned" in steps
    assert bool(rest) == (kept < 10)
    if rest:
        assert f"Left out: {10 - kept} example" in rest[0]
        assert ("No epoch ever saw" in rest[0]) == (not shuffle or kept == 0)


def test_it_finds_the_line_and_learns_nothing_where_no_batch_is_full():
    done = run(LESSON.text)
    assert done.variables["w"].item() == pytest.approx(2, abs=0.1)
    assert done.variables["b"].item() == pytest.approx(1, abs=0.1)
    still = [
        run(LESSON.set(batch_size=20, drop_last=True, epochs=epochs).text).variables["w"].item()
        for epochs in (1, 30)
    ]
    assert still[0] == still[1]


def test_two_more_processes_deal_out_the_same_batches(tmp_path):
    text = LESSON.set(epochs=2).text
    file = tmp_path / "with_workers.py"
    file.write_text(replace_once(text, "num_workers=0", "num_workers=2"))
    done = subprocess.run(
        [sys.executable, file], capture_output=True, text=True, check=True, timeout=100
    )
    assert done.stdout == run(text).output


def test_the_page_shows_what_the_run_dealt_out(visit):
    app = visit("nn_module", topic="DataLoader", drop_last="true", shuffle="false")
    assert not app.exception
    shown = LESSON.set(drop_last=True, shuffle=False)
    assert codes(app) == [shown.text]
    assert run(shown.text).output.rstrip() in outputs(app)[0]
    assert "No epoch ever saw 8, 9." in said(app)
    (table,) = app.table
    assert list(table.value.iloc[0].astype(str))[1:] == ["0, 1, 2, 3", "4, 5, 6, 7", "8, 9"]
