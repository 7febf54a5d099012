// Each hidden unit's output over the same plane; and the gradient's norm in each layer.

function unitsPanel(figure, scene) {
  const list = figure.querySelector(".maps")
  const [across, down] = scene.map
  const size = across * down
  figure.hidden = scene.hidden.length === 0
  figure.querySelector(".units-name").textContent =
    "What each hidden unit says: blue above zero, orange below, clear at zero"
  list.replaceChildren()
  list.classList.toggle("many", scene.hidden.length > 3)
  const painters = []
  scene.hidden.forEach((units, layer) => {
    const row = list.appendChild(document.createElement("div"))
    row.className = "layer"
    const drawn = scene.drawn[layer]
    const name = row.appendChild(document.createElement("span"))
    name.textContent = `layer ${layer + 1}${drawn < units ? `, ${drawn}/${units}` : ""}`
    for (let unit = 0; unit < drawn; unit++) {
      const canvas = row.appendChild(document.createElement("canvas"))
      canvas.width = 2 * across
      canvas.height = 2 * down
      canvas.title = `layer ${layer + 1}, unit ${unit + 1}`
      painters.push(painter(canvas))
    }
  })
  return ([state]) => {
    const all = mixed(scene.frames.maps, state)
    painters.forEach((paint, n) => paint(all.subarray(n * size, (n + 1) * size), across, down))
  }
}

function gradientsPanel(svg, scene) {
  const seen = scene.frames.gradients.flatMap(norms => Array.from(norms)).filter(v => v > 0)
  const [low, high] = finiteRange(seen)
  const layers = scene.hidden.length + 1
  const floor = Math.max(low / 3, high * 1e-12)
  const y = { low: floor, high: Math.max(high * 3, floor * 100), log: true, name: "" }
  const area = axes(svg, { low: 0.4, high: layers + 0.6, name: "layer" }, y)
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
      value.textContent = norms.length === 0 ? "" : norm === 0 ? "0" : format(norm, layers > 4 ? 1 : 2)
      const x = area.px(n + 1)
      const top = shown ? Math.min(area.py(Math.max(norm, floor)), area.box.bottom - 1) : area.box.bottom
      set(bar, { x: x - half, y: top, height: area.box.bottom - top })
      set(value, { x, y: Math.max(top - 4, area.box.top + 11) })
    })
  }
}
