// What the network answers everywhere, under the examples: filled circles and squares are those it
// learns from, hollow ones are kept for the test.

import { axes, axesOver, pair } from "../../components/shared/axes.js"
import { classColours, fitTo } from "../../components/shared/colours.js"
import { node, shown } from "../../components/shared/elements.js"
import { mixedFrame } from "./recording.js"
import { boundary, shade } from "./shading.js"

const FINE = 128

export function fieldPanel(stack, scene) {
  const [canvas, svg] = [stack.querySelector("canvas"), stack.querySelector("svg")]
  const isCurve = scene.kind === "curve"
  shown(!isCurve, canvas)
  return isCurve ? fittedCurve(svg, scene) : plane(canvas, svg, scene)
}

function fittedCurve(svg, scene) {
  const [low, high] = scene.view
  const area = axesOver(svg, scene.view, ["x", "y"])
  drawExamples(area, scene, scene.points.y, () => "number")
  const line = node(area.plot, "polyline", { class: "fitted" })
  return ([state]) => {
    const heights = mixedFrame(state.frames.field, state)
    const across = i => area.px(low + (i / (heights.length - 1)) * (high - low))
    const places = Array.from(heights, (v, i) =>
      Number.isFinite(v) ? pair(across(i), area.inY(v)) : "",
    )
    line.setAttribute("points", places.join(" "))
  }
}

function plane(canvas, svg, scene) {
  const [low, high, lowest, highest] = scene.view
  const area = axes(svg, { low, high, name: "x₁" }, { low, high, name: "x₂" })
  const paint = painter(canvas, area, scene.side)
  const line = node(area.plot, "path", { class: "boundary" })
  const middle = (lowest + highest) / 2
  drawExamples(area, scene, scene.points.x2, y => (y > middle ? "one" : "zero"))
  const step = (high - low) / (scene.side - 1)
  const place = (column, row) => {
    return `${area.px(low + column * step).toFixed(1)} ${area.py(high - row * step).toFixed(1)}`
  }
  return ([state]) => {
    const field = mixedFrame(state.frames.field, state)
    paint(field)
    line.setAttribute("d", boundary(field, scene.side, place))
  }
}

function painter(canvas, { box }, side) {
  fitTo(canvas, box)
  canvas.width = FINE
  canvas.height = FINE
  const context = canvas.getContext("2d")
  const image = context.createImageData(FINE, FINE)
  const colours = classColours(canvas)
  const all = { left: 0, top: 0, width: FINE, height: FINE }
  return field => {
    shade(image, all, colours, field, side, side)
    context.putImageData(image, 0, 0)
  }
}

function drawExamples({ plot, px, py }, { points: { x, y, test } }, heights, kind) {
  const r = x.length > 300 ? 2.2 : 3
  const shapes = {}
  for (let i = 0; i < x.length; i++) {
    const name = `${kind(y[i])}${test[i] ? " test" : ""}`
    // Class 1 is square, so that the two differ in more than colour.
    const mark = name.startsWith("one") ? square : circle
    shapes[name] = (shapes[name] ?? "") + mark(px(x[i]), py(heights[i]), r)
  }
  for (const [name, d] of Object.entries(shapes))
    node(plot, "path", { class: `example ${name}`, d })
}

const square = (x, y, r) => {
  return `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}h${2 * r}v${2 * r}h${-2 * r}z`
}

const circle = (x, y, r) => {
  const ways = `a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}${ways}`
}
