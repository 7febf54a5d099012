// Not every browser lets Tab come to what scrolls. Asked when Tab is pressed, for what a component
// draws within itself no observer of the page is told of.

const INTO = "a[href], button, input, select, textarea, summary, iframe, [tabindex]"
const SLACK = 4 // pixels that hide nothing
const opened = new WeakSet()

export function openScrolled(root = document) {
  for (const one of root.querySelectorAll("*")) {
    if (one.shadowRoot) openScrolled(one.shadowRoot)
    if (opened.has(one) || hidesSome(one)) turn(one)
  }
}

function turn(one) {
  const on = hidesSome(one) && scrolls(one) && !leadsInto(one)
  if (on) one.setAttribute("tabindex", "0")
  else if (opened.has(one)) one.removeAttribute("tabindex")
  if (on) opened.add(one)
  else opened.delete(one)
}

const hidesSome = one =>
  one.scrollWidth > one.clientWidth + SLACK || one.scrollHeight > one.clientHeight + SLACK

function scrolls(one) {
  const { overflowX, overflowY, visibility } = getComputedStyle(one)
  const by = (overflow, whole, seen) => /auto|scroll/.test(overflow) && whole > seen + SLACK
  if (visibility === "hidden") return false
  return (
    by(overflowX, one.scrollWidth, one.clientWidth) ||
    by(overflowY, one.scrollHeight, one.clientHeight)
  )
}

// Whether Tab comes to it already, or to something in it, which it then scrolls to.
function leadsInto(one) {
  if (!opened.has(one) && one.matches(INTO)) return true
  return (
    Boolean(one.querySelector(INTO)) || [...one.querySelectorAll("*")].some(part => part.shadowRoot)
  )
}
