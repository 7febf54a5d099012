// The moments of a run: back, on, play, and a slider. What is drawn follows at once; the page's words
// and code, which the server writes, follow when it has heard where the learner stands.

const PACE = 1200, QUIET = 120

// `changed(at)` is called at every step.
function steps(state, find, { data, setStateValue }, changed) {
  if (state.id !== data.id) {
    halt(state)
    Object.assign(state, { id: data.id, at: data.at })
  }
  state.last = data.last
  state.at = Math.min(state.at, data.last)
  const scrub = find(".scrub")
  scrub.max = data.last
  scrub.setAttribute("aria-label", `Step 0 to ${data.last}: forward until ${data.forward}, then backward`)

  const show = () => {
    scrub.value = state.at
    const way = state.at === 0 ? "start" : state.at <= data.forward ? "forward" : "backward"
    find(".where").textContent = `${state.at} of ${data.last} · ${way}`
    find(".back").disabled = state.at === 0
    find(".step").disabled = state.at === data.last
    find(".play").textContent = state.timer ? "❚❚ Pause" : "▶ Play"
    changed(state.at)
  }
  const go = at => {
    state.at = Math.max(0, Math.min(state.last, at))
    state.show()
    clearTimeout(state.telling)
    state.telling = setTimeout(() => setStateValue("held", { id: state.id, at: state.at }), QUIET)
  }
  // A clock that runs on from one mount to the next calls the newest of them.
  Object.assign(state, { show, go })
  find(".back").onclick = () => { halt(state); go(state.at - 1) }
  find(".step").onclick = () => { halt(state); go(state.at + 1) }
  find(".play").onclick = () => {
    if (state.timer) halt(state)
    else {
      state.timer = setInterval(() => {
        if (state.at + 1 >= state.last) halt(state)
        state.go(state.at + 1)
      }, PACE)
      go(state.at >= state.last ? 0 : state.at + 1)
    }
    show()
  }
  scrub.oninput = () => { halt(state); go(Number(scrub.value)) }
  keys(state, find)
  leaving(state, find)
  show()
}

function halt(state) {
  clearInterval(state.timer)
  state.timer = 0
}

// Play pauses when the learner turns to another control: a step that is told to the server while that
// takes up a new program would take the new text back.
function leaving(state, find) {
  removeEventListener("pointerdown", state.pointer, true)
  state.pointer = event => {
    if (!state.timer || event.composedPath().includes(find(".picture"))) return
    halt(state)
    state.show()
  }
  addEventListener("pointerdown", state.pointer, true)
}

// B, S and P, unless the learner is typing.
function keys(state, find) {
  removeEventListener("keydown", state.key)
  state.key = event => {
    const target = event.composedPath()[0]
    const typing = target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && target.type !== "range")
    if (typing && state.timer) {
      halt(state)
      state.show()
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return
    const button = find({ b: ".back", s: ".step", p: ".play" }[event.key.toLowerCase()] ?? ".none")
    button?.click()
  }
  addEventListener("keydown", state.key)
}
