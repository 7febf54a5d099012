"""Every section of the path, opened once: what of it is on the screen in each window and in a room,
how large its type is, and what axe-core finds; and what deepens the path, on a phone."""

import pytest

from groundup.course import path
from tests.browser import axe, barriers
from tests.browser.measures import ROOMS, WINDOWS, Measure, measures, to_room

LEAST, LEAST_IN_ROOM = 12, 18
"""The smallest type, in px."""

LETTERS = {(1280, 720): 52, (1440, 900): 60}
"""So many letters of a line of code are in sight beside the picture, the path open."""

PHONE = WINDOWS[-1]


def _lacks(one: Measure) -> list[str]:
    """What of a section is not as it is to be in one window."""
    code = 0 if one.window == PHONE else one.code_foot or 0
    feet = {"picture": one.picture_foot, "play bar": one.bar, "begins": one.run, "code": code}
    found = [name for name, foot in feet.items() if (foot or 0) > one.dock]
    if one.type < (LEAST_IN_ROOM if one.presents else LEAST) or not one.of:
        found.append("type")
    if one.wide:
        found.append("width")
    if not one.presents and one.letters is not None and one.letters < LETTERS.get(one.window, 0):
        found.append("letters")
    return found


@pytest.mark.parametrize(
    ("chapter", "dark"),
    [
        pytest.param(chapter, bool(n % 2), id=chapter.name)
        for n, chapter in enumerate(path.chapters())
    ],
)
def test_a_section_fits_every_window_is_read_in_a_room_and_has_no_barrier(
    open_page, server, chapter, dark
):
    page = open_page("/", dark=dark)
    for section in chapter.sections:
        found = list(measures(page, server, [section]))
        page.set_viewport_size({"width": axe.WIDE[0], "height": axe.WIDE[1]})
        barriers.none_stand_on(page)
        found += to_room(page, section, ROOMS[:1])
        lacking = [(one, lacks) for one in found if (lacks := _lacks(one))]
        assert not lacking


@pytest.mark.parametrize(
    "places",
    [
        *(pytest.param(axe.deeper(one), id=one.name) for one in path.chapters()),
        # To a room one shows no phone.
        pytest.param([one for one in axe.beside() if "present" not in one.link], id="beside it"),
    ],
)
def test_what_is_no_section_of_the_path_scrolls_on_a_phone_downwards_only(
    open_page, server, places
):
    page = open_page("/", width=PHONE[0], height=PHONE[1])
    for place in places:
        axe.opened(page, server, place)
        wide = page.locator(".stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide == 0, place.title
