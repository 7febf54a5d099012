// The loss of each epoch, revealed as the run goes on; hovering reads out exact numbers.

function lossPanel(svg, scene, view, tip, onPick) {
  const [least, most] = scene.span ?? [-Infinity, Infinity]
  const seen = v => Number.isFinite(v) && v >= least && v <= most
  const finite = scene.runs.flatMap(run => Array.from(run.loss).filter(seen))
  const positive = finite.filter(v => v > 0)
  const log = view.log && positive.length > 0
  const [low, high] = finiteRange(log ? positive : finite)
  const y = log
    ? { low: low / 1.3, high: Math.max(high * 1.3, low * 2), log: true, name: "" }
    : { low: 0, high: high * 1.05 || 1, name: "" }
  const last = Math.max(scene.epochs - 1, 1)
  const area = axes(svg, { low: 0, high: last, name: scene.word ?? "epoch" }, y)
  const { plot, px, py, box } = area
  // Where a run tells how far along the axis each of its losses was known (`at`), it stands there.
  const across = (run, epoch) => px(run.at ? run.at[epoch] - 1 : epoch)
  const runs = scene.runs.map((run, i) => {
    const places = Array.from(run.loss, (v, epoch) =>
      Number.isFinite(v) && (!log || v > 0) ? `${across(run, epoch).toFixed(1)},${py(v).toFixed(1)}` : null)
    const end = run.loss.findIndex(v => !Number.isFinite(v))
    const broken = node(plot, "line", { class: "broken", y1: box.top, y2: box.bottom })
    if (end >= 0) set(broken, { x1: across(run, end), x2: across(run, end) })
    return {
      ...run, end, broken, ...outline(end < 0 ? places : places.slice(0, end)), shown: -1,
      curve: node(plot, "polyline", { class: `curve run-${i}` }),
      dot: node(plot, "circle", { class: `dot run-${i}`, r: 4.5 }),
    }
  })
  const cross = node(plot, "line", { class: "hover", y1: box.top, y2: box.bottom })
  cross.style.display = "none"

  const epochAt = event => {
    const left = svg.getBoundingClientRect().left
    return Math.round(Math.min(Math.max(area.toX(event.clientX - left), 0), scene.epochs - 1))
  }
  svg.onpointermove = event => {
    const epoch = epochAt(event)
    if (epoch >= scene.done) return svg.onpointerleave()
    set(cross, { x1: px(epoch), x2: px(epoch) })
    cross.style.display = ""
    const word = scene.word ? `${scene.word} ${epoch + 1}` : `epoch ${epoch}`
    if (scene.told) return tip.show(svg, px(epoch), scene.told(scene.runs, epoch))
    const there = runs.filter(run => epoch < run.loss.length)
    tip.show(svg, px(epoch), there.map(run =>
      `${run.name ? `${run.name}\n` : ""}${word}\nloss  ${format(run.loss[epoch], 6)}` +
      scene.hover(run, epoch)).join("\n"))
  }
  svg.onpointerleave = () => {
    cross.style.display = "none"
    tip.hide()
  }
  svg.onclick = event => onPick(epochAt(event) + 1)

  return states => {
    states.forEach(({ complete }, i) => {
      const run = runs[i]
      const count = Math.max(0, Math.min(complete, run.places.length))
      run.broken.style.display = run.end >= 0 && complete > run.end ? "" : "none"
      if (count === run.shown) return
      run.shown = count
      const at = count > 0 ? run.places[count - 1] : null
      run.curve.setAttribute("points", upTo(run, count, at))
      run.dot.style.display = at ? "" : "none"
      if (at) {
        const [cx, cy] = at.split(",")
        set(run.dot, { cx, cy })
      }
    })
  }
}

// One text for a whole line, and how much of it is drawn after each place ("x,y", or null where
// nothing can be drawn): cutting a text is quick. Places nearer than a pixel to the last are left
// out, as thousands of points that nobody can tell apart would cost half the frames.
function outline(places) {
  let path = ""
  let [x, y] = [Infinity, Infinity]
  const ends = places.map(place => {
    if (place === null) return path.length
    const [nextX, nextY] = place.split(",").map(Number)
    if (Math.abs(nextX - x) + Math.abs(nextY - y) >= 1) {
      path += path ? ` ${place}` : place
      ;[x, y] = [nextX, nextY]
    }
    return path.length
  })
  return { places, path, ends }
}

// The line through the first `count` places, and on to `at`.
function upTo({ path, ends }, count, at) {
  const so_far = count > 0 ? path.slice(0, ends[count - 1]) : ""
  return at && !so_far.endsWith(at) ? `${so_far} ${at}` : so_far
}
