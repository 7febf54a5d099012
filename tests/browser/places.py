"""Where something stands on a page that is still drawn, for a press or a look at it."""

ALL = """
  const all = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
      found.push(one)
      if (one.shadowRoot) all(one.shadowRoot, found)
    }
    return found
  }
"""
"""JavaScript: ``all(document)`` is every element, those that components draw within them too."""


def still(place: str) -> str:
    """JavaScript that gives ``place``'s middle once two frames have found it there.

    A page moves what is on it while its parts come in; what is pressed where it stood is missed.
    """
    return f"""named => {{
      const place = ({place})(named)
      const isStill = Boolean(place) && String(place) === window.placed
      window.placed = String(place)
      return isStill ? place : null
    }}"""


WORD = still("""name => {
  for (const mark of CSS.highlights.get("groundup-words") ?? []) {
    const { startContainer, startOffset, endContainer, endOffset } = mark
    if (startContainer.data.slice(startOffset, endOffset) !== name) continue
    const range = document.createRange()
    range.setStart(startContainer, startOffset)
    range.setEnd(endContainer, endOffset)
    if (!range.getBoundingClientRect().width) continue
    startContainer.parentElement.scrollIntoView({ block: "center" })
    const { left, top, width, height } = range.getBoundingClientRect()
    return [left + width / 2, top + height / 2]
  }
}""")
"""A word of the glossary, marked in the page's prose or within a component: scrolled into view."""
