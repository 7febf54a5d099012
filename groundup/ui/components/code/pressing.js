// A button of the page itself that goes on by a statement, and its key: with the steps open, the
// browser does what it asks, and the server hears nothing of it.

import { isShortcut, isTyping } from "../shared/keyboard.js"

// Calls `act` before anybody else hears of a press of the button `name()`, or of the key `letter`;
// where it gives back true the press is answered. Gives back what ends it.
export function onPress(name, letter, act) {
  const hear = event => {
    if (!name() || !(event.type === "click" ? isOn(event, name()) : isKey(event, letter))) return
    if (!act()) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  for (const type of ["click", "keydown"]) window.addEventListener(type, hear, true)
  return () => {
    for (const type of ["click", "keydown"]) window.removeEventListener(type, hear, true)
  }
}

const isOn = (event, name) => Boolean(event.target.closest?.(`.st-key-${name} button`))

function isKey(event, letter) {
  const isFree = !isShortcut(event) && !isTyping(event.composedPath()[0])
  return isFree && !event.repeat && event.key.toLowerCase() === letter
}
