// What Page Down presses on the page itself before it leads on: a moment of a plan names buttons by
// what stands on them, so that a clicker alone steps and trains.

const held = new WeakMap()

// How far the moment `stop` is, whose buttons are `press`; one that is come back to is done.
export function reached(element, { stop = "", press = [] }, isBack) {
  const before = held.get(element)
  if (before?.stop === stop) return before
  const now = { stop, press, count: isBack ? press.length : 0 }
  held.set(element, now)
  return now
}

export function told({ press, count }) {
  const name = press[count]
  if (!name) return ""
  let first = count
  while (press[first - 1] === name) first--
  let end = count
  while (press[end] === name) end++
  const many = end - first
  return `Page Down: ${name}${many > 1 ? `, ${count - first + 1} of ${many}` : ""}`
}

// The button or the switch that says `name`, in whatever it is drawn.
export function named(name, root) {
  for (const one of root.querySelectorAll("*")) {
    if (one.matches("button, label") && says(one) === name && one.checkVisibility()) return one
    const within = one.shadowRoot && named(name, one.shadowRoot)
    if (within) return within
  }
  return null
}

// Streamlit's have a sign and a key beside their words.
function says(button) {
  const words = button.querySelector('[data-testid="stMarkdownContainer"]') ?? button
  return words.textContent.trim()
}
