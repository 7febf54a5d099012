"""Components whose html, css and js are files of their own, in a folder beside this one.

A component's js is the module that has its folder's name; it exports ``mount``, and imports what it
shares with others.

Streamlit sends a component's code again with every change of its data. For a small component that
is nothing; the player's code is larger than a run of 500 epochs. So a large component is
*delivered*: its code travels once a visit, in a message that never changes (streamlit lets the
browser keep those), and what is sent with the data is a stub that calls it.

Why not the folder of files (``asset_dir``) that streamlit offers: it serves one only for an
*installed* package. From a plain checkout, which is what ``streamlit run app.py`` and the hosted
copy have, the page ends in "must be declared in pyproject.toml with asset_dir". Nor is it quicker.
The training player both ways, as seven modules (two cores, Chromium, three visits, in one sitting):

===============================  ===========  ============================================
what                             delivered    asset_dir
===============================  ===========  ============================================
first visit, in all messages     66.5 kB      27.4 kB
... and in files (gzip)          none         17.3 kB, 9 requests
a reload                         all of it    all of it: no max-age, no ETag
deep link on a cold server       8.3-9.4 s    9.4-10.3 s
a reload, to the first picture   1.4-1.6 s    1.9-2.3 s
back from another page           0.7-1.6 s    1.5-3.5 s
... in all messages              21.6 kB      15.1 kB, 1 request
===============================  ===========  ============================================
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from groundup.ui.components.modules import joined

_HERE = Path(__file__).parents[1]

_POINTER = (_HERE / "components" / "pointer" / "pointer.css").read_text("utf-8")
"""How each component lights what is pointed at in a room."""

_GIVEN = "{ ...component, data: component.data?.[0] }"
"""A component with its data as it is mounted with them: see :func:`_registered`."""

_STUB = """
export default function (component) {
  // The code may arrive after the first data: then wait for it.
  let cleanup = () => {}
  const start = () => { cleanup = globalThis.groundup.FOLDER(GIVEN) ?? cleanup }
  if (globalThis.groundup?.FOLDER) start()
  else addEventListener("groundup:FOLDER", start, { once: true })
  return () => {
    removeEventListener("groundup:FOLDER", start)
    cleanup()
  }
}
"""

_MOUNTED = """
export default component => $0.mount(GIVEN)
"""

_DELIVERY = """
(globalThis.groundup ??= {}).FOLDER = (() => {
CODE
return $0.mount
})()
dispatchEvent(new Event("groundup:FOLDER"))
export default function () {}
"""


class Texts(NamedTuple):
    """What a component is made of.

    Attributes:
        name: its ``mount`` is ``globalThis.groundup[name]`` where ``delivery`` has run.
        delivery: its code, for a script of its own.
    """

    name: str
    html: str
    css: str
    delivery: str


def texts(folder: str, shared: str = "") -> Texts:
    """What the component in ``ui/FOLDER`` is made of; ``shared`` as of :func:`loaded_component`."""
    name = Path(folder).name
    html, css = _markup(folder, shared)
    code = f"(globalThis.groundup ??= {{}}).{name} = (() => {{\n{_code(folder)}\n"
    return Texts(name, html, css, f"{code}return $0.mount\n}})();\n")


def component(folder: str) -> Any:
    """Register the component in ``ui/FOLDER``; its code is sent again with its data."""
    return _registered(_name(folder), folder, _code(folder) + _MOUNTED.replace("GIVEN", _GIVEN))


def loaded_component(folder: str, shared: str = "") -> Any:
    """Like :func:`component`; its code is brought by a :func:`component_code` in its page.

    The styles in ``ui/SHARED``, if given, come before its own; its markup takes the place of the
    comment ``<!-- SHARED -->``.
    """
    stub = _STUB.replace("FOLDER", Path(folder).name).replace("GIVEN", _GIVEN)
    return _registered(_name(folder), folder, stub, shared)


def component_code(folder: str) -> Any:
    """Register what brings the code of the delivered component ``folder``; mount it once a page."""
    code = _DELIVERY.replace("FOLDER", Path(folder).name).replace("CODE", _code(folder))
    return st.components.v2.component(f"{_name(folder)}_code", js=code)


def nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""


def _name(folder: str) -> str:
    return f"groundup_{Path(folder).name}"


def _code(folder: str) -> str:
    return joined(_HERE / folder / f"{Path(folder).name}.js")


def _registered(name: str, folder: str, js: str, shared: str = "") -> Any:
    html, css = _markup(folder, shared)
    made: Any = st.components.v2.component(name, html=html, css=css, js=js)

    def mount(*, data: object = None, **settings: Any) -> Any:
        # Streamlit asks of each value of a mapping whether it is a table, for 25 µs a list or a
        # mapping; a list is sent as it is.
        return made(data=None if data is None else [data], **settings)

    return mount


def _markup(folder: str, shared: str) -> tuple[str, str]:
    html, css = _texts(folder, "html"), _texts(folder, "css")
    if css:
        css = f"{_POINTER}\n{css}"
    if shared:
        css = _texts(shared, "css") + "\n" + css
        html = html.replace(f"<!-- {Path(shared).name} -->", _texts(shared, "html"))
    return html, css


def _texts(folder: str, ending: str) -> str:
    files = sorted((_HERE / folder).glob(f"*.{ending}"))
    return "\n".join(file.read_text("utf-8") for file in files)
