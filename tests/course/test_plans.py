"""Plans: every moment is there, their minutes add up, and a file of anybody's is answered."""

import re
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno

from groundup.__main__ import main
from groundup.course.answers import answered, program, right
from groundup.course.handout import LOOP_LINES, MOST_PRINTED, sheet
from groundup.course.plans import LONGEST, MOST, plan, plans, read, text
from groundup.ui.controls.link import NO_CONTROLS
from groundup.ui.controls.widgets import declared
from groundup.ui.course import teaching
from groundup.ui.course.collecting import brought
from tests.hosting.hostile import FORMS

FILES = sorted((Path(teaching.ROOT) / "groundup/course/plans").glob("*.toml"))
WORDS = "".join(
    file.read_text("utf-8")
    for ending in ("py", "html")
    for file in (Path(teaching.ROOT) / "groundup/ui").rglob(f"*.{ending}")
)
"""What may stand on a button."""
MOMENT = '[[moments]]\nsection = "2.1"\nminutes = 4\n'


@pytest.mark.parametrize("one", plans(), ids=lambda one: one.id)
def test_a_plan_opens_what_there_is_and_its_minutes_add_up(one):
    file = next(file for file in FILES if tomllib.loads(file.read_text("utf-8"))["id"] == one.id)
    assert tomllib.loads(file.read_text("utf-8"))["minutes"] == one.minutes
    assert one.minutes in {30, 60}
    assert plan(one.id) is one
    assert one.begins(1) == 0
    assert one.begins(len(one.moments) + 1) == one.minutes
    # Its file is taken as a stranger's would be, and what is written is read as it was.
    taken = brought(text(one).encode())
    assert taken == replace(one, id="own")
    for moment in one.moments:
        assert moment.say
        assert moment.why
        assert bool(moment.asked) != bool(moment.ask)
        for name in moment.press:
            assert re.search(f'["> ]{re.escape(name)}[":<]', WORDS), name
        if moment.asked:
            # What most believe is worth a question where it is not what is so.
            assert moment.expected
            # Talking in pairs and voting again takes two minutes: short moments have no room.
            assert moment.again == (2 if moment.minutes >= 5 else 0)
            assert max(moment.expected, key=moment.expected.get) in moment.asked.choices


def test_the_three_plans_are_listed_in_their_order():
    assert [one.id for one in plans()] == ["tensor-to-ffn", "backward", "why-training-fails"]
    assert plan("own") is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("x" * (LONGEST + 1), "is the most"),
        ("= 1", "is no TOML"),
        ("[" * 5_000, "is no TOML"),
        ("", f"1 to {MOST} moments"),
        ("moments = 3", f"1 to {MOST} moments"),
        ("moments = [1]", "Moment 1 is not a table"),
        (MOMENT * (MOST + 1), f"1 to {MOST} moments"),
        (MOMENT + "minutse = 3", "'minutse', which no moment has"),
        (MOMENT.replace("4", "0"), "minutes must be a whole number from 1"),
        (MOMENT.replace("4", "true"), "minutes must be a whole number from 1"),
        (MOMENT.replace("2.1", "9.9"), "no section '9.9'"),
        ("[[moments]]\nminutes = 4", "needs a section"),
        ('[[moments]]\npage = "../etc"\nminutes = 4', "needs a section"),
        (MOMENT + 'question = "2.2-1"', "has no question '2.2-1'"),
        (MOMENT + 'question = "2.1-1"\nexpected = { steep = 40 }', "'steep' is no choice"),
        (
            MOMENT + 'question = "2.1-1"\nexpected = { positive = 60, negative = 60 }',
            "more than a hundred",
        ),
        (MOMENT + "say = 3", "say must be a text"),
        (MOMENT + 'say = "a\\u0007b"', "say must be a text"),
        (MOMENT + f'ask = "{"x" * 601}"', "ask must be a text"),
        (MOMENT + "settings = { rate = 1 }", "settings must be texts"),
        (MOMENT + 'settings = { zebra = "1" }', "no setting 'zebra'"),
        (MOMENT + 'settings = { rate = "inf" }', "rate was refused"),
        (MOMENT + "expected = 3", "expected must hold choices"),
        (MOMENT + 'press = "Train"', "press must list up to 20 buttons"),
        (MOMENT + 'press = [""]', "press must list up to 20 buttons"),
        (MOMENT + "again = 2", "again needs a question"),
        (MOMENT + 'question = "2.1-1"\nagain = 4', "fewer minutes than the moment has"),
        (MOMENT + 'question = "2.1-1"\nagain = 0', "again must be a whole number from 1"),
    ],
    ids=lambda one: one[:20],
)
def test_what_a_file_has_wrong_is_said_in_a_sentence(written, said):
    with pytest.raises(ValueError, match=r"\.$") as raised:
        brought(written.encode())
    assert said in str(raised.value)


def test_whatever_a_file_holds_is_read_or_refused_in_words():
    for form in FORMS:
        raw = form if isinstance(form, bytes) else form.encode()
        for content in (raw, MOMENT.encode() + b"say = '" + raw + b"'"):
            assert answer(content).endswith((".", "taken"))


def answer(content):
    try:
        return f"{len(brought(content).moments)} taken"
    except ValueError as error:
        return str(error)


def test_a_sheet_asks_and_its_answers_are_those_of_the_runs():
    one = plan("backward")
    assert one
    asked, told = sheet(one, address="https://here/"), sheet(one, answers=True)
    assert asked.count('class="box ticked"') == 0
    assert asked.count('class="line"') == 2 * len(one.moments)
    assert told.count('class="box ticked"') == len(one.moments)
    assert 'class="line"' not in told
    for moment in one.moments:
        assert f'ticked">✓</span> {right(moment.asked)}</li>' in told
        for line in answered(moment.asked).output.splitlines():
            assert line.replace("<", "&lt;").replace(">", "&gt;") in told
        assert f">https://here/{moment.where}?section={moment.section}</a>" in asked
        assert "answer = " in asked
    # What is photographed or pressed leads to the moment's own settings.
    links = [unescape(one) for one in re.findall('href="([^"]*)"', asked)]
    for moment, link in zip(one.moments, links, strict=True):
        assert link.startswith(f"https://here/{moment.where}?")
        assert dict(parse_qsl(urlsplit(link).query)) == moment.place.query
        assert segno.make(link, error="m", micro=False).svg_inline(scale=2, border=1) in asked
    for page in (asked, told):
        assert "size: A4; margin: 15mm" in page
        assert "src=" not in page  # nothing is fetched


def test_a_sheet_shows_of_a_long_program_its_loop_and_of_a_long_output_its_ends():
    one = plan("why-training-fails")
    told = sheet(one, answers=True)
    asked = one.moments[1].asked
    lines = answered(asked).output.strip().splitlines()
    assert len(lines) > MOST_PRINTED
    assert f"{lines[3]}\n… {len(lines) - 6} lines more …\n{lines[-2]}".replace(">", "&gt;") in told
    text = program(asked).strip("\n").splitlines()
    loop = next(n for n, line in enumerate(text, 1) if line.startswith("for "))
    assert f"<i>{loop:3}</i> {text[loop - 1]}" in told
    assert f"<p>Of {len(text)} lines. All of them stand behind the link.</p>" in told
    assert f"<i>{loop + LOOP_LINES:3}</i>" not in told.split("<section>")[2]


def test_the_command_writes_a_sheet_and_says_what_it_cannot(tmp_path, capsys):
    file, own = tmp_path / "sheet.html", tmp_path / "mine.toml"
    own.write_text('name = "Mine <b>"\n' + MOMENT + 'ask = "Why & how?"', "utf-8")
    assert main(["handout", str(own), "--output", str(file)]) == 0
    assert "<h1>Mine &lt;b&gt;</h1>" in file.read_text("utf-8")
    assert main(["handout", str(own)]) == 0
    assert "Why &amp; how?" in capsys.readouterr().out
    for wrong, said in (
        ("zebra", "there is no plan zebra. Choose one of tensor-to-ffn"),
        (str(tmp_path / "none.toml"), "No such file"),
        (str(file.rename(tmp_path / "sheet.toml")), "is no TOML"),
    ):
        assert main(["handout", wrong]) == 2
        assert said in capsys.readouterr().err


def test_the_tables_of_the_document_are_those_of_the_app():
    """``python -m groundup.ui.course.teaching`` writes them."""
    written = teaching.DOCUMENT.read_text("utf-8")
    assert written == teaching.document(written)
    assert set(teaching.BESIDE) == NO_CONTROLS - set(declared())
    links = written.partition("<!-- links -->")[2]
    assert all(f"\n| `{key}` |" in links for key in {*declared(), *NO_CONTROLS})
    example = written.partition("```toml\n")[2].partition("```")[0]
    assert read(example) == replace(brought(example.encode()), id="own")


def test_what_is_too_long_or_no_text_is_not_read_as_a_plan():
    fit = MOMENT.encode().ljust(4 * LONGEST)
    with pytest.raises(ValueError, match=f"has {len(fit):,} characters, and {LONGEST:,} is"):
        brought(fit)
    with pytest.raises(ValueError, match=f"has {len(fit) + 1:,} bytes, and {len(fit):,} is"):
        brought(fit + b" ")
    with pytest.raises(ValueError, match="not UTF-8"):
        brought(b"\xff\xfe")
