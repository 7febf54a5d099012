// What a component says by itself is kept while a pressed link, or Back, leads to another page.
// Streamlit sends each message with the page it was said on, and goes back there: said between the
// press and the page, it would take the press back.

// In milliseconds: how long a press may lead away, and how often is looked whether it does.
const PATIENCE = 3000
const AGAIN = 50
const DRAWN = ".course-path" // says which page is drawn

// Each component has this module for itself, and all of them one press.
globalThis.groundup ??= {}
globalThis.groundup.pressed ??= watched({ from: null, until: 0 })
const { pressed } = globalThis.groundup

function watched(press) {
  const note = from => Object.assign(press, { from, until: Date.now() + PATIENCE })
  const hear = globalThis.addEventListener ?? (() => {})
  hear("click", event => leads(event) && note(location.href), true)
  // A link of the path, Back and Forward: the address is another one at once.
  hear("popstate", () => note(null))
  return press
}

// A link that opens beside this page, or that stays where it is, leads nowhere.
export function leads(event) {
  const link = event.target?.closest?.("a[href]")
  const isBeside = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === "_blank"
  return Boolean(link) && !isBeside && link.href !== location.href
}

// Calls `say`, now or once nothing leads away. Gives back what lets it go unsaid.
export function sayUnasked(say) {
  if (Date.now() > pressed.until || !isOnItsWay()) {
    say()
    return () => {}
  }
  let rest = () => {}
  const again = setTimeout(() => (rest = sayUnasked(say)), AGAIN)
  return () => {
    clearTimeout(again)
    rest()
  }
}

// Either the address is still the old one, or the page is.
function isOnItsWay() {
  const drawn = document.querySelector(DRAWN)?.dataset.page
  const address = location.pathname.split("/").pop()
  return location.href === pressed.from || (drawn !== undefined && drawn !== address)
}
