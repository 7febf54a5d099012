// The moments of a run: back, on, play, and a slider. What is drawn follows at once; the page's words
// and code, which the server writes, follow when it has heard where the learner stands.

import { isShortcut, isTyping } from "../../components/shared/keyboard.js"

const PACE = 1200
const QUIET = 120

export class Steps {
  at = 0
  #timer = 0
  #telling = 0
  #listening = new AbortController()

  constructor(find) {
    this.find = find
    const { signal } = this.#listening
    addEventListener("keydown", event => this.#key(event), { signal })
    addEventListener("pointerdown", event => this.#leave(event), { signal, capture: true })
    find(".back").onclick = () => this.#stand(this.at - 1)
    find(".step").onclick = () => this.#stand(this.at + 1)
    find(".play").onclick = () => this.#toggle()
    find(".scrub").oninput = () => this.#stand(Number(find(".scrub").value))
  }

  // Takes up what was sent; `tell` and `changed` are called with each moment the learner comes to.
  // Where the learner stands holds until another program is sent, or a link opened another moment.
  take({ id, opened, at, last, forward }, tell, changed) {
    if (this.id !== id || this.opened !== opened) {
      this.#halt()
      Object.assign(this, { id, opened, at })
    }
    Object.assign(this, { last, forward, tell, changed, at: Math.min(this.at, last) })
    this.find(".scrub").max = last
    this.find(".scrub").setAttribute("aria-label", named(last, forward))
    this.show()
  }

  show() {
    const { at, last, find } = this
    find(".scrub").value = at
    find(".where").textContent = `${at} of ${last} · ${phase(at, this.forward)}`
    find(".back").disabled = at === 0
    find(".step").disabled = at === last
    find(".play").textContent = this.#timer ? "❚❚ Pause" : "▶ Play"
    this.changed(at)
  }

  end() {
    this.#halt()
    clearTimeout(this.#telling)
    this.#listening.abort()
  }

  #stand(at) {
    this.#halt()
    this.#go(at)
  }

  #go(at) {
    this.at = Math.max(0, Math.min(this.last, at))
    this.show()
    clearTimeout(this.#telling)
    this.#telling = setTimeout(() => this.tell({ id: this.id, at: this.at }), QUIET)
  }

  #toggle() {
    if (this.#timer) this.#halt()
    else {
      this.#timer = setInterval(() => this.#tick(), PACE)
      this.#go(this.at >= this.last ? 0 : this.at + 1)
    }
    this.show()
  }

  #tick() {
    if (this.at + 1 >= this.last) this.#halt()
    this.#go(this.at + 1)
  }

  #halt() {
    clearInterval(this.#timer)
    this.#timer = 0
  }

  #pause() {
    if (!this.#timer) return
    this.#halt()
    this.show()
  }

  // Play pauses when the learner turns to another control: a step that is told to the server while
  // that takes up a new program would take the new text back.
  #leave(event) {
    if (!event.composedPath().includes(this.find(".picture"))) this.#pause()
  }

  // B, S and A, unless the learner is typing.
  #key(event) {
    const writes = isTyping(event.composedPath()[0])
    if (writes) this.#pause()
    if (writes || isShortcut(event)) return
    const button = { b: ".back", s: ".step", a: ".play" }[event.key.toLowerCase()]
    if (button) this.find(button).click()
  }
}

// What the slider is called; a run that failed before backward() has no way back.
export function named(last, forward) {
  const back = last > forward ? `forward until ${forward}, then backward` : "forward"
  return `Step 0 to ${last}: ${back}`
}

export function phase(at, forward) {
  if (at === 0) return "start"
  return at <= forward ? "forward" : "backward"
}
