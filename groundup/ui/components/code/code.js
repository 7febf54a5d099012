// A text with line numbers, its recipe of steps, and marks on the lines that matter now.

import { hold, onAnnounced, tell } from "../shared/channel.js"
import { make } from "../shared/elements.js"
import { drawFault } from "./fault.js"
import { onPress } from "./pressing.js"
import { Stepper } from "./stepper.js"
import { led } from "./timeline.js"

const seen = new WeakMap()
const steppers = new WeakMap()

function frame(panel, { height, beneath, pick }) {
  panel.style.setProperty("--height", height ? `${height}px` : "auto")
  panel.style.setProperty("--beneath", `${beneath ?? 0}px`)
  panel.classList.toggle("pick", pick)
}

export function mount({ parentElement, data: sent, setTriggerValue }) {
  const data = led(sent)
  const find = name => parentElement.querySelector(name)
  const list = find(".lines")
  frame(find(".code"), data)
  if (seen.get(parentElement) !== data.text) {
    seen.set(parentElement, data.text)
    list.replaceChildren(...data.lines.map(line))
  }
  drawRecipe(find(".recipe"), data, data.running)
  markLines(list, data)
  const steps = stepsOf(parentElement)
  steps.ask = around => setTriggerValue("steps", { around })
  list.onclick = event => {
    const row = event.target.closest(".line")
    if (!row) return
    const number = [...list.children].indexOf(row) + 1
    if (data.steps?.packed && !data.timeline) steps.line(number)
    else if (data.pick) setTriggerValue("line", number)
  }
  drawHead(find, data, setTriggerValue, steps)
  steps.draw(data)
  if (!data.steps?.packed) {
    drawFault(list, data.fault)
    look(list, data.running ?? data.failed ?? data.changed[0] ?? data.lit[0] ?? data.look)
  }
  return () => end(parentElement)
}

function end(parentElement) {
  steppers.get(parentElement).end()
  steppers.delete(parentElement)
}

// The steps of a panel outlive its data: where the learner stands is theirs.
function stepsOf(parentElement) {
  if (!steppers.has(parentElement)) steppers.set(parentElement, made(parentElement))
  return steppers.get(parentElement)
}

// The line that each panel's list was last brought to.
const sights = new WeakMap()

function made(parentElement) {
  const find = name => parentElement.querySelector(name)
  const held = { data: null }
  const mark = moment => {
    const data = held.data.timeline ? led(held.data) : marked(held.data, moment)
    markLines(find(".lines"), data)
    drawRecipe(find(".recipe"), data, data.running ?? data.failed)
    look(find(".lines"), data.running ?? data.failed)
  }
  const steps = new Stepper(find(".code"), mark, around => own.ask(around))
  const own = { line: number => steps.toLine(number), ask() {} }
  own.end = connected(steps, held, own)
  own.draw = data => {
    held.data = data
    const { followed, timeline, text } = data
    steps.show(data.steps?.packed ? { ...data.steps, text, followed, timeline } : null)
  }
  own.number = () => steps.walk?.moment(steps.at).number ?? null
  own.lead = () => {
    mark()
    steps.lead()
  }
  own.light = lines => lightUp(find(".lines"), held.data, lines)
  return own
}

// A picture on the page points at lines; while the steps are open, theirs are the lines.
function lightUp(list, data, lines) {
  if (data.steps?.packed) return
  markLines(list, { ...data, lit: lines })
  look(list, lines[0])
}

function marked(data, { line, raised }) {
  const [running, failed] = raised ? [null, line] : [line, null]
  return { ...data, running, failed, lit: [] }
}

// With the page's own button, and the picture that follows or leads; gives back what ends it.
function connected(steps, held, own) {
  const key = () => held.data?.steps?.key
  const endings = [
    onPress(
      () => held.data?.followed?.button,
      "s",
      () => {
        hold(key())
        return steps.press()
      },
    ),
    onAnnounced("place", key, place => steps.takenTo(place)),
    onAnnounced(
      "moment",
      () => held.data?.timeline?.leader,
      () => own.lead(),
    ),
    onAnnounced("lines", key, ({ lines }) => own.light(lines)),
  ]
  return () => {
    for (const end of endings) end()
    if (held.data?.followed) tell(key(), null)
  }
}

// What opens the steps, where the text can be walked.
function drawHead(find, { steps, timeline }, setTriggerValue, walked) {
  const isOpen = Boolean(steps?.packed)
  find(".head").hidden = !steps
  find(".code").classList.toggle("open", isOpen)
  find(".code").classList.toggle("led", Boolean(timeline))
  const [what, open] = timeline ? ["names", "Names and memory"] : ["steps", "Step through it"]
  find(".opener").textContent = isOpen ? (steps.close ?? `✕ Close ${what}`) : open
  find(".code").classList.toggle("beside", Boolean(steps?.beside))
  find(".code").classList.toggle("stays", Boolean(steps?.stays))
  find(".opener").onclick = () => setTriggerValue("steps", !isOpen)
  if (!isOpen) find(".where").textContent = ""
  drawHere(find(".bar .here"), steps?.here, () => setTriggerValue("here", walked.number()))
}

// What asks the page for more of the moment held.
function drawHere(button, label, ask) {
  button.hidden = !label
  button.textContent = label ?? ""
  button.onclick = ask
}

function markLines(list, { running, failed, changed, lit, doubtful = [] }) {
  const marks = Object.entries({ running: [running], failed: [failed], changed, lit, doubtful })
  ;[...list.children].forEach((row, index) => {
    for (const [mark, lines] of marks) row.classList.toggle(mark, lines.includes(index + 1))
    if (index + 1 === running) row.setAttribute("aria-current", "step")
    else row.removeAttribute("aria-current")
  })
}

function line(pieces, index) {
  const row = make("div", "line")
  row.setAttribute("role", "listitem")
  row.append(make("span", "number", index + 1))
  for (const [kind, text] of pieces) {
    row.append(make("span", kind === "number" ? "number-literal" : kind, text))
  }
  return row
}

function drawRecipe(list, data, running) {
  list.replaceChildren(
    ...data.recipe.map(([number, title]) => {
      const item = make("li", "", `${number} ${title}`)
      item.classList.toggle("now", number === data.numbered[running])
      return item
    }),
  )
}

// Scrolls the panel, and never the page, until `number` stands in its upper half; and again where
// the panel is made lower, as it is for a low window once it was drawn.
function look(list, number) {
  if (!sights.has(list)) new ResizeObserver(() => scrolled(list, sights.get(list))).observe(list)
  sights.set(list, number)
  scrolled(list, number)
}

function scrolled(list, number) {
  const row = number && list.children[number - 1]
  if (!row) return
  const top = row.offsetTop - list.offsetTop
  // What stands beneath a line that failed is to be seen with it.
  const bottom = row.nextElementSibling?.offsetTop - list.offsetTop || top + row.offsetHeight
  const isBelowTop = top >= list.scrollTop + 4
  const isSeen = isBelowTop && bottom <= list.scrollTop + list.clientHeight - 4
  if (!isSeen) list.scrollTop = Math.max(0, top - list.clientHeight * 0.3)
}
