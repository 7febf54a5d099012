"""The app in Firefox: a player plays, a code is stepped, one's own is typed, words are marked."""

from groundup.course.words import word
from groundup.engine import lesson, observe
from groundup.engine.snapshot import number
from tests.browser import measures
from tests.browser.firefox import CONTROL, ENTER, ESCAPE
from tests.browser.places import WORD, still

ALL = """css => {
  const found = []
  const look = tree => {
    for (const one of tree.querySelectorAll("*")) {
      if (one.matches(css)) found.push(one)
      if (one.shadowRoot) look(one.shadowRoot)
    }
  }
  look(document)
  return found.filter(one => one.checkVisibility())
}"""
TEXTS = f"css => ({ALL})(css).map(one => one.value || one.textContent.trim())"
PLACE = still(f"""css => {{
  const [found] = ({ALL})(css)
  if (!found) return null
  found.scrollIntoView({{ block: "center" }})
  const {{ left, top, width, height }} = found.getBoundingClientRect()
  return [left + width / 2, top + height / 2]
}}""")
QUIET = f"""() => document.fonts.status === "loaded" &&
  Boolean(document.querySelector("{measures.QUIET}"))"""
OWN = "import torch\nx = torch.ones(2)\nfor i in range(3):\nx = x * 2"
LEFT_EARLY = ("blob:", "NetworkError")
"""What Streamlit says of parts that were still on their way when the next page was opened."""


def _press(page, css):
    page.click(*page.wait_for(PLACE, css))


def _becomes(page, css, text):
    page.wait_for(f"([css, text]) => ({TEXTS})(css).some(one => one.includes(text))", [css, text])


def test_a_run_is_played_and_stepped_and_its_words_say_what_they_mean(firefox, server):
    page = firefox.new_page()
    page.goto(f"{server}/training_loop?section=4.2&epochs=40")
    _press(page, ".st-key-train button")
    _becomes(page, ".play", "Stop")
    page.evaluate(f"""() => {{
      const [speed] = ({ALL})(".speed select")
      speed.value = "500"
      speed.dispatchEvent(new Event("change", {{ bubbles: true }}))
    }}""")
    _becomes(page, ".play", "Replay")
    run = observe.run(lesson.load("training_loop").set(epochs=40).text)
    _becomes(page, ".say", f"w = {number(run.variables['w'].item())}")
    _press(page, ".code .opener")
    page.wait_for(QUIET)
    _becomes(page, ".steps .said", "Line")
    before = page.evaluate(TEXTS, ".steps .count")
    _press(page, ".steps .go.on")
    page.wait_for(f"before => String(({TEXTS})('.steps .count')) !== String(before)", before)
    # In our prose, and in what the player says of the run.
    for name, known in (("model", "model"), ("Loss", "loss")):
        page.move(*page.wait_for(WORD, name))
        _becomes(page, ".card .meaning", word(known).meaning)
        page.type(ESCAPE)
    page.type("?")
    _becomes(page, "dialog dd", word("loss").meaning)
    assert any("/training_loop" in asked for asked in page.requests)
    page.close()
    assert page.errors == []


def test_a_text_of_ones_own_is_typed_run_and_stepped(firefox, server):
    page = firefox.new_page()
    page.goto(f"{server}/your_code")
    _press(page, ".editor textarea")
    page.hold(CONTROL, "a")
    page.type(OWN)
    indented = OWN.replace("\nx = x", "\n    x = x")
    _becomes(page, ".editor textarea", indented)
    page.hold(CONTROL, ENTER)
    _becomes(page, ".code .line.running", "import torch")
    _press(page, ".steps .go.on")
    _becomes(page, ".steps .said", "x is")
    page.goto(f"{server}/")
    _becomes(page, "h1, h2", "Three lines")
    page.wait_for(QUIET)
    for at in ("tensors?section=1.1", "requires_grad?section=2.1", "computation_graph?section=3.1"):
        page.goto(f"{server}/{at}")
        page.wait_for(PLACE, ".course-ask")
        page.wait_for("() => CSS.highlights.get('groundup-words')?.size > 2")
        page.wait_for(QUIET)
    page.close()
    assert [said for said in page.errors if not any(left in said for left in LEFT_EARLY)] == []
