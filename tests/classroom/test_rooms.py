"""Rooms and votes: who may do what when, what is kept, no vote lost and none counted twice."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundup.classroom import counting, learning, names, store, teaching
from groundup.classroom.asked import Asked
from groundup.classroom.counting import Bar, bars, foremost, grouped, turnout
from groundup.classroom.learning import Moment, join, look, vote
from groundup.classroom.rate import Rate
from groundup.classroom.store import LASTS, Store, StoreError
from groundup.classroom.teaching import Key

ROOT = Path(__file__).parents[2]
ASKED = Asked("course", "1.1-1")
CHOICE = "(2, 3)"


class Clock:
    """The time, as a test sets it."""

    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory", "file"])
def rooms(request, tmp_path, clock):
    return Store(tmp_path if request.param == "file" else None, clock)


def opened(rooms, asked=ASKED):
    key = teaching.open_room(rooms)
    assert teaching.ask(rooms, key, asked)
    return key


def entered(rooms, key):
    """A learner who is in the room."""
    token = names.new_token()
    assert join(rooms, key.code, token) == learning.IN
    return token


def total(rooms, key, asked=ASKED):
    found = bars(rooms, key.code, asked)
    return sum(bar.first for bar in found), sum(bar.after for bar in found)


def test_a_class_votes_talks_votes_and_sees_both(rooms):
    key = opened(rooms)
    one, other = entered(rooms, key), entered(rooms, key)
    first = look(rooms, key.code, one)
    assert first == Moment(1, ASKED)
    assert vote(rooms, key.code, one, first, CHOICE) == learning.SENT
    assert vote(rooms, key.code, one, first, "(3, 2)") == learning.TWICE
    assert turnout(rooms, key.code) == (2, 1)
    assert teaching.ask_again(rooms, key)
    assert vote(rooms, key.code, other, first, CHOICE) == learning.CLOSED
    second = look(rooms, key.code, one)
    assert (second.round, second.mine) == (2, (CHOICE, None))
    for learner in (one, other):
        assert vote(rooms, key.code, learner, second, "(3, 2)") == learning.SENT
    assert teaching.reveal(rooms, key)
    assert vote(rooms, key.code, entered(rooms, key), second, CHOICE) == learning.CLOSED
    assert not teaching.ask_again(rooms, key)
    assert bars(rooms, key.code, ASKED) == ((CHOICE, 1, 0), ("(6,)", 0, 0), ("(3, 2)", 0, 2))
    # The next question begins with nothing, and an answer to the last one is none to it.
    assert teaching.ask(rooms, key, Asked("number", "How many?"))
    assert look(rooms, key.code, one).mine == (None, None)
    assert vote(rooms, key.code, one, second, CHOICE) == learning.CLOSED


def test_only_the_teacher_of_a_room_changes_it(rooms):
    key, other = opened(rooms), teaching.open_room(rooms)
    for forged in (Key(key.code, other.secret), Key(key.code, ""), Key("", key.secret)):
        assert not teaching.is_teacher(rooms, forged)
        assert not teaching.ask(rooms, forged, ASKED)
        for act in (teaching.ask_again, teaching.reveal, teaching.close_room):
            assert not act(rooms, forged)
    assert look(rooms, key.code) == Moment(1, ASKED)
    assert teaching.close_room(rooms, key)
    assert look(rooms, key.code) is None


@pytest.mark.parametrize("said", ["", "(9, 9)", " (2, 3)", CHOICE + "\0", "a" * 10_000])
def test_a_forged_answer_is_refused(rooms, said):
    key = opened(rooms)
    learner, now = entered(rooms, key), look(rooms, key.code)
    assert vote(rooms, key.code, learner, now, said) == learning.UNFIT
    assert vote(rooms, key.code, names.new_token(), now, CHOICE) == learning.STRANGER
    assert vote(rooms, "NOROOM", learner, now, CHOICE) == learning.NO_ROOM
    assert total(rooms, key) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "fit", "unfit"),
    [
        ("number", ["3", "−2.5", "about 1e-3"], ["", "rude", "nan", "1e999", "3" * 61, "<b>1</b>"]),
        ("shape", ["(2, 3)", "2x3", "[]", "Error"], ["", "rude", "2, three", "(rude)"]),
    ],
)
def test_a_free_answer_is_a_number_or_a_shape_and_no_other_word(rooms, kind, fit, unfit):
    key = opened(rooms, asked := Asked(kind, "How many?"))
    now = look(rooms, key.code)
    for said in unfit:
        assert vote(rooms, key.code, entered(rooms, key), now, said) == learning.UNFIT
    for said in fit:
        assert vote(rooms, key.code, entered(rooms, key), now, said) == learning.SENT
    assert total(rooms, key, asked) == (len(fit), 0)


def test_what_may_be_asked_is_bounded(rooms):
    key = teaching.open_room(rooms)
    for unfit in (("course", "99.9-1"), ("number", " "), ("shape", "x" * 201), ("sql", "x")):
        assert not teaching.ask(rooms, key, Asked(*unfit))
    assert look(rooms, key.code) == Moment()


def test_a_room_ends_after_three_hours_and_is_gone_after_a_day(rooms, clock):
    key = opened(rooms)
    learner, now = entered(rooms, key), look(rooms, key.code)
    assert vote(rooms, key.code, learner, now, CHOICE) == learning.SENT
    clock.now += LASTS
    assert join(rooms, key.code, learner) == learning.OVER
    assert vote(rooms, key.code, learner, now, CHOICE) == learning.OVER
    assert look(rooms, key.code) is None
    assert not teaching.reveal(rooms, key)
    clock.now += 24 * 3600
    rooms.sweep()
    with rooms.reading() as db:
        for table in ("rooms", "moments", "learners", "votes"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_rooms_and_learners_are_bounded(rooms, clock):
    keys = [teaching.open_room(rooms) for _ in range(store.ROOMS)]
    assert teaching.open_room(rooms) is None
    for _ in range(store.LEARNERS):
        entered(rooms, keys[0])
    assert join(rooms, keys[0].code, names.new_token()) == learning.FULL
    # The oldest that nobody joined makes place for a new one.
    clock.now += teaching.UNUSED + 1
    assert teaching.open_room(rooms)
    assert look(rooms, keys[0].code) is not None
    assert sum(look(rooms, one.code) is None for one in keys) == 1
    clock.now += LASTS
    assert teaching.open_room(rooms)


def test_nothing_of_a_token_or_a_secret_is_stored(tmp_path):
    rooms = Store(tmp_path)
    key = opened(rooms)
    learner = entered(rooms, key)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert key.code.encode() in kept
    assert key.secret.encode() not in kept
    assert learner.encode() not in kept


def test_a_folder_that_cannot_be_used_is_one_kind_of_error(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreError):
        Store(tmp_path / "taken")
    (tmp_path / store.FILE).write_bytes(b"no database at all, but some text" * 100)
    with pytest.raises(StoreError):
        Store(tmp_path)


def test_many_threads_and_impatient_learners_count_once_each(rooms):
    key = opened(rooms)
    now = look(rooms, key.code)
    learners = [entered(rooms, key) for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(lambda one: vote(rooms, key.code, one, now, CHOICE), learners * 3))
    assert ends.count(learning.SENT) == 40
    assert ends.count(learning.TWICE) == 80
    assert turnout(rooms, key.code) == (40, 40)


SERVER = """
import sys
from pathlib import Path
from groundup.classroom.asked import Asked
from groundup.classroom.learning import Moment, join, vote
from groundup.classroom.store import Store
folder, code, *tokens = sys.argv[1:]
print("here", flush=True)
input()
rooms = Store(Path(folder))
for token in tokens:
    join(rooms, code, token)
    vote(rooms, code, token, Moment(1, Asked("course", "1.1-1")), "(2, 3)")
"""


def test_several_servers_share_a_file(tmp_path):
    """Each learner votes on two servers at once, which open the file at once."""
    key = opened(Store(tmp_path))
    tokens = [names.new_token() for _ in range(30)]
    command = [sys.executable, "-c", SERVER, str(tmp_path), key.code, *tokens]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    servers = [subprocess.Popen(command, cwd=ROOT, **piped) for _ in range(2)]
    assert [one.stdout.readline() for one in servers] == ["here\n", "here\n"]
    for one in servers:
        one.stdin.write("\n")
        one.stdin.flush()
    for one in servers:
        one.communicate()
    assert [one.returncode for one in servers] == [0, 0]
    assert turnout(Store(tmp_path), key.code) == (30, 30)


def test_new_files_may_be_opened_by_all_at_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        for one in pool.map(lambda _: Store(tmp_path), range(8)):
            assert teaching.open_room(one)
    with sqlite3.connect(tmp_path / store.FILE) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


SAID = st.one_of(
    st.text(max_size=70), st.integers(-3, 300).map(str), st.floats(0, 3).map("{:.3f}".format)
)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 2), SAID)))
def test_counts_are_those_of_the_distinct_learners(acts):
    """Whatever is answered by whom, in whatever order: one answer each and round, all counted."""
    rooms = Store()
    asked = Asked("number", "How many?")
    key = opened(rooms, asked)
    learners, voted = [entered(rooms, key) for _ in range(5)], set()
    for who, turn, said in sorted(acts, key=lambda act: act[1]):
        if turn == 2:
            teaching.ask_again(rooms, key)
        if vote(rooms, key.code, learners[who], Moment(1, asked, turn), said) == learning.SENT:
            assert (who, turn) not in voted
            voted.add((who, turn))
    counts = tuple(sum(turn == one for _, turn in voted) for one in (1, 2))
    assert total(rooms, key, asked) == counts


def test_answers_that_mean_the_same_stand_together():
    said = ["3", "3.0", "about 3", "−2", "three", "Three.", "12", "12.01", "13"]
    assert grouped(said, "number") == {
        **{"−2": "-2", "3": "3", "3.0": "3", "about 3": "3"},
        **{"12": "12", "12.01": "12", "13": "13", "three": "three", "Three.": "three"},
    }
    shapes = grouped(["[2,3]", "2 x 3", "torch.Size([2, 3])", "(3, 2)", "Error"], "shape")
    assert sorted(shapes.values()) == ["(2, 3)", "(2, 3)", "(2, 3)", "(3, 2)", "error"]


def test_many_different_answers_leave_room_for_the_foremost():
    few = tuple(Bar(str(n), n, 0) for n in range(counting.SHOWN))
    assert foremost(few) == few
    many = tuple(Bar(str(n), n % 7, n % 3) for n in range(40))
    shown = foremost(many)
    assert len(shown) == counting.SHOWN + 1
    assert [sum(bar[n] for bar in shown) for n in (1, 2)] == [
        sum(bar[n] for bar in many) for n in (1, 2)
    ]
    assert min(sum(bar[1:]) for bar in shown[:-1]) == 7
    numbers = [int(bar.answer) for bar in shown[:-1]]
    assert numbers == sorted(numbers)


@given(st.text())
def test_any_text_is_a_code_or_none(said):
    code = names.read_code(said)
    assert code is None or (len(code) == names.LENGTH and set(code) <= set(names.LETTERS))


def test_a_code_may_be_typed_in_small_letters_and_in_parts():
    code = names.new_code()
    assert names.read_code(f" {code[:3].lower()} {code[3:]}") == code
    assert not any(map(names.is_token, (None, 3, "", "x" * 21, "ä" * 22, "x" * 22 + "\n")))
    assert names.is_token(names.new_token())


def test_a_rate_holds_back_and_lets_go():
    clock = Clock()
    rate = Rate(2, 60, clock)
    rate.count()
    clock.now += 59
    assert not rate.is_full()
    rate.count()
    assert rate.is_full()
    clock.now += 1
    assert not rate.is_full()
