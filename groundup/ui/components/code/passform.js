// A pass that was not kept is asked for by its numbers: the text is run again, and keeps it.

import { make } from "../shared/elements.js"
import { placeOf } from "./passes.js"

export class PassForm {
  constructor(form, go, ask) {
    Object.assign(this, { form, go, ask, wanted: null })
    form.addEventListener("submit", event => {
      event.preventDefault()
      this.submit([...form.querySelectorAll("input")].map(one => one.value).filter(Boolean))
    })
  }

  // Fields for the numbers of a pass, where the rows leave some out.
  offer(shown) {
    const { heads, rows } = shown
    this.shown = shown
    this.form.hidden = !rows.some(row => row.isGap)
    this.form
      .querySelector(".fields")
      .replaceChildren(...heads.map((head, at) => field(head, at, rows)))
    this.say("")
  }

  submit(path) {
    const { walk, loops, way } = this.shown
    const place = placeOf(walk, loops, way, path)
    if (place !== undefined) return this.go(place)
    const loop = loops.find(({ number }) => way.startsWith(`${number}:`))
    this.wanted = [loop.line, ...path]
    this.say("The text runs again.")
    this.ask(this.wanted.map(Number))
  }

  // What was sent may be the answer: the same recording, where there is no such pass.
  heard(sent) {
    if (!this.wanted || String(sent?.asked) !== String(this.wanted)) return
    const { walk, loops, way } = this.shown
    const place = placeOf(walk, loops, way, this.wanted.slice(1))
    this.wanted = null
    this.say(place === undefined ? "This run has no such pass." : "")
    if (place !== undefined) this.go(place)
  }

  say(words) {
    this.form.querySelector("output").textContent = words
  }
}

function field(head, at, rows) {
  const label = make("label", "", `${head} `)
  const input = label.appendChild(make("input"))
  const most = rows.reduce((found, { labels }) => Math.max(found, Number(labels?.[at] ?? 0)), 0)
  Object.assign(input, { type: "number", min: 0, max: most, required: true, inputMode: "numeric" })
  return label
}
