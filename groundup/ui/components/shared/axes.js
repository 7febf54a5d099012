// A drawing area with two axes, in plain SVG.

import { node } from "./elements.js"
import { format, linearTicks, logTicks } from "./numbers.js"

// Right of the frame.
const MARGIN = 8

let clips = 0

// Axes over `svg`: x and y are {low, high, log, name}; `whole` puts a tick at each whole x. Gives
// back scales px/py, the same with what lies far outside the frame brought near (inX/inY), their
// inverses toX/toY, and `plot`, a group that is clipped to the frame.
export function axes(svg, x, y) {
  svg.replaceChildren()
  // To the fraction of a pixel: else letters are not drawn in the size that they have.
  const seen = svg.getBoundingClientRect?.()
  const width = seen?.width || 300
  const height = seen?.height || 180
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  // The labels' room grows with their type.
  const type = typeOf(svg)
  const box = { left: 44 * type, top: 6, right: width - MARGIN, bottom: height - 30 * type }
  const px = scale(x, box.left, box.right)
  const py = scale(y, box.bottom, box.top)
  drawTicksOfX(svg, box, px, x)
  drawTicksOfY(svg, box, py, y)
  drawNames(svg, box, x.name, y.name)
  const plot = clipped(svg, box)
  node(svg, "rect", { class: "frame", ...sizes(box) })
  return { svg, plot, box, px, py, ...nearby(box, px, py), ...inverses(box, x, y) }
}

// How many times larger than usual the type in drawings is.
export const typeOf = svg =>
  (Number.parseFloat(globalThis.getComputedStyle?.(svg).getPropertyValue("--drawn")) || 12) / 12

function nearby({ left, right, top, bottom }, px, py) {
  return { inX: v => near(px(v), left, right), inY: v => near(py(v), top, bottom) }
}

function inverses({ left, right, top, bottom }, x, y) {
  return { toX: linear(left, right, x.low, x.high), toY: linear(bottom, top, y.low, y.high) }
}

const linear = (from, to, low, high) => v => low + ((v - from) / (to - from)) * (high - low)

// The axes x and y of a view, [lowest x, highest x, lowest y, highest y].
export function axesOver(svg, [lowX, highX, lowY, highY], [xName, yName]) {
  const x = { low: lowX, high: highX, name: xName }
  const y = { low: lowY, high: highY, name: yName }
  return axes(svg, x, y)
}

// From an axis's numbers to pixels.
export function scale(axis, from, to) {
  const f = axis.log ? Math.log10 : v => v
  const low = f(axis.low)
  const span = f(axis.high) - low || 1
  return v => from + ((f(v) - low) / span) * (to - from)
}

function drawTicksOfX(svg, { left, top, right, bottom }, px, { low, high, whole }) {
  const count = whole ? Math.ceil(high - low) : Math.max(2, (right - left) / 70)
  for (const t of linearTicks(low, high, count)) {
    node(svg, "line", { class: "grid", x1: px(t), x2: px(t), y1: top, y2: bottom })
    const x = Math.min(px(t), right + MARGIN - wide(svg, t) / 2)
    drawLabel(svg, t, { x, y: bottom + 13 * typeOf(svg), "text-anchor": "middle" })
  }
}

function drawTicksOfY(svg, { left, top, right, bottom }, py, { low, high, log }) {
  const count = Math.max(2, (bottom - top) / 38)
  for (const t of (log ? logTicks : linearTicks)(low, high, count)) {
    node(svg, "line", { class: "grid", x1: left, x2: right, y1: py(t), y2: py(t) })
    drawLabel(svg, t, { x: left - 5, y: py(t) + 4, "text-anchor": "end" })
  }
}

// About as wide as a label is drawn: the last one of an axis must not be cut at the picture's edge.
const wide = (svg, value) => 7 * typeOf(svg) * format(value).length

function drawLabel(svg, value, place) {
  node(node(svg, "g", { class: "tick" }), "text", place).textContent = format(value)
}

function drawNames(svg, { left, right, top, bottom }, xName, yName) {
  const [x, y] = [(left + right) / 2, bottom + 27 * typeOf(svg)]
  const below = node(svg, "text", { class: "axis-name", x, y, "text-anchor": "middle" })
  below.textContent = xName
  node(svg, "text", { class: "axis-name", x: 4, y: top + 10 * typeOf(svg) }).textContent = yName
}

function clipped(svg, box) {
  const id = `groundup-clip-${++clips}`
  node(node(svg, "clipPath", { id }), "rect", sizes(box))
  return node(svg, "g", { "clip-path": `url(#${id})` })
}

const sizes = ({ left, top, right, bottom }) => {
  return { x: left, y: top, width: right - left, height: bottom - top }
}

// SVG misdraws coordinates of 1e30; far outside the frame is far enough.
export function near(value, low, high) {
  const room = 4 * Math.abs(high - low)
  return Math.min(Math.max(value, low - room), high + room)
}

// The numbers of the place under the pointer.
export function placeAt({ svg, toX, toY }, event) {
  const frame = svg.getBoundingClientRect()
  return [toX(event.clientX - frame.left), toY(event.clientY - frame.top)]
}

export const pair = (x, y) => `${x.toFixed(1)},${y.toFixed(1)}`
