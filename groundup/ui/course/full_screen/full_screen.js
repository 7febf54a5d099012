// The whole page on the whole screen: a browser lets nothing but a press do that. And the keys of a
// clicker, which press the page's own links to the sections before and after.

import { isShortcut, isTyping } from "../../components/shared/keyboard.js"

const LINKS = { PageUp: "present_before", PageDown: "present_after" }

export function mount({ parentElement }) {
  parentElement.querySelector("button").onclick = () => {
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen()
  }
  window.addEventListener("keydown", follow)
  return () => window.removeEventListener("keydown", follow)
}

function follow(event) {
  const link = document.querySelector(`.st-key-${LINKS[event.key]} a`)
  if (!link || event.repeat || isShortcut(event) || isTyping(event.composedPath()[0])) return
  event.preventDefault()
  link.click()
}
