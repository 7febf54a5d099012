// The data, the line w·x + b, and the residuals between them.

function fitPanel(svg, scene) {
  const { x, y } = scene.data
  const { plot, px, py, box, lowX, highX } = dataAxes(svg, scene.data)
  const screenY = v => near(py(v), box.top, box.bottom)
  const runs = scene.runs.map((_, i) => ({
    residuals: node(plot, "path", { class: `residuals run-${i}` }),
    line: null,
  }))
  drawPoints({ plot, px, py }, scene.data)
  runs.forEach((run, i) => {
    run.line = node(plot, "line", { class: `line run-${i}`, x1: px(lowX), x2: px(highX) })
  })
  return states => {
    states.forEach(({ w, b }, i) => {
      const known = Number.isFinite(w) && Number.isFinite(b)
      runs[i].line.style.display = runs[i].residuals.style.display = known ? "" : "none"
      if (!known) return
      set(runs[i].line, { y1: screenY(w * lowX + b), y2: screenY(w * highX + b) })
      let d = ""
      for (let k = 0; k < x.length; k++) {
        const column = px(x[k]).toFixed(1)
        d += `M${column} ${py(y[k]).toFixed(1)}V${screenY(w * x[k] + b).toFixed(1)}`
      }
      runs[i].residuals.setAttribute("d", d)
    })
  }
}

// Axes around the examples, with some room for a line.
function dataAxes(svg, { x, y }) {
  const [lowX, highX] = padded(finiteRange(x), 0.06)
  const [lowY, highY] = padded(finiteRange(y), 0.18)
  const area = axes(
    svg,
    { low: lowX, high: highX, name: "x" },
    { low: lowY, high: highY, name: "y" },
  )
  return { ...area, lowX, highX }
}

function drawPoints({ plot, px, py }, { x, y }) {
  const size = x.length > 150 ? 2.2 : 3.2
  for (let i = 0; i < x.length; i++) {
    node(plot, "circle", { class: "point", cx: px(x[i]), cy: py(y[i]), r: size })
  }
}

function padded([low, high], share) {
  const room = (high - low || 1) * share
  return [low - room, high + room]
}
