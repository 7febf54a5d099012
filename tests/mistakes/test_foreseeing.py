"""The score of what a learner foresaw: the first answer counts, wherever it was given."""

import pytest

from groundup.engine.observe import run
from groundup.mistakes import gallery
from groundup.mistakes.score import tally

PAGES = {
    "requires_grad": ("mistake", {"autograd": "When autograd says no"}, gallery.FOLDER),
    "nn_module": ("slip", {"topic": "Mistakes"}, gallery.MODULE_FOLDER),
}


def test_the_tally_counts_answers_against_what_the_texts_do():
    first, second, *_ = entries = gallery.gallery()
    assert tally({}, entries) == ""
    happens = [gallery.outcome(run(entry.lesson.text)).kind for entry in (first, second)]
    wrong = next(kind for kind in gallery.OUTCOMES if kind != happens[1])
    both = {first.name: happens[0], second.name: wrong}
    assert tally(both, entries).startswith(f"You predicted 1 of 2; there are {len(entries)} here")
    elsewhere = gallery.gallery(gallery.MODULE_FOLDER)
    assert tally(both, elsewhere) == ""


@pytest.mark.parametrize("page", PAGES)
def test_the_first_answer_stays_and_is_there_after_another_page(visit, page):
    control, link, folder = PAGES[page]
    entry = gallery.gallery(folder)[0]
    key, happens = f"predict_{entry.name}", gallery.happened(entry.name).kind
    wrong = next(kind for kind in gallery.OUTCOMES if kind != happens)
    app = visit(page, **link, **{control: entry.title})
    app.segmented_control(key=key).set_value(wrong).run()
    scored = [one.value for one in app.caption if "You predicted 0 of 1" in one.value]
    assert scored
    assert app.segmented_control(key=key).disabled
    app.switch_page("app_pages/tensors.py").run()
    app.switch_page(f"app_pages/{page}.py").run()
    (section,) = link.items()
    app.segmented_control(key=section[0]).set_value(section[1]).run()
    app.selectbox(key=control).set_value(entry.title).run()
    assert not app.exception
    assert app.segmented_control(key=key).value == wrong
    assert scored == [one.value for one in app.caption if "You predicted" in one.value]
