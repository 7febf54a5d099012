// What the network answers everywhere, under the examples: filled circles and squares are those it
// learns from, hollow ones are kept for the test.

const FINE = 128

function fieldPanel(stack, scene) {
  const [canvas, svg] = [stack.querySelector("canvas"), stack.querySelector("svg")]
  return scene.kind === "curve" ? curvePanel(canvas, svg, scene) : planePanel(canvas, svg, scene)
}

function curvePanel(canvas, svg, scene) {
  const [low, high, least, most] = scene.view
  canvas.style.display = "none"
  const area = axes(svg, { low, high, name: "x" }, { low: least, high: most, name: "y" })
  drawExamples(area, scene, scene.points.y, () => "number")
  const line = node(area.plot, "polyline", { class: "fitted" })
  return ([state]) => {
    const heights = mixed(state.frames.field, state)
    line.setAttribute("points", Array.from(heights, (v, i) => {
      const x = area.px(low + (i / (heights.length - 1)) * (high - low))
      const y = near(area.py(v), area.box.bottom, area.box.top)
      return Number.isFinite(y) ? `${x.toFixed(1)},${y.toFixed(1)}` : ""
    }).join(" "))
  }
}

function planePanel(canvas, svg, scene) {
  const [low, high, least, most] = scene.view
  const area = axes(svg, { low, high, name: "x₁" }, { low, high, name: "x₂" })
  const { box } = area
  canvas.style.display = ""
  Object.assign(canvas.style, {
    left: `${box.left}px`, top: `${box.top}px`,
    width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px`,
  })
  canvas.width = canvas.height = FINE
  const context = canvas.getContext("2d")
  const image = context.createImageData(FINE, FINE)
  const colours = themeColours(canvas)
  const boundary = node(area.plot, "path", { class: "boundary" })
  const middle = (least + most) / 2
  drawExamples(area, scene, scene.points.x2, y => (y > middle ? "one" : "zero"))
  return ([state]) => {
    const field = mixed(state.frames.field, state)
    paint(image, { left: 0, top: 0, width: FINE, height: FINE }, colours, field, scene.side, scene.side)
    context.putImageData(image, 0, 0)
    boundary.setAttribute("d", level(field, scene.side, area, low, high))
  }
}

function drawExamples(area, scene, heights, kind) {
  const { x, y, test } = scene.points
  const r = x.length > 300 ? 2.2 : 3
  const shapes = {}
  for (let i = 0; i < x.length; i++) {
    const name = `${kind(y[i])}${test[i] ? " test" : ""}`
    const [cx, cy] = [area.px(x[i]).toFixed(1), area.py(heights[i]).toFixed(1)]
    // Class 1 is square, so that the two differ in more than colour.
    shapes[name] = (shapes[name] ?? "") + (name.startsWith("one")
      ? `M${cx - r} ${cy - r}h${2 * r}v${2 * r}h${-2 * r}z`
      : `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
  }
  for (const [name, d] of Object.entries(shapes)) node(area.plot, "path", { class: `example ${name}`, d })
}

// Paints numbers 0 to 255 into a box of the image: two colours, clear in the middle, smooth between
// the grid's points.
function paint(image, box, colours, field, across, down) {
  for (let row = 0; row < box.height; row++) {
    const y = (row / (box.height - 1)) * (down - 1)
    const top = Math.min(Math.floor(y), Math.max(down - 2, 0))
    const low = Math.min(top + 1, down - 1)
    for (let column = 0; column < box.width; column++) {
      const x = (column / (box.width - 1)) * (across - 1)
      const left = Math.min(Math.floor(x), Math.max(across - 2, 0))
      const [a, b] = [field[top * across + left], field[top * across + left + 1]]
      const [c, d] = [field[low * across + left], field[low * across + left + 1]]
      const upper = a + (x - left) * (b - a)
      const value = upper + (y - top) * (c + (x - left) * (d - c) - upper)
      const [red, green, blue] = value > 127.5 ? colours.one : colours.zero
      const at = 4 * ((box.top + row) * image.width + box.left + column)
      image.data[at] = red
      image.data[at + 1] = green
      image.data[at + 2] = blue
      image.data[at + 3] = 20 + 150 * Math.min(Math.abs(value - 127.5) / 127.5, 1)
    }
  }
}

function themeColours(element) {
  return { one: colour(element, "--one"), zero: colour(element, "--zero") }
}

// The theme's colour called `name`, as [red, green, blue].
function colour(element, name) {
  const pen = document.createElement("canvas").getContext("2d")
  pen.fillStyle = getComputedStyle(element).getPropertyValue(name).trim() || "#0072b2"
  pen.fillRect(0, 0, 1, 1)
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

// Where the field crosses its middle, cell by cell (marching squares, each crossing a segment).
function level(field, side, area, low, high) {
  const step = (high - low) / (side - 1)
  const place = (column, row) => {
    return `${area.px(low + column * step).toFixed(1)} ${area.py(high - row * step).toFixed(1)}`
  }
  const crossing = (a, b) => (127.5 - a) / (b - a)
  let d = ""
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const at = row * side + column
      const [a, b, c, e] = [field[at], field[at + 1], field[at + side], field[at + side + 1]]
      const found = []
      if (a > 127.5 !== b > 127.5) found.push(place(column + crossing(a, b), row))
      if (a > 127.5 !== c > 127.5) found.push(place(column, row + crossing(a, c)))
      if (b > 127.5 !== e > 127.5) found.push(place(column + 1, row + crossing(b, e)))
      if (c > 127.5 !== e > 127.5) found.push(place(column + crossing(c, e), row + 1))
      for (let i = 0; i + 1 < found.length; i += 2) d += `M${found[i]}L${found[i + 1]}`
    }
  }
  return d
}
