// The table of named parameters: its numbers are those after so many epochs, each beside its course.

import { pair, scale } from "../../components/shared/axes.js"
import { make, node, set, shown } from "../../components/shared/elements.js"
import { finiteRange, format } from "../../components/shared/numbers.js"

const WIDTH = 52
const HEIGHT = 22

export function tablePanel(body, scene) {
  body.replaceChildren()
  const amounts = scene.rows.flatMap(row => drawRow(body, row, scene.epochs))
  return ([{ complete }]) => {
    for (const { values, cell, move } of amounts) {
      // A parameter without a gradient has none, which is not a number.
      const value = values[complete]
      cell.textContent = Number.isNaN(value) ? "None" : format(value)
      move(complete)
    }
  }
}

// What moves in a row: its norm and its gradient's norm.
function drawRow(body, row, epochs) {
  const line = body.appendChild(make("tr"))
  for (const name of ["name", "shape", "count", "learns"]) line.append(make("td", name, row[name]))
  return [row.norms, row.grads].map(values => {
    const cell = line.appendChild(make("td", "amount"))
    return { values, cell, move: drawCourse(line.appendChild(make("td", "spark")), values, epochs) }
  })
}

// The course of one number over the epochs, to a scale of its own, and a dot where it is now.
function drawCourse(parent, values, epochs) {
  const svg = node(parent, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" })
  const [low, high] = finiteRange(values)
  const x = scale({ low: 0, high: Math.max(epochs, 1) }, 3, WIDTH - 3)
  const y = high > low ? scale({ low, high }, HEIGHT - 3, 3) : () => HEIGHT / 2
  const points = Array.from(values, (v, n) => [v, pair(x(n), y(v))])
  const finite = points.filter(([v]) => Number.isFinite(v)).map(([, point]) => point)
  node(svg, "polyline", { class: "course", points: finite.join(" ") })
  const dot = node(svg, "circle", { class: "place", r: 3 })
  return complete => {
    const isKnown = Number.isFinite(values[complete])
    shown(isKnown, dot)
    if (isKnown) set(dot, { cx: x(complete), cy: y(values[complete]) })
  }
}
