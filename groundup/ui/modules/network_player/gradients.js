// The gradient's norm in each layer, as bars.

import { axes } from "../../components/shared/axes.js"
import { node, set, shown } from "../../components/shared/elements.js"
import { brief, finiteRange } from "../../components/shared/numbers.js"

export function gradientsPanel(svg, { frames, hidden }) {
  const layers = hidden.length + 1
  const y = normAxis(frames.gradients)
  const area = axes(svg, { low: 0.4, high: layers + 0.6, name: "layer", whole: true }, y)
  const { left, right } = area.box
  const half = Math.min(18, ((right - left) / (layers + 0.2)) * 0.32)
  const bars = Array.from({ length: layers }, (_, n) => ({
    x: area.px(n + 1),
    half,
    bar: node(area.plot, "rect", { class: "bar", width: 2 * half }),
    value: node(area.plot, "text", { class: "bar-value" }),
  }))
  // Gradients are those of the latest step, so the first frame has none, and nothing glides.
  return ([{ before }]) => {
    const norms = frames.gradients[before]
    bars.forEach((one, n) => moveBar(area, one, norms[n], y.low))
    bars.forEach(({ value }, n) => (value.textContent = written(norms[n], layers > 4 ? 1 : 2)))
  }
}

function normAxis(gradients) {
  const seen = gradients.flatMap(norms => Array.from(norms)).filter(v => v > 0)
  const [low, high] = finiteRange(seen)
  const floor = Math.max(low / 3, high * 1e-12)
  return { low: floor, high: Math.max(high * 3, floor * 100), log: true, name: "" }
}

function moveBar({ py, box }, { x, half, bar, value }, norm, floor) {
  const isSeen = norm > 0
  shown(isSeen, bar)
  const top = isSeen ? Math.min(py(Math.max(norm, floor)), box.bottom - 1) : box.bottom
  set(bar, { x: x - half, y: top, height: box.bottom - top })
  set(value, { x, y: Math.max(top - 4, box.top + 11) })
}

function written(norm, digits) {
  if (norm === undefined) return ""
  return norm === 0 ? "0" : brief(norm, digits)
}
