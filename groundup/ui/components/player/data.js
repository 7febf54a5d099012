// The examples, and axes around them with some room for a line.

import { axesOver } from "../shared/axes.js"
import { node } from "../shared/elements.js"
import { finiteRange } from "../shared/numbers.js"

export function dataAxes(svg, { x, y }, room = 0.18) {
  const [lowX, highX] = padded(finiteRange(x), 0.06)
  const view = [lowX, highX, ...padded(finiteRange(y), room)]
  return { ...axesOver(svg, view, ["x", "y"]), lowX, highX }
}

export function drawPoints({ plot, px, py }, { x, y }) {
  const r = x.length > 150 ? 2.2 : 3.2
  return x.map((_, i) => node(plot, "circle", { class: "point", cx: px(x[i]), cy: py(y[i]), r }))
}

function padded([low, high], share) {
  const room = (high - low || 1) * share
  return [low - room, high + room]
}
