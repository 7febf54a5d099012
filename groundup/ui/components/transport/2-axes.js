// A drawing area with two axes, in plain SVG.

const SVG = "http://www.w3.org/2000/svg"

function node(parent, name, attributes = {}) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  parent.appendChild(element)
  return element
}

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
}

let clips = 0

// Axes over `svg`: x and y are {low, high, log, name}; `whole` puts a tick at each whole x. Gives back scales px/py, their inverse for
// x, and `plot`, a group that is clipped to the frame.
function axes(svg, x, y) {
  svg.replaceChildren()
  const width = svg.clientWidth || 300
  const height = svg.clientHeight || 180
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  const box = { left: 44, top: 6, right: width - 8, bottom: height - 30 }
  const scale = (axis, from, to) => {
    const f = axis.log ? Math.log10 : v => v
    const low = f(axis.low)
    const span = f(axis.high) - low || 1
    return v => from + ((f(v) - low) / span) * (to - from)
  }
  const px = scale(x, box.left, box.right)
  const py = scale(y, box.bottom, box.top)
  const xCount = x.whole ? Math.ceil(x.high - x.low) : Math.max(2, (box.right - box.left) / 70)
  const xTicks = linearTicks(x.low, x.high, xCount)
  const yCount = Math.max(2, (box.bottom - box.top) / 38)
  const yTicks = y.log ? logTicks(y.low, y.high, yCount) : linearTicks(y.low, y.high, yCount)
  for (const t of xTicks) {
    node(svg, "line", { class: "grid", x1: px(t), x2: px(t), y1: box.top, y2: box.bottom })
    const tick = node(svg, "g", { class: "tick" })
    const label = node(tick, "text", { x: px(t), y: box.bottom + 13, "text-anchor": "middle" })
    label.textContent = format(t)
  }
  for (const t of yTicks) {
    node(svg, "line", { class: "grid", x1: box.left, x2: box.right, y1: py(t), y2: py(t) })
    const tick = node(svg, "g", { class: "tick" })
    const label = node(tick, "text", { x: box.left - 5, y: py(t) + 4, "text-anchor": "end" })
    label.textContent = format(t)
  }
  const xName = node(svg, "text", {
    class: "axis-name", x: (box.left + box.right) / 2, y: height - 3, "text-anchor": "middle",
  })
  xName.textContent = x.name
  const yName = node(svg, "text", { class: "axis-name", x: 4, y: box.top + 10 })
  yName.textContent = y.name
  const id = `groundup-clip-${++clips}`
  const clip = node(svg, "clipPath", { id })
  node(clip, "rect", {
    x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top,
  })
  const plot = node(svg, "g", { "clip-path": `url(#${id})` })
  node(svg, "rect", {
    class: "frame", x: box.left, y: box.top,
    width: box.right - box.left, height: box.bottom - box.top,
  })
  const toX = pixel => x.low + ((pixel - box.left) / (box.right - box.left)) * (x.high - x.low)
  return { svg, plot, box, px, py, toX }
}

// SVG misdraws coordinates of 1e30; far outside the frame is far enough.
function near(value, low, high) {
  const room = 4 * Math.abs(high - low)
  return Math.min(Math.max(value, low - room), high + room)
}
