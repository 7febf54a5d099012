// Stands before every key of one letter, digit or sign, the app's own and Streamlit's: all of them
// listen on the document or the window, and what has the focus hears a key before. And sees to what
// Streamlit's elements lack: names of icons, the keyboard's way into what scrolls, a place for the
// focus where what had it is gone, and one above the dock.

import { keepAbove } from "./above.js"
import { Focus } from "./focus.js"
import { nameOf } from "./icons.js"
import { lead } from "./links.js"
import { isLost } from "./lost.js"
import { openScrolled } from "./scrolled.js"

const ICONS = "[data-testid=stIconMaterial]"
const SLIDERS = "[data-testid=stSlider]"

export function mount({ data }) {
  const focus = new Focus()
  const hear = event => {
    if (isLost(event, event.composedPath(), data.letters)) event.stopPropagation()
    else if (event.key === "Tab") openScrolled()
  }
  document.documentElement.classList.toggle("no-letters", !data.letters)
  document.body.addEventListener("keydown", hear)
  document.body.addEventListener("focusin", keepAbove)
  document.body.addEventListener("click", lead)
  const changes = new MutationObserver(() => mend(focus))
  changes.observe(document.body, { childList: true, characterData: true, subtree: true })
  mend(focus)
  return () => {
    document.body.removeEventListener("keydown", hear)
    document.body.removeEventListener("focusin", keepAbove)
    document.body.removeEventListener("click", lead)
    changes.disconnect()
    focus.end()
  }
}

function mend(focus) {
  lightenOrDarken(document.documentElement)
  document.querySelectorAll(ICONS).forEach(nameIcon)
  document.querySelectorAll(SLIDERS).forEach(tellValue)
  focus.changed()
}

// What opens over the page stands beside it in the document, and is as light or dark.
function lightenOrDarken({ style }) {
  const app = document.querySelector(".stApp")
  if (!app) return // between two pages there is none
  const { colorScheme } = getComputedStyle(app)
  if (style.colorScheme !== colorScheme) style.colorScheme = colorScheme
}

// The text of an icon is the word that its font draws as a picture.
function nameIcon(icon) {
  const name = nameOf(icon.textContent)
  if (icon.getAttribute("aria-label") === name) return
  icon.setAttribute("aria-label", name)
  icon.setAttribute("aria-hidden", String(!name))
}

// A slider over a list of values says the place of one in that list, where the value stands above it.
function tellValue(slider) {
  const values = slider.querySelectorAll("[data-testid=stSliderThumbValue]")
  slider.querySelectorAll("input").forEach((thumb, n) => {
    if (values[n]) thumb.setAttribute("aria-valuetext", values[n].textContent)
  })
}
