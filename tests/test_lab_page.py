"""The lab on the training-loop page, without a browser."""

import pytest

from groundup.snapshot import number
from groundup.stability import Ruler

PAGE = "training_loop"


def watched(app):
    """As if the learner had watched the run to its end."""
    training = app.session_state["training"]
    training.held(training.order, training.total, False)
    return app.run()


def words(app):
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def test_without_the_lab_the_page_has_no_panel(visit):
    app = visit(PAGE)
    assert not app.get("plotly_chart")
    assert [radio.label for radio in app.radio if radio.label.startswith("Your guess")] == []


@pytest.mark.parametrize(
    ("link", "guess", "edge", "told"),
    [
        ({"lr": "0.5"}, "oscillates", "limit", "You said **oscillates**, and so it was"),
        ({"lr": "0.5"}, "diverges", "limit", "You said **diverges**; it **oscillated**"),
        (
            {"lr": "0.9"},
            "diverges",
            "limit",
            "You said **diverges**, and so it was",
        ),
        ({"lr": "0.1"}, "crawls", "turning", "You said **crawls**; it **converged**"),
        ({"lr": "0.001"}, "crawls", "crawl", "You said **crawls**, and so it was"),
    ],
)
def test_a_prediction_is_answered_after_the_run_with_both_numbers(visit, link, guess, edge, told):
    app = visit(PAGE, lab="Predict", **link)
    app.radio(key="guess").set_value(guess).run()
    app.button(key="train").click().run()
    assert "You said" not in words(app)
    watched(app)
    assert told in words(app)
    assert f"rate {link['lr']}" in words(app)
    ruler = Ruler.of(app.session_state["training"].setting.surface, 100)
    assert number(getattr(ruler, edge)) in words(app)


def test_a_guess_that_is_made_after_the_run_does_not_count(visit):
    app = visit(PAGE, lab="Predict", lr="0.5")
    app.button(key="train").click().run()
    app.radio(key="guess").set_value("oscillates").run()
    watched(app)
    assert "It **oscillated**" in words(app)
    assert "You said" not in words(app)


@pytest.mark.parametrize("optimizer", ["momentum", "RMSprop", "Adam"])
def test_for_other_optimizers_the_ruler_says_whose_it_is(visit, optimizer):
    app = visit(PAGE, lab="Predict", optimizer=optimizer)
    assert "ruler is plain gradient descent's" in words(app)
    app.button(key="train").click().run()
    watched(app)
    assert not app.exception
    assert "For gradient descent 0.1 would mean" in words(app)
