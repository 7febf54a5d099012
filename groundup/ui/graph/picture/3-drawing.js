// Draws a graph once, and paints any of its moments over it.

const SVG = "http://www.w3.org/2000/svg"
const FONT = 13, ROW = 16, MARGIN = 8

// graph: { across, back, nodes: { key: [shape, texts, rows] }, edges: { key: [source, target, texts] } }
function drawn(graph, font) {
  const pen = measure(font)
  const nodes = Object.entries(graph.nodes).map(([key, [shape, texts, rows]]) => {
    const wide = Math.max(...texts.map(text => pen(text, true))) + (shape === "ellipse" ? 26 : 18)
    return turned({ key, shape, w: Math.max(wide, 40), h: rows * ROW + (shape === "ellipse" ? 10 : 9) }, graph)
  })
  const edges = Object.entries(graph.edges).map(([key, [source, target, texts]]) => {
    const wide = texts.length ? Math.max(...texts.map(text => pen(text, false))) + 8 : 0
    return { ...turned({ w: wide, h: texts.length ? texts.length * (ROW - 1) : 0 }, graph), key, source, target }
  })
  const layout = placed(layered(nodes, edges))
  const size = turned({ w: layout.width + 2 * MARGIN, h: layout.height + 2 * MARGIN }, graph)
  const svg = make("svg", { viewBox: `0 0 ${size.w} ${size.h}`, "font-family": font, "font-size": FONT, role: "img" })
  const inner = svg.appendChild(make("g", { transform: `translate(${MARGIN} ${MARGIN})` }))
  inner.append(...layout.edges.map(edge => line(edge, graph)), ...nodes.map(node => box(layout.at.get(node.key), graph)))
  return { svg, width: size.w, height: size.h }
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

function make(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag)
  set(element, attributes)
  return element
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}

function box(place, graph) {
  const group = make("g", { class: "node", "data-key": place.key })
  const { w, h } = turned({ w: place.w, h: place.h }, graph)
  const [x, y] = spot([place.x, place.y], graph)
  if (place.shape === "ellipse") group.append(make("ellipse", { cx: x, cy: y, rx: w / 2, ry: h / 2 }))
  else {
    const round = place.shape === "round" ? 9 : 0
    group.append(make("rect", { x: x - w / 2, y: y - h / 2, width: w, height: h, rx: round }))
  }
  group.place = { x, y }
  return group
}

function line(edge, graph) {
  const group = make("g", { class: "edge", "data-key": edge.key })
  const { points: way, head } = points(edge, graph.back)
  group.append(
    make("path", { d: smooth(way.map(point => spot(point, graph)), graph.across), fill: "none" }),
    make("polygon", { points: head.map(point => spot(point, graph).join(",")).join(" ") }),
  )
  const label = edge.route.find(place => place.kind === "label")
  const ground = group.appendChild(make("rect", { rx: 3, stroke: "none", fill: "none" }))
  const [before, after] = way.slice(-2), middle = [(before[0] + after[0]) / 2, (before[1] + after[1]) / 2]
  const [x, y] = spot(label ? [label.x, label.y] : middle, graph)
  group.place = { x, y, kept: Boolean(label), side: Math.sign(Math.round(edge.ends.end)), across: graph.across }
  if (label) cover(ground, x, y, turned(label, graph))
  return group
}

function cover(ground, x, y, { w, h }) {
  set(ground, { x: x - w / 2, y: y - h / 2, width: w, height: h })
}

// Straight where two points stand in one line; else a curve that sets out and arrives along the flow.
function smooth([first, ...rest], across) {
  let path = `M${first.map(round)}`, [x, y] = first
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
function paint(svg, { nodes, edges, colours }, at) {
  const now = timeline => timeline.findLast(([start]) => start <= at)[1]
  for (const group of svg.querySelectorAll("g.node")) {
    const [rows, colour, width, dashed] = now(nodes[group.dataset.key])
    outline(group.firstChild, colour, width, dashed)
    set(group.firstChild, { fill: colours.surface })
    write(group, rows, colours.text, true)
  }
  for (const group of svg.querySelectorAll("g.edge")) {
    const [rows, colour, width, dashed] = now(edges[group.dataset.key])
    const [path, head, ground] = group.children
    outline(path, colour, width, dashed)
    set(head, { fill: colour })
    set(ground, { fill: rows.length ? colours.ground : "none" })
    write(group, rows, width > 2 ? colour : colours.text, false)
    if (rows.length && !group.place.kept) over(group, ground)
  }
}

// A label without room of its own, over whatever is there; two that arrive at one node part.
function over(group, ground) {
  group.parentNode.append(group)
  const texts = [...group.querySelectorAll("text")], { x, y, side, across } = group.place
  const w = Math.max(...texts.map(text => text.getComputedTextLength())) + 8, h = texts.length * (ROW - 1)
  const [dx, dy] = across ? [0, side * (h / 2 + 1)] : [side * (w / 2 + 1), 0]
  for (const text of texts) set(text, { transform: `translate(${dx} ${dy})` })
  cover(ground, x + dx, y + dy, { w, h })
}

function outline(shape, colour, width, dashed) {
  set(shape, { stroke: colour, "stroke-width": width, "stroke-dasharray": dashed ? "5 3" : "none" })
}

function write(group, rows, colour, title) {
  const said = JSON.stringify([rows, colour])
  if (group.said === said) return
  group.said = said
  group.querySelectorAll("text").forEach(text => text.remove())
  const { x, y } = group.place, step = title ? ROW : ROW - 1
  rows.forEach((row, index) => {
    const text = make("text", { x, y: y + (index - (rows.length - 1) / 2) * step + 4.5, "text-anchor": "middle", fill: colour })
    if (title && index === 0) set(text, { "font-weight": "bold" })
    text.textContent = row
    group.append(text)
  })
}
