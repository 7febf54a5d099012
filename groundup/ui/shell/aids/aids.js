// Stands before every key of one letter, digit or sign, the app's own and Streamlit's: all of them
// listen on the document or the window, and what has the focus hears a key before. And sees to what
// Streamlit's elements lack: names of icons, and the keyboard's way into a table that scrolls.

import { nameOf } from "./icons.js"
import { isLost } from "./lost.js"

const ICONS = "[data-testid=stIconMaterial]"
const TABLES = "[data-testid=stTable] > div"
const SLIDERS = "[data-testid=stSlider]"

export function mount({ data }) {
  const hear = event => isLost(event, event.composedPath(), data.letters) && event.stopPropagation()
  document.documentElement.classList.toggle("no-letters", !data.letters)
  document.body.addEventListener("keydown", hear)
  const changes = new MutationObserver(mend)
  changes.observe(document.body, { childList: true, characterData: true, subtree: true })
  window.addEventListener("resize", mend)
  mend()
  return () => {
    document.body.removeEventListener("keydown", hear)
    window.removeEventListener("resize", mend)
    changes.disconnect()
  }
}

function mend() {
  document.querySelectorAll(ICONS).forEach(nameIcon)
  document.querySelectorAll(TABLES).forEach(openTable)
  document.querySelectorAll(SLIDERS).forEach(tellValue)
}

// The text of an icon is the word that its font draws as a picture.
function nameIcon(icon) {
  const name = nameOf(icon.textContent)
  if (icon.getAttribute("aria-label") === name) return
  icon.setAttribute("aria-label", name)
  icon.setAttribute("aria-hidden", String(!name))
}

// Not every browser lets Tab come to what scrolls.
function openTable(table) {
  if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0")
  else table.removeAttribute("tabindex")
}

// A slider over a list of values says the place of one in that list, where the value stands above it.
function tellValue(slider) {
  const values = slider.querySelectorAll("[data-testid=stSliderThumbValue]")
  slider.querySelectorAll("input").forEach((thumb, n) => {
    if (values[n]) thumb.setAttribute("aria-valuetext", values[n].textContent)
  })
}
