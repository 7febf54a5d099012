// The steps under a code: walked in the browser, over a recording of the text.

import { isShortcut } from "../shared/keyboard.js"
import { tell } from "../shared/channel.js"
import { make } from "../shared/elements.js"
import { followed } from "./followed.js"
import { framesAt } from "./names.js"
import { PassTable } from "./passtable.js"
import { nameTable, sharedLetters, valueLine } from "./table.js"
import { Orders } from "./orders.js"
import { place, sentence } from "./said.js"
import { momentOf, placeWhen } from "./timeline.js"
import { unpacked, walkOf } from "./trace.js"
import { Worth } from "./worth.js"
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

// A window in which code and picture are in sight together, if both are at its top (as in code.css).
const LOW = "(max-height: 520px) and (min-width: 640px)"

// The ways on which a statement that was not kept is asked for.
const OVER_GAPS = ["back", "on", "into", "passBack", "passOn"]

// The steps under `root`'s code; `onMoment` is told each moment that the learner stands at, and
// `onAsk` what the recording has not kept: a statement's number, or a loop's line and a pass of it.
export class Stepper {
  constructor(root, onMoment, onAsk) {
    this.find = name => root.querySelector(name)
    Object.assign(this, { onMoment, onAsk, orders: new Orders(this) })
    this.id = this.walk = this.told = null
    this.at = 0
    this.table = new PassTable(root, at => this.go(at), onAsk)
    this.worth = new Worth(this.find(".lines"), () => this.find(".steps").focus())
    root.addEventListener("keydown", event => this.heard(event))
    this.find(".bar").addEventListener("click", event => this.pressed(event))
    this.find("input").addEventListener("input", event => this.go(Number(event.target.value)))
    this.find("select").addEventListener("change", event => this.toChange(event.target))
  }

  // Shows what was sent: { id, packed, number, key, stand, asked, text, followed, timeline }, or
  // nothing.
  async show(sent) {
    this.timeline = sent?.timeline
    this.find(".steps").hidden = !sent
    if (this.id === (sent?.id ?? null)) return this.again(sent)
    const isFirst = this.id === null
    this.leave(sent)
    if (!sent) return
    const wire = await unpacked(sent.packed)
    if (this.id !== sent.id) return
    this.walk = walkOf(wire)
    this.told = sent.followed ? followed(this.walk, sent.followed) : null
    prepare(this.find, this.walk)
    if (this.timeline) this.lead()
    else if (!this.orders.arrive())
      this.go(this.beginning(left.get(sent.id) ?? sent.number, sent.line))
    this.orders.obey(sent.stand)
    this.table.show(this.walk, sent, this.at)
    if (isFirst) this.find(".steps").focus({ preventScroll: true })
    if (isFirst && sent.number !== null) this.find(".lines").scrollIntoView({ block: "center" })
    else if (isFirst && matchMedia(LOW).matches) this.find(".head").scrollIntoView()
  }

  // Another recording is on its way, or none.
  leave(sent) {
    if (sent) this.orders.succeed(sent.followed?.identity)
    else this.orders.wanted = null
    if (this.told) tell(this.key, null)
    this.id = sent?.id ?? null
    Object.assign(this, { key: sent?.key, followed: sent?.followed, walk: null, told: null, sent })
    this.table.walk = null
    this.worth.close()
  }

  // The page was drawn anew around the same recording.
  again(sent) {
    if (!sent || !this.walk?.count) return
    if (this.timeline) return this.lead()
    this.orders.obey(sent.stand)
    this.table.asking.heard(sent)
    this.onMoment(this.walk.moment(this.at))
  }

  // The moment that a link names; else the line that is asked for, where the text failed, or its
  // first statement.
  beginning(number, line) {
    if (number !== null) return toNumber(this.walk, number)
    if (line) return toLine(this.walk, -1, line) ?? 0
    return this.walk.wire.end[0] === "failed" ? this.walk.count - 1 : 0
  }

  // To where the page's own timeline stands.
  lead() {
    const at = momentOf(this) ?? this.timeline?.at
    if (!this.walk?.count || at === undefined) return
    const line = this.timeline.lines[at]
    this.go(placeWhen(this.walk, this.timeline.done[at]))
    if (!line || line <= this.timeline.done[at]) return
    this.find(".where").textContent = `line ${line}`
    this.find(".said").textContent =
      `Line ${line} is running. The names hold what they held before it.`
  }

  // Where it `isQuiet`, the picture beside the code shows that place by itself.
  go(at, isQuiet = false) {
    if (at === null || !this.walk?.count) return
    Object.assign(this, { at, isQuiet })
    draw(this.find, this.walk, at)
    const moment = this.walk.moment(at)
    left.set(this.id, moment.number)
    this.table.at(at)
    this.worth.stand(this.walk, this.sent, at)
    this.onMoment(moment)
    if (this.told) tell(this.key, isQuiet ? null : this.told[at])
  }

  act(name) {
    if (!this.walk?.count || this.orders.waits(name)) return
    const next = GO[name](this.walk, this.at)
    if (!OVER_GAPS.includes(name) || !this.orders.askFor(next, name)) this.go(next)
  }

  // A press of the page's own button; whether it was answered here.
  press() {
    this.act("on")
    return Boolean(this.walk?.count)
  }

  // The picture beside the code was taken to a place.
  takenTo({ text, at }) {
    if (this.walk && text === this.followed?.identity) this.orders.before(at)
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
    if (!this.walk || isOwn || !name || this.timeline) return
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
      ...(frames.length > 1 ? [make("h2", "", frame.title)] : []),
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
