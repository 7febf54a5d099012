// The data, the line w·x + b, and the residuals between them.

import { node, set, shown } from "../shared/elements.js"
import { dataAxes, drawPoints } from "./data.js"
import { guessOf } from "./told.js"

export function linePanel(svg, scene) {
  // A line that the learner moves may lie far from the data.
  const area = dataAxes(svg, scene.data, scene.hand ? 0.6 : undefined)
  const { plot, px, lowX, highX } = area
  const residuals = scene.runs.map((_, i) => node(plot, "path", { class: `residuals run-${i}` }))
  const choose = choosing(drawPoints(area, scene.data))
  const ends = { x1: px(lowX), x2: px(highX) }
  const lines = scene.runs.map((_, i) => node(plot, "line", { class: `line run-${i}`, ...ends }))
  const dashed = node(plot, "line", { class: "line guess", ...ends })
  const move = mover(area, scene.data)
  return states => {
    states.forEach((state, i) => move(state, lines[i], residuals[i]))
    const guess = guessOf(states[0])
    drawGuess(area, dashed, guess)
    choose(guess.points)
    name(svg, guess, scene.data.x.length)
  }
}

const isKnown = ({ w, b }) => Number.isFinite(w) && Number.isFinite(b)

// The line that was guessed with, where that is another one by now.
function drawGuess(area, dashed, guess) {
  const isSeen = guess.isOld && isKnown(guess)
  shown(isSeen, dashed)
  if (isSeen) lay(area, dashed, guess)
}

function lay({ inY, lowX, highX }, line, { w, b }) {
  set(line, { y1: inY(w * lowX + b), y2: inY(w * highX + b) })
}

// The points of a batch stand out while the text works on them.
function choosing(circles) {
  let chosen
  return points => {
    if (points === chosen) return
    chosen = points
    const there = points && new Set(points)
    circles.forEach((circle, i) =>
      circle.classList.toggle("aside", Boolean(there && !there.has(i))),
    )
  }
}

function name(svg, { isOld, points }, count) {
  const part = points ? `: ${points.length} of ${count} in this step` : ""
  const data = ` and its data${part}`
  const how = isOld ? ": dashed at the guess, solid now" : data
  svg.closest("figure").querySelector("figcaption").textContent = `The line${how}`
}

function mover(area, data) {
  return (state, line, residuals) => {
    shown(isKnown(state), line)
    if (isKnown(state)) lay(area, line, state)
    const guess = guessOf(state)
    const hasBars = guess.hasBars && isKnown(guess)
    shown(hasBars, residuals)
    if (hasBars) residuals.setAttribute("d", bars(area, data, guess))
  }
}

function bars({ px, py, inY }, { x, y }, { w, b, points = x.keys() }) {
  let d = ""
  for (const k of points) {
    d += `M${px(x[k]).toFixed(1)} ${py(y[k]).toFixed(1)}V${inY(w * x[k] + b).toFixed(1)}`
  }
  return d
}
