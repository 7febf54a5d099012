// The player: it holds a position (epochs complete, a fraction while it glides between two),
// moves it with the clock, the slider and the keyboard, and lets the panels draw it.
// Python sends the whole trajectory and an order; it hears back only where the learner stopped.

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const players = new WeakMap()

function mount(component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component
  let player = players.get(parentElement)
  if (!player) {
    player = createPlayer(parentElement.querySelector(".player"))
    players.set(parentElement, player)
  }
  player.report = report => setStateValue("held", report)
  player.place = place => setTriggerValue("place", place)
  player.receive(data)
  return () => {
    player.destroy()
    players.delete(parentElement)
  }
}

function createPlayer(root) {
  const part = name => root.querySelector(name)
  const play = part(".play")
  const scrub = part(".scrub")
  const select = part(".speed select")
  const scale = part(".scale")
  const say = part(".say")
  const readouts = createReadouts(part(".readouts"))
  const tip = createTip(root, part(".tip"))
  for (const speed of SPEEDS) select.add(new Option(String(speed), String(speed)))

  let scene = null
  let draw = []
  let order = null
  let position = 0
  let playing = false
  let chosenSpeed = false
  let chosenScale = false
  const view = { log: false }
  let frame = 0
  let before = 0
  const api = { report: () => {}, place: () => {}, receive, destroy }

  // What Python sends: a new picture, a longer one, or an order to play or to stand somewhere.
  function receive(data) {
    const fresh = !scene || scene.id !== data.id
    scene = read(data)
    if (!chosenScale) view.log = scene.steep
    if (fresh && !chosenSpeed) {
      const wanted = scene.epochs / 6
      select.value = String(SPEEDS.find(s => s >= wanted) ?? SPEEDS.at(-1))
    }
    scrub.max = String(scene.epochs)
    layout()
    if (order !== data.order.number) {
      order = data.order.number
      position = data.order.at
      setPlaying(data.order.play && scene.done > 0)
    }
    position = Math.min(position, scene.done)
    show()
  }

  function layout() {
    const panels = [part(".fit svg"), part(".loss svg"), part(".surface svg")]
    draw = [
      fitPanel(panels[0], scene),
      lossPanel(panels[1], scene, view, tip, go),
      surfacePanel(panels[2], scene, place => api.place(place)),
    ]
    scale.setAttribute("aria-pressed", String(view.log))
    // Where the learner is the optimizer there is nothing to play.
    root.classList.toggle("by-hand", Boolean(scene.hand))
    drawLegend(part(".legend"), scene.runs)
  }

  function show() {
    const states = scene.runs.map(run => stateAt(run, position))
    // Within an epoch the paused script's numbers count; it is the first run.
    const { now } = scene
    if (now && Math.floor(position) === now.at) states[0] = { w: now.w, b: now.b, complete: now.at }
    for (const panel of draw) panel(states)
    readouts(states[0], scene)
    const complete = Math.floor(position)
    scrub.value = String(complete)
    scrub.setAttribute("aria-valuetext", `${complete} of ${scene.epochs} epochs`)
    const idle = complete === 0 ? "▶ Play" : complete >= scene.epochs ? "↻ Replay" : "▶ Resume"
    play.textContent = playing ? "❚❚ Stop" : idle
    play.disabled = scene.done === 0
    speak(complete)
  }

  function speak(complete) {
    const end = scene.runs[0].loss.findIndex(v => !Number.isFinite(v))
    const gone = end >= 0 && complete > end
    say.classList.toggle("bad", gone)
    say.textContent = gone ? scene.said.diverged : complete === 0 ? scene.said.start
      : scene.hand || complete >= scene.epochs ? scene.said.end : ""
  }

  function setPlaying(on) {
    if (on && matchMedia("(prefers-reduced-motion: reduce)").matches) {
      position = scene.done
      on = false
    }
    playing = on
    cancelAnimationFrame(frame)
    if (on) {
      before = performance.now()
      frame = requestAnimationFrame(tick)
    }
  }

  function tick(now) {
    const elapsed = Math.min(now - before, 250) / 1000
    before = now
    position = Math.min(position + elapsed * Number(select.value), scene.done)
    if (position >= scene.epochs) {
      setPlaying(false)
      held()
    }
    show()
    // At the newest epoch of an unfinished run it waits here for the next piece.
    if (playing) frame = requestAnimationFrame(tick)
  }

  function held() {
    position = Math.round(position)
    api.report({ order, at: position, playing })
  }

  function go(to) {
    setPlaying(false)
    position = Math.min(Math.max(Math.round(to), 0), scene.done)
    show()
    held()
  }

  function toggle() {
    if (scene.done === 0) return
    if (playing) position = Math.floor(position)
    else if (position >= scene.epochs) position = 0
    setPlaying(!playing)
    show()
    held()
  }

  play.onclick = toggle
  part(".back").onclick = () => go(Math.ceil(position) - 1)
  part(".forward").onclick = () => go(Math.floor(position) + 1)
  scrub.oninput = () => {
    setPlaying(false)
    position = Math.min(Number(scrub.value), scene.done)
    show()
  }
  scrub.onchange = held
  select.onchange = () => (chosenSpeed = true)
  scale.onclick = () => {
    view.log = !view.log
    chosenScale = true
    layout()
    show()
  }

  function onKey(event) {
    const target = event.composedPath()[0]
    const typing = target.closest?.("input:not([type=range]), textarea, select, [contenteditable]")
    const elsewhere = target.closest?.("button, a, [role=slider], [role=tab], [role=radio]")
    const own = root.contains(target)
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return
    if (!own && elsewhere) return
    if (event.key === " " && target.tagName !== "BUTTON") toggle()
    else if (event.key === "ArrowLeft") go(Math.ceil(position) - 1)
    else if (event.key === "ArrowRight") go(Math.floor(position) + 1)
    else return
    event.preventDefault()
  }
  window.addEventListener("keydown", onKey)

  const resized = new ResizeObserver(() => {
    if (!scene) return
    layout()
    show()
  })
  resized.observe(part(".panels"))

  function destroy() {
    cancelAnimationFrame(frame)
    window.removeEventListener("keydown", onKey)
    resized.disconnect()
  }
  return api
}

function read(data) {
  const runs = data.runs.map(run => ({
    ...run, loss: unpacked(run.loss), w: unpacked(run.w), b: unpacked(run.b),
    gw: unpacked(run.gw), gb: unpacked(run.gb),
  }))
  const losses = runs.flatMap(run => Array.from(run.loss))
  const [low, high] = finiteRange(losses.filter(v => v > 0))
  // A loss over six powers of ten, or one that breaks off, is a flat line on a linear axis.
  const steep = (losses.length > 0 && high / low > 1e6) || losses.some(v => !Number.isFinite(v))
  return { ...data, runs, steep, done: Math.max(...runs.map(run => run.loss.length)) }
}

// w and b at a position; between two epochs they glide in a straight line.
function stateAt(run, position) {
  // A run that broke off stays where it ended while the others go on.
  position = Math.min(position, run.loss.length)
  const complete = Math.floor(position)
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
    row.className = name === "formula" ? "formula" : ""
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
    const [w, b] = run.start
    return { epoch: null, loss: null, w, b, "w.grad": null, "b.grad": null }
  }
  return {
    epoch: at, loss: run.loss[at], w: run.w[at], b: run.b[at],
    "w.grad": run.gw[at], "b.grad": run.gb[at],
  }
}

function createTip(root, tip) {
  return {
    show(svg, x, text) {
      tip.textContent = text
      tip.hidden = false
      const [a, b] = [svg.getBoundingClientRect(), root.getBoundingClientRect()]
      const left = a.left - b.left + x + 12
      const fits = left + tip.offsetWidth < b.width
      tip.style.left = `${fits ? left : left - tip.offsetWidth - 24}px`
      tip.style.top = `${a.top - b.top + 8}px`
    },
    hide() {
      tip.hidden = true
    },
  }
}
