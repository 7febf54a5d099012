// The player's own parts: its buttons, its slider, its choice of speed and its sentence.

import { inWords, labels, playLabel, progress } from "./speech.js"

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500]

export class View {
  #part
  #select
  #scrub
  #hasChosen = false

  constructor(part) {
    this.#part = part
    this.#select = part(".speed select")
    this.#scrub = part(".scrub")
    for (const speed of SPEEDS) this.#select.add(new Option(String(speed), String(speed)))
    for (const picture of part(".panels").querySelectorAll("svg[role=img]"))
      picture.setAttribute("aria-describedby", "numbers")
  }

  // Calls `actions` (toggle, back, forward, scrub, settle, speed, scale) as the learner presses.
  connect(actions) {
    for (const name of ["back", "forward"]) this.#part(`.${name}`).onclick = actions[name]
    if (this.#part(".scale")) this.#part(".scale").onclick = actions.scale
    this.#part(".play").onclick = actions.toggle
    this.#scrub.oninput = () => actions.scrub(Number(this.#scrub.value))
    this.#scrub.onchange = actions.settle
    this.#select.onchange = () => {
      this.#hasChosen = true
      actions.speed(this.speed)
    }
  }

  get speed() {
    return Number(this.#select.value)
  }

  // A run of so many epochs takes about six seconds, unless the learner chose another speed.
  suggestSpeed(epochs) {
    if (this.#hasChosen) return
    this.#select.value = String(SPEEDS.find(speed => speed >= epochs / 6) ?? SPEEDS.at(-1))
  }

  // What the clock counts, where a button or the slider names it.
  name(word, epochs) {
    const { unit, speed, back, forward } = labels(word)
    this.#scrub.max = String(epochs)
    this.#part(".speed span").textContent = unit
    this.#select.setAttribute("aria-label", speed)
    for (const [name, label, key] of [
      ["back", back, "←"],
      ["forward", forward, "→"],
    ]) {
      this.#part(`.${name}`).setAttribute("aria-label", label)
      this.#part(`.${name}`).title = `${label} (${key})`
    }
  }

  press(log) {
    this.#part(".scale")?.setAttribute("aria-pressed", String(log))
  }

  show(clock, word) {
    this.#scrub.value = String(clock.complete)
    this.#scrub.setAttribute("aria-valuetext", progress(clock, word))
    this.#part(".play").textContent = playLabel(clock)
    this.#part(".play").disabled = clock.done === 0
  }

  // What the pictures show now, for who does not see them; with `aloud`, it is said at once.
  tell(aloud) {
    const rows = [...this.#part(".readouts").children].filter(isShown).map(toldOf)
    const text = inWords(rows)
    this.#part(".numbers").textContent = text
    if (aloud) this.#part(".heard").textContent = text
  }

  // Says it once more, though it is what was said before.
  tellAgain() {
    this.#part(".heard").textContent = ""
    requestAnimationFrame(() => this.tell(true))
  }

  say({ text, bad, instead }) {
    const line = this.#part(".say")
    line.classList.toggle("bad", bad)
    line.classList.toggle("instead", instead)
    // Written once, however often it is drawn: a word that is marked in it keeps its mark.
    if (line.textContent !== text) line.textContent = text
  }
}

const isShown = row => getComputedStyle(row).display !== "none"

const toldOf = ({ children: [name, value] }) => ({
  name: name.textContent,
  value: value.textContent,
})
