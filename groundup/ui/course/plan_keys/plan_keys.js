// Page Up and Page Down, which a clicker sends too, turn a plan's pages: they press its links.

const LINKS = { PageUp: ".st-key-plan_back a", PageDown: ".st-key-plan_next a" }
const FIELDS = "input, textarea, select, [contenteditable], dialog, [role=dialog], [role=listbox]"

// A key in a field, or with another key held, is not the plan's.
export const isTaken = ({ ctrlKey, altKey, metaKey, shiftKey }, focus) =>
  ctrlKey || altKey || metaKey || shiftKey || Boolean(focus?.closest?.(FIELDS))

export function mount() {
  // Before a player's own Page Down: while a plan is given, the moment is what a clicker turns.
  document.addEventListener("keydown", turn, { capture: true })
  for (const [key, link] of Object.entries(LINKS))
    document.querySelector(link)?.setAttribute("aria-keyshortcuts", key)
  return () => document.removeEventListener("keydown", turn, { capture: true })
}

function turn(event) {
  const link = document.querySelector(LINKS[event.key] ?? "none")
  if (!link || isTaken(event, event.composedPath()[0])) return
  event.preventDefault()
  event.stopPropagation()
  if (!event.repeat && link.getAttribute("aria-disabled") !== "true") link.click()
}
