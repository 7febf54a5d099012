"""What a first visit is compared with has the elements of the page that is visited."""

from collections import Counter

from streamlit.testing.v1 import AppTest

from bench.served import ROOT


def counted(block):
    """How many elements and blocks of each kind are in ``block``."""
    kinds = Counter()
    for one in block.children.values():
        kinds[one.type] += 1
        if hasattr(one, "children"):
            kinds += counted(one)
    return kinds


def test_the_page_beside_which_a_first_visit_is_measured_has_as_many_elements_of_each_kind():
    app = AppTest.from_file(ROOT / "script.py", default_timeout=60).run()
    app.switch_page("app_pages/training_loop.py").run()
    other = AppTest.from_file(ROOT / "bench" / "same_elements.py", default_timeout=60).run()
    assert not other.exception
    assert counted(other.sidebar) == counted(app.sidebar)
    assert counted(other.main) == counted(app.main)
