// The training player: the line, its loss, and its path over w and b.

const mount = mounting({
  read,
  panels(part, scene, view, tip, go, place) {
    const { classList } = part("figure.fit").closest(".player")
    classList.toggle("curve", !scene.surface)
    // Where the learner is the optimizer there is nothing to play.
    classList.toggle("by-hand", Boolean(scene.hand))
    drawLegend(part(".legend"), scene.runs)
    part(".fit figcaption").textContent = `The ${scene.curves ? "curve" : "line"} and its data`
    const stride = scene.runs[0].track.stride ?? 1
    const thinned = stride > 1 ? `, every ${stride}th step` : ""
    part(".surface figcaption").textContent = `Loss over w and b${thinned}`
    return [
      scene.curves ? curvePanel(part(".fit svg"), scene) : fitPanel(part(".fit svg"), scene),
      lossPanel(part(".loss svg"), scene, view, tip, go),
      scene.surface ? surfacePanel(part(".surface svg"), scene, place) : () => {},
    ]
  },
  states(scene, position) {
    const states = scene.runs.map(run => stateAt(run, position))
    // Within an epoch the paused script's numbers count; it is the first run.
    const { now } = scene
    if (now && Math.floor(position) === now.at) states[0] = { w: now.w, b: now.b, complete: now.at, passed: now.passed }
    return states
  },
  readouts: createReadouts,
})

function hover(run, epoch) {
  return !run.start ? "" : `\nw     ${format(run.w[epoch], 6)}\nb     ${format(run.b[epoch], 6)}`
}

function read(data) {
  const runs = data.runs.map(run => {
    const walk = walked(run)
    return {
      ...run, ...walk, loss: unpacked(run.loss),
      // Where w and b stood along the way: after each update, if an epoch has many.
      track: run.track ? { ...run.track, ...walked(run.track) } : { every: 1, ...walk },
    }
  })
  return { ...data, runs, hover, steep: isSteep(runs), done: Math.max(...runs.map(run => run.loss.length)) }
}

function walked({ w = "", b = "", gw = "", gb = "" }) {
  return { w: unpacked(w), b: unpacked(b), gw: unpacked(gw), gb: unpacked(gb) }
}

// w and b at a position; between two of the run's updates they glide in a straight line.
function stateAt(run, position) {
  // A run that broke off stays where it ended while the others go on.
  position = Math.min(position, run.loss.length)
  const complete = Math.floor(position)
  if (!run.start) return { complete, position }
  const { every, w, b } = run.track
  // 3 epochs of 7 updates are 21 updates, and not 20.999999.
  const updates = Math.round((position / every) * 1e6) / 1e6
  const passed = Math.min(Math.floor(updates), w.length)
  const at = (values, start, n) => (n === 0 ? start : values[n - 1])
  // Kept updates need not end where the epoch does; the epoch's own numbers do.
  if (position === complete) {
    return { w: at(run.w, run.start[0], complete), b: at(run.b, run.start[1], complete), complete, passed }
  }
  const glide = (values, start) => {
    const from = at(values, start, passed)
    return passed < values.length ? from + (updates - passed) * (values[passed] - from) : from
  }
  return { w: glide(w, run.start[0]), b: glide(b, run.start[1]), complete, passed }
}

function createReadouts(list) {
  const cells = {}
  for (const name of ["epoch", "loss", "w", "b", "w.grad", "b.grad", "formula"]) {
    const row = document.createElement("div")
    row.className = name === "formula" ? "formula line-number" : ""
    if (!["epoch", "loss", "formula"].includes(name)) row.className = "line-number"
    const [label, value] = ["dt", "dd"].map(tag => row.appendChild(document.createElement(tag)))
    label.textContent = name === "formula" ? "The line now" : name
    value.dataset.name = name
    cells[name] = value
    list.appendChild(row)
  }
  return (state, scene) => {
    const shown = numbersAt(scene, state.complete)
    for (const name of ["loss", "w", "b", "w.grad", "b.grad"]) {
      const none = name.endsWith(".grad") ? "None" : "—"
      cells[name].textContent = shown[name] === null ? none : format(shown[name])
    }
    cells.epoch.textContent = shown.epoch === null ? "—" : shown.epoch
    cells.epoch.previousElementSibling.textContent = scene.word ?? "epoch"
    const { w, b } = shown
    const sign = b < 0 ? "−" : "+"
    cells.formula.textContent = `ŷ = ${format(w, 3)}·x ${sign} ${format(Math.abs(b), 3)}`
  }
}

// Which line is whose, by its dashes and its name; a run alone needs no name.
function drawLegend(list, runs) {
  list.hidden = runs.length < 2
  list.replaceChildren(...runs.map((run, i) => {
    const item = document.createElement("li")
    const line = node(item.appendChild(document.createElementNS(SVG, "svg")), "line", {
      class: `curve run-${i}`, x1: 0, x2: 34, y1: 6, y2: 6,
    })
    set(line.parentNode, { width: 34, height: 12, "aria-hidden": "true" })
    item.append(run.name)
    return item
  }))
}

// The numbers of the last complete epoch, which are those that the script prints and the table
// holds; or, while the learner steps, those that the paused script holds now.
function numbersAt(scene, complete) {
  const run = scene.runs[0]
  const at = Math.min(complete, run.loss.length) - 1
  if (scene.now && scene.now.at === complete) return scene.now
  if (at < 0) {
    const [w, b] = run.start ?? []
    return { epoch: null, loss: null, w, b, "w.grad": null, "b.grad": null }
  }
  return {
    epoch: at, loss: run.loss[at], w: run.w[at], b: run.b[at],
    "w.grad": run.gw[at], "b.grad": run.gb[at],
  }
}
