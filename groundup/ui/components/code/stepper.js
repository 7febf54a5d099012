// The steps under a code: walked in the browser, over a recording of the text.

import { isShortcut } from "../shared/keyboard.js"
import { make } from "../shared/elements.js"
import { framesAt } from "./names.js"
import { nameTable, sharedLetters, valueLine } from "./table.js"
import { place, sentence } from "./said.js"
import { unpacked, walkOf } from "./trace.js"
import { byPass, into, out, over, passStarts, toChange, toLine, toNumber } from "./ways.js"

const KEYS = {
  ArrowLeft: "back",
  ArrowRight: "on",
  ArrowDown: "into",
  ArrowUp: "out",
  PageUp: "passBack",
  PageDown: "passOn",
  Home: "start",
  End: "end",
}

const GO = {
  back: (walk, at) => over(walk, at, -1),
  on: (walk, at) => over(walk, at, 1),
  into: into,
  out: out,
  passBack: (walk, at) => byPass(walk, at, -1),
  passOn: (walk, at) => byPass(walk, at, 1),
  start: () => 0,
  end: walk => walk.count - 1,
}

// The number of the statement at which each recording was left: another page takes the panel away.
const left = new Map()

// The steps under `root`'s code; `onMoment` is told each moment that the learner stands at.
export class Stepper {
  constructor(root, onMoment) {
    this.find = name => root.querySelector(name)
    this.onMoment = onMoment
    this.id = this.walk = null
    this.at = 0
    root.addEventListener("keydown", event => this.heard(event))
    this.find(".bar").addEventListener("click", event => this.pressed(event))
    this.find("input").addEventListener("input", event => this.go(Number(event.target.value)))
    this.find("select").addEventListener("change", event => this.toChange(event.target))
  }

  // Shows what was sent: { id, packed, number, key }, or nothing.
  async show(sent) {
    this.find(".steps").hidden = !sent
    if (this.id === (sent?.id ?? null)) return
    const isFirst = this.id === null
    this.id = sent?.id ?? null
    this.key = sent?.key
    this.walk = null
    if (!sent) return
    const wire = await unpacked(sent.packed)
    if (this.id !== sent.id) return
    this.walk = walkOf(wire)
    prepare(this.find, this.walk)
    this.go(beginning(this.walk, left.get(sent.id) ?? sent.number))
    if (isFirst) this.find(".steps").focus({ preventScroll: true })
    if (isFirst && sent.number !== null) this.find(".lines").scrollIntoView({ block: "center" })
  }

  go(at) {
    if (at === null || !this.walk?.count) return
    this.at = at
    draw(this.find, this.walk, at)
    const moment = this.walk.moment(at)
    left.set(this.id, moment.number)
    this.onMoment(moment)
  }

  act(name) {
    if (this.walk) this.go(GO[name](this.walk, this.at))
  }

  toLine(number) {
    if (this.walk) this.go(toLine(this.walk, this.at, number))
  }

  toChange(select) {
    const [call, name] = select.value.split(":")
    select.value = ""
    if (name) this.go(toChange(this.walk, this.at, Number(call), name))
  }

  heard(event) {
    const name = KEYS[event.key]
    const isOwn = event.composedPath()[0].tagName === "SELECT" || isShortcut(event)
    if (!this.walk || isOwn || !name) return
    this.act(name)
    event.preventDefault()
    event.stopPropagation()
  }

  pressed(event) {
    const button = event.target.closest("button")
    if (button?.classList.contains("go")) this.act(button.classList[1])
    if (button?.classList.contains("link")) copyLink(button, this.key, this.walk.moment(this.at))
  }
}

// The moment that a link names; else where the text failed, or its first statement.
function beginning(walk, number) {
  if (number !== null) return toNumber(walk, number)
  return walk.wire.end[0] === "failed" ? walk.count - 1 : 0
}

function prepare(find, walk) {
  const slide = find("input")
  slide.max = walk.count - 1
  const starts = passStarts(walk)
  const every = Math.ceil(starts.length / 60)
  find(".ticks").replaceChildren(
    ...starts
      .filter((_, n) => n % every === 0)
      .map(at => {
        const tick = make("i")
        tick.style.left = `${(100 * at) / Math.max(1, walk.count - 1)}%`
        return tick
      }),
  )
  const deep = [...walk.calls.values()].some(call => call.depth > 0)
  for (const name of ["into", "out"]) find(`.go.${name}`).hidden = !deep
  for (const name of ["passBack", "passOn"]) find(`.go.${name}`).hidden = !starts.length
  find(".limits").textContent = [
    walk.wire.end[0] === "stopped" ? walk.wire.end[1] : "",
    ...walk.wire.said,
  ].join(" ")
}

function draw(find, walk, at) {
  const moment = walk.moment(at)
  const frames = framesAt(walk, at)
  find(".where").textContent = place(walk, at)
  find(".said").textContent = sentence(walk, at)
  const shared = sharedLetters(frames.flatMap(({ rows }) => rows))
  find(".frames").replaceChildren(
    ...frames.flatMap(frame => [
      ...(frames.length > 1 ? [make("h4", "", frame.title)] : []),
      ...nameTable(frame.rows, shared),
      ...valueLine(frame.values),
    ]),
  )
  bringUp(find(".frames"))
  find(".output").textContent = walk.wire.output.slice(0, moment.printed)
  find("input").value = at
  find("input").setAttribute("aria-valuetext", place(walk, at))
  find(".count").textContent = `${at + 1} of ${walk.count}`
  find("select").replaceChildren(option("…", ""), ...frames.flatMap(choices))
}

// Scrolls the names, and never the page, until one that changed is in view.
function bringUp(frames) {
  const row = frames.querySelector("tr.fresh")
  if (row)
    frames.scrollTop = Math.max(0, row.offsetTop - frames.offsetTop - frames.clientHeight / 2)
}

// The names of a frame that may be waited for; what is inside a module is changed with it.
const choices = ({ call, rows, values }) =>
  [...rows, ...values]
    .filter(row => !row.name.includes("."))
    .map(row => option(row.name, `${call}:${row.name}`))

function option(text, value) {
  const made = make("option", "", text)
  made.value = value
  return made
}

async function copyLink(button, key, { number }) {
  const url = new URL(window.location.href)
  url.searchParams.set("statement", `${key}-${number}`)
  try {
    await navigator.clipboard.writeText(url.href)
    button.textContent = "Copied"
  } catch {
    // A page that is not served securely may not write to the clipboard: then it is there to copy.
    window.prompt("The link to this moment", url.href)
  }
  setTimeout(() => {
    button.textContent = "Copy link to this moment"
  }, 2000)
}
