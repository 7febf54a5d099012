"""*Many machines* on the page: what a press starts, what is said, what a small server shows."""

import pytest

from groundup.engine.words import bytes_in_words
from groundup.scale.many import batch, room
from groundup.ui.scale.many import home, running
from groundup.workers import WorkersError, one_at_a_time
from groundup.workers.launcher import BUSY

LINK = {"scale": "Many machines"}


def words(app):
    return "\n".join(one.value for one in (*app.markdown, *app.info, *app.warning, *app.caption))


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    app.run(timeout=120)
    assert not app.exception
    return app


@pytest.fixture
def on_one_starter(workers, monkeypatch):
    """Presses use the starter that the tests share."""
    monkeypatch.setattr(running, "run_on_workers", lambda job, present: workers.launcher.run(job))


def test_a_press_starts_workers_and_their_numbers_stand_there(visit, on_one_starter):
    app = visit("ffn_scale", **LINK, many_workers="4")
    assert "Press the button: real processes start" in words(app)
    press(app, "Start 4 workers")
    assert "**It is the same training.**" in words(app)
    added = [line[1:].strip() for line in app.code[0].value.splitlines()[2:] if line[0:1] == "+"]
    code = [line for line in added if line and not line.startswith("#")]
    assert f"**{len(code)} lines turn one process into any number of them:**" in words(app)
    app.segmented_control("many_split").set_value("uneven").run()
    assert "were made with other settings" in words(app)
    press(app, "Start 4 workers")
    assert "**It is another training.**" in words(app)
    press(app, "Measure it on this server")
    assert "From 64 to 256 wide" in words(app)


def test_the_second_of_two_learners_is_told_to_wait(visit):
    app = visit("ffn_scale", **LINK)
    with one_at_a_time():
        press(app, "Start 2 workers")
    assert [one.value for one in app.warning] == [BUSY]
    app = visit("ffn_scale", **LINK, many="Take home")
    with one_at_a_time():
        press(app, "Train, and kill worker 1")
    assert [one.value for one in app.warning] == [BUSY]


def test_a_run_without_end_leaves_its_sentence(visit, monkeypatch):
    def dies(job, present):
        raise WorkersError("Worker 1 died.", "died", 1)
        yield

    monkeypatch.setattr(running, "run_on_workers", dies)
    app = press(visit("ffn_scale", **LINK), "Start 2 workers")
    assert [one.value for one in app.warning] == ["Worker 1 died."]


@pytest.fixture(params=["memory", "cores", "unknown"])
def small(request, monkeypatch):
    """A server without room for workers, and what it says of itself."""
    little = 300 * 2**20
    if request.param == "memory":
        monkeypatch.setattr(room, "free_bytes", lambda: little)
        return f"this server has {bytes_in_words(little // 2)} for them: half of what is free."
    if request.param == "cores":
        monkeypatch.setattr(room, "cores", lambda: 1)
        return "This server has one core"
    monkeypatch.setattr(room, "free_bytes", lambda: None)
    return "This system does not say how much memory is free."


def test_a_small_server_says_why_and_plays_what_was_recorded(visit, small):
    app = visit("ffn_scale", **LINK, seed="5")
    assert small in words(app)
    assert "So a recorded run is shown. Recorded on" in words(app)
    assert not [one for one in app.button if one.label.startswith("Start")]
    assert "**It is the same training.**" in words(app)
    assert "From 64 to 256 wide" in words(app)
    app = visit("ffn_scale", **LINK, many="Take home")
    assert small in words(app)
    assert "so 15 steps were done twice" in words(app)


def test_every_setting_has_its_recording(visit, monkeypatch):
    monkeypatch.setattr(room, "cores", lambda: 1)
    app = visit("ffn_scale", **LINK, many_workers="4", many_optimizer="Adam", many_split="uneven")
    assert "**It is another training.**" in words(app)
    app.toggle("many_weighed").set_value(True).run()
    assert not app.exception
    assert "**It is the same training.**" in words(app)
    assert "There is no recording" not in words(app)


def test_room_is_what_a_starter_and_its_workers_need(monkeypatch):
    needed = room.needed(2, 128)
    assert needed == room.STARTER + 2 * (room.WORKER + 128 * 2**20)
    monkeypatch.setattr(room, "cores", lambda: 2)
    monkeypatch.setattr(room, "free_bytes", lambda: 2 * needed)
    assert room.why_not(2, 128) == ""
    assert bytes_in_words(room.needed(4, 128)) in room.why_not(4, 128)
    monkeypatch.setattr(room, "hosted", lambda: True)
    assert "this hosted copy has" in room.why_not(4, 128)


def test_the_sizes_that_room_counts_with_hold_for_real_workers(workers):
    job = batch.job(batch.planned(), 2)
    text = f"{job.text}\nkept = open('/proc/self/smaps_rollup').read()"
    ends = [e for e in workers.events(batch.Job(text, 2, at_end=("kept",))) if e.kind == "done"]
    own = max(kibibytes(e.numbers["kept"], "Private_Dirty") for e in ends)
    whole = max(kibibytes(e.numbers["kept"], "Rss") for e in ends)
    assert 1024 * own < room.WORKER
    assert 1024 * whole < room.STARTER + room.WORKER


def kibibytes(table, name):
    return next(int(line.split()[1]) for line in table.splitlines() if line.startswith(f"{name}:"))


def test_the_section_shows_its_script_and_the_commands(visit):
    app = visit("ffn_scale", **LINK, many="Take home")
    commands = "\n".join(one.value for one in app.code)
    assert "torchrun --standalone --nproc-per-node 2 train_on_many.py" in commands
    assert "--nnodes 4" in commands
    assert home._COMMANDS in commands
