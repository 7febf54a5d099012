// Tells every picture and code how much room there is down to the dock (`--room`, in px), each time
// the page is another: what stands above it is not known to any style sheet. How a part uses its
// room is said in its own CSS.

import { markParts } from "./parts.js"
import { roomFor } from "./room.js"

const FIGURES = ".stPlotlyChart, .stGraphVizChart"
const PARTS = `${FIGURES}, .stBidiComponent, .tensor-cards`
const FEET = ".st-key-course_dock, .st-key-frame_shown"
const NARROW = "(max-width: 1100px)"

let asked = 0
let narrow = null

export function mount() {
  shutNarrowSidebar()
  const main = document.querySelector(".stMain")
  if (!main) return () => {}
  const ask = () => {
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => measure(main, sizes))
  }
  const sizes = new ResizeObserver(ask)
  for (const one of [main, main.firstElementChild]) if (one) sizes.observe(one)
  const changes = new MutationObserver(ask)
  changes.observe(main, { childList: true, subtree: true })
  ask()
  return () => {
    sizes.disconnect()
    changes.disconnect()
    cancelAnimationFrame(asked)
  }
}

const height = one => one.offsetHeight

// What a component draws in its own root is no change of the page: its size tells that it came.
function measure(main, sizes) {
  markParts(main)
  const head = main.getBoundingClientRect().top - main.scrollTop
  const foot = window.innerHeight - Math.max(...[...document.querySelectorAll(FEET)].map(height), 0)
  for (const part of main.querySelectorAll(PARTS)) {
    if (part.closest(".st-key-course_dock")) continue
    sizes.observe(part)
    const holder = part.closest(".stElementContainer") ?? part
    const room = roomFor(holder.getBoundingClientRect().top - head, foot)
    if (holder.style.getPropertyValue("--room") !== `${room}px`) {
      holder.style.setProperty("--room", `${room}px`)
    }
  }
}

// Where page and sidebar do not fit side by side the page has the window; a press opens the path. That
// is for the beginning of a visit, and when a window becomes so narrow (as by the browser's zoom):
// then the learner chooses.
function shutNarrowSidebar() {
  if (narrow) return
  narrow = window.matchMedia(NARROW)
  narrow.addEventListener("change", shut)
  shut(narrow)
}

function shut({ matches }) {
  if (!matches) return
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
}
