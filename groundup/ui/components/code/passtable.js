// The trace table under the names: opened by a press; a press on a row goes to its moment.

import { PassForm } from "./passform.js"
import { columnsOf, csvOf, firstChoice } from "./columns.js"
import { box, drawn, titleOf, waysOf } from "./passrows.js"
import { printed } from "./paper.js"
import { EVERY, isWay, loopsOf, rowAt, rowsOf } from "./passes.js"
import { make } from "../shared/elements.js"

const MOVES = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }

// What the learner chose for each panel, for the visit: whether its table is open, which moments
// its rows tell (null: what is told at first), and which columns were ticked or unticked.
const chosen = new Map()

export class PassTable {
  constructor(root, go, ask) {
    this.find = name => root.querySelector(name)
    this.go = go
    this.choice = { isOpen: false }
    this.asking = new PassForm(this.find(".asked"), go, ask)
    this.find(".tabler").addEventListener("click", () => this.open(!this.choice.isOpen))
    this.find(".moments").addEventListener("change", event => this.take(event.target.value))
    this.find(".ticked").addEventListener("change", event => this.tick(event.target))
    this.find(".save").addEventListener("click", () => this.save())
    this.find(".paper").addEventListener("click", () => printed(this.find(".scroller table")))
    this.find(".scroller").addEventListener("click", event => this.pressed(event))
    this.find(".passes").addEventListener("keydown", event => this.heard(event))
  }

  // A recording of `text` in the panel called `key`, and where the learner stands in it.
  show(walk, sent, place) {
    const { key, text } = sent
    if (!chosen.has(key)) chosen.set(key, { isOpen: false, way: null, ticks: new Map() })
    Object.assign(this, { walk, place, lines: text.split("\n"), loops: null })
    this.choice = chosen.get(key)
    this.open(this.choice.isOpen)
    this.asking.heard(sent)
  }

  open(isOpen) {
    this.choice.isOpen = isOpen
    this.find(".passes").hidden = !isOpen
    this.find(".tabler").setAttribute("aria-expanded", isOpen)
    if (!isOpen || !this.walk) return
    this.loops ??= loopsOf(this.walk)
    this.find(".moments").replaceChildren(...waysOf(this.loops, this.lines))
    this.take(this.choice.way)
  }

  // Tells the moments of `way`; if there are none such, those at the end of each pass.
  take(way) {
    this.choice.way = way
    const first = this.loops.length ? `${this.loops[0].number}:end` : EVERY
    this.way = way !== null && isWay(this.loops, way) ? way : first
    this.find(".moments").value = this.way
    Object.assign(this, rowsOf(this.walk, this.loops, this.way))
    this.columns = columnsOf(this.walk, this.rows, this.heads)
    this.asking.offer(this)
    this.draw()
    this.find(".ticked").replaceChildren(
      ...this.columns.map(one => box(one, this.on.includes(one))),
    )
  }

  tick({ value, checked }) {
    this.choice.ticks.set(value, checked)
    this.draw()
  }

  draw() {
    const first = firstChoice(this.columns, this.loops.length > 0)
    const { ticks } = this.choice
    this.on = this.columns.filter(({ name }) => ticks.get(name) ?? first.includes(name))
    this.find(".columns summary").textContent =
      `Columns (${this.on.length} of ${this.columns.length})`
    const title = titleOf(this.loops, this.way)
    this.find(".scroller").replaceChildren(drawn(title, this.heads, this.rows, this.on))
    this.lit = null
    this.at(this.place)
  }

  // Lights the row of the moment at `place`.
  at(place) {
    this.place = place
    if (!this.walk || !this.choice.isOpen) return
    const lines = this.find(".scroller tbody").rows
    const row = lines[rowAt(this.walk, this.rows, place)] ?? null
    if (row === null || row !== this.lit) this.lit?.removeAttribute("aria-current")
    row?.setAttribute("aria-current", "step")
    if (row && row !== this.lit) bringUp(this.find(".scroller"), row)
    this.lit = row
    this.reach(row ?? [...lines].find(line => line.querySelector("button")))
  }

  // The one row that the Tab key leads to; the arrows lead on to the others.
  reach(row) {
    const button = row?.querySelector("button")
    if (this.reached) this.reached.tabIndex = -1
    if (button) button.tabIndex = 0
    this.reached = button
  }

  pressed({ target }) {
    const row = target.closest("tbody tr")
    const place = row && this.rows[row.sectionRowIndex].place
    if (!row || place === undefined) return
    this.go(place)
    this.reach(row)
    row.querySelector("button").focus({ preventScroll: true })
  }

  // On a row the arrows up and down are the table's, and the other keys are the stepper's; in the
  // rest of it no key is.
  heard(event) {
    const button = event.target.closest("tbody button")
    if (button && !(event.key in MOVES)) return
    event.stopPropagation()
    if (!button) return
    event.preventDefault()
    const buttons = [...this.find(".scroller").querySelectorAll("tbody button")]
    const to = buttons.indexOf(button) + MOVES[event.key]
    const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)]
    this.reach(next.closest("tr"))
    next.focus()
  }

  save() {
    const file = new Blob([csvOf(this.heads, this.rows, this.on)], { type: "text/csv" })
    const link = make("a")
    link.href = URL.createObjectURL(file)
    link.download = "trace_table.csv"
    link.click()
    URL.revokeObjectURL(link.href)
  }
}

// Scrolls the table, and never the page, until `row` is in view beneath the head.
function bringUp(scroller, row) {
  const head = scroller.querySelector("thead").offsetHeight
  const isSeen =
    row.offsetTop >= scroller.scrollTop + head &&
    row.offsetTop + row.offsetHeight <= scroller.scrollTop + scroller.clientHeight
  if (!isSeen) scroller.scrollTop = row.offsetTop - (scroller.clientHeight + head) / 2
}
