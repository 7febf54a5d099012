"""Running a text step by step: what is seen, what is bounded, what is left as it was."""

import math
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from groundup.engine import lesson, observe, turns
from groundup.engine.execution import EXECUTION_LOCK, FairLock
from groundup.engine.limits import Limits
from groundup.engine.observe import Run
from groundup.engine.snapshot import brief
from groundup.engine.turns import TURNS
from tests.waiting import wait_until

LOOP = lesson.load("training_loop")


def plain(text):
    """The variables of ``text`` run as any script is."""
    namespace = {"__name__": "__main__"}
    exec(compile(text, "plain", "exec"), namespace)
    return namespace


def test_each_pause_gives_the_line_and_its_step():
    run = Run(LOOP.text)
    while "epoch" not in run.variables:
        run.step()
    seen = [run.step() for _ in range(6)]
    lines = LOOP.text.splitlines()
    assert [lines[s.line - 1].strip().split("(")[0] for s in seen[:3]] == [
        "y_hat = X @ w + b",
        "loss = torch.mean",
        "loss.backward",
    ]
    assert [(s.number, s.title) for s in seen[1:5]] == [
        (2, "Calculate Loss"),
        (3, "Backward Pass"),
        (4, "Update Parameters"),
        (5, "Zero Gradients"),
    ]


def test_a_with_block_is_one_step():
    run = Run("import torch\nwith torch.no_grad():\n    a = 1\n    b = 2\nc = 3")
    assert [step.line for step in iter(run.step, None)] == [1, 2, 5]


def test_variables_are_read_in_mid_run():
    run = Run("x = 1\nx = x + 1")
    run.step()
    assert run.variables == {"x": 1}
    run.step()
    assert run.variables == {"x": 2}


@pytest.mark.parametrize("optimizer", LOOP.parameters["optimizer"].options)
def test_what_is_recorded_is_what_the_bare_script_computes_bit_for_bit(optimizer):
    text = LOOP.set(optimizer=optimizer, epochs=50).text
    noted = text.replace(
        "    if epoch % 10",
        "    noted.append((loss.item(), w.item(), b.item()))\n    if epoch % 10",
    )
    bare = plain("noted = []\nprint = lambda *_: None\n" + noted)["noted"]
    columns = observe.run(text).columns
    assert list(zip(columns["loss"], columns["w"], columns["b"], strict=True)) == bare


def test_gradients_are_recorded_after_the_backward_pass():
    run = observe.run(LOOP.set(epochs=1).text)
    x, y = run.variables["X"].double(), run.variables["y_true"].double()
    residual = -1.0 * x + 0.0 - y
    assert run.columns["w.grad"][0] == pytest.approx((2 * residual * x).mean().item(), rel=1e-6)
    assert run.columns["b.grad"][0] == pytest.approx((2 * residual).mean().item(), rel=1e-6)


def test_stopping_and_going_on_changes_nothing():
    whole, pieces = observe.run(LOOP.text), Run(LOOP.text)
    for epochs in (1, 7, 50, 100):
        pieces.finish(epochs=epochs)
        assert pieces.epochs == epochs
    pieces.finish()
    assert pieces.columns == whole.columns
    assert pieces.output == whole.output
    assert (pieces.state, whole.state) == ("done", "done")


def test_a_closed_run_keeps_what_it_recorded_and_goes_no_further():
    run = Run(LOOP.text).finish(epochs=3)
    run.close()
    assert run.state == "ended"
    assert run.step() is None
    assert len(run.columns["loss"]) == 3


def test_what_the_text_prints_is_captured_and_nothing_else_is(capsys):
    run = observe.run("print('a', 1, sep='-')\ndef f():\n    print('b')\nf()")
    assert run.output == "a-1\nb\n"
    assert capsys.readouterr().out == ""


def test_a_warning_comes_with_its_line_and_torchs_own_words():
    text = "import torch\nw = torch.ones(1, requires_grad=True) * 2\ng = w.grad"
    first, again = observe.run(text), observe.run(text)
    assert [(n.line, n.kind) for n in first.notices] == [(3, "UserWarning")]
    assert "not a leaf" in first.notices[0].message
    assert again.notices == first.notices


def test_an_exception_becomes_a_result_with_line_type_and_message():
    text = "import torch\na = torch.ones(2, 3)\nb = a @ a"
    failure = observe.run(text).failure
    with pytest.raises(RuntimeError) as real:
        plain(text)
    assert (failure.line, failure.kind, failure.message) == (3, "RuntimeError", str(real.value))


def test_an_exception_inside_a_function_names_the_innermost_line_of_the_text():
    assert observe.run("def f():\n    return 1 / 0\n\nf()").failure.line == 2


@pytest.mark.parametrize(
    ("text", "limits", "why"),
    [
        ("while True:\n    x = 1", Limits(steps=100), "100 statements"),
        ("for epoch in range(10):\n    x = 1", Limits(epochs=4), "4 epochs"),
        (LOOP.text, Limits(recorded_bytes=400), "400 bytes"),
        ("while True:\n    print('x' * 10)", Limits(characters=55), "characters"),
    ],
)
def test_a_run_ends_at_its_limits_and_says_which(text, limits, why):
    run = observe.run(text, limits=limits)
    assert run.state == "ended"
    assert why in run.ended


def test_a_run_that_just_fits_its_limits_is_done():
    text = LOOP.set(epochs=10).text
    assert observe.run(text, limits=Limits(epochs=10, recorded_bytes=400)).state == "done"


def test_a_limit_on_characters_keeps_the_first_of_them():
    assert len(observe.run("print('x' * 99)", limits=Limits(characters=55)).output) == 55


@pytest.mark.parametrize("ending", ["", "\nraise KeyError('x')"])
def test_torchs_settings_are_left_as_they_were(ending):
    torch.manual_seed(7)
    before = torch.get_rng_state()
    observe.run(
        "import torch\ntorch.manual_seed(1)\ntorch.set_grad_enabled(False)\n"
        "torch.set_default_dtype(torch.float64)\ntorch.set_num_threads(3)\nx = torch.rand(9)"
        + ending
    )
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.is_grad_enabled()
    assert torch.get_default_dtype() == torch.float32
    assert torch.get_num_threads() != 3


def test_a_paused_run_keeps_its_own_settings():
    run = Run("import torch\ntorch.set_grad_enabled(False)\non = torch.is_grad_enabled()")
    run.step(), run.step()
    assert torch.is_grad_enabled()
    run.step()
    assert run.variables["on"] is False


def test_an_unseeded_text_draws_what_a_fresh_interpreter_draws():
    torch.manual_seed(1)
    drawn = observe.run("import torch\nx = torch.rand(3)").variables["x"]
    assert torch.equal(drawn, torch.rand(3, generator=torch.Generator()))


SEEDED = """
import torch
torch.manual_seed(seed)
model = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 1))
for epoch in range(60):
    loss = model(torch.randn(5, 3)).square().mean()
"""


def test_equal_seeds_give_equal_numbers_in_any_number_of_threads():
    def sliced(seed):
        run = Run(f"seed = {seed}\n{SEEDED}", record=("loss",))
        while run.advance(0.0005):
            pass
        return list(run.columns["loss"])

    seeds = [1, 2] * 4
    alone = {seed: sliced(seed) for seed in (1, 2)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(sliced, seeds))
    assert together == [alone[seed] for seed in seeds]


def test_turns_are_given_in_the_order_of_asking():
    lock, order, asked = FairLock(), [], threading.Semaphore(0)

    def ask(name):
        asked.release()
        with lock:
            order.append(name)

    with lock:
        threads = []
        for name in range(5):
            thread = threading.Thread(target=ask, args=(name,))
            thread.start()
            asked.acquire()
            wait_until(lambda name=name: len(lock._waiting) > name)
            threads.append(thread)
    for thread in threads:
        thread.join()
    assert order == list(range(5))


def test_a_run_goes_on_beyond_its_time_only_while_nobody_waits_for_a_turn():
    run = Run("for epoch in range(90):\n    x = epoch")
    assert [run.advance(0, epochs=50, alone=True), run.epochs] == [True, 50]
    assert [run.advance(0, epochs=80), run.epochs] == [True, 51]

    def ask():
        with EXECUTION_LOCK:
            pass

    asking = threading.Thread(target=ask)
    with EXECUTION_LOCK:
        asking.start()
        wait_until(lambda: EXECUTION_LOCK.wanted)
        assert [run._goes_on(0.0, 80, alone=True), run.epochs] == [True, 52]
    asking.join()


def test_a_loop_that_breaks_or_continues_still_records_each_epoch():
    ends = "    if epoch == 2: continue\n    if epoch == 5: break"
    text = f"for epoch in range(9):\n    x = epoch\n{ends}"
    assert list(Run(text, record=("x",)).finish().columns["x"]) == [0, 1, 2, 3, 4, 5]


BY_EPOCH = """total = 0
for epoch in range(4):
    if epoch % 2:
        total += 1
    for step in range(2):
        total += step
    else:
        total += 10
    if epoch == 2:
        continue
    try:
        total += 1
    finally:
        total += 5
last = total"""


def test_a_run_by_epochs_pauses_at_their_ends_and_in_loops_within_them_and_computes_the_same():
    run = Run(BY_EPOCH, record=("total",), by_epoch=True)
    run.advance(math.inf, epochs=3)
    assert (run.epochs, run.variables["epoch"]) == (3, 2)
    assert list(run.finish().columns["total"]) == list(
        Run(BY_EPOCH, record=("total",)).finish().columns["total"]
    )
    assert run.variables.items() <= plain(BY_EPOCH).items()
    by_hand = Run(BY_EPOCH, by_epoch=True)
    pass_of_an_epoch = [5, 6, 5, 6]
    assert [step.line for step in iter(by_hand.step, None)] == [1, *4 * pass_of_an_epoch, 15]


def test_a_run_by_epochs_ends_where_it_fails_with_the_line():
    run = Run("for epoch in range(3):\n    x = 1\n    y = 1 / (1 - epoch)", by_epoch=True).finish()
    assert (run.epochs, run.failure.line) == (1, 3)


def test_a_missing_name_is_recorded_as_nan_and_not_as_zero():
    (value,) = Run("for epoch in range(1):\n    x = 1", record=("y",)).finish().columns["y"]
    assert math.isnan(value)


def test_what_is_no_python_is_refused_before_anything_runs():
    with pytest.raises(SyntaxError):
        Run("x = = 1")
    with pytest.raises(SyntaxError):
        Run("return 3")


def test_a_run_enters_where_a_name_first_appears_and_goes_on_from_there():
    run = observe.Run("total = 0\nfor epoch in range(3):\n    total += 1\nprint(total)")
    assert run.enter("epoch")
    assert (run.variables["epoch"], run.variables["total"], run.epochs) == (0, 0, 0)
    assert run.enter("epoch")
    assert run.finish().output == "3\n"


def test_a_text_that_never_gets_there_says_so():
    assert not observe.Run("x = 1").enter("epoch")
    failed = observe.Run("x = 1 / 0\nepoch = 1")
    assert not failed.enter("epoch")
    assert failed.failure.kind == "ZeroDivisionError"


def test_whoever_draws_a_page_executes_before_those_who_compute_aside(monkeypatch):
    order, waiting = [], EXECUTION_LOCK._waiting

    def computes():
        with TURNS.turn(), TURNS.aside(), EXECUTION_LOCK:
            order.append("computed")

    def draws():
        with TURNS.turn(), EXECUTION_LOCK:
            order.append("drawn")

    monkeypatch.setattr(turns, "DRAWS", 60.0)
    with EXECUTION_LOCK:
        threads = [threading.Thread(target=ask) for ask in (computes, computes, draws)]
        for count, thread in enumerate(threads, 1):
            thread.start()
            wait_until(lambda count=count: len(waiting) == count)
    for thread in threads:
        thread.join()
    assert order == ["drawn", "computed", "computed"]


def test_a_turn_that_is_held_for_long_executes_in_line_unless_it_is_a_hands(monkeypatch):
    monkeypatch.setattr(turns, "DRAWS", 0.0)
    with TURNS.turn():
        assert not TURNS.is_drawing()
    TURNS.follow_hand()
    with TURNS.turn():
        assert TURNS.is_drawing()
    monkeypatch.setattr(turns, "DRAWS", 60.0)
    with TURNS.turn():
        assert TURNS.is_drawing()
        with TURNS.aside():
            assert not TURNS.is_drawing()
    assert not TURNS.is_drawing()


def test_a_run_is_closed_while_another_thread_executes_it():
    run = Run("n = 0\nwhile True:\n    n = n + 1\n")
    advancing = threading.Thread(target=run.advance, args=(30.0,))
    advancing.start()
    wait_until(lambda: run.steps > 1_000)

    run.close()
    advancing.join(30)

    assert not advancing.is_alive()
    assert (run.state, run.ended) == ("ended", "it was stopped")
    assert run.advance() is False
    assert run.step() is None
    assert run.state == "ended"


def test_a_statement_under_way_is_not_waited_for_by_the_one_who_closes():
    reads, writes = os.pipe()
    run = Run(f"import os\nread = os.read({reads}, 1)\nn = 1\n")
    advancing = threading.Thread(target=run.finish)
    advancing.start()
    wait_until(lambda: run.steps == 1)

    closing = threading.Thread(target=run.close)
    closing.start()
    closing.join(30)

    assert advancing.is_alive()
    assert not closing.is_alive()
    os.write(writes, b"!")
    advancing.join(30)
    assert not advancing.is_alive()
    assert run.state == "ended"
    assert run._generator.gi_frame is None


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        *[((), "0"), ((1, 1), "0"), ((4,), "0, 1, … (4)"), ((4, 1), "0, 1, … (4×1)")],
        *[((2,), "0, 1"), ((2, 1), "0, 1 (2×1)"), ((1, 2), "0, 1 (1×2)")],
    ],
)
def test_a_column_is_told_from_a_row_and_from_a_vector(shape, shown):
    assert brief(torch.arange(float(math.prod(shape))).reshape(shape), 2) == shown
