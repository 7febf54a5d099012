// Rings of equal loss over (w, b), the path so far, and the way downhill at the latest step.

function surfacePanel(svg, scene, onPlace) {
  const { view, rings, optimum } = scene.surface
  const [lowW, highW, lowB, highB] = view
  const area = axes(
    svg,
    { low: lowW, high: highW, name: "w" },
    { low: lowB, high: highB, name: "b" },
  )
  const { plot, px, py, box } = area
  const perW = (box.right - box.left) / (highW - lowW)
  const perB = (box.top - box.bottom) / (highB - lowB)
  for (const [w, b, uw, ub, vw, vb] of rings) {
    const matrix = [uw * perW, ub * perB, vw * perW, vb * perB, px(w), py(b)]
    node(plot, "circle", { class: "ring", r: 1, transform: `matrix(${matrix})` })
  }
  const inX = v => near(px(v), box.left, box.right)
  const inY = v => near(py(v), box.bottom, box.top)
  const runs = scene.runs.map((run, i) => {
    const places = [`${inX(run.start[0]).toFixed(1)},${inY(run.start[1]).toFixed(1)}`]
    const { w, b, gw, gb } = run.track
    for (let n = 0; n < w.length; n++) {
      if (!Number.isFinite(w[n]) || !Number.isFinite(b[n])) break
      places.push(`${inX(w[n]).toFixed(1)},${inY(b[n]).toFixed(1)}`)
    }
    const sizes = Array.from(gw, (g, n) => Math.hypot(g * perW, gb[n] * perB))
    return {
      start: run.start, w, b, gw, gb, places, steepest: finiteRange(sizes)[1],
      path: node(plot, "polyline", { class: `path run-${i}${run.track.every < 1 ? " fine" : ""}` }),
      from: node(plot, "circle", { class: "step-from", r: 5 }),
      shaft: node(plot, "line", { class: "downhill" }),
      head: node(plot, "path", { class: "downhill-head", d: "M7 0L-2 4V-4Z" }),
      dot: node(plot, "circle", { class: `dot run-${i}`, r: 5 }),
    }
  })

  // Over the paths, which may be dense around it.
  const [x, y] = [px(optimum[0]), py(optimum[1])]
  node(plot, "path", { class: "optimum", d: `M${x - 5} ${y}h10M${x} ${y - 5}v10` })

  // By hand: a click is a place, and the dashed arrow is gradient descent's own next step.
  svg.classList.toggle("pick", Boolean(scene.pick))
  svg.onclick = scene.pick ? event => {
    const frame = svg.getBoundingClientRect()
    const [right, down] = [event.clientX - frame.left, event.clientY - frame.top]
    const up = (box.bottom - down) / (box.bottom - box.top)
    onPlace([area.toX(right), lowB + up * (highB - lowB)])
  } : null
  const ghost = node(plot, "line", { class: "ghost" })
  const ghostHead = node(plot, "path", { class: "ghost-head", d: "M7 0L-3 5V-5Z" })
  function drawGhost({ w, b }) {
    const [nextW, nextB] = scene.hand?.next ?? []
    const from = [inX(w), inY(b)]
    const to = [inX(nextW), inY(nextB)]
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
    const shown = Math.hypot(dx, dy) > 3
    for (const part of [ghost, ghostHead]) part.style.display = shown ? "" : "none"
    if (!shown) return
    set(ghost, { x1: from[0], y1: from[1], x2: to[0], y2: to[1] })
    const turn = (Math.atan2(dy, dx) * 180) / Math.PI
    ghostHead.setAttribute("transform", `translate(${to}) rotate(${turn})`)
  }

  return states => {
    drawGhost(states[0])
    states.forEach(({ w, b, passed }, i) => {
      const run = runs[i]
      const known = Number.isFinite(w) && Number.isFinite(b)
      run.dot.style.display = known ? "" : "none"
      const here = known ? `${inX(w).toFixed(1)},${inY(b).toFixed(1)}` : ""
      const so_far = run.places.slice(0, Math.min(passed, run.places.length - 1) + 1)
      run.path.setAttribute("points", `${so_far.join(" ")} ${here}`)
      if (known) set(run.dot, { cx: inX(w), cy: inY(b) })
      arrow(run, passed)
    })
  }

  // From where the latest gradient was measured, along its negative. A tenth of the steepest
  // gradient still has half the arrow, or all but the first few steps would show none.
  function arrow(run, passed) {
    const at = passed - 1
    const gradient = at >= 0 ? [-run.gw[at] * perW, -run.gb[at] * perB] : [NaN, NaN]
    const length = Math.hypot(...gradient)
    const pixels = 36 * (length / run.steepest) ** 0.3
    const shown = Number.isFinite(pixels) && pixels > 5
    for (const part of [run.from, run.shaft, run.head]) part.style.display = shown ? "" : "none"
    if (!shown) return
    const w = at > 0 ? run.w[at - 1] : run.start[0]
    const b = at > 0 ? run.b[at - 1] : run.start[1]
    const [cx, cy] = [inX(w), inY(b)]
    const [dx, dy] = gradient.map(g => (g / length) * pixels)
    set(run.from, { cx, cy })
    set(run.shaft, { x1: cx, y1: cy, x2: cx + dx, y2: cy + dy })
    const turn = (Math.atan2(dy, dx) * 180) / Math.PI
    run.head.setAttribute("transform", `translate(${cx + dx} ${cy + dy}) rotate(${turn})`)
  }
}
