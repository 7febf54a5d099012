// The names of a frame as a table, and its plain values in a line.

import { make } from "../shared/elements.js"

const WIDTH = 48 // of the longest block of memory, in pixels
const LEAST = 6

export function nameTable(rows, shared) {
  if (!rows.length) return []
  const table = make("table", "names")
  const head = table.createTHead().insertRow()
  for (const title of ["name", "before → after", "shape", "memory"]) head.append(title_(title))
  const longest = Math.max(...rows.map(row => row.memory?.bytes ?? 0))
  const body = table.createTBody()
  for (const row of rows) body.append(rowOf(row, longest, shared))
  return [table]
}

export function valueLine(values) {
  if (!values.length) return []
  const line = make("p", "values")
  for (const value of values) {
    const part = line.appendChild(make("span", value.fresh ? "fresh" : ""))
    part.append(make("b", "", value.name), ` = ${changed(value)}`)
  }
  return [line]
}

// Letters that stand in more than one row: those tensors read one block of memory.
export function sharedLetters(rows) {
  const letters = rows.map(row => row.memory?.letter).filter(Boolean)
  return new Set(letters.filter((letter, at) => letters.indexOf(letter) !== at))
}

function title_(text) {
  const cell = make("th", "", text)
  cell.scope = "col"
  return cell
}

const changed = ({ fresh, before, after }) =>
  fresh && before !== null ? `${before} → ${after}` : after

function rowOf(row, longest, shared) {
  const line = make("tr", row.fresh ? "fresh" : "")
  const value = make("td")
  if (row.fresh && row.before !== null) value.append(make("s", "", row.before), " → ")
  value.append(row.fresh ? make("b", "", row.after) : row.after)
  line.append(
    make("td", "", row.name),
    value,
    make("td", "", row.shape),
    blockOf(row, longest, shared),
  )
  return line
}

function blockOf({ memory, note }, longest, shared) {
  const cell = make("td", "memory")
  if (memory) {
    const isShared = shared.has(memory.letter)
    const { letter, bytes, total, first, last } = memory
    cell.append(make("span", isShared ? "letter shared" : "letter", letter))
    const bar = cell.appendChild(make("span", "bytes"))
    bar.style.width = `${Math.max(LEAST, (WIDTH * bytes) / longest)}px`
    bar.title = `${bytes.toLocaleString("en")} bytes`
    const read = bar.appendChild(make("i", isShared ? "shared" : ""))
    read.style.left = `${(100 * first) / total}%`
    read.style.width = `${(100 * (last - first + 1)) / total}%`
    if (first > 0 || last < total - 1) cell.append(make("small", "", `${first}–${last}`))
  }
  if (note) cell.append(make("small", "", note))
  return cell
}
