// The table of named parameters: its numbers are those after so many epochs, each beside its course.

const WIDE = 52
const HIGH = 22

function tablePanel(body, scene) {
  body.replaceChildren()
  const cell = (row, name, text = "") => {
    const found = row.appendChild(document.createElement("td"))
    found.className = name
    found.textContent = text
    return found
  }
  const amounts = scene.rows.flatMap(row => {
    const line = body.appendChild(document.createElement("tr"))
    for (const name of ["name", "shape", "count", "learns"]) cell(line, name, row[name])
    return [row.norms, row.grads].map(values => {
      const amount = cell(line, "amount")
      return { values, amount, move: courseOf(cell(line, "spark"), values, scene.epochs) }
    })
  })
  return ([{ complete }]) => {
    for (const { values, amount, move } of amounts) {
      // A parameter without a gradient has none, which is not a number.
      const value = values[complete]
      amount.textContent = Number.isNaN(value) ? "None" : format(value)
      move(complete)
    }
  }
}

// The course of one number over the epochs, to a scale of its own, and a dot where it is now.
function courseOf(parent, values, epochs) {
  const svg = node(parent, "svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" })
  const [low, high] = finiteRange(values)
  const x = n => 3 + (n / Math.max(epochs, 1)) * (WIDE - 6)
  const y = v => (high > low ? HIGH - 3 - ((v - low) / (high - low)) * (HIGH - 6) : HIGH / 2)
  const points = Array.from(values, (v, n) => (Number.isFinite(v) ? `${x(n).toFixed(1)},${y(v).toFixed(1)}` : ""))
  node(svg, "polyline", { class: "course", points: points.filter(Boolean).join(" ") })
  const dot = node(svg, "circle", { class: "place", r: 3 })
  return complete => {
    const here = Number.isFinite(values[complete])
    dot.style.display = here ? "" : "none"
    if (here) set(dot, { cx: x(complete), cy: y(values[complete]) })
  }
}
