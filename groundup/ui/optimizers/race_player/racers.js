// One button a racer: how it is drawn, its name, its loss; pressed, it is looked into.

import { make, node, shape } from "../../components/shared/elements.js"
import { format } from "../../components/shared/numbers.js"

export const MARKS = {
  circle: "M-4.6 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0 -9.2 0Z",
  square: "M-4.2 -4.2H4.2V4.2H-4.2Z",
  triangle: "M0 -5.6L5.4 4.2H-5.4Z",
  diamond: "M0 -6L6 0L0 6L-6 0Z",
  cross: "M-5.4 -1.9H-1.9V-5.4H1.9V-1.9H5.4V1.9H1.9V5.4H-1.9V1.9H-5.4Z",
}

export function racersPanel(list, { runs, watched }, onWatch) {
  const buttons = runs.map((run, i) => racer(run, i, run.name === watched, onWatch))
  list.replaceChildren(
    ...buttons.map(button => {
      const item = make("li")
      item.append(button)
      return item
    }),
  )
  return states =>
    buttons.forEach((button, i) => {
      const { complete } = states[i]
      button.lastChild.textContent = complete ? format(runs[i].loss[complete - 1], 3) : "—"
    })
}

function racer(run, i, isWatched, onWatch) {
  const button = make("button")
  button.type = "button"
  button.title = `Look inside ${run.name}`
  button.setAttribute("aria-pressed", String(isWatched))
  button.onclick = () => onWatch(run.name)
  button.append(sample(run, i), run.name, make("span", "value"))
  return button
}

function sample({ marker }, i) {
  const svg = shape("svg", { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true" })
  node(svg, "line", { class: `path run-${i}`, x1: 0, x2: 34, y1: 7, y2: 7 })
  node(svg, "path", { class: `mark run-${i}`, d: MARKS[marker], transform: "translate(17 7)" })
  return svg
}

// How each racer looks, from Python's palette: the panels know them by number.
export function dress(root, { runs }) {
  runs.forEach((run, i) => {
    root.style.setProperty(`--colour-${i}`, run.colour)
    root.style.setProperty(`--dash-${i}`, run.dash || "none")
  })
}
