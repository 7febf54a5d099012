"""Components whose html, css and js are files of their own, in a folder beside this one.

Streamlit sends a component's code again with every change of its data. For a small component that
is nothing; the player's code is larger than a run of 500 epochs. So a large component is
*delivered*: its code travels once a visit, in a message that never changes (streamlit lets the
browser keep those), and what is sent with the data is a stub that calls it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parents[1]

_STUB = """
export default function (component) {
  // The code may arrive after the first data: then wait for it.
  let cleanup = () => {}
  const start = () => { cleanup = globalThis.groundup.FOLDER(component) }
  if (globalThis.groundup?.FOLDER) start()
  else addEventListener("groundup:FOLDER", start, { once: true })
  return () => {
    removeEventListener("groundup:FOLDER", start)
    cleanup()
  }
}
"""

_DELIVERY = """
(globalThis.groundup ??= {}).FOLDER = (() => {
CODE
return mount
})()
dispatchEvent(new Event("groundup:FOLDER"))
export default function () {}
"""


def component(folder: str) -> Any:
    """Register the component in ``ui/FOLDER``; its ``*.js`` are joined in the order of their names.

    Plain scripts joined need no bundler; the last one holds the ``export default``.
    """
    return _registered(_name(folder), folder, _joined(folder, "js"))


def delivered(folder: str, shared: str = "") -> Any:
    """Like :func:`component`, for one whose last script defines ``mount`` and exports nothing.

    The styles in ``ui/SHARED``, if given, come before its own; its markup takes the place of the
    comment ``<!-- SHARED -->``. The page that shows it must hold a :func:`delivery` of it.
    """
    stub = _STUB.replace("FOLDER", Path(folder).name)
    return _registered(_name(folder), folder, stub, shared)


def delivery(folder: str, shared: str = "") -> Any:
    """Register what brings the code of the delivered component ``folder``; mount it once a page.

    The scripts in ``ui/SHARED``, if given, come before its own.
    """
    js = "\n".join(_joined(one, "js") for one in (shared, folder) if one)
    code = _DELIVERY.replace("FOLDER", Path(folder).name).replace("CODE", js)
    return st.components.v2.component(f"{_name(folder)}_code", js=code)


def nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""


def _name(folder: str) -> str:
    return f"groundup_{Path(folder).name}"


def _registered(name: str, folder: str, js: str, shared: str = "") -> Any:
    html, css = _joined(folder, "html"), _joined(folder, "css")
    if shared:
        css = _joined(shared, "css") + "\n" + css
        html = html.replace(f"<!-- {Path(shared).name} -->", _joined(shared, "html"))
    return st.components.v2.component(name, html=html, css=css, js=js)


def _joined(folder: str, ending: str) -> str:
    files = sorted((_HERE / folder).glob(f"*.{ending}"))
    return "\n".join(file.read_text("utf-8") for file in files)
