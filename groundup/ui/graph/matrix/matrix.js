// A number, a row of numbers or rows of them, typed cell by cell. What is no number is answered here
// and not sent.

import { make, set } from "../../components/shared/elements.js"

const states = new WeakMap()

export function mount({ parentElement, data, setTriggerValue }) {
  const find = name => parentElement.querySelector(name)
  const body = find("tbody")
  const send = value => setTriggerValue("value", value)
  const json = JSON.stringify(data.value)
  if (states.get(parentElement) !== json) {
    states.set(parentElement, json)
    show(body, data)
    say(find, body)
  }
  connectButtons(parentElement.querySelectorAll("button"), data, send)
  const rows = rowsOf(data.value)
  const isFlat = !Array.isArray(data.value[0])
  find(".size").textContent = isFlat ? `${rows[0].length}` : `${rows.length}×${rows[0].length}`
  body.onchange = () => {
    const typed = read(body)
    if (say(find, body)) send(isFlat ? typed[0] : typed)
  }
  body.onkeydown = event => {
    if (event.key === "Enter") goBelow(body, event.target, rows[0].length)
  }
}

function connectButtons(buttons, { value, most }, send) {
  for (const button of buttons) {
    const next = changed(value, button.dataset.way, Number(button.dataset.by))
    button.disabled = next === undefined || rowsOf(next).flat().length > most
    button.onclick = () => send(next)
  }
}

// To the cell below; from the last row to the head of the next column.
function goBelow(body, cell, columns) {
  const cells = [...body.querySelectorAll("input")]
  const here = cells.indexOf(cell)
  const below = cells[here + columns] ?? cells[(here % columns) + 1] ?? cell
  below.focus()
  below.select()
}

const rowsOf = value => (Array.isArray(value[0]) ? value : [value])

// `value` with a row or column more or less; a single number at last, and undefined where it ends.
export function changed(value, way, by) {
  const isFlat = !Array.isArray(value[0])
  if (way === "columns") return isFlat ? changedRow(value, by) : changedColumns(value, by)
  if (isFlat) return by > 0 ? [value, value.map(() => 0)] : undefined
  if (by > 0) return [...value, value[0].map(() => 0)]
  return value.length > 1 ? value.slice(0, -1) : value[0]
}

function changedRow(row, by) {
  if (by > 0) return [...row, 0]
  return row.length > 1 ? row.slice(0, -1) : row[0]
}

function changedColumns(rows, by) {
  if (by > 0) return rows.map(row => [...row, 0])
  return rows[0].length > 1 ? rows.map(row => row.slice(0, -1)) : undefined
}

// The cells that are there stay, so that the one being typed in keeps the keys.
function show(body, { value, name }) {
  const rows = rowsOf(value)
  while (body.rows.length > rows.length) body.deleteRow(-1)
  rows.forEach((numbers, i) => {
    const row = body.rows[i] ?? body.insertRow()
    while (row.cells.length > numbers.length) row.deleteCell(-1)
    numbers.forEach((number, j) => {
      const cell = row.cells[j]?.firstChild ?? row.insertCell().appendChild(make("input"))
      const label = `${name}, row ${i + 1}, column ${j + 1}`
      set(cell, { "aria-label": label, autocomplete: "off" })
      const isTyped = cell === body.getRootNode().activeElement
      if (!isTyped || numeric(cell.value) === number) cell.value = String(number)
    })
  })
}

export const numeric = text => Number(text.trim().replace("−", "-").replace(",", ".") || NaN)
const read = body =>
  [...body.rows].map(row => [...row.cells].map(cell => numeric(cell.firstChild.value)))

// Marks the cells that hold no number, and says what to type; whether all is well.
function say(find, body) {
  let refused = ""
  ;[...body.rows].forEach((row, i) =>
    [...row.cells].forEach(({ firstChild: input }, j) => {
      const isRefused = !Number.isFinite(numeric(input.value))
      input.setAttribute("aria-invalid", isRefused)
      if (isRefused) refused ||= refusal(input.value, i + 1, j + 1)
    }),
  )
  find(".refused").textContent = refused
  return !refused
}

function refusal(text, row, column) {
  return `“${text.slice(0, 12)}” in row ${row}, column ${column} is no number: type one, such as 0.5.`
}
