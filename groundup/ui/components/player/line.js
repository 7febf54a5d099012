// The data, the line w·x + b, and the residuals between them.

import { node, set, shown } from "../shared/elements.js"
import { dataAxes, drawPoints } from "./data.js"
import { guessOf } from "./told.js"

export function linePanel(svg, scene) {
  // A line that the learner moves may lie far from the data.
  const area = dataAxes(svg, scene.data, scene.hand ? 0.6 : undefined)
  const { plot, px, lowX, highX } = area
  const residuals = scene.runs.map((_, i) => node(plot, "path", { class: `residuals run-${i}` }))
  drawPoints(area, scene.data)
  const ends = { x1: px(lowX), x2: px(highX) }
  const lines = scene.runs.map((_, i) => node(plot, "line", { class: `line run-${i}`, ...ends }))
  const dashed = node(plot, "line", { class: "line guess", ...ends })
  const move = mover(area, scene.data)
  return states => {
    states.forEach((state, i) => move(state, lines[i], residuals[i]))
    drawGuess(area, dashed, guessOf(states[0]))
    name(svg, guessOf(states[0]))
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

function name(svg, { isOld }) {
  const how = isOld ? ": dashed at the guess, solid now" : " and its data"
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

function bars({ px, py, inY }, { x, y }, { w, b }) {
  let d = ""
  for (let k = 0; k < x.length; k++) {
    d += `M${px(x[k]).toFixed(1)} ${py(y[k]).toFixed(1)}V${inY(w * x[k] + b).toFixed(1)}`
  }
  return d
}
