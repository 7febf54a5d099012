// Links of the path and to the room are plain HTML: the browser would begin a new visit. Streamlit
// goes to another page of the same visit where Back or Forward leads to one, so a press does what
// these do.

const LINK = ".course-path a, .course-room"
const FRAMED = "embed" // what Streamlit keeps in the address of a page within another

export function lead(event) {
  const link = event.target.closest?.(LINK)
  if (!link || event.defaultPrevented || isForBrowser(event)) return
  event.preventDefault()
  const there = withFrame(link.href, window.location.search)
  // A second press on one link is no second step back.
  const step = there === window.location.href ? "replaceState" : "pushState"
  window.history[step](null, "", there)
  window.dispatchEvent(new PopStateEvent("popstate"))
}

// A new tab, a new window, a download.
function isForBrowser({ button, metaKey, ctrlKey, shiftKey, altKey }) {
  return button !== 0 || metaKey || ctrlKey || shiftKey || altKey
}

export function withFrame(address, search) {
  const there = new URL(address)
  for (const [name, value] of new URLSearchParams(search))
    if (name.startsWith(FRAMED)) there.searchParams.append(name, value)
  return there.href
}
