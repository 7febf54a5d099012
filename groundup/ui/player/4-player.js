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
    if (now && Math.floor(position) === now.at) states[0] = { w: now.w, b: now.b, complete: now.at }
    return states
  },
  readouts: createReadouts,
})

function hover(run, epoch) {
  return !run.start ? "" : `\nw     ${format(run.w[epoch], 6)}\nb     ${format(run.b[epoch], 6)}`
}

function read(data) {
  const runs = data.runs.map(run => ({
    ...run, loss: unpacked(run.loss), w: unpacked(run.w ?? ""), b: unpacked(run.b ?? ""),
    gw: unpacked(run.gw ?? ""), gb: unpacked(run.gb ?? ""),
  }))
  return { ...data, runs, hover, steep: isSteep(runs), done: Math.max(...runs.map(run => run.loss.length)) }
}

// w and b at a position; between two epochs they glide in a straight line.
function stateAt(run, position) {
  // A run that broke off stays where it ended while the others go on.
  position = Math.min(position, run.loss.length)
  const complete = Math.floor(position)
  if (!run.start) return { complete, position }
  const at = (values, start, n) => (n === 0 ? start : values[n - 1])
  const part = position - complete
  const glide = (values, start) => {
    const from = at(values, start, complete)
    return part > 0 ? from + part * (at(values, start, complete + 1) - from) : from
  }
  return { w: glide(run.w, run.start[0]), b: glide(run.b, run.start[1]), complete }
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
