// The dock lies over the foot of the page. What Tab comes to there is brought above it, or who types
// would not see where they are.

const DOCK = ".st-key-course_dock"
const EDGE = 8 // pixels between the control and the dock

export function keepAbove(event) {
  const [one] = event.composedPath()
  const [main, dock] = [".stMain", DOCK].map(css => document.querySelector(css))
  const isElsewhere = !main?.contains(event.target) || dock?.contains(event.target)
  if (!dock || isElsewhere || !one.matches(":focus-visible")) return
  // A browser brings it into the window first.
  requestAnimationFrame(() => main.scrollBy(0, hiddenBy(main, dock, one)))
}

// How far the page has to go; of what is higher than the room above the dock, its head is shown.
function hiddenBy(main, dock, one) {
  const [window, foot, box] = [main, dock, one].map(part => part.getBoundingClientRect())
  if (box.bottom <= foot.top) return 0
  const room = foot.top - window.top - 2 * EDGE
  const hidden = Math.min(box.bottom - foot.top, box.top - foot.top + room)
  return Math.max(0, hidden + EDGE)
}
