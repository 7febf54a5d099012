// Draws a graph once, and paints any of its moments over it.

import { set, shape } from "../../components/shared/elements.js"
import { layered } from "./layers.js"
import { placed, points } from "./places.js"

export const FONT = 13
const ROW = 16
const MARGIN = 8

// graph: { across, back, nodes: { key: [shape, texts, rows] }, edges: { key: [source, target, texts] } }
export function drawn(graph, font) {
  const pen = measure(font)
  const nodes = Object.entries(graph.nodes).map(entry => nodeOf(entry, graph, pen))
  const edges = Object.entries(graph.edges).map(entry => edgeOf(entry, graph, pen))
  const layout = placed(layered(nodes, edges))
  const { w, h } = turned({ w: layout.width + 2 * MARGIN, h: layout.height + 2 * MARGIN }, graph)
  const lettering = { "font-family": font, "font-size": FONT }
  const svg = shape("svg", { viewBox: `0 0 ${w} ${h}`, ...lettering, role: "img" })
  const inner = svg.appendChild(shape("g", { transform: `translate(${MARGIN} ${MARGIN})` }))
  inner.append(...layout.edges.map(edge => line(edge, graph)))
  inner.append(...nodes.map(node => box(layout.at.get(node.key), graph)))
  return { svg, width: w, height: h }
}

// A node and an edge with the room that their texts need.
function nodeOf([key, [kind, texts, rows]], graph, pen) {
  const [besides, above] = kind === "ellipse" ? [26, 10] : [18, 9]
  const wide = Math.max(...texts.map(text => pen(text, true))) + besides
  return turned({ key, shape: kind, w: Math.max(wide, 40), h: rows * ROW + above }, graph)
}

function edgeOf([key, [source, target, texts]], graph, pen) {
  const wide = texts.length ? Math.max(...texts.map(text => pen(text, false))) + 8 : 0
  return { ...turned({ w: wide, h: texts.length * (ROW - 1) }, graph), key, source, target }
}

// A picture from left to right is one from top to bottom, with its two directions changed over.
const turned = (one, { across }) => (across ? { ...one, w: one.h, h: one.w } : one)
const spot = ([x, y], { across }) => (across ? [y, x] : [x, y])

function measure(font) {
  const context = document.createElement("canvas").getContext("2d")
  return (text, bold) => {
    context.font = `${bold ? "bold " : ""}${FONT}px ${font}`
    return context.measureText(text).width
  }
}

function box(place, graph) {
  const group = shape("g", { class: "node", "data-key": place.key })
  const { w, h } = turned({ w: place.w, h: place.h }, graph)
  const [x, y] = spot([place.x, place.y], graph)
  const rx = place.shape === "round" ? 9 : 0
  group.append(
    place.shape === "ellipse"
      ? shape("ellipse", { cx: x, cy: y, rx: w / 2, ry: h / 2 })
      : shape("rect", { x: x - w / 2, y: y - h / 2, width: w, height: h, rx }),
  )
  group.place = { x, y }
  return group
}

function line(edge, graph) {
  const { across, back } = graph
  const group = shape("g", { class: "edge", "data-key": edge.key })
  const { points: way, head } = points(edge, back)
  const d = smooth(
    way.map(point => spot(point, graph)),
    across,
  )
  const corners = head.map(point => spot(point, graph).join(",")).join(" ")
  const ground = shape("rect", { rx: 3, stroke: "none", fill: "none" })
  group.append(shape("path", { d, fill: "none" }), shape("polygon", { points: corners }), ground)
  const label = edge.route.find(place => place.kind === "label")
  const [x, y] = spot(label ? [label.x, label.y] : middle(...way.slice(-2)), graph)
  const side = Math.sign(Math.round(edge.ends.end))
  group.place = { x, y, hasRoom: Boolean(label), side, across }
  if (label) cover(ground, x, y, turned(label, graph))
  return group
}

const middle = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2]

function cover(ground, x, y, { w, h }) {
  set(ground, { x: x - w / 2, y: y - h / 2, width: w, height: h })
}

// Straight where two points stand in one line; else a curve that sets out and arrives along the flow.
function smooth([first, ...rest], across) {
  let path = `M${first.map(round)}`
  let [x, y] = first
  for (const [u, v] of rest) {
    const bend = across ? [(x + u) / 2, y, (x + u) / 2, v] : [x, (y + v) / 2, u, (y + v) / 2]
    const straight = Math.abs(across ? y - v : x - u) < 0.5
    path += straight ? `L${[u, v].map(round)}` : `C${[...bend, u, v].map(round)}`
    ;[x, y] = [u, v]
  }
  return path
}

const round = value => Math.round(value * 10) / 10

// nodes and edges: { key: [[from moment, [rows, colour, width, dashed]], …] }
export function paintMoment(svg, { nodes, edges, colours }, at) {
  const now = timeline => timeline.findLast(([start]) => start <= at)[1]
  for (const group of svg.querySelectorAll("g.node")) {
    paintNode(group, now(nodes[group.dataset.key]), colours)
  }
  for (const group of svg.querySelectorAll("g.edge")) {
    paintEdge(group, now(edges[group.dataset.key]), colours)
  }
}

function paintNode(group, [rows, colour, width, dashed], colours) {
  stroke(group.firstChild, colour, width, dashed)
  set(group.firstChild, { fill: colours.surface })
  write(group, rows, colours.text, true)
}

function paintEdge(group, [rows, colour, width, dashed], colours) {
  const [path, head, ground] = group.children
  stroke(path, colour, width, dashed)
  set(head, { fill: colour })
  set(ground, { fill: rows.length ? colours.ground : "none" })
  write(group, rows, width > 2 ? colour : colours.text, false)
  if (rows.length && !group.place.hasRoom) over(group, ground)
}

// A label without room of its own, over whatever is there; two that arrive at one node part.
function over(group, ground) {
  group.parentNode.append(group)
  const texts = [...group.querySelectorAll("text")]
  const { x, y, side, across } = group.place
  const w = Math.max(...texts.map(text => text.getComputedTextLength())) + 8
  const h = texts.length * (ROW - 1)
  const [dx, dy] = across ? [0, side * (h / 2 + 1)] : [side * (w / 2 + 1), 0]
  for (const text of texts) set(text, { transform: `translate(${dx} ${dy})` })
  cover(ground, x + dx, y + dy, { w, h })
}

function stroke(line, colour, width, dashed) {
  set(line, { stroke: colour, "stroke-width": width, "stroke-dasharray": dashed ? "5 3" : "none" })
}

function write(group, rows, colour, title) {
  const written = JSON.stringify([rows, colour])
  if (group.written === written) return
  group.written = written
  group.querySelectorAll("text").forEach(text => text.remove())
  const { x, y } = group.place
  const step = title ? ROW : ROW - 1
  rows.forEach((row, index) => {
    const line = y + (index - (rows.length - 1) / 2) * step + 4.5
    const text = shape("text", { x, y: line, "text-anchor": "middle", fill: colour })
    if (title && index === 0) set(text, { "font-weight": "bold" })
    text.textContent = row
    group.append(text)
  })
}
