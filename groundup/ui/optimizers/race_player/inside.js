// The rule of the racer that is looked into: each line as a formula, and with the numbers of the
// latest complete step put in, for both parameters.

import { make } from "../../components/shared/elements.js"
import { format } from "../../components/shared/numbers.js"

// Nobody reads faster; setting dozens of numbers sixty times a second would cost the paths frames.
const PAUSE = 80

const GRADIENT = {
  name: "grad",
  cases: [],
  said: "the gradient",
  state: "grad",
  symbol: "<math><msub><mi>g</mi><mi>t</mi></msub></math>",
}

export function insidePanel(section, scene) {
  const { rule, params, runs, watched } = scene
  section.hidden = !rule
  if (!rule) return () => {}
  drawHead(section, rule, watched)
  const table = section.querySelector("table")
  table.replaceChildren(headOf(params))
  const rows = [GRADIENT, ...rule.lines].map((line, n) => rowOf(table, line, rule, n - 1))
  const index = runs.findIndex(run => run.name === watched)
  const write = atMostEvery(PAUSE, step => {
    table.classList.toggle("waiting", step === 0)
    section.querySelector(".now").textContent = step ? `step ${step}` : "before the first step"
    if (step) for (const row of rows) row(step - 1)
  })
  return states => write(states[index].complete)
}

// Calls `write` with a value that changed, and not more often than every `pause` ms; the last one
// is never lost.
function atMostEvery(pause, write) {
  let [current, wanted, last, timer] = [-1, -1, 0, 0]
  const act = () => {
    clearTimeout(timer)
    ;[current, last, timer] = [wanted, performance.now(), 0]
    write(current)
  }
  return value => {
    wanted = value
    if (wanted === current) return
    const wait = last + pause - performance.now()
    if (wait <= 0) act()
    else timer ||= setTimeout(act, wait)
  }
}

function drawHead(section, { code, given }, watched) {
  section.querySelector("strong").textContent = `Inside ${watched}`
  section.querySelector("code").textContent = code
  section.querySelector(".given").innerHTML = given
    .map(({ symbol, value }) => `${symbol} = ${value.replace("-", "−")}`)
    .join(" &nbsp; ")
}

function headOf(params) {
  const head = make("tr")
  head.innerHTML =
    '<th scope="col" class="now"></th><th scope="col">formula</th>' +
    params.map(name => `<th scope="col">${name}</th>`).join("")
  return head
}

function rowOf(table, line, rule, n) {
  const row = table.appendChild(make("tr"))
  const name = row.appendChild(make("th", "", line.said))
  name.scope = "row"
  if (line.state) name.append(" ", make("code", "", line.state))
  row.appendChild(make("td", "formula")).innerHTML = line.cases.length
    ? formulaOf(line)
    : line.symbol
  const writers = rule.numbers.map(numbers => writer(row.appendChild(make("td")), line, numbers, n))
  return step => writers.forEach(write => write(step))
}

function formulaOf({ symbol, cases }) {
  const equals = symbol.replace("</math>", "<mo>=</mo></math>")
  const written = cases.map(({ formula, when }) => {
    const condition = when ? ` ${when}` : cases.length > 1 ? " else" : ""
    return `<span>${formula}${condition}</span>`
  })
  return `${equals} <span class="cases">${written.join("")}</span>`
}

// Writes one parameter's numbers of a step into its cell; the markup changes only with the case.
function writer(cell, line, { columns, cases }, n) {
  let now = -1
  let slots = []
  return step => {
    const which = line.cases.length ? cases[n][step] : 0
    if (which !== now) {
      now = which
      cell.innerHTML = markup(line, which)
      slots = [...cell.querySelectorAll("[data-n]")]
    }
    for (const slot of slots) {
      slot.textContent = written(columns[slot.dataset.n][step], "b" in slot.dataset)
    }
  }
}

function markup({ name, cases }, which) {
  // The numbers of a case come as a whole <math>…</math>; here they share one with their result.
  const inside = cases.length
    ? `${cases[which].slots.slice("<math>".length, -"</math>".length)}<mo>=</mo>`
    : ""
  return `<math><mrow>${inside}<mn data-n="${name}" class="result"></mn></mrow></math>`
}

function written(value, isBracketed) {
  const text = format(value)
  return isBracketed && value < 0 ? `(${text})` : text
}
