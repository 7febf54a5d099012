"""What scrolls sideways fades at the side where more of it is, and nowhere else."""

import pytest

TABLE = "[data-testid=stTable] > div"
DATAFRAME = "[data-testid=stDataFrameResizable]:has(.dvn-scroller)"
FADES = """element => ["--more-left", "--more-right"].map(side =>
  parseFloat(getComputedStyle(element).getPropertyValue(side)) > 0)"""
MASKED = "element => getComputedStyle(element).maskImage.split('rgba(0, 0, 0, 0)').length - 1"


@pytest.mark.parametrize(
    ("link", "whole", "scrolled"),
    [
        ("/ffn_scale?scale=Read+it", TABLE, TABLE),
        ("/ffn_scale?scale=Dial+it", DATAFRAME, f"{DATAFRAME} .dvn-scroller"),
    ],
)
def test_a_table_on_a_phone_shows_at_which_side_more_of_it_is(open_page, link, whole, scrolled):
    page = open_page(link, width=390, height=844)
    part = page.locator(scrolled).first

    def await_fades(left, right):
        there = f"({FADES})(document.querySelector({whole!r})).join() === '{left},{right}'"
        page.wait_for_function(f"document.querySelector({whole!r}) && {there}")

    await_fades("false", "true")
    assert page.locator(whole).first.evaluate(MASKED) == 2
    end = part.evaluate("element => element.scrollWidth - element.clientWidth")
    for place, *fades in ((end / 2, "true", "true"), (end, "true", "false"), (0, "false", "true")):
        part.evaluate("(element, place) => { element.scrollLeft = place }", place)
        await_fades(*fades)
    page.set_viewport_size({"width": 1600, "height": 900})
    await_fades("false", "false")
