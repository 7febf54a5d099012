// The data and the curve that a model of many parameters draws through it: `scene.curves` holds
// its predictions at the data's own x for some of the epochs, `at` how many were complete then.

import { pair } from "../shared/axes.js"
import { floats } from "../shared/decoding.js"
import { node, shown } from "../shared/elements.js"
import { between, mixed } from "../shared/paths.js"
import { dataAxes, drawPoints } from "./data.js"

export function curvePanel(svg, scene) {
  const { x } = scene.data
  const { at } = scene.curves
  const area = dataAxes(svg, scene.data)
  drawPoints(area, scene.data)
  const line = node(area.plot, "polyline", { class: "line run-0 curve-now" })
  const curves = scene.curves.y.map(floats)
  return ([{ position }]) => {
    // The latest kept curve, on its way to the next one as far as the position is.
    const { before, after, part } = between(at, position)
    const known = curves.length > 0 && position >= at[0] && curves[before].every(Number.isFinite)
    shown(known, line)
    if (!known) return
    const heights = mixed(curves[before], curves[after], part)
    line.setAttribute("points", x.map((v, i) => pair(area.px(v), area.inY(heights[i]))).join(" "))
  }
}
