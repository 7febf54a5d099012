// A block cut over two workers: what lies on which, what is sent where, lit step by step.

import { pointAt } from "../../../components/shared/channel.js"
import { make, node, set } from "../../../components/shared/elements.js"
import { CELL, centre, columns, halves, height, middle, top } from "./lanes.js"

const drawn = new WeakMap()

export function mount({ parentElement, data }) {
  const sent = JSON.stringify(data)
  if (drawn.get(parentElement) === sent) return
  drawn.set(parentElement, sent)
  const svg = parentElement.querySelector("svg")
  svg.replaceChildren()
  const laid = columns(data)
  set(svg, { viewBox: `0 0 ${laid.width} ${height(data)}` })
  hatching(svg)
  const groups = Object.fromEntries(laid.order.map(name => [name, node(svg, "g", {})]))
  for (const name of laid.order) titled(groups[name], data, laid.places[name], name)
  for (const worker of [0, 1]) drawLane(groups, data, laid.places, worker)
  drawShared(groups, data, laid.places)
  drawSteps(parentElement, data, groups)
}

// Worker 1 is told from worker 0 without colour, too.
function hatching(svg) {
  const id = { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }
  const pattern = node(node(svg, "defs"), "pattern", id)
  node(pattern, "path", { class: "hatch", d: "M0 6L6 0" })
}

const titles = ({ first, last, by }) => ({
  x: "x",
  first: first.join("   "),
  inside: by === "outputs" ? "neurons" : "sums",
  neurons: "neurons",
  last,
  output: "parts",
  y: "output",
})

function titled(group, data, { x, width }, name) {
  const title = titles(data)[name]
  if (title) node(group, "text", { class: "name", x: x + width / 2, y: 16 }).textContent = title
}

function drawLane(groups, data, places, worker) {
  const y = middle(data, worker)
  const label = node(groups.x, "text", { class: "worker", x: 4, y: top(data, worker) - 4 })
  label.textContent = `worker ${worker}`
  drawNumbers(groups.x, places.x, y, data.x, index => partOfX(data, index, worker))
  drawFirst(groups.first, data, places.first, worker)
  drawNumbers(groups.inside, places.inside, y, data.inside[worker], () => worker)
  drawMatrix(groups.last, places.last.x, y, halves(data.hidden, data.intermediate, false, worker))
  drawNumbers(groups.output, places.output, y, data.outputs[worker], () => worker)
  drawJoins(groups, data, places, worker)
}

// Cut by its inputs, the first matrix needs of x what belongs to them.
function partOfX({ by, hidden }, index, worker) {
  if (by === "outputs") return "both"
  return (index < hidden / 2 ? 0 : 1) === worker ? worker : "away"
}

function drawFirst(group, data, place, worker) {
  const pieces = halves(data.intermediate, data.hidden, data.by === "outputs", worker)
  const step = (place.width + 6) / data.first.length
  data.first.forEach((_, n) => {
    drawMatrix(group, place.x + n * step, middle(data, worker), pieces)
  })
}

function drawMatrix(group, x, y, pieces) {
  const total = Math.max(...pieces.map(piece => piece.y + piece.height))
  pieces.forEach((piece, half) => {
    const size = { width: piece.width, height: piece.height }
    const place = { x: x + piece.x, y: y - total / 2 + piece.y, ...size }
    node(group, "rect", { class: piece.isOwn ? `piece own${half}` : "away", ...place })
    if (piece.isOwn && half) node(group, "rect", { fill: "url(#hatch)", ...place })
  })
}

// A column of numbers around the height `y`; `whose` says of each which worker's it is.
function drawNumbers(group, { x, width }, y, numbers, whose) {
  const start = y - (numbers.length * CELL.height) / 2
  numbers.forEach((value, index) => {
    const place = { x, y: start + index * CELL.height, width, height: CELL.height }
    const owner = whose(index)
    const name = typeof owner === "number" ? `cell own${owner}` : owner
    node(group, "rect", { class: owner === "both" ? "cell both" : name, ...place })
    const text = node(group, "text", { class: "number", x: x + width - 5, y: place.y + 13.5 })
    text.textContent = value.toFixed(2).replace("-", "−")
  })
}

function arrow(group, from, to, isSent) {
  const bend = (from[0] + to[0]) / 2
  const path = `M${from[0]} ${from[1]}C${bend} ${from[1]} ${bend} ${to[1]} ${to[0] - 7} ${to[1]}`
  node(group, "path", { class: isSent ? "arrow sends" : "arrow", d: path })
  const size = isSent ? 7 : 4
  const head = `M${to[0] - 8} ${to[1] - size}v${2 * size}L${to[0]} ${to[1]}Z`
  node(group, "path", { class: "head", d: head })
}

// What is behind a column, in its own lane or, for a sum, in the middle.
function drawJoins(groups, data, places, worker) {
  const y = middle(data, worker)
  const end = ({ x, width }) => x + width + 2
  const along = (from, to) => arrow(groups[to], [end(places[from]), y], [places[to].x - 2, y])
  along("x", "first")
  along("first", "inside")
  along("last", "output")
  const out = (from, to) =>
    arrow(groups[to], [end(places[from]), y], [places[to].x + 17, centre(data)], true)
  out("output", "sum1")
  if (data.by === "outputs") return along("inside", "last")
  out("inside", "sum0")
  arrow(groups.last, [end(places.neurons), centre(data)], [places.last.x - 2, y])
}

// The sums in the middle, and what both workers have behind them.
function drawShared(groups, data, places) {
  const y = centre(data)
  const sums = data.by === "inputs" ? ["sum0", "sum1"] : ["sum1"]
  sums.forEach((name, n) => {
    const { x, width } = places[name]
    const round = { class: "plus", cx: x + width / 2, cy: y, r: 14 }
    node(groups[name], "circle", round)
    const sign = { class: "name", x: x + width / 2, y: y + 5 }
    node(groups[name], "text", sign).textContent = "+"
    const lines = ["sent", "", "", ...data.sent[n].split(" ")]
    lines.forEach((text, line) => {
      node(groups[name], "text", { ...sign, y: y - 22 + 18 * line }).textContent = text
    })
    const behind = name === "sum0" ? "neurons" : "y"
    arrow(groups[behind], [x + width / 2 + 15, y], [places[behind].x - 2, y])
  })
  if (data.by === "inputs") drawNeurons(groups.neurons, data, places.neurons)
  drawNumbers(groups.y, places.y, y, data.y, () => "both")
}

// Both workers have all neurons after the sum; the second matrix takes each worker's own.
function drawNeurons(group, data, place) {
  const mine = index => (index < data.intermediate / 2 ? 0 : 1)
  drawNumbers(group, place, centre(data), data.neurons, mine)
}

function drawSteps(parent, data, groups) {
  const row = parent.querySelector(".steps")
  const buttons = data.steps.map((step, n) => make("button", "", `${n + 1} · ${step.name}`))
  const light = chosen => {
    const { lit, said, lines } = data.steps[chosen]
    buttons.forEach((button, n) => {
      button.setAttribute("aria-pressed", String(n === chosen))
    })
    for (const [name, group] of Object.entries(groups))
      group.classList.toggle("lit", lit.includes(name))
    parent.querySelector(".said").textContent = said
    pointAt(data.code, lines)
  }
  buttons.forEach((button, n) => {
    button.addEventListener("click", () => light(n))
  })
  row.replaceChildren(...buttons)
  light(0)
}
