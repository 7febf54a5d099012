// A transformer block: tokens as columns. Whoever points at a part sees its lines in the code.

import { pointAt } from "../../components/shared/channel.js"
import { node, set } from "../../components/shared/elements.js"
import {
  breadth,
  column,
  gaps,
  HEIGHT,
  LEFT,
  middle,
  NETWORK,
  RAIL,
  RIGHT,
  ROWS,
  WIDTH,
} from "./places.js"

const drawn = new WeakMap()

export function mount({ parentElement, data }) {
  const sent = JSON.stringify(data)
  if (drawn.get(parentElement) === sent) return
  drawn.set(parentElement, sent)
  const svg = parentElement.querySelector("svg")
  svg.replaceChildren()
  set(svg, { viewBox: `0 0 ${WIDTH} ${HEIGHT}` })
  const say = text => {
    parentElement.querySelector(".said").textContent = text
  }
  say(data.hint)
  drawRails(svg)
  const network = framed(svg, data, "network", say)
  frame(network, { top: NETWORK.top, height: NETWORK.bottom - NETWORK.top }, "")
  node(network, "text", { class: "name", x: 4, y: NETWORK.top + 8 }).textContent = NETWORK.name
  for (const name of Object.keys(ROWS)) drawPart(svg, data, name, say)
  for (const gap of gaps) drawDown(svg, data, gap)
}

// A name begins with what is written there.
const named = ({ name }, said) => (said.startsWith(`${name}:`) ? said : `${name}: ${said}`)

// A group that lights its lines when it is pointed at, touched or reached by Tab.
function framed(svg, data, name, say) {
  const part = data.parts[name]
  const group = node(svg, "g", {
    class: "part",
    tabindex: 0,
    role: "button",
    "aria-label": named(ROWS[name] ?? NETWORK, part.said),
  })
  const light = () => {
    for (const other of svg.querySelectorAll(".part"))
      other.classList.toggle("lit", other === group)
    say(part.said)
    pointAt(data.code, part.lines)
  }
  for (const event of ["pointerenter", "focus", "click"]) group.addEventListener(event, light)
  return group
}

function drawPart(svg, data, name, say) {
  const row = ROWS[name]
  const group = framed(svg, data, name, say)
  node(group, "text", { class: "name", x: 4, y: middle(row) + 6 }).textContent = row.name
  frame(group, row, name === "attention" ? "frame" : "hit")
  if (name === "attention") drawLooks(group, data)
  else for (let token = 0; token < data.tokens; token += 1) drawOwn(group, data, name, token)
}

function frame(group, { top, height }, className) {
  const size = { x: LEFT - 4, y: top, width: RIGHT - LEFT + 8, height, rx: 5 }
  node(group, "rect", { class: className || "frame", ...size })
}

// What a token has for itself: only attention is one frame for all.
function drawOwn(group, data, name, token) {
  if (["x", "plus1", "plus2", "out"].includes(name)) return cell(group, data, name, token)
  const { top, height } = ROWS[name]
  const x = column(token, data.tokens) - 15
  node(group, "rect", { class: "frame", x, y: top, width: 30, height, rx: 4 })
}

function cell(group, data, name, token) {
  const row = ROWS[name]
  const x = column(token, data.tokens)
  const other = isOther(data, name, token) ? " other" : ""
  const isSum = name.startsWith("plus")
  const round = isSum ? row.height / 2 : 4
  const size = { x: x - 13, y: row.top, width: 26, height: row.height, rx: round }
  node(group, "rect", { class: `cell${other}`, ...size })
  // Beside the part, whose name is all that it says.
  const place = { x, y: middle(row) + 7, "aria-hidden": "true" }
  const digit = node(group.parentElement, "text", { class: `digit${other}`, ...place })
  digit.textContent = isSum ? "+" : token
}

// Whether what stands in the column there is another one than before the change.
function isOther({ changed, met, after }, name, token) {
  if (["x", "norm1"].includes(name)) return token === changed
  if (name === "attention") return met.includes(token)
  return after.includes(token)
}

// Arrows between the columns: who takes in how much of whom.
function drawLooks(group, { looks, changed }) {
  const row = ROWS.attention
  looks.forEach((weights, to) => {
    weights.forEach((weight, from) => {
      if (!weight) return
      const [start, end] = [from, to].map(token => column(token, looks.length))
      const [top, bottom] = [row.top + 4, row.top + row.height - 4]
      node(group, "path", {
        class: from === changed ? "arrow other" : "arrow",
        d: `M${start} ${top}C${start} ${top + 60} ${end} ${bottom - 60} ${end} ${bottom}`,
        style: `stroke-width: ${breadth(weight)}px`,
      })
    })
  })
}

function drawDown(svg, data, { name, from, to }) {
  for (let token = 0; token < data.tokens; token += 1) {
    const other = isOther(data, name, token) ? " other" : ""
    const x = column(token, data.tokens)
    node(svg, "path", { class: `arrow${other}`, d: `M${x} ${from}V${to - 4}` })
    node(svg, "path", { class: `head${other}`, d: `M${x - 4} ${to - 6}h8L${x} ${to}Z` })
  }
}

// The two ways around: x goes past attention, and past the network, and is added.
function drawRails(svg) {
  for (const [from, to] of [
    [middle(ROWS.x), middle(ROWS.plus1) - 5],
    [middle(ROWS.plus1) + 5, middle(ROWS.plus2)],
  ]) {
    node(svg, "path", { class: "rail", d: `M${RIGHT} ${from}H${RAIL}V${to}H${RIGHT + 6}` })
    node(svg, "path", { class: "head", d: `M${RIGHT + 8} ${to - 5}v10L${RIGHT} ${to}Z` })
    const place = `translate(${RAIL + 20} ${(from + to) / 2 + 25}) rotate(-90)`
    node(svg, "text", { transform: place }).textContent = "bypass"
  }
}
