// Rings of equal loss over (w, b), the path so far, and the way downhill at the latest step.

import { axesOver, pair, placeAt } from "../shared/axes.js"
import { aim, node, set, shown } from "../shared/elements.js"
import { finiteRange } from "../shared/numbers.js"
import { plus } from "../shared/paths.js"

export function surfacePanel(svg, scene, onPlace) {
  const area = surfaceAxes(svg, scene.surface)
  drawRings(area, scene.surface.rings)
  const runs = scene.runs.map((run, i) => drawRun(area, run, i))
  drawOptimum(area, scene.surface.optimum)
  // By hand: a click is a place.
  svg.classList.toggle("pick", Boolean(scene.pick))
  svg.onclick = scene.pick ? event => onPlace(placeAt(area, event)) : null
  const moveGhost = ghost(area, scene.hand?.next)
  return states => {
    moveGhost(states[0])
    states.forEach((state, i) => moveRun(area, runs[i], state))
  }
}

// Axes over w and b, with how many pixels a unit of each takes.
function surfaceAxes(svg, { view }) {
  const [lowW, highW, lowB, highB] = view
  const area = axesOver(svg, view, ["w", "b"])
  const { left, right, top, bottom } = area.box
  const perW = (right - left) / (highW - lowW)
  const perB = (top - bottom) / (highB - lowB)
  return { ...area, perW, perB }
}

// Each ring is an ellipse by its middle and its two half axes.
function drawRings({ plot, px, py, perW, perB }, rings) {
  for (const [w, b, uw, ub, vw, vb] of rings) {
    const matrix = [uw * perW, ub * perB, vw * perW, vb * perB, px(w), py(b)]
    node(plot, "circle", { class: "ring", r: 1, transform: `matrix(${matrix})` })
  }
}

// Over the paths, which may be dense around it.
function drawOptimum({ plot, px, py }, [w, b]) {
  node(plot, "path", { class: "optimum", d: plus(px(w), py(b), 5) })
}

function drawRun(area, run, i) {
  const { plot, perW, perB } = area
  const { gw, gb, every } = run.track
  const sizes = Array.from(gw, (g, n) => Math.hypot(g * perW, gb[n] * perB))
  return {
    ...run.track,
    start: run.start,
    places: placesOf(area, run),
    steepest: finiteRange(sizes)[1],
    path: node(plot, "polyline", { class: `path run-${i}${every < 1 ? " fine" : ""}` }),
    from: node(plot, "circle", { class: "step-from", r: 5 }),
    shaft: node(plot, "line", { class: "downhill" }),
    head: node(plot, "path", { class: "downhill-head", d: "M7 0L-2 4V-4Z" }),
    dot: node(plot, "circle", { class: `dot run-${i}`, r: 5 }),
  }
}

function placesOf({ inX, inY }, { start, track: { w, b } }) {
  const places = [pair(inX(start[0]), inY(start[1]))]
  for (let n = 0; n < w.length; n++) {
    if (!Number.isFinite(w[n]) || !Number.isFinite(b[n])) break
    places.push(pair(inX(w[n]), inY(b[n])))
  }
  return places
}

function moveRun(area, run, state) {
  const { w, b, passed } = state
  const { inX, inY } = area
  const known = Number.isFinite(w) && Number.isFinite(b)
  shown(known, run.dot)
  const soFar = run.places.slice(0, Math.min(passed, run.places.length - 1) + 1)
  run.path.setAttribute("points", `${soFar.join(" ")} ${known ? pair(inX(w), inY(b)) : ""}`)
  if (known) set(run.dot, { cx: inX(w), cy: inY(b) })
  moveArrow(area, run, arrowOf(run, state))
}

// Where the next step begins, and the gradient there: as it was recorded, or, where a text is walked
// through, as the text holds it, and where it was computed.
export function arrowOf(run, { passed, gradient = [NaN, NaN], arrow }) {
  if (arrow !== undefined) return arrow
  const slope = passed < run.gw.length ? [run.gw[passed], run.gb[passed]] : gradient
  const from = passed > 0 ? [run.w[passed - 1], run.b[passed - 1]] : run.start
  return { from, slope, isOld: false }
}

// Along the negative of the gradient. A tenth of the steepest one still has half the arrow, or all
// but the first few steps would show none.
function moveArrow({ perW, perB, inX, inY }, run, arrow) {
  const [gw, gb] = arrow?.slope ?? [NaN, NaN]
  const downhill = [-gw * perW, -gb * perB]
  const length = Math.hypot(...downhill)
  const pixels = Math.min(36 * (length / run.steepest) ** 0.3, 54)
  const isSeen = Number.isFinite(pixels) && pixels > 5
  shown(isSeen, run.from, run.shaft, run.head)
  if (!isSeen) return
  const [cx, cy] = [inX(arrow.from[0]), inY(arrow.from[1])]
  const [dx, dy] = downhill.map(g => (g / length) * pixels)
  for (const part of [run.from, run.shaft, run.head]) part.classList.toggle("old", arrow.isOld)
  set(run.from, { cx, cy })
  set(run.shaft, { x1: cx, y1: cy, x2: cx + dx, y2: cy + dy })
  aim(run.head, cx + dx, cy + dy, dx, dy)
}

// By hand: the dashed arrow is gradient descent's own next step.
function ghost({ plot, inX, inY }, next = []) {
  const line = node(plot, "line", { class: "ghost" })
  const head = node(plot, "path", { class: "ghost-head", d: "M7 0L-3 5V-5Z" })
  return ({ w, b }) => {
    const [x1, y1, x2, y2] = [inX(w), inY(b), inX(next[0]), inY(next[1])]
    const [dx, dy] = [x2 - x1, y2 - y1]
    const isSeen = Math.hypot(dx, dy) > 3
    shown(isSeen, line, head)
    if (!isSeen) return
    set(line, { x1, y1, x2, y2 })
    aim(head, x2, y2, dx, dy)
  }
}
