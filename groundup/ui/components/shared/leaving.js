// What a component says by itself is kept while a pressed link leads to another page. Streamlit
// sends each message with the page it was said on, and goes back there: said between the press and
// the page, it would take the press back.

// In milliseconds: how long a link may lead away, and how often is looked whether it does.
const PATIENCE = 3000
const AGAIN = 50

// Each component has this module for itself, and all of them one press.
globalThis.groundup ??= {}
globalThis.groundup.pressed ??= watched({ from: null, until: 0 })
const { pressed } = globalThis.groundup

function watched(press) {
  const note = event => {
    if (leads(event)) Object.assign(press, { from: location.href, until: Date.now() + PATIENCE })
  }
  globalThis.addEventListener?.("click", note, true)
  return press
}

// A link that opens beside this page, or that stays where it is, leads nowhere.
export function leads(event) {
  const link = event.target?.closest?.("a[href]")
  const isBeside = event.ctrlKey || event.metaKey || event.shiftKey || link?.target === "_blank"
  return Boolean(link) && !isBeside && link.href !== location.href
}

// Calls `say`, now or once no link leads away. Gives back what lets it go unsaid.
export function sayUnasked(say) {
  if (Date.now() > pressed.until || location.href !== pressed.from) {
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
