"""What a stranger may write into a link, and what may be sent in place of a component's value."""

from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from groundup.ui import settings
from groundup.ui.controls.declaration import Control

NOT_FINITE = ["inf", "-inf", "Infinity", "nan", "NaN", "1e400", "-1e400"]
FORMS = [
    *NOT_FINITE,
    *("9" * 5_000, "-" + "9" * 400, "1" + "0" * 30, "1e308", "-1e308", "1e-320", "4.9e-324"),
    *("", " ", "\n", "\t", "\r\n1", "\0", "1\0", "\x1b[31m", "\x7f", "0\u200b"),
    # UTF-8 of a lone surrogate, and bytes that are no text at all.
    *(b"\xed\xa0\x80", b"\xff\xfe", b"1\xc0\x80"),
    *("٣", "١٢", "t[٣]", "a.unsqueeze(٠)", "०", "1２", "²", "Ⅳ", "1_000", "0x10", "0b1", "1e٣"),
    *("t[01]", "t[0, 01]", "other[999, 999]", "t[-1]", "t[0", "[[1, 2], [3", "(" * 400, "[" * 400),
    *("1," * 400, "0: 0.1, 0: 0.1", "0: 1e400", "12344", "y = 1", "w", "--1", "+5", "1.5", "0"),
    *("true", "TRUE", "None", "null", "undefined", "[object Object]", "{}", "cuda", "../../etc"),
    *("<script>alert(1)</script>", "`x` **y** $z$ :red[r] ![i](//h)", "%00%0a", "💥" * 200),
    *("x" * 20_000, "__import__('os').system('id')", "y = x.reshape(" + "1, " * 65 + ")"),
]
"""Each is sent to every control: most are refused, some are allowed by one or another."""


def whole_link(controls: tuple[Control, ...], shift: int) -> dict[str, str | bytes]:
    """A hostile form for each of ``controls``, another one each; other ones for another shift."""
    return {one.key: FORMS[(shift + n) % len(FORMS)] for n, one in enumerate(controls)}


def opened(page: str, link: dict[str, str | bytes]) -> AppTest:
    """The page under ``link``, as the first thing that a visitor opens."""
    app = AppTest.from_file("../../script.py", default_timeout=60)
    app.switch_page(f"app_pages/{page}.py")
    app.query_params.update(link)
    return app.run()


def controls_of(page: str) -> tuple[Control, ...]:
    """The controls that a page of that name can show, those of all pages first."""
    own: tuple[Control, ...] = settings.OF_PAGE.get(page) or getattr(settings, page).CONTROLS
    return settings.shared.CONTROLS + own


def sections(page: str) -> Iterator[dict[str, str]]:
    """Links to every part of ``page``, by the controls that choose between its parts."""
    table = {one.key: one for one in settings.ALL}
    for key, then in _PARTS[page].items():
        for option in table[key].options:
            below = then.get(option, ())
            yield from _below({key: option}, below, table)


def _below(link: dict[str, str], keys: tuple[str, ...], table: dict[str, Control]):
    if not keys:
        yield link
    for key in keys:
        for option in table[key].options:
            yield link | {key: option}


_PARTS: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "tensors": {
        "look_at": {
            "Make one": ("made_from",),
            "Shape lab": ("op",),
            "Why float32?": ("about",),
            "NumPy": ("bridge",),
        },
    },
    "requires_grad": {"autograd": {"A slope": ("variables", "curve")}},
    "computation_graph": {"part": {}, "view": {}},
    "training_loop": {"lab": {"Break it": ("break",)}},
    "nn_module": {"topic": {"The optimizers": ("rates", "race_by")}},
    "ffn_scale": {"scale": {"Dial it": ("cost",)}},
    "review": {"chapter": {}},
    "words": {"device": {}},
}
