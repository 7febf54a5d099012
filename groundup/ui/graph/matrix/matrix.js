// A number, a row of numbers or rows of them, typed cell by cell. What is no number is answered here
// and not sent.

const states = new WeakMap()

export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const state = states.get(parentElement) ?? {}
  states.set(parentElement, state)
  const find = name => parentElement.querySelector(name)
  const body = find("tbody")
  const send = value => setTriggerValue("value", value)

  if (state.json !== JSON.stringify(data.value)) {
    state.json = JSON.stringify(data.value)
    show(body, data)
    say(find, body)
  }
  const count = rows => rows.length * rows[0].length
  const rows = rowsOf(data.value)
  for (const button of parentElement.querySelectorAll("button")) {
    const { way, by } = button.dataset
    const next = changed(data.value, way, Number(by))
    button.disabled = next === undefined || count(rowsOf(next)) > data.most
    button.onclick = () => send(next)
  }
  find(".size").textContent = Array.isArray(data.value[0]) ? `${rows.length}×${rows[0].length}` : `${rows[0].length}`

  body.onchange = () => {
    const typed = read(body)
    if (say(find, body)) send(Array.isArray(data.value[0]) ? typed : typed[0])
  }
  body.onkeydown = event => {
    if (event.key !== "Enter") return
    const cells = [...body.querySelectorAll("input")], here = cells.indexOf(event.target)
    const below = cells[here + rows[0].length] ?? cells[(here % rows[0].length) + 1] ?? event.target
    below.focus()
    below.select()
  }
}

const rowsOf = value => (Array.isArray(value[0]) ? value : [value])

// `value` with a row or column more or less; a single number at last, and undefined where it ends.
function changed(value, way, by) {
  const rows = rowsOf(value), flat = !Array.isArray(value[0])
  if (way === "rows") {
    if (flat) return by > 0 ? [value, value.map(() => 0)] : undefined
    if (by > 0) return [...rows, rows[0].map(() => 0)]
    return rows.length > 1 ? rows.slice(0, -1) : rows[0]
  }
  if (by > 0) return flat ? [...value, 0] : rows.map(row => [...row, 0])
  if (rows[0].length > 1) return flat ? value.slice(0, -1) : rows.map(row => row.slice(0, -1))
  return flat ? value[0] : undefined
}

// The cells that are there stay, so that the one being typed in keeps the keys.
function show(body, { value, name }) {
  const rows = rowsOf(value)
  while (body.rows.length > rows.length) body.deleteRow(-1)
  rows.forEach((numbers, i) => {
    const row = body.rows[i] ?? body.insertRow()
    while (row.cells.length > numbers.length) row.deleteCell(-1)
    numbers.forEach((number, j) => {
      const cell = row.cells[j]?.firstChild ?? row.insertCell().appendChild(document.createElement("input"))
      cell.setAttribute("aria-label", `${name}, row ${i + 1}, column ${j + 1}`)
      cell.setAttribute("autocomplete", "off")
      if (cell !== body.getRootNode().activeElement || numeric(cell.value) === number) cell.value = String(number)
    })
  })
}

const numeric = text => Number(text.trim().replace("−", "-").replace(",", ".") || NaN)
const read = body => [...body.rows].map(row => [...row.cells].map(cell => numeric(cell.firstChild.value)))

// Marks the cells that hold no number, and says what to type; whether all is well.
function say(find, body) {
  let refused = ""
  ;[...body.rows].forEach((row, i) => [...row.cells].forEach((cell, j) => {
    const input = cell.firstChild, bad = !Number.isFinite(numeric(input.value))
    input.setAttribute("aria-invalid", bad)
    if (bad && !refused) refused = `“${input.value.slice(0, 12)}” in row ${i + 1}, column ${j + 1} is no number: type one, such as 0.5.`
  }))
  find(".refused").textContent = refused
  return !refused
}
