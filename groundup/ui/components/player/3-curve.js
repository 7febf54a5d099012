// The data and the curve that a model of many parameters draws through it: `scene.curves` holds
// its predictions at the data's own x for some of the epochs, `at` how many were complete then.

function curvePanel(svg, scene) {
  const { x } = scene.data
  const { plot, px, py, box } = dataAxes(svg, scene.data)
  drawPoints({ plot, px, py }, scene.data)
  const line = node(plot, "polyline", { class: "line run-0 curve-now" })
  const { at } = scene.curves
  const curves = scene.curves.y.map(unpacked)
  return ([{ position }]) => {
    // The latest kept curve, on its way to the next one as far as the position is.
    let k = at.findLastIndex(complete => complete <= position)
    if (k < 0) k = 0
    const next = Math.min(k + 1, at.length - 1)
    const part = next > k ? (Math.max(position, at[k]) - at[k]) / (at[next] - at[k]) : 0
    const known = curves.length > 0 && position >= at[0] && curves[k].every(Number.isFinite)
    line.style.display = known ? "" : "none"
    if (!known) return
    const places = x.map((v, i) => {
      const value = curves[k][i] + part * (curves[next][i] - curves[k][i])
      return `${px(v).toFixed(1)},${near(py(value), box.top, box.bottom).toFixed(1)}`
    })
    line.setAttribute("points", places.join(" "))
  }
}
