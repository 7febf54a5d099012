// The keyboard: space plays and stops, the arrows move by one; Enter on the player itself tells its
// numbers to who does not see them.

import { isShortcut, isTyping } from "../shared/keyboard.js"

// What a key means something to by itself: it is pressed, moved, opened or scrolled with it.
const OTHERS =
  "button, a, summary, canvas, [role=list], [role=slider], [role=tab], [role=radio], [role=grid], " +
  "[role=region], [role=listbox], [role=combobox], [role=menu]"

// Calls the action that a key stands for, of { toggle, back, forward, tell }; gives back what ends
// it.
export function listen(root, actions) {
  const onKey = event => {
    const target = event.composedPath()[0]
    if (isElsewhere(event, target, root)) return
    const action =
      actions[target === root ? meaningHere(event.key) : meaning(event.key, target.tagName)]
    if (!action) return
    action()
    event.preventDefault()
  }
  window.addEventListener("keydown", onKey)
  return () => window.removeEventListener("keydown", onKey)
}

// What a key asks for; a space on a button presses that button.
export function meaning(key, tag) {
  if (key === " ") return tag === "BUTTON" ? undefined : "toggle"
  return { ArrowLeft: "back", ArrowRight: "forward" }[key]
}

const meaningHere = key => (key === "Enter" ? "tell" : meaning(key))

// Whether a key belongs to something else: a field, a shortcut, or a control outside the player.
export function isElsewhere(event, target, root) {
  if (isShortcut(event) || isTyping(target)) return true
  return Boolean(!root.contains(target) && target.closest?.(OTHERS))
}
