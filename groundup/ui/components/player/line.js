// The data, the line w·x + b, and the residuals between them.

import { node, set, shown } from "../shared/elements.js"
import { dataAxes, drawPoints } from "./data.js"

export function linePanel(svg, scene) {
  const area = dataAxes(svg, scene.data)
  const { plot, px, lowX, highX } = area
  const residuals = scene.runs.map((_, i) => node(plot, "path", { class: `residuals run-${i}` }))
  drawPoints(area, scene.data)
  const ends = { x1: px(lowX), x2: px(highX) }
  const lines = scene.runs.map((_, i) => node(plot, "line", { class: `line run-${i}`, ...ends }))
  const move = mover(area, scene.data)
  return states => states.forEach((state, i) => move(state, lines[i], residuals[i]))
}

function mover({ px, py, inY, lowX, highX }, { x, y }) {
  return ({ w, b }, line, residuals) => {
    const known = Number.isFinite(w) && Number.isFinite(b)
    shown(known, line, residuals)
    if (!known) return
    set(line, { y1: inY(w * lowX + b), y2: inY(w * highX + b) })
    let d = ""
    for (let k = 0; k < x.length; k++) {
      d += `M${px(x[k]).toFixed(1)} ${py(y[k]).toFixed(1)}V${inY(w * x[k] + b).toFixed(1)}`
    }
    residuals.setAttribute("d", d)
  }
}
