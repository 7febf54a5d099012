// The part of a line that is pointed at: underlined, its value and its shape at the line's end.

import { make } from "../shared/elements.js"
import { answerTo, ask, onAnswer } from "./asking.js"
import { drawFault } from "./fault.js"
import { pointed, stopsOf } from "./parts.js"
import { drawScaled } from "./scaled.js"
import { columnAt, edge, textOf } from "./places.js"

const REST = 150 // milliseconds that the pointer rests before the server is asked
const KEYS = ["ArrowLeft", "ArrowRight", "Escape"] // with the focus on the running line
const GAP = 8 // pixels between a line and the value at its end

const HEARD = [
  ...["pointermove", "pointerdown", "pointerleave"],
  ...["focusin", "focusout", "keydown"],
]

// Points into the lines of `list` for as long as there is a walk to read the values in.
export class Worth {
  constructor(list, leave) {
    this.list = list
    this.leave = leave
    this.walk = this.spot = this.focus = null
    this.kind = "mouse"
    this.tag = make("output", "worth")
    this.under = make("i", "under")
    for (const name of HEARD) list.addEventListener(name, event => this[name](event))
    list.addEventListener("click", event => this.click(event), true)
    onAnswer(() => this.answered())
  }

  // The learner stands at the moment at `at` of the recording `sent`.
  stand(walk, sent, at) {
    Object.assign(this, { walk, sent, at })
    this.moment = walk.moment(at)
    this.texts = [...this.list.children].map(textOf)
    for (const row of this.list.querySelectorAll("[tabindex]")) row.removeAttribute("tabindex")
    this.row(this.moment.line)?.setAttribute("tabindex", "0")
    this.drawFault()
    this.draw()
  }

  close() {
    this.walk = null
    this.point(null)
    for (const row of this.list.querySelectorAll("[tabindex]")) row.removeAttribute("tabindex")
  }

  answered() {
    if (this.walk) {
      this.drawFault()
      if (this.focus) this.toPart(0)
      else this.draw()
    }
    return this.list.isConnected
  }

  row(line) {
    return this.list.children[line - 1]
  }

  told(place) {
    return answerTo(this.sent.id, this.walk.moment(place).number)
  }

  // Where this moment raised: at once with what is known, so that nothing moves when more is.
  drawFault() {
    const { number, raised, line } = this.moment
    const sent = this.sent.fault?.number === number ? this.sent.fault : null
    drawScaled(this.list.parentElement.querySelector(".scaled"), sent, this.texts)
    if (!raised) return drawFault(this.list, null)
    const known = sent ?? this.told(this.at)?.fault
    const nothing = { at: [line, 0, line, 0], operator: "", operands: [], clash: [] }
    drawFault(this.list, { ...(known ?? nothing), raised: raised.kind })
    if (!known) this.askSoon(this.at)
  }

  point(spot) {
    this.spot = spot
    this.draw()
  }

  draw() {
    clearTimeout(this.timer)
    this.tag.remove()
    this.under.remove()
    if (!this.walk || !this.spot) return
    const found = pointed(
      this.walk,
      this.at,
      this.texts,
      this.spot,
      place => this.told(place)?.parts,
    )
    if (!found) return
    if (!this.told(found.place)) this.askSoon(found.place)
    if (found.worth) this.show(found, found.part && this.told(found.place).again)
  }

  askSoon(place) {
    const { number } = this.walk.moment(place)
    const { id } = this.sent
    this.timer = setTimeout(() => ask(id, number), REST)
  }

  show({ line, start, end, worth, when }, again) {
    const row = this.row(line)
    this.under.style.left = `${edge(row, start)}px`
    this.under.style.width = `${edge(row, end) - edge(row, start)}px`
    this.tag.replaceChildren(...wordsOf(worth, again ? `${when} run again`.trim() : when))
    if (this.focus) this.tag.prepend(make("span", "heard", this.texts[line - 1].slice(start, end)))
    row.append(this.under, this.tag)
    put(this.tag, row, this.list, edge(row, start))
  }

  spotOf({ target, clientX }) {
    const row = target.closest(".line")
    const column = row && columnAt(row, clientX)
    if (
      column === null ||
      !textOf(row)
        .slice(0, column + 1)
        .trim()
    )
      return null
    return { line: [...this.list.children].indexOf(row) + 1, column }
  }

  pointermove(event) {
    if (this.walk && event.pointerType === "mouse") this.point(this.spotOf(event))
  }

  pointerdown(event) {
    this.kind = event.pointerType
    if (this.walk && this.kind !== "mouse") this.point(this.spotOf(event))
  }

  pointerleave(event) {
    if (event.pointerType === "mouse") this.point(null)
  }

  // A tap on the running line asks for the part; a click anywhere, and a tap elsewhere, goes there.
  click(event) {
    if (!this.walk || this.kind === "mouse" || !this.spot) return
    if (this.spot.line === this.moment.line) event.stopPropagation()
  }

  // A row that was clicked has the focus too; its keys stay those of the steps.
  focusin({ target }) {
    if (!this.walk || target === this.list || !target.matches(":focus-visible")) return
    this.focus = { stops: null, number: 0 }
    this.toPart(0)
  }

  focusout() {
    if (this.focus) this.point(null)
    this.focus = null
  }

  keydown(event) {
    if (!this.focus || !KEYS.includes(event.key)) return
    if (event.key === "Escape") this.leave()
    else this.toPart(event.key === "ArrowRight" ? 1 : -1)
    event.preventDefault()
    event.stopPropagation()
  }

  toPart(step) {
    const { line } = this.moment
    const stops = stopsOf(this.texts[line - 1], line, this.told(this.at)?.parts)
    if (!stops.length) return
    this.focus.number = (this.focus.number + step + stops.length) % stops.length
    this.point({ line, ...stops[this.focus.number] })
  }
}

function wordsOf({ value, was, shape, dtype }, when) {
  const rest = [shape, dtype, when && `· ${when}`].filter(Boolean)
  return [
    was === undefined ? "= " : `${was} → `,
    make("b", "", value),
    ...(rest.length ? [make("small", "", ` ${rest.join(" ")}`)] : []),
  ]
}

// At the end of the line if it fits there, else below it, or above the last line.
function put(tag, row, list, start) {
  const right = list.scrollLeft + list.clientWidth - row.clientLeft
  tag.style.maxWidth = `${list.clientWidth - 4 * GAP}px`
  const width = tag.offsetWidth
  const end = edge(row, Infinity) + GAP
  const fits = end + width <= right
  tag.style.left = `${fits ? end : Math.max(0, Math.min(start, right - width - GAP))}px`
  tag.style.top = fits ? "0" : row.nextElementSibling ? "100%" : "-100%"
}
