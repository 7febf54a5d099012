// Each hidden unit's output over the same plane; and the gradient's norm in each layer.

const SIZES = [30, 22, 15, 12, 9]
const MOST_HEIGHT = 110

function unitsPanel(figure, scene) {
  const list = figure.querySelector(".maps")
  figure.hidden = scene.hidden.length === 0
  figure.querySelector(".units-name").textContent =
    "What hidden units say: blue above zero, orange below, ✕ always the same"
  list.replaceChildren()
  const rows = scene.hidden.map((units, layer) => {
    const row = list.appendChild(document.createElement("div"))
    row.className = "layer"
    row.appendChild(document.createElement("span")).textContent = `layer ${layer + 1}`
    return { units, layer, canvas: row.appendChild(document.createElement("canvas")) }
  })
  const room = Math.max(list.clientWidth - 60, 60)
  const high = size => rows.reduce((sum, { units }) => sum + size * Math.ceil(units / Math.floor(room / size)), 0)
  const size = SIZES.find(size => high(size) <= MOST_HEIGHT) ?? SIZES.at(-1)
  const layers = rows.map(row => layerPanel(row, size, Math.floor(room / size), scene))
  return ([state]) => {
    const all = mixed(state.frames.maps, state)
    const idle = state.frames.idle[state.before]
    let unit = 0
    for (const { units, draw } of layers) {
      draw(all, idle, unit)
      unit += units
    }
  }
}

// One layer's units side by side on one canvas, in as many rows as they need.
function layerPanel({ units, layer, canvas }, size, most, scene) {
  const [across, down] = scene.map
  // Rows of one length: 64 units are two rows of 32, and not 61 and 3.
  const columns = Math.ceil(units / Math.ceil(units / most))
  const sharp = Math.min(devicePixelRatio, 2)
  const tile = Math.round(size * sharp)
  canvas.width = columns * tile
  canvas.height = Math.ceil(units / columns) * tile
  set(canvas, { style: `width:${columns * size}px;height:${(canvas.height / tile) * size}px` })
  canvas.onpointermove = ({ offsetX, offsetY }) => {
    const unit = Math.floor(offsetY / size) * columns + Math.floor(offsetX / size)
    canvas.title = unit < units ? `layer ${layer + 1}, unit ${unit + 1}` : ""
  }
  const context = canvas.getContext("2d")
  const image = context.createImageData(canvas.width, canvas.height)
  const colours = themeColours(canvas)
  const text = getComputedStyle(canvas).color
  const place = unit => [(unit % columns) * tile, Math.floor(unit / columns) * tile]
  const inner = tile - Math.max(2, Math.round(tile / 12))
  const pencil = (alpha, width, way) => {
    Object.assign(context, { strokeStyle: text, globalAlpha: alpha, lineWidth: width })
    context.beginPath()
    way()
    context.stroke()
  }
  const draw = (maps, idle, first) => {
    for (let unit = 0; unit < units; unit++) {
      const map = maps.subarray((first + unit) * across * down, (first + unit + 1) * across * down)
      const [left, top] = place(unit)
      paint(image, { left: left + 1, top: top + 1, width: inner, height: inner }, colours, map, across, down)
    }
    context.putImageData(image, 0, 0)
    const all = Array.from({ length: units }, (_, unit) => unit)
    pencil(0.35, 1, () => all.map(place).forEach(([left, top]) => {
      context.rect(left + 0.5, top + 0.5, inner + 1, inner + 1)
    }))
    pencil(1, 1.5 * sharp, () => all.filter(unit => idle[first + unit]).map(place).forEach(([left, top]) => {
      context.moveTo(left + 2, top + 2)
      context.lineTo(left + inner, top + inner)
      context.moveTo(left + inner, top + 2)
      context.lineTo(left + 2, top + inner)
    }))
  }
  return { units, draw }
}

// A norm in as few letters as fit over a bar: 0.058, 3e-5.
function short(norm, digits) {
  return norm < 0.001 ? norm.toExponential(0) : format(norm, digits)
}

function gradientsPanel(svg, scene) {
  const seen = scene.frames.gradients.flatMap(norms => Array.from(norms)).filter(v => v > 0)
  const [low, high] = finiteRange(seen)
  const layers = scene.hidden.length + 1
  const floor = Math.max(low / 3, high * 1e-12)
  const y = { low: floor, high: Math.max(high * 3, floor * 100), log: true, name: "" }
  const area = axes(svg, { low: 0.4, high: layers + 0.6, name: "layer", whole: true }, y)
  const half = Math.min(18, ((area.box.right - area.box.left) / (layers + 0.2)) * 0.32)
  const bars = Array.from({ length: layers }, () => ({
    bar: node(area.plot, "rect", { class: "bar", width: 2 * half }),
    value: node(area.plot, "text", { class: "bar-value" }),
  }))
  // Gradients are those of the latest step, so the first frame has none, and nothing glides.
  return ([{ before }]) => {
    const norms = scene.frames.gradients[before]
    bars.forEach(({ bar, value }, n) => {
      const norm = norms[n]
      const shown = norm > 0
      bar.style.display = shown ? "" : "none"
      value.textContent = norms.length === 0 ? "" : norm === 0 ? "0" : short(norm, layers > 4 ? 1 : 2)
      const x = area.px(n + 1)
      const top = shown ? Math.min(area.py(Math.max(norm, floor)), area.box.bottom - 1) : area.box.bottom
      set(bar, { x: x - half, y: top, height: area.box.bottom - top })
      set(value, { x, y: Math.max(top - 4, area.box.top + 11) })
    })
  }
}
