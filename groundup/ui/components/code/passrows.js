// The parts of the trace table as elements of the page.

import { make } from "../shared/elements.js"
import { EVERY } from "./passes.js"

// The moments that rows may tell, as the options of a field.
export function waysOf(loops, lines) {
  const groups = loops.map(loop => {
    const group = make("optgroup")
    group.label = lines[loop.line - 1].trim().replace(/:$/, "")
    group.append(option(`${loop.number}:end`, "at the end of each pass"))
    for (const line of [...loop.lines].sort((a, b) => a - b)) {
      const said = `after line ${line}: ${lines[line - 1].trim()}`
      group.append(option(`${loop.number}:${line}`, said))
    }
    return group
  })
  return [...groups, option(EVERY, "after every statement")]
}

function option(value, said) {
  const made = make("option", "", said)
  made.value = value
  return made
}

// What the table tells, in words.
export function titleOf(loops, way) {
  if (way === EVERY) return "After every statement that is kept"
  const [number, moment] = way.split(":")
  const { line } = loops.find(loop => String(loop.number) === number)
  if (moment === "end") {
    return `At the end of each pass of the loop at line ${line}`
  }
  return `After line ${moment}, in each pass of the loop at line ${line} that ran it`
}

// The field that shows or hides a column.
export function box({ name }, isOn) {
  const label = make("label")
  const field = label.appendChild(make("input"))
  field.type = "checkbox"
  field.value = name
  field.checked = isOn
  label.append(` ${name}`)
  return label
}

export function drawn(title, heads, rows, columns) {
  const table = make("table")
  table.createCaption().append(make("span", "", title))
  const edges = edgesOf(heads, rows)
  const head = table.createTHead().insertRow()
  heads.forEach((name, at) => head.append(header("col", name, edges[at])))
  for (const { name } of columns) head.append(header("col", name))
  const tails = columns.map(tailOf)
  const body = table.createTBody()
  let n = 0
  for (const row of rows) {
    const line = body.insertRow()
    if (row.place === undefined) aside(line, row.said, heads.length + columns.length)
    else fill(line, row, { heads, columns, tails, edges, n: n++ })
  }
  return table
}

function header(scope, text, edge) {
  const cell = make("th", edge === undefined ? "" : "fixed", text)
  cell.scope = scope
  if (edge !== undefined) cell.style.left = edge
  return cell
}

// Where each of the first columns begins: they stay in view when the others are scrolled.
function edgesOf(heads, rows) {
  let [letters, columns] = [0, 0]
  return heads.map((head, at) => {
    const edge = `calc(${letters}ch + ${columns++} * var(--room))`
    const longest = rows.reduce(
      (most, { labels }) => Math.max(most, String(labels?.[at] ?? "").length),
      0,
    )
    letters += Math.max(head.length, longest)
    return edge
  })
}

function aside(line, said, span) {
  line.className = "aside"
  const cell = line.appendChild(make("td"))
  cell.colSpan = span
  cell.append(make("span", "", said))
}

function fill(line, { labels }, { heads, columns, tails, edges, n }) {
  labels.forEach((label, at) => {
    const cell = header("row", "", edges[at])
    const button = make("button", "", label)
    button.type = "button"
    button.tabIndex = -1
    const where = labels.map((one, level) => `${heads[level]} ${one}`)
    button.setAttribute("aria-label", `Go to ${where.join(", ")}`)
    cell.append(at ? label : button)
    line.append(cell)
  })
  columns.forEach(({ cells }, at) => {
    const shown = cells[n]?.shown ?? ""
    const cell = line.appendChild(make("td", "", shown))
    cell.style.setProperty("--tail", tails[at] - tail(shown))
  })
}

// The letters of a number from its decimal point on: numbers of a column stand point under point.
const tail = shown => (/^[−\d]/.test(shown) ? (shown.match(/(\.|e).*$/)?.[0].length ?? 0) : 0)

const tailOf = ({ cells }) => Math.max(0, ...cells.map(cell => tail(cell?.shown ?? "")))
