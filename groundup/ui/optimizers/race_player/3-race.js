// The race player: the landscape with every path, every loss on one axis, and one racer's inside.

const mount = mounting({
  read,
  panels(part, scene, view, tip, go, place) {
    dress(part(".panels").parentElement, scene)
    return [
      racersPanel(part(".racers"), scene, name => place({ watch: name })),
      groundPanel(part(".stack"), scene, place),
      lossPanel(part(".loss svg"), scene, view, tip, go),
      insidePanel(part(".inside"), scene),
    ]
  },
  states: (scene, position) => scene.runs.map(run => stateAt(scene, run, position)),
  readouts: () => () => {},
})

function read(data) {
  const runs = data.runs.map(run => ({
    ...run, loss: unpacked(run.loss), x: unpacked(run.x), y: unpacked(run.y),
    at: run.at && unpacked(run.at), evaluations: unpacked(run.evaluations),
  }))
  const rule = data.rule && {
    ...data.rule,
    numbers: data.rule.numbers.map(({ columns, cases }) => ({
      cases, columns: Object.fromEntries(Object.entries(columns).map(([n, c]) => [n, unpacked(c)])),
    })),
  }
  const ground = { ...data.ground, heights: halves(data.ground.heights) }
  const done = Math.max(0, ...runs.map(run => run.at ? run.at.at(-1) : run.loss.length))
  // One that flies off, or one that reaches 1e-40, would press all others into a line.
  const first = Math.max(...runs.map(run => run.loss[0])) - data.ground.lowest
  const span = [data.ground.lowest + 1e-12 * first, data.ground.lowest + 1e3 * first]
  return { ...data, runs, rule, ground, done, span, steep: true, told, say }
}

function halves(text) {
  return new Uint16Array(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer)
}

// How each racer looks, from Python's palette: the panels know them by number.
function dress(root, { runs }) {
  runs.forEach((run, i) => {
    root.style.setProperty(`--colour-${i}`, run.colour)
    root.style.setProperty(`--dash-${i}`, run.dash || "none")
  })
}

// Where a racer is at a position; between two steps it glides in a straight line. Where the clock
// counts evaluations, one that asks more than once in a step takes that much longer for it.
function stateAt(scene, run, position) {
  const last = run.x.length
  let complete = Math.min(Math.floor(position), last)
  let part = Math.min(position, last) - complete
  if (run.at) {
    complete = stepsAt(run, position)
    const from = complete ? run.at[complete - 1] : 0
    part = complete < last ? (position - from) / (run.at[complete] - from) : 0
  }
  const at = (values, start, n) => (n === 0 ? start : values[n - 1])
  const glide = (values, start) => {
    const from = at(values, start, complete)
    return part > 0 ? from + part * (at(values, start, complete + 1) - from) : from
  }
  return { x: glide(run.x, scene.start[0]), y: glide(run.y, scene.start[1]), complete, position }
}

// How many of its steps a racer has finished after so many evaluations.
function stepsAt(run, evaluations) {
  let [low, high] = [0, run.at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (run.at[middle] <= evaluations) low = middle + 1
    else high = middle
  }
  return low
}

// One button a racer: how it is drawn, its name, its loss; pressed, it is looked into.
function racersPanel(list, scene, onWatch) {
  const items = scene.runs.map((run, i) => {
    const item = document.createElement("li")
    const button = item.appendChild(document.createElement("button"))
    button.type = "button"
    button.title = `Look inside ${run.name}`
    button.setAttribute("aria-pressed", String(run.name === scene.watched))
    button.onclick = () => onWatch(run.name)
    const sample = button.appendChild(document.createElementNS(SVG, "svg"))
    set(sample, { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true" })
    node(sample, "line", { class: `path run-${i}`, x1: 0, x2: 34, y1: 7, y2: 7 })
    node(sample, "path", { class: `mark run-${i}`, d: MARKS[run.marker], transform: "translate(17 7)" })
    button.append(run.name)
    const value = button.appendChild(document.createElement("span"))
    value.className = "value"
    return { item, value, run }
  })
  list.replaceChildren(...items.map(one => one.item))
  return states => items.forEach(({ value, run }, i) => {
    const { complete } = states[i]
    value.textContent = complete ? format(run.loss[complete - 1], 3) : "—"
  })
}

// Under the pointer over the losses: every racer's loss there.
function told(runs, position) {
  const word = `${this.word} ${position + 1}`
  const width = Math.max(...runs.map(run => run.name.length))
  const lines = runs.map(run => {
    const step = run.at ? stepsAt(run, position + 1) - 1 : Math.min(position, run.loss.length - 1)
    return `${run.name.padEnd(width)}  ${step < 0 ? "—" : format(run.loss[step], 5)}`
  })
  return [word, ...lines].join("\n")
}

// Beneath the picture: what to look for; then who has left the numbers by now, or what was asked.
function say(states) {
  const gone = this.runs.flatMap((run, i) => {
    const end = run.loss.findIndex(v => !Number.isFinite(v))
    const known = end >= 0 && states[i].complete > end
    return known ? [`${run.name} (loss ${format(run.loss[end])} from step ${end + 1})`] : []
  })
  const asking = this.runs.flatMap((run, i) => {
    const { complete } = states[i]
    const times = run.evaluations[complete - 1]
    return complete && run.evaluations.length
      ? [`${run.name} has asked for the loss ${times} times in ${complete} steps.`] : []
  })
  const words = gone.length ? [`Diverged: ${gone.join(", ")}. These steps are too long.`] : asking
  const start = "All start at the dashed ring; + is the lowest place. Press a racer to look inside it."
  const text = [this.look || (words.length ? "" : start), ...words].join(" ")
  return { text, bad: gone.length > 0 && !this.look }
}
