// Each hidden unit's output over the same plane.

import { classColours } from "../../components/shared/colours.js"
import { make, set } from "../../components/shared/elements.js"
import { mixedFrame } from "./recording.js"
import { shade } from "./shading.js"

const SIZES = [30, 22, 15, 12, 9]
const MAX_HEIGHT = 110
const TITLE =
  "Outputs of the hidden units: blue above zero, orange and striped below, ✕ always the same"

export function unitsPanel(figure, scene) {
  const list = figure.querySelector(".maps")
  figure.hidden = scene.hidden.length === 0
  figure.querySelector(".units-name").textContent = TITLE
  list.replaceChildren()
  const canvases = scene.hidden.map((_, layer) => rowOf(list, layer))
  const room = Math.max(list.clientWidth - 60, 60)
  const size = sizeOf(scene.hidden, room)
  const layers = scene.hidden.map((units, layer) => {
    const tiles = tilesOf(canvases[layer], units, size, Math.floor(room / size))
    name(canvases[layer], tiles, layer)
    return { units, draw: painter(canvases[layer], tiles, scene.map) }
  })
  return ([state]) => drawAll(layers, state)
}

function drawAll(layers, state) {
  const maps = mixedFrame(state.frames.maps, state)
  const idle = state.frames.idle[state.before]
  let first = 0
  for (const { units, draw } of layers) {
    draw(maps, idle, first)
    first += units
  }
}

function rowOf(list, layer) {
  const row = list.appendChild(make("div", "layer"))
  row.append(make("span", "", `layer ${layer + 1}`))
  return row.appendChild(make("canvas"))
}

// The largest size of a unit, in pixels, with which all layers fit.
export function sizeOf(hidden, room) {
  const high = (units, size) => size * Math.ceil(units / Math.floor(room / size))
  const total = size => hidden.reduce((sum, units) => sum + high(units, size), 0)
  return SIZES.find(size => total(size) <= MAX_HEIGHT) ?? SIZES.at(-1)
}

// One layer's units side by side on one canvas, in as many rows as they need: rows of one length,
// so that 64 units are two rows of 32, and not 61 and 3.
function tilesOf(canvas, units, size, most) {
  const columns = Math.ceil(units / Math.ceil(units / most))
  const rows = Math.ceil(units / columns)
  const sharp = Math.min(devicePixelRatio, 2)
  const tile = Math.round(size * sharp)
  canvas.width = columns * tile
  canvas.height = rows * tile
  set(canvas, { style: `width:${columns * size}px;height:${rows * size}px` })
  const inner = tile - Math.max(2, Math.round(tile / 12))
  const places = Array.from({ length: units }, (_, n) => {
    return [(n % columns) * tile, Math.floor(n / columns) * tile]
  })
  return { units, size, columns, sharp, inner, places }
}

function name(canvas, { units, size, columns }, layer) {
  set(canvas, { role: "img", "aria-label": `Layer ${layer + 1}: what its ${units} units give` })
  canvas.onpointermove = ({ offsetX, offsetY }) => {
    const unit = Math.floor(offsetY / size) * columns + Math.floor(offsetX / size)
    canvas.title = unit < units ? `layer ${layer + 1}, unit ${unit + 1}` : ""
  }
}

function painter(canvas, tiles, [across, down]) {
  const { units, inner, places } = tiles
  const context = canvas.getContext("2d")
  const image = context.createImageData(canvas.width, canvas.height)
  const colours = classColours(canvas)
  const mark = marker(context, tiles, getComputedStyle(canvas).color)
  return (maps, idle, first) => {
    for (let unit = 0; unit < units; unit++) {
      const at = (first + unit) * across * down
      const [left, top] = places[unit].map(corner => corner + 1)
      const map = maps.subarray(at, at + across * down)
      shade(image, { left, top, width: inner, height: inner }, colours, map, across, down)
    }
    context.putImageData(image, 0, 0)
    mark(places.filter((_, unit) => idle[first + unit]))
  }
}

// Draws every unit's frame, and a cross through those that are idle.
function marker(context, { sharp, inner, places }, colour) {
  const pencil = (alpha, width, way) => {
    Object.assign(context, { strokeStyle: colour, globalAlpha: alpha, lineWidth: width })
    context.beginPath()
    way()
    context.stroke()
  }
  const frame = ([left, top]) => context.rect(left + 0.5, top + 0.5, inner + 1, inner + 1)
  const cross = ([left, top]) => {
    context.moveTo(left + 2, top + 2)
    context.lineTo(left + inner, top + inner)
    context.moveTo(left + inner, top + 2)
    context.lineTo(left + 2, top + inner)
  }
  return idle => {
    pencil(0.35, 1, () => places.forEach(frame))
    pencil(1, 1.5 * sharp, () => idle.forEach(cross))
  }
}
