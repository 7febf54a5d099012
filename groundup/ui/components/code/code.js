// A text with line numbers, its recipe of steps, and marks on the lines that matter now.

import { make } from "../shared/elements.js"
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
  drawRecipe(find(".recipe"), data)
  drawWatch(find(".watch"), data.watch)
  markLines(list, data)
  const steps = stepsOf(parentElement)
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
}

// The steps of a panel outlive its data: where the learner stands is theirs.
function stepsOf(parentElement) {
  if (!steppers.has(parentElement)) steppers.set(parentElement, made(parentElement))
  return steppers.get(parentElement)
}

function made(parentElement) {
  const list = parentElement.querySelector(".lines")
  const held = { data: null }
  const steps = new Stepper(parentElement.querySelector(".code"), ({ line, raised }) => {
    const [running, failed] = raised ? [null, line] : [line, null]
    markLines(list, { ...held.data, running, failed, lit: [] })
    look(list, line)
  })
  const draw = data => {
    held.data = data
    steps.show(data.steps?.packed ? data.steps : null)
  }
  return { draw, line: number => steps.toLine(number) }
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

function drawRecipe(list, data) {
  list.replaceChildren(
    ...data.recipe.map(([number, title]) => {
      const item = make("li", "", `${number} ${title}`)
      item.classList.toggle("now", number === data.step)
      return item
    }),
  )
}

// The variables before → after the running line; what changed is marked by weight and ground.
function drawWatch(table, watch) {
  table.hidden = !watch
  if (!watch) return
  table.caption.textContent = watch.title
  table.tHead.rows[0].replaceChildren(...watch.columns.map(name => make("th", "", name)))
  table.tBodies[0].replaceChildren(
    ...watch.rows.map(row => {
      const line = make("tr")
      line.append(...row.map(change))
      return line
    }),
  )
}

function change([before, now]) {
  const fresh = before !== now
  const item = make("td", "", fresh ? `${before} → ${now}` : now)
  item.classList.toggle("fresh", fresh)
  item.classList.toggle("none", now === "None")
  return item
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
