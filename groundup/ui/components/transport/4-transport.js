// What every player shares: it holds a position (epochs complete, a fraction while it glides
// between two), moves it with the clock, the slider and the keyboard, and lets the panels draw it.
// Python sends the whole trajectory and an order; it hears back only where the learner stopped.
//
// `kind` says what is played:
//   read(data)                        the scene: what was sent, its numbers unpacked; with `runs`
//                                     (each with `loss`), `done` (epochs so far) and `steep` (log);
//                                     null if it waits for a part, which "groundup:part" announces
//   panels(part, scene, view, tip, go)  functions that draw the states
//   states(scene, position)           one for each run: `complete` epochs, and what panels need
//   readouts(list)                    a function that writes the first state's numbers
// A scene may bring its own words (`say(states)` beneath the picture, `told(runs, epoch)` at the
// pointer over the losses) and the `span` of losses that the axis must hold at most.

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const players = new WeakMap()

function mounting(kind) {
  return function mount(component) {
    const { parentElement, data, setStateValue, setTriggerValue } = component
    let player = players.get(parentElement)
    if (!player) {
      player = createPlayer(parentElement.querySelector(".player"), kind)
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
}

function createPlayer(root, kind) {
  const part = name => root.querySelector(name)
  const play = part(".play")
  const scrub = part(".scrub")
  const select = part(".speed select")
  const scale = part(".scale")
  const say = part(".say")
  const readouts = kind.readouts(part(".readouts"))
  const tip = createTip(root, part(".tip"))
  for (const speed of SPEEDS) select.add(new Option(String(speed), String(speed)))

  let scene = null
  let sent = null
  let draw = []
  let order = null
  let position = 0
  let playing = false
  let chosenSpeed = false
  let chosenScale = false
  const view = { log: false }
  let frame = 0
  let before = 0
  let arrived = 0
  let interval = 1300
  const api = { report: () => {}, place: () => {}, receive, destroy }

  // What Python sends: a new picture, a longer one, or an order to play or to stand somewhere.
  function receive(data) {
    sent = data
    const next = kind.read(data)
    if (!next) return
    const fresh = !scene || scene.id !== data.id
    const former = fresh ? 0 : scene.done
    scene = next
    if (scene.done !== former) noteArrival(former)
    if (!chosenScale) view.log = scene.steep
    if (fresh && !chosenSpeed) {
      const wanted = scene.epochs / 6
      select.value = String(SPEEDS.find(s => s >= wanted) ?? SPEEDS.at(-1))
    }
    scrub.max = String(scene.epochs)
    name(scene.word ?? "epoch")
    layout()
    if (order !== data.order.number) {
      order = data.order.number
      position = data.order.at
      setPlaying(data.order.play && scene.done > 0)
    }
    position = Math.min(position, scene.done)
    show()
  }

  // What the clock counts, where a button or the slider names it.
  function name(word) {
    part(".speed span").textContent = `${word}s/s`
    select.setAttribute("aria-label", `${word[0].toUpperCase()}${word.slice(1)}s a second`)
    for (const [button, way, key] of [[".back", "back", "←"], [".forward", "forward", "→"]]) {
      part(button).setAttribute("aria-label", `One ${word} ${way}`)
      part(button).title = `One ${word} ${way} (${key})`
    }
  }

  // How often pieces of an unfinished run arrive, in ms.
  function noteArrival(former) {
    const now = performance.now()
    // Parts of one piece arrive one after another.
    if (now - arrived < 100) return
    const since = Math.min(Math.max(now - arrived, 500), 5000)
    interval = former > 0 && scene.done > former ? (interval + since) / 2 : 1300
    arrived = now
  }

  // Epochs a second: as chosen, or as slow as it takes to last until the next piece arrives.
  function pace(now) {
    const chosen = Number(select.value)
    if (scene.done >= scene.epochs) return chosen
    const left = Math.max(arrived + interval - now, 200) / 1000
    return Math.min(chosen, (scene.done - position) / left)
  }

  function layout() {
    draw = kind.panels(part, scene, view, tip, go, place => api.place(place))
    scale.setAttribute("aria-pressed", String(view.log))
  }

  function show() {
    const states = kind.states(scene, position)
    for (const panel of draw) panel(states)
    readouts(states[0], scene)
    const complete = Math.floor(position)
    scrub.value = String(complete)
    scrub.setAttribute("aria-valuetext", `${complete} of ${scene.epochs} ${scene.word ?? "epoch"}s`)
    const idle = complete === 0 ? "▶ Play" : complete >= scene.epochs ? "↻ Replay" : "▶ Resume"
    play.textContent = playing ? "❚❚ Stop" : idle
    play.disabled = scene.done === 0
    speak(complete, states)
  }

  function speak(complete, states) {
    if (scene.say) {
      const { text, bad } = scene.say(states)
      say.classList.toggle("bad", bad)
      say.textContent = text
      return
    }
    const end = scene.runs[0].loss.findIndex(v => !Number.isFinite(v))
    const gone = end >= 0 && complete > end
    const { instead } = scene.said
    say.classList.toggle("bad", gone && !instead)
    say.classList.toggle("instead", Boolean(instead))
    say.textContent = instead ? instead : gone ? scene.said.diverged : complete === 0 ? scene.said.start
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
    // A frame's time is that of its beginning, which may lie before the order to play.
    const elapsed = Math.min(Math.max(now - before, 0), 250) / 1000
    before = now
    position = Math.min(position + elapsed * pace(now), scene.done)
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

  // One look for all parts that arrive together.
  let looking = 0
  const onPart = () => {
    cancelAnimationFrame(looking)
    looking = requestAnimationFrame(() => sent && receive(sent))
  }
  window.addEventListener("groundup:part", onPart)

  const resized = new ResizeObserver(() => {
    if (!scene) return
    layout()
    show()
  })
  resized.observe(part(".panels"))

  function destroy() {
    cancelAnimationFrame(frame)
    cancelAnimationFrame(looking)
    window.removeEventListener("keydown", onKey)
    window.removeEventListener("groundup:part", onPart)
    resized.disconnect()
  }
  return api
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

// Whether losses need a logarithmic axis: over six powers of ten, or breaking off, they would be
// a flat line on a linear one.
function isSteep(runs) {
  const losses = runs.flatMap(run => Array.from(run.loss))
  const [low, high] = finiteRange(losses.filter(v => v > 0))
  return (losses.length > 0 && high / low > 1e6) || losses.some(v => !Number.isFinite(v))
}
