// A text with line numbers, its recipe of steps, and marks on the lines that matter now.

import { hold, onAnnounced, tell } from "../shared/channel.js"
import { make } from "../shared/elements.js"
import { onPress } from "./pressing.js"
import { Stepper } from "./stepper.js"

const seen = new WeakMap()
const steppers = new WeakMap()

export function mount({ parentElement, data, setTriggerValue }) {
  const find = name => parentElement.querySelector(name)
  const list = find(".lines")
  find(".code").style.setProperty("--height", data.height ? `${data.height}px` : "auto")
  find(".code").classList.toggle("pick", data.pick)
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
    if (data.steps?.packed) steps.line(number)
    else if (data.pick) setTriggerValue("line", number)
  }
  drawHead(find, data, setTriggerValue)
  steps.draw(data)
  if (!data.steps?.packed) {
    look(list, data.running ?? data.failed ?? data.changed[0] ?? data.lit[0] ?? data.look)
  }
  return () => {
    steps.end()
    steppers.delete(parentElement)
  }
}

// The steps of a panel outlive its data: where the learner stands is theirs.
function stepsOf(parentElement) {
  if (!steppers.has(parentElement)) steppers.set(parentElement, made(parentElement))
  return steppers.get(parentElement)
}

function made(parentElement) {
  const find = name => parentElement.querySelector(name)
  const held = { data: null }
  const mark = ({ line, raised }) => {
    const [running, failed] = raised ? [null, line] : [line, null]
    markLines(find(".lines"), { ...held.data, running, failed, lit: [] })
    drawRecipe(find(".recipe"), held.data, line)
    look(find(".lines"), line)
  }
  const steps = new Stepper(find(".code"), mark, around => own.ask(around))
  const own = { line: number => steps.toLine(number), end: connected(steps, held), ask() {} }
  own.draw = data => {
    held.data = data
    steps.show(data.steps?.packed ? { ...data.steps, followed: data.followed } : null)
  }
  return own
}

// With the page's own button and the picture that follows; gives back what ends it.
function connected(steps, held) {
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
  ]
  return () => {
    for (const end of endings) end()
    if (held.data?.followed) tell(key(), null)
  }
}

// What opens the steps, where the text can be walked.
function drawHead(find, { steps }, setTriggerValue) {
  const isOpen = Boolean(steps?.packed)
  find(".head").hidden = !steps
  find(".code").classList.toggle("open", isOpen)
  find(".opener").textContent = isOpen ? "✕ Close steps" : "Step through it"
  find(".opener").onclick = () => setTriggerValue("steps", !isOpen)
  if (!isOpen) find(".where").textContent = ""
}

function markLines(list, { running, failed, changed, lit }) {
  const marks = Object.entries({ running: [running], failed: [failed], changed, lit })
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

// Scrolls the panel, and never the page, until `number` stands in its upper half.
function look(list, number) {
  const row = number && list.children[number - 1]
  if (!row) return
  const top = row.offsetTop - list.offsetTop
  const bottom = top + row.offsetHeight
  const isBelowTop = top >= list.scrollTop + 4
  const isSeen = isBelowTop && bottom <= list.scrollTop + list.clientHeight - 4
  if (!isSeen) list.scrollTop = Math.max(0, top - list.clientHeight * 0.3)
}
